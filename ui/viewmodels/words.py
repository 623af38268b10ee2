"""Words for the codes of the snapshot: why a note came back, why the terminal is closed, what is
limited.

Every code has its words; a code without words does not type-check.
"""

from dataclasses import dataclass
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from kiosk.terminal.snapshot import (
    AccountCheck,
    AccountRefusal,
    Banner,
    EntryProblem,
    EntryView,
    NoteProblem,
    Screen,
    ServiceReason,
)
from ui.viewmodels.money_text import brief
from ui.viewmodels.plurals import Plurals


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonText:
    """Why the terminal is closed: a heading, a line of advice, and whether it is calm (passes by
    itself).
    """

    heading: str
    advice: str
    calm: bool


def note_problem(problem: NoteProblem | None, max_minor: int) -> str:
    """Return why a note came back and what to do. `max_minor` is the payment's maximum."""
    match problem:
        case NoteProblem.UNRECOGNISED:
            return QCoreApplication.translate(
                "Note", "Returned: not recognised. Smooth it out and try again"
            )
        case NoteProblem.NOT_ACCEPTED:
            return QCoreApplication.translate("Note", "Returned: such notes are not accepted here")
        case NoteProblem.OVER_MAXIMUM:
            text = QCoreApplication.translate("Note", "Returned: over the maximum of %1")
            return text.replace("%1", brief(max_minor))
        case NoteProblem.NOT_IN_TIME:
            return QCoreApplication.translate("Note", "Returned: the payment was being finished")
        case NoteProblem.MACHINE:
            return QCoreApplication.translate("Note", "Returned by the machine. Try again")
        case None:
            return QCoreApplication.translate("Note", "Returned. Take the note")
        case _:
            assert_never(problem)


def entry_problem(view: EntryView) -> str:
    """Return what is wrong with the typed value, or how much is missing; empty when nothing is."""
    match view.problem:
        case None:
            return refusal_text(view.refusal)
        case EntryProblem.INCOMPLETE:
            return _incomplete(view)
        case EntryProblem.WRONG_FORM:
            return QCoreApplication.translate("Entry", "Check the number: it has another form")
        case EntryProblem.WRONG_CHECKSUM:
            return QCoreApplication.translate("Entry", "A digit is wrong. Check the number")
        case EntryProblem.STARTS_WITH_8:
            return QCoreApplication.translate("Entry", "Start without 8: the code comes first")
        case _:
            assert_never(view.problem)


def refusal_text(refusal: AccountRefusal | None) -> str:
    """Return why the provider takes no payment to what was typed; empty when it does not refuse."""
    match refusal:
        case None:
            return ""
        case AccountRefusal.WRONG_FORM:
            return QCoreApplication.translate("Entry", "The provider needs another form")
        case AccountRefusal.NOT_KNOWN:
            return QCoreApplication.translate("Entry", "The provider does not know this account")
        case AccountRefusal.WRONG_FIELD:
            return QCoreApplication.translate("Entry", "The provider refuses one of the fields")
        case AccountRefusal.NOT_ACTIVE:
            return QCoreApplication.translate("Entry", "The provider says: it is not in use")
        case AccountRefusal.NOT_TAKEN:
            return QCoreApplication.translate("Entry", "The provider takes no payments to it")
        case AccountRefusal.NOTHING_OWED:
            return QCoreApplication.translate("Entry", "Nothing is to be paid there now")
        case AccountRefusal.OVER_CEILING:
            return QCoreApplication.translate("Entry", "The sum is too large for cash here")
        case _:
            assert_never(refusal)


def counsel_text(check: AccountCheck) -> str:
    """Return what to look at before money, by what the provider said of the account."""
    match check:
        case AccountCheck.NOT_ASKED:
            return QCoreApplication.translate(
                "Confirm", "Compare every digit: money sent elsewhere is hard to bring back"
            )
        case AccountCheck.GOOD:
            return QCoreApplication.translate(
                "Confirm", "The provider knows this account. Compare every digit all the same"
            )
        case AccountCheck.UNANSWERED:
            return QCoreApplication.translate(
                "Confirm", "The provider did not check this account. Compare every digit"
            )
        case _:
            assert_never(check)


