"""What the money screen says, by what has come in: headline, what is accepted, missing and left.

Pure; every sum comes ready from the terminal.
"""

from PySide6.QtCore import QCoreApplication

from kiosk.terminal.snapshot import MoneyView, NoteState
from ui.viewmodels.fee_text import fee_label
from ui.viewmodels.money_text import brief, exact


def fee_label_of(view: MoneyView) -> str:
    """The rate is named once it is known: before the first note any of several may come."""
    known = view.inserted_minor or len(view.bands) == 1
    return fee_label(view.bands if known else ())


def _checking(view: MoneyView) -> bool:
    return any(note.state is NoteState.CHECKING for note in view.notes)


def _full(view: MoneyView) -> bool:
    return view.room_minor < min(view.denominations, default=1)


def headline(view: MoneyView) -> str:
    """What happens now, in a few words."""
    if view.leaving:
        return QCoreApplication.translate("Money", "One moment: the last note")
    if _checking(view):
        return QCoreApplication.translate("Money", "The note is being checked")
    if _full(view):
        return QCoreApplication.translate("Money", "The maximum is reached")
    return QCoreApplication.translate("Money", "Insert notes one by one")


def intake(view: MoneyView) -> str:
    """Whether notes are taken: `open`, `busy` while a note moves, or `closed`."""
    if view.accepting:
        return "open"
    return "busy" if (_checking(view) or view.leaving) and not _full(view) else "closed"


def accept_label(view: MoneyView) -> str:
    """What stands before the notes that are taken."""
    if intake(view) != "closed":
        return QCoreApplication.translate("Money", "We accept")
    if _full(view):
        return QCoreApplication.translate("Money", "No more notes are accepted")
    return QCoreApplication.translate("Money", "Notes are not accepted now")


def missing(view: MoneyView) -> str:
    """Why it cannot be paid yet; empty when it can."""
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


def room(view: MoneyView) -> str:
    """How much more may come, and that there is no change."""
    if _full(view):
        text = QCoreApplication.translate("Money", "No change. The maximum is %1.")
        return text.replace("%1", brief(view.max_minor))
    if not view.inserted_minor:
        text = QCoreApplication.translate("Money", "No change. Up to %1 can be inserted.")
    else:
        text = QCoreApplication.translate("Money", "No change. %1 more can be inserted.")
    return text.replace("%1", brief(view.room_minor))


def pay_label(view: MoneyView) -> str:
    """The words of the button; with the sum once that is certain."""
    if not view.inserted_minor or view.leaving or _checking(view):
        # While a note moves nobody knows yet how much it will be.
        return QCoreApplication.translate("Money", "Pay")
    text = QCoreApplication.translate("Money", "Pay %1")
    return text.replace("%1", exact(view.credited_minor))
