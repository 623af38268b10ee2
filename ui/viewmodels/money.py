"""The money screen as QML sees it: three sums, the notes with their states, what is missing, what
is left.

All sums come ready from the terminal; `money_words` words them, `note_rows` lists the notes.
"""

from dataclasses import dataclass
from typing import TypedDict

from PySide6.QtCore import Property, QObject, Signal

from kiosk.terminal.snapshot import MoneyView
from ui.viewmodels import money_words
from ui.viewmodels.fee_text import BandLine, band_lines
from ui.viewmodels.money_text import deducted, exact, face
from ui.viewmodels.note_rows import NoteRowShown, note_rows
from ui.viewmodels.plates import NO_PROVIDER, ProviderPlate, provider_plate
from ui.viewmodels.qml_decorators import QmlElement, QmlUncreatable

QML_IMPORT_NAME = "ui.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


class DenominationShown(TypedDict):
    """A banknote by the number on it, and whether it is taken now."""

    face: str
    taken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyShown:
    """What the money screen draws."""

    provider: ProviderPlate
    account: str
    debt: str
    headline: str
    inserted: str
    fee_label: str
    fee: str
    credited: str
    notes: tuple[NoteRowShown, ...]
    denominations: tuple[DenominationShown, ...]
    bands: tuple[BandLine, ...]
    accept_label: str
    intake: str
    missing: str
    room: str
    pay_label: str
    can_pay: bool
    can_leave: bool
    empty: bool


EMPTY = MoneyShown(
    provider=NO_PROVIDER,
    account="",
    debt="",
    headline="",
    inserted="",
    fee_label="",
    fee="",
    credited="",
    notes=(),
    denominations=(),
    bands=(),
    accept_label="",
    intake="closed",
    missing="",
    room="",
    pay_label="",
    can_pay=False,
    can_leave=False,
    empty=True,
)


def present_money(view: MoneyView) -> MoneyShown:
    """Return the money screen in words."""
    return MoneyShown(
        provider=provider_plate(view.provider),
        account=view.account,
        debt=exact(view.debt_minor) if view.debt_minor else "",
        headline=money_words.headline(view),
        inserted=exact(view.inserted_minor),
        fee_label=money_words.fee_label_of(view),
        fee=deducted(view.fee_minor),
        credited=exact(view.credited_minor),
        notes=note_rows(view),
        denominations=_denominations(view),
        bands=band_lines(view.bands) if len(view.bands) > 1 else (),
        accept_label=money_words.accept_label(view),
        intake=money_words.intake(view),
        missing=money_words.missing(view),
        room=money_words.room(view),
        pay_label=money_words.pay_label(view),
        can_pay=view.can_pay,
        can_leave=view.can_leave,
        empty=not view.notes,
    )


def _denominations(view: MoneyView) -> tuple[DenominationShown, ...]:
    known = sorted({*view.denominations, *view.refused})
    return tuple(
        DenominationShown(face=face(minor), taken=minor in view.denominations) for minor in known
    )


@QmlElement
@QmlUncreatable("made by the terminal's view model")
class MoneySection(QObject):
    """The money screen."""

    changed = Signal()
    notesChanged = Signal()
    denominationsChanged = Signal()
    providerChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown = EMPTY

    def show(self, view: MoneyView | None) -> None:
        """Show `view`; tell QML only about the parts that differ."""
        before, self._shown = self._shown, present_money(view) if view else EMPTY
        if before.notes != self._shown.notes:
            self.notesChanged.emit()
        if before.denominations != self._shown.denominations:
            self.denominationsChanged.emit()
        if before.provider != self._shown.provider:
            self.providerChanged.emit()
        if before != self._shown:
            self.changed.emit()

    @Property(dict, notify=providerChanged)
    def provider(self) -> ProviderPlate:
        return self._shown.provider

    @Property(str, notify=changed)
    def account(self) -> str:
        return self._shown.account

    @Property(str, notify=changed)
    def debt(self) -> str:
        return self._shown.debt

    @Property(str, notify=changed)
    def headline(self) -> str:
        return self._shown.headline

    @Property(str, notify=changed)
    def inserted(self) -> str:
        return self._shown.inserted

    @Property(str, notify=changed)
    def feeLabel(self) -> str:
        return self._shown.fee_label

    @Property(str, notify=changed)
    def fee(self) -> str:
        return self._shown.fee

    @Property(str, notify=changed)
    def credited(self) -> str:
        return self._shown.credited

    @Property(list, notify=notesChanged)
    def notes(self) -> list[NoteRowShown]:
        return list(self._shown.notes)

    @Property(list, notify=denominationsChanged)
    def denominations(self) -> list[DenominationShown]:
        return list(self._shown.denominations)

    @Property(list, notify=changed)
    def bands(self) -> list[BandLine]:
        return list(self._shown.bands)

    @Property(str, notify=changed)
    def acceptLabel(self) -> str:
        return self._shown.accept_label

    @Property(str, notify=changed)
    def intake(self) -> str:
        return self._shown.intake

    @Property(str, notify=changed)
    def missing(self) -> str:
        return self._shown.missing

    @Property(str, notify=changed)
    def room(self) -> str:
        return self._shown.room

    @Property(str, notify=changed)
    def payLabel(self) -> str:
        return self._shown.pay_label

    @Property(bool, notify=changed)
    def canPay(self) -> bool:
        return self._shown.can_pay

    @Property(bool, notify=changed)
    def canLeave(self) -> bool:
        return self._shown.can_leave

    @Property(bool, notify=changed)
    def empty(self) -> bool:
        return self._shown.empty