def reason_text(reason: ServiceReason) -> ReasonText:
    """Return the customer's words for why the terminal takes no money."""
    match reason:
        case ServiceReason.STARTING:
            heading = QCoreApplication.translate("Reason", "The terminal is starting")
            advice = QCoreApplication.translate("Reason", "This takes less than a minute.")
        case ServiceReason.ACCEPTOR:
            heading = QCoreApplication.translate("Reason", "Banknotes cannot be accepted")
            advice = QCoreApplication.translate(
                "Reason", "The note acceptor is out of order. Please use another terminal."
            )
        case ServiceReason.COLLECTION:
            heading = QCoreApplication.translate("Reason", "Cash is being collected")
            advice = QCoreApplication.translate("Reason", "Please wait a few minutes.")
        case ServiceReason.CASSETTE_OUT:
            heading = QCoreApplication.translate("Reason", "The terminal is being serviced")
            advice = QCoreApplication.translate("Reason", "Please wait a few minutes.")
        case ServiceReason.CASSETTE_FULL:
            heading = QCoreApplication.translate("Reason", "The terminal is full of banknotes")
            advice = QCoreApplication.translate(
                "Reason", "It will work again after cash collection."
            )
        case ServiceReason.PRINTER:
            heading = QCoreApplication.translate("Reason", "Receipts cannot be printed")
            advice = QCoreApplication.translate(
                "Reason", "We take no money without a receipt. Please use another terminal."
            )
        case ServiceReason.PAPER:
            heading = QCoreApplication.translate("Reason", "Receipt paper has run out")
            advice = QCoreApplication.translate(
                "Reason", "We take no money without a receipt. Please use another terminal."
            )
        case ServiceReason.STORAGE:
            heading = QCoreApplication.translate("Reason", "Payments cannot be recorded")
            advice = QCoreApplication.translate(
                "Reason", "Your money is safe: we take none until this is repaired."
            )
        case ServiceReason.SETTLING:
            heading = QCoreApplication.translate("Reason", "The last payment is being finished")
            advice = QCoreApplication.translate("Reason", "Please wait a little.")
        case ServiceReason.CLOSING:
            heading = QCoreApplication.translate("Reason", "The terminal is switching off")
            advice = QCoreApplication.translate("Reason", "Please use another terminal.")
        case _:
            assert_never(reason)
    return ReasonText(heading=heading, advice=advice, calm=reason in CALM_REASONS)


CALM_REASONS = frozenset(
    {
        ServiceReason.STARTING,
        ServiceReason.CASSETTE_OUT,
        ServiceReason.COLLECTION,
        ServiceReason.SETTLING,
        ServiceReason.CLOSING,
    }
)


def banner_text(banner: Banner) -> str:
    """Return a limitation in a sentence."""
    match banner:
        case Banner.NO_LINK:
            return QCoreApplication.translate("Banner", "No connection: payments go out later")
        case Banner.NO_RECEIPT:
            return QCoreApplication.translate("Banner", "No receipts now: shown on the screen")
        case _:
            assert_never(banner)


def banner_brief(banner: Banner) -> str:
    """Return a limitation in two words."""
    match banner:
        case Banner.NO_LINK:
            return QCoreApplication.translate("Banner", "No connection")
        case Banner.NO_RECEIPT:
            return QCoreApplication.translate("Banner", "No receipt")
        case _:
            assert_never(banner)


def banner_icon(banner: Banner) -> str:
    """Return the icon of a limitation."""
    match banner:
        case Banner.NO_LINK:
            return "wifi-off"
        case Banner.NO_RECEIPT:
            return "printer-x"
        case _:
            assert_never(banner)


def countdown_text(screen: Screen, seconds: int | None) -> str:
    """Return what happens by itself in `seconds`, or nothing when the screen stays."""
    if seconds is None:
        return ""
    if screen is Screen.MONEY:
        return Plurals().paid_in(seconds)
    return Plurals().home_in(seconds)


def _incomplete(view: EntryView) -> str:
    if view.amounts:
        return QCoreApplication.translate("Entry", "Choose a sum")
    if view.options:
        return QCoreApplication.translate("Entry", "Choose one")
    if view.remaining < 1:
        return QCoreApplication.translate("Entry", "Fill in the field")
    if view.keyboard == "digits":
        return Plurals().digits_left(view.remaining)
    return Plurals().characters_left(view.remaining)
