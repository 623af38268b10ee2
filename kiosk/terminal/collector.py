"""Closing a period: the present session first, then one record, then the slip and the cassette.

A collection is one record or none: what stands before it (finishing the session) changes nothing of
the period, what comes after (slip, waiting for the cassette) is done again from the record when a
life ends in between. It must never close a period while a note is on its way, nor twice for an order;
and an opening of the cassette that nobody announced changes no count.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import structlog

from kiosk.clock import Clock
from kiosk.session import money_events
from kiosk.session.state import Money
from kiosk.terminal.books import Books
from kiosk.terminal.cashier import Cashier
from kiosk.terminal.health import Health
from kiosk.terminal.note_keeper import NoteKeeper
from kiosk.terminal.print_desk import Job, PrintDesk
from kiosk.terminal.rules import COLLECT_PATIENCE_S, TerminalRules
from kiosk.terminal.service import (
    Collect,
    Collected,
    CollectionRefused,
    NotCollected,
    TellService,
)
from kiosk.terminal.slips import SlipMaker
from offline_queue.journal import cash_queries
from offline_queue.journal.cash_records import CashCollected, CassetteOpened, CollectionHow
from offline_queue.journal.records import DeviceNoted

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectorTools:
    """What a collector works with."""

    books: Books
    cashier: Cashier
    keeper: NoteKeeper
    desk: PrintDesk
    maker: SlipMaker
    clock: Clock
    rules: TerminalRules
    health: Callable[[], Health]
    tell: TellService


@dataclass(slots=True)
class _Hold:
    """No money is taken before the cassette was out and is back, or the time is over."""

    until: float
    was_out: bool = False


class Collector:
    """Carries out one order after the other."""

    def __init__(self, tools: CollectorTools) -> None:
        self._tools = tools
        self._order: Collect | None = None
        self._patient_until = 0.0
        self._hold: _Hold | None = None
        self._out = False

    @property
    def busy(self) -> bool:
        """True while no money may be taken for the collector's sake."""
        return self._order is not None or self._hold is not None

    @property
    def deadline(self) -> float | None:
        """When `go_on` has something to do at the latest (monotonic seconds)."""
        due = [] if self._order is None else [self._patient_until]
        if self._hold is not None:
            due.append(self._hold.until)
        return min(due, default=None)

    def start(self) -> None:
        """Take up a collection whose cassette was still inside when the last life ended. Raises
        JournalError.
        """
        record = self._tools.books.ask(cash_queries.awaits_cassette)
        if record is not None:
            self._hold_for(record)

    def asked(self, order: Collect) -> None:
        """Somebody orders a collection; it is carried out by `go_on`."""
        if self._order is not None and self._order.request != order.request:
            self._refuse(order, NotCollected.BUSY)
        elif (why := self._hindrance()) is not None:
            self._refuse(order, why)
        elif self._order is None:
            self._order = order
            self._patient_until = self._tools.clock.monotonic() + COLLECT_PATIENCE_S

    def go_on(self) -> None:
        """Do what can be done now. Raises JournalError; then it is tried again later."""
        if self._order is not None:
            self._carry_out(self._order)
        hold = self._hold
        if hold is not None and self._tools.clock.monotonic() >= hold.until:
            self._cassette_was_not_changed()

    def cassette_out(self) -> None:
        """The cassette was taken out or opened; told again, it is the same opening. Raises
        JournalError: it is not yet recorded.
        """
        if self._out:
            return
        expected = self.busy or self._tools.books.ask(cash_queries.box_is_empty)
        self._tools.books.write([CassetteOpened(expected=expected)])
        self._out = True
        if self._hold is not None:
            self._hold.was_out = True
        if not expected:
            _log.error("cassette_opened", alarm="stacker out")

    def cassette_in(self) -> None:
        """The cassette is back, and the next time that it is out is another opening."""
        self._out = False

    def acceptor_ready(self) -> None:
        """The acceptor has set itself up: a cassette is inside."""
        self._out = False
        if self._hold is not None and self._hold.was_out:
            self._hold = None

    def _hindrance(self) -> NotCollected | None:
        health = self._tools.health()
        if health.closing:
            return NotCollected.CLOSING
        if not health.storage_writable:
            return NotCollected.STORAGE
        return None if health.settled else NotCollected.SETTLING

    def _carry_out(self, order: Collect) -> None:
        done = self._tools.books.ask(partial(cash_queries.collection_of, request=order.request))
        if done is not None:
            self._closed(done)
            return
        cashier = self._tools.cashier
        if isinstance(cashier.visit, Money) and cashier.visit.goal is None:
            cashier.money_event(money_events.CollectorWaits())
        if not isinstance(cashier.visit, Money) and self._tools.keeper.nothing_open:
            self._close(order)
        elif self._tools.clock.monotonic() >= self._patient_until:
            self._order = None
            self._refuse(order, NotCollected.MONEY_MOVING)

    def _close(self, order: Collect) -> None:
        tools = self._tools
        period = tools.books.ask(cash_queries.period)
        record = CashCollected(
            number=period.number,
            request=order.request,
            operator=order.operator,
            how=self._how(),
            receipt_number=tools.books.next_receipt_number(),
            since=period.since,
            at=tools.clock.now().isoformat(),
            counts=period.counts,
            disputed=period.disputed,
            suspense=period.suspense,
            payments=period.payments,
            openings=period.openings,
            slip_text="",
            template="",
        )
        slip = tools.maker.make(record, online=True)
        record = replace(record, slip_text=slip.text, template=slip.template)
        tools.books.write([record])
        self._closed(record)

    def _how(self) -> CollectionHow:
        if self._tools.health().cassette_out:
            return CollectionHow.CASSETTE_OUT
        ask = self._tools.books.ask
        # An opening of an empty box belongs to the collection before, or to nobody.
        changed = ask(cash_queries.cassette_changed) and not ask(cash_queries.box_is_empty)
        return CollectionHow.CASSETTE_CHANGED if changed else CollectionHow.ANNOUNCED

    def _closed(self, record: CashCollected) -> None:
        """The period is closed on record; everything here may be done twice."""
        self._order = None
        _log.info("cash_collected", number=record.number, how=record.how.value)
        if self._tools.books.ask(cash_queries.awaits_cassette) == record:
            self._hold_for(record)
        self._tools.tell(Collected(request=record.request, number=record.number))
        self._tools.desk.submit_if_stored(Job(item=record))

    def _hold_for(self, record: CashCollected) -> None:
        if record.how is CollectionHow.ANNOUNCED and self._hold is None:
            until = self._tools.clock.monotonic() + self._tools.rules.collection_hold_s
            self._hold = _Hold(until)

    def _cassette_was_not_changed(self) -> None:
        """Notes of two periods will lie in one cassette: the counts stand, ops must know."""
        if self._hold is not None and not self._hold.was_out:
            noted = DeviceNoted(device="cassette", event="not taken out after a collection")
            self._tools.books.write([noted])
            _log.error("cassette_not_changed", alarm="collection without cassette")
        self._hold = None

    def _refuse(self, order: Collect, why: NotCollected) -> None:
        _log.warning("collection_refused", why=why.value)
        self._tools.tell(CollectionRefused(request=order.request, why=why))
