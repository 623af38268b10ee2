"""The rows of the list of notes: the last ones, each with its sum and what became of it."""

from typing import TypedDict, assert_never

from PySide6.QtCore import QCoreApplication

from kiosk.terminal.snapshot import MoneyView, NoteLine, NoteState
from ui.viewmodels.money_text import brief
from ui.viewmodels.words import note_problem

NOTE_PLACES = 4


class NoteRowShown(TypedDict):
    """A row of the list of notes as QML sees it; `remark` replaces the sum of a returned note."""

    state: str
    amount: str
    word: str
    remark: str


def note_rows(view: MoneyView) -> tuple[NoteRowShown, ...]:
    """The rows that are shown; a returned note only while it is the last one."""
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
