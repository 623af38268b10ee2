"""The money screen as QML sees it: three sums, the notes with their states, what is missing, what
is left.

All sums come ready from the terminal; this module only words them.
"""

from dataclasses import dataclass
from typing import TypedDict, assert_never

from PySide6.QtCore import Property, QCoreApplication, QObject, Signal

from kiosk.terminal.snapshot import MoneyView, NoteLine, NoteState
from ui.viewmodels.fee_text import BandLine, band_lines, fee_label
from ui.viewmodels.money_text import brief, deducted, exact, face
from ui.viewmodels.plates import NO_PROVIDER, ProviderPlate, provider_plate
from ui.viewmodels.qml_decorators import QmlElement, QmlUncreatable
from ui.viewmodels.words import note_problem

QML_IMPORT_NAME = "ui.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

NOTE_PLACES = 4


class NoteRowShown(TypedDict):
    """A row of the list of notes as QML sees it; `remark` replaces the sum of a returned note."""

    state: str
    amount: str
    word: str
    remark: str


class DenominationShown(TypedDict):
    """A banknote by the number on it, and whether it is taken now."""

    face: str
    taken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyShown:
    """What the money screen draws."""

    provider: ProviderPlate
    account: str
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
        headline=_headline(view),
        inserted=exact(view.inserted_minor),
        fee_label=_fee_label(view),
        fee=deducted(view.fee_minor),
        credited=exact(view.credited_minor),
        notes=_note_rows(view),
        denominations=_denominations(view),
        bands=band_lines(view.bands) if len(view.bands) > 1 else (),
        accept_label=_accept_label(view),
        intake=_intake(view),
        missing=_missing(view),
        room=_room(view),
        pay_label=_pay_label(view),
        can_pay=view.can_pay,
        can_leave=view.can_leave,
        empty=not view.notes,
    )


def _denominations(view: MoneyView) -> tuple[DenominationShown, ...]:
    known = sorted({*view.denominations, *view.refused})
    return tuple(
        DenominationShown(face=face(minor), taken=minor in view.denominations) for minor in known
    )


def _fee_label(view: MoneyView) -> str:
    """The rate is named once it is known: before the first note any of several may come."""
    known = view.inserted_minor or len(view.bands) == 1
    return fee_label(view.bands if known else ())


def _checking(view: MoneyView) -> bool:
    return any(note.state is NoteState.CHECKING for note in view.notes)


def _full(view: MoneyView) -> bool:
    return view.room_minor < min(view.denominations, default=1)


def _headline(view: MoneyView) -> str:
    if view.leaving:
        return QCoreApplication.translate("Money", "One moment: the last note")
    if _checking(view):
        return QCoreApplication.translate("Money", "The note is being checked")
    if _full(view):
        return QCoreApplication.translate("Money", "The maximum is reached")
    return QCoreApplication.translate("Money", "Insert notes one by one")


def _intake(view: MoneyView) -> str:
    if view.accepting:
        return "open"
    return "busy" if (_checking(view) or view.leaving) and not _full(view) else "closed"


def _accept_label(view: MoneyView) -> str:
    if _intake(view) != "closed":
        return QCoreApplication.translate("Money", "We accept")
    if _full(view):
        return QCoreApplication.translate("Money", "No more notes are accepted")
    return QCoreApplication.translate("Money", "Notes are not accepted now")


def _missing(view: MoneyView) -> str:
    if view.can_pay:
        return ""
    if view.leaving or _checking(view):
        return QCoreApplication.translate("Money", "Wait for the note")
    if not view.inserted_minor:
        text = QCoreApplication.translate("Money", "Insert %1 or more")
        return text.replace("%1", brief(view.min_minor))
    if view.missing_minor:
        text = QCoreApplication.translate("Money", "Insert %1 more")
        return text.replace("%1", brief(view.missing_minor))
    return ""


def _room(view: MoneyView) -> str:
    if _full(view):
        text = QCoreApplication.translate("Money", "No change. The maximum is %1.")
        return text.replace("%1", brief(view.max_minor))
    if not view.inserted_minor:
        text = QCoreApplication.translate("Money", "No change. Up to %1 can be inserted.")
    else:
        text = QCoreApplication.translate("Money", "No change. %1 more can be inserted.")
    return text.replace("%1", brief(view.room_minor))


def _pay_label(view: MoneyView) -> str:
    if not view.inserted_minor or view.leaving or _checking(view):
        # While a note moves nobody knows yet how much it will be.
        return QCoreApplication.translate("Money", "Pay")
    text = QCoreApplication.translate("Money", "Pay %1")
    return text.replace("%1", exact(view.credited_minor))


def _note_rows(view: MoneyView) -> tuple[NoteRowShown, ...]:
    last = len(view.notes) - 1
    kept = [
        note
        for index, note in enumerate(view.notes)
        if note.state is not NoteState.RETURNED or index == last
    ]
    return tuple(_note_row(note, view.max_minor) for note in kept[-NOTE_PLACES:])


def _note_row(note: NoteLine, max_minor: int) -> NoteRowShown:
    amount = brief(note.minor) if note.minor is not None else ""
    remark = ""
    match note.state:
        case NoteState.CHECKING:
            word = QCoreApplication.translate("Note", "checking")
            amount = amount or QCoreApplication.translate("Note", "Banknote")
        case NoteState.ACCEPTED:
            word = QCoreApplication.translate("Note", "accepted")
        case NoteState.RETURNED:
            word = QCoreApplication.translate("Note", "returned")
            remark = note_problem(note.problem, max_minor)
        case NoteState.DISPUTED:
            word = QCoreApplication.translate("Note", "in question")
            amount = amount or QCoreApplication.translate("Note", "Banknote")
        case _:
            assert_never(note.state)
    return NoteRowShown(state=note.state.value, amount=amount, word=word, remark=remark)


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
