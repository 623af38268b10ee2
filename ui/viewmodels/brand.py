"""The operator's brand as QML sees it; it stays the same as long as the window lives."""

from typing import TypedDict

from PySide6.QtCore import Property, QObject

from ui.brand import BUILT_IN, Brand
from ui.viewmodels.qml_decorators import QmlElement, QmlUncreatable

QML_IMPORT_NAME = "ui.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


class SlideShown(TypedDict):
    """A slide as QML sees it: where its picture is, and its texts by language."""

    image: str
    titles: dict[str, str]
    texts: dict[str, str]


@QmlElement
@QmlUncreatable("made by the terminal's view model")
class BrandSection(QObject):
    """Logo, colours and slides."""

    def __init__(self, brand: Brand = BUILT_IN, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._brand = brand

    @Property(dict, constant=True)
    def colours(self) -> dict[str, str]:
        return dict(self._brand.colours)

    @Property(str, constant=True)
    def logo(self) -> str:
        return "image://brand/logo" if self._brand.logo else ""

    @Property(float, constant=True)
    def logoShape(self) -> float:
        return self._brand.logo_shape

    @Property(list, constant=True)
    def slides(self) -> list[SlideShown]:
        return [
            SlideShown(
                image=f"image://brand/slide/{number}",
                titles=dict(slide.title),
                texts=dict(slide.text),
            )
            for number, slide in enumerate(self._brand.slides)
        ]
