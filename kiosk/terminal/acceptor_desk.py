"""How the acceptor is: ready, out of order, without its cassette, or silent since the start.

Its first `Ready` ends what earlier lives left open; without one, patience does. It must never let the
acceptor open for nobody, and never take a note whose end is not recorded for one at rest.
"""

from dataclasses import dataclass, replace
from typing import assert_never

import structlog

from drivers.acceptors import contract as acceptor
from drivers.acceptors.contract import BillAcceptor
from drivers.acceptors.faults import FaultNumber, fault_catalogue
from kiosk.session import money_events
from kiosk.session.state import Money
from kiosk.terminal.books import Books
from kiosk.terminal.cashier import Cashier
from kiosk.terminal.collector import Collector
from kiosk.terminal.health import Condition
from kiosk.terminal.note_keeper import NoteKeeper
from kiosk.terminal.rules import SETTLE_PATIENCE_S, TerminalRules
from offline_queue.journal import queries
from offline_queue.journal.records import DeviceNoted

_log = structlog.get_logger(__name__)

StateEvent = (
    acceptor.Fault
    | acceptor.Ready
    | acceptor.Enabled
    | acceptor.Disabled
    | acceptor.CassetteOut
    | acceptor.CassetteIn
)
"""What an acceptor says of itself."""


_JAMS = frozenset({FaultNumber.VALIDATOR_JAMMED, FaultNumber.CASSETTE_JAMMED})


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptorDeskTools:
    """What an acceptor desk works with."""

    books: Books
    acceptor: BillAcceptor
    keeper: NoteKeeper
    cashier: Cashier
    collector: Collector
    condition: Condition
    rules: TerminalRules


class AcceptorDesk:
    """Stands between the acceptor's words of itself and those who take and count its notes."""

    def __init__(self, tools: AcceptorDeskTools) -> None:
        self._tools = tools
        self._settle_by = 0.0

    @property
    def deadline(self) -> float | None:
        """When `time_passed` has something to do (monotonic seconds)."""
        return None if self._tools.condition.health.settled else self._settle_by

    def start(self, now: float) -> None:
        """From now on the acceptor has its time to tell of earlier lives."""
        self._settle_by = now + SETTLE_PATIENCE_S

    def heard(self, event: StateEvent) -> None:
        """The acceptor said how it is. Raises JournalError."""
        match event:
            case acceptor.Ready():
                self._ready(event)
            case acceptor.Fault():
                self._fault(event)
            case acceptor.CassetteOut():
                self._cassette_out()
            case acceptor.CassetteIn():
                self._note("cassette in")
                self._tools.collector.cassette_in()
            case acceptor.Enabled():
                self._tools.cashier.money_event(money_events.AcceptorOn())
            case acceptor.Disabled():
                # A note whose end is not recorded is not at rest, whatever the device says.
                if self._tools.keeper.nothing_open:
                    self._tools.cashier.money_event(money_events.AcceptorOff())
            case _ as never:
                assert_never(never)

    def time_passed(self, now: float) -> None:
        """It has not answered since the start: what is open is disputed, the session is paid. Raises
        JournalError.
        """
        condition = self._tools.condition
        if not condition.health.settled and now >= self._settle_by:
            self._tools.keeper.give_up("the acceptor did not answer after a restart")
            self._end_interrupted_sessions()
            condition.health = replace(condition.health, settled=True, acceptor_known=True)

    def _ready(self, event: acceptor.Ready) -> None:
        tools = self._tools
        for told in tools.keeper.settle(event.device_count):
            tools.cashier.told(told)
        if not tools.condition.health.settled:
            self._end_interrupted_sessions()
        known = frozenset(
            note.minor for note in event.denominations if note.currency == tools.rules.currency
        )
        if lacking := tools.rules.denominations - known:
            _log.warning("acceptor_lacks_notes", minor=sorted(lacking))
        usable = not known.isdisjoint(tools.rules.denominations)
        tools.condition.health = replace(
            tools.condition.health,
            acceptor_ready=usable,
            acceptor_known=True,
            acceptor_fault=0 if usable else FaultNumber.NO_USABLE_NOTES,
            denominations=known,
            cassette_full=False,
            cassette_out=False,
            settled=True,
        )
        tools.collector.acceptor_ready()
        if usable:
            tools.cashier.money_event(money_events.AcceptorBack())

    def _end_interrupted_sessions(self) -> None:
        # One, unless a failing disk hid from an earlier life that it had opened one before.
        while (opened := self._tools.books.ask(queries.open_session)) is not None:
            self._tools.cashier.recover(opened)

    def _fault(self, event: acceptor.Fault) -> None:
        _log.warning("acceptor_fault", number=event.number, raw=event.raw)
        if event.number in _JAMS:
            self._tools.keeper.jam_told()
        if _stops(event.number):
            condition = self._tools.condition
            condition.health = replace(
                condition.health,
                acceptor_ready=False,
                acceptor_known=True,
                acceptor_fault=event.number,
                cassette_full=event.number == FaultNumber.CASSETTE_FULL,
            )
            self._gone()
        self._note("fault", f"{event.number} {event.raw}".strip())

    def _cassette_out(self) -> None:
        condition = self._tools.condition
        condition.health = replace(
            condition.health, cassette_out=True, acceptor_ready=False, acceptor_known=True
        )
        self._tools.collector.cassette_out()
        self._gone()

    def _gone(self) -> None:
        self._tools.cashier.money_event(money_events.AcceptorGone())
        if not isinstance(self._tools.cashier.visit, Money):
            # The driver would open again by itself after a fault; nobody is there to pay.
            self._tools.acceptor.stop()

    def _note(self, what: str, detail: str = "") -> None:
        self._tools.books.write([DeviceNoted(device="acceptor", event=what, detail=detail)])


def _stops(number: int) -> bool:
    """Whether a fault stops acceptance; one that the catalogue does not know does."""
    entry = fault_catalogue().get(number)
    return entry is None or entry.stops_acceptance
