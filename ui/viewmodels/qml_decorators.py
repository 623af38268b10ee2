"""Qt's QML decorators with types that a checker understands; at run time they are Qt's own."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

Class = TypeVar("Class", bound=type)

if TYPE_CHECKING:

    def QmlElement(cls: Class) -> Class:  # noqa: N802
        """Make the class known to QML under its own name."""
        ...

    def QmlUncreatable(reason: str) -> Callable[[Class], Class]:  # noqa: N802
        """Forbid QML to make one; `reason` is what the engine answers."""
        ...
else:
    from PySide6.QtQml import QmlElement, QmlUncreatable

__all__ = ["QmlElement", "QmlUncreatable"]
