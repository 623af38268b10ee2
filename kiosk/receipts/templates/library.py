"""A set of templates, by the slips that they are for.

A set has a name and a version, which are stored with each slip that it made. A template is called
`kind`, `kind.language`, `kind+service` or `kind+service.language`; the most particular one is tried
first. Templates are compiled once, when they are first asked for.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kiosk.receipts.errors import TemplateRefusedError
from kiosk.receipts.model import SlipKind

if TYPE_CHECKING:
    from kiosk.receipts.templates.sandbox import SlipTemplate

BUILT_IN_NAME = "built-in"
BUILT_IN_VERSION = 1
_SUFFIX = ".slip"


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateSet:
    """Templates by their names; `name` and `version` identify the set for ever."""

    name: str
    version: int
    sources: Mapping[str, str] = field(repr=False)
    _compiled: dict[str, "SlipTemplate"] = field(default_factory=dict, repr=False, compare=False)

    @property
    def mark(self) -> str:
        """What is stored with a slip: name and version."""
        return f"{self.name}:{self.version}"

    def candidates(self, kind: SlipKind, *, language: str, service: str) -> Iterator[str]:
        """Names of the templates for such a slip, the most particular one first."""
        kinds = (f"{kind.value}+{service}", kind.value) if service else (kind.value,)
        for name in kinds:
            for full in (f"{name}.{language}", name):
                if full in self.sources:
                    yield full

    def template(self, name: str) -> "SlipTemplate":
        """The compiled template of this name.

        Raises:
            TemplateRefusedError: there is none, or it may not be used.
        """
        if name not in self._compiled:
            if name not in self.sources:
                raise TemplateRefusedError(f"{self.mark} has no template {name}")
            # Jinja takes a tenth of a second to load; a terminal starts without it.
            from kiosk.receipts.templates.sandbox import SlipTemplate

            self._compiled[name] = SlipTemplate(self.sources[name], f"{self.mark} {name}")
        return self._compiled[name]


@cache
def built_in() -> TemplateSet:
    """The templates that are shipped with the program, one for each kind of slip."""
    folder = files("config.receipt_templates")
    names = [kind.value for kind in SlipKind]
    sources = {name: folder.joinpath(name + _SUFFIX).read_text("utf-8") for name in names}
    return TemplateSet(name=BUILT_IN_NAME, version=BUILT_IN_VERSION, sources=sources)
