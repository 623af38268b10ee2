"""How the customer is spoken to as QML sees it, and the question whether anybody is still there."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QCoreApplication, QObject, Signal

from kiosk.terminal.snapshot import Language, Manner, Screen, Snapshot
from ui.viewmodels.money_text import brief
from ui.viewmodels.plurals import Plurals
from ui.viewmodels.qml_decorators import QmlElement, QmlUncreatable

QML_IMPORT_NAME = "ui.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

SHORT_NAMES = {Language.RU: "Рус", Language.EN: "Eng", Language.KK: "Қаз"}
OWN_NAMES = {Language.RU: "Русский", Language.EN: "English", Language.KK: "Қазақша"}
"""A language is written in itself, whatever is spoken now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MannerShown:
    """What the window draws of it."""

    manner: Manner
    asking: bool
    seconds: str
    what_happens: str


EMPTY = MannerShown(manner=Manner(), asking=False, seconds="", what_happens="")


def present_manner(snapshot: Snapshot) -> MannerShown:
    """Return the manner and the question of this moment."""
    left = snapshot.seconds_left if snapshot.asking else None
    return MannerShown(
        manner=snapshot.manner,
        asking=snapshot.asking,
        seconds="" if left is None else str(left),
        what_happens="" if left is None else _what_happens(snapshot, left),
    )


def _what_happens(snapshot: Snapshot, left: int) -> str:
    money = snapshot.money
    if snapshot.screen is Screen.MONEY and money is not None and money.inserted_minor:
        inside = QCoreApplication.translate("Ask", "%1 are inside.")
        text = inside.replace("%1", brief(money.inserted_minor))
        return f"{text} {Plurals().paid_to_account_in(left)}"
    return Plurals().forgotten_in(left)


@QmlElement
@QmlUncreatable("made by the terminal's view model")
class MannerSection(QObject):
    """Language, contrast, low controls and large letters; the question with its countdown."""

    changed = Signal()
    countdownChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown = EMPTY

    def show(self, snapshot: Snapshot) -> None:
        """Show the manner of `snapshot`; silent when nothing differs."""
        before, self._shown = self._shown, present_manner(snapshot)
        if before != self._shown:
            self.countdownChanged.emit()
        if (before.manner, before.asking) != (self._shown.manner, self._shown.asking):
            self.changed.emit()

    @Property(str, notify=changed)
    def language(self) -> str:
        return self._shown.manner.language.value

    @Property(str, notify=changed)
    def languageBrief(self) -> str:
        return SHORT_NAMES[self._shown.manner.language]

    @Property(list, constant=True)
    def languages(self) -> list[dict[str, str]]:
        return [{"code": one.value, "name": OWN_NAMES[one]} for one in Language]

    @Property(bool, notify=changed)
    def contrast(self) -> bool:
        return self._shown.manner.contrast

    @Property(bool, notify=changed)
    def low(self) -> bool:
        return self._shown.manner.low

    @Property(bool, notify=changed)
    def large(self) -> bool:
        return self._shown.manner.large

    @Property(bool, notify=changed)
    def asking(self) -> bool:
        return self._shown.asking

    @Property(str, notify=countdownChanged)
    def seconds(self) -> str:
        return self._shown.seconds

    @Property(str, notify=countdownChanged)
    def whatHappens(self) -> str:
        return self._shown.what_happens
