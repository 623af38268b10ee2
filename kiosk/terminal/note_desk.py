"""What the acceptor says of notes: whose each one is, what becomes of it, and who must hear of it.

The note keeper records; here it is told which session a note belongs to and what was decided for it,
and what it recorded is told to the session. It must never show a session a note that is not recorded.
"""

from typing import assert_never

from drivers.acceptors import contract as acceptor
from kiosk.session import money, money_events
from kiosk.session.state import Money
from kiosk.terminal.books import Books
from kiosk.terminal.cashier import Cashier
from kiosk.terminal.health import Condition
from kiosk.terminal.note_keeper import NoteKeeper, Told
from kiosk.terminal.rules import TerminalRules
from kiosk.terminal.slip_clerk import SlipClerk
from offline_queue.journal import queries
from offline_queue.journal.records import Decision, SessionOpened

NoteEvent = (
    acceptor.Validating
    | acceptor.Escrowed
    | acceptor.Stacked
    | acceptor.Returning
    | acceptor.Returned
    | acceptor.Rejected
    | acceptor.Disputed
)
"""What an acceptor says of a note, from bezel to cassette."""


class NoteDesk:
    """Stands between the acceptor's words of notes and `NoteKeeper` and `Cashier`."""

    def __init__(
        self,
        books: Books,
        keeper: NoteKeeper,
        cashier: Cashier,
        condition: Condition,
        rules: TerminalRules,
        clerk: SlipClerk,
    ) -> None:
        self._books = books
        self._keeper = keeper
        self._cashier = cashier
        self._condition = condition
        self._rules = rules
        self._clerk = clerk

    def heard(self, event: NoteEvent) -> None:
        """The acceptor said something of a note. Raises JournalError: it is not recorded."""
        match event:
            case acceptor.Validating():
                self._cashier.money_event(money_events.NoteEntered())
            case acceptor.Rejected():
                self._cashier.money_event(money_events.NoteRefused(event.reason))
            case acceptor.Escrowed():
                self._tell(self._keeper.escrowed(event, *self._decision(event)))
            case acceptor.Stacked():
                told = self._keeper.stacked(event, self._session_for(event.note))
                self._tell(told)
                self._give_paper(told, event.note)
            case acceptor.Returning():
                self._keeper.returning(event)
            case acceptor.Returned():
                self._tell(self._keeper.returned(event))
            case acceptor.Disputed():
                told = self._keeper.disputed(event, self._session_for(event.note))
                self._tell(told)
                self._give_paper(told, event.note)
            case _ as never:
                assert_never(never)

    def journal_is_back(self) -> None:
        """Tell what turned out to be recorded after all. Raises JournalError."""
        self._tell(self._keeper.look_again())

    def _tell(self, told: Told | None) -> None:
        if told is not None:
            self._cashier.told(told)

    def _give_paper(self, told: Told | None, note: acceptor.Note | None) -> None:
        """A slip for a note in no session; none for what an earlier life left, nobody waits there."""
        if told is not None and told.session is None and self._condition.health.settled:
            self._clerk.note_of_nobody(told, note)

    def _session_for(self, note: acceptor.Note | None) -> str | None:
        """The session whose payment is still to be formed, also one of an earlier life. Its payment
        has one currency: a note of another is nobody's.
        """
        visit = self._cashier.visit
        if isinstance(visit, Money):
            opened: SessionOpened | None = visit.opened
        elif self._condition.health.settled:
            return None
        else:
            opened = self._books.ask(queries.open_session)
        if opened is None or (note is not None and note.currency != opened.currency):
            return None
        return opened.session

    def _decision(self, event: acceptor.Escrowed) -> tuple[str | None, Decision]:
        """Whose note this is and what becomes of it; without a session it goes back."""
        visit = self._cashier.visit
        if not isinstance(visit, Money) or event.note.currency != self._rules.currency:
            return None, Decision.RETURN
        rules = self._rules.of(visit.provider, visit.entry.amount_minor)
        return visit.opened.session, money.decide(visit, event.note.minor, rules)
