"""Takes the money of the present customer: opens the session, carries out its machine, ends it.

Runs the pure session machine and does what it orders. It must never let a note in without a recorded
session, and never drop money that is inside: whatever ends a session, money becomes a payment to the
account that the customer confirmed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

import structlog

from drivers.acceptors.contract import BillAcceptor, Note
from kiosk.clock import Clock
from kiosk.ids import IdFactory
from kiosk.session import commands as order
from kiosk.session import money, money_events
from kiosk.session.money import Context
from kiosk.session.money_events import MoneyEvent
from kiosk.session.navigation import Shop
from kiosk.session.state import Confirm, Goal, Home, Money, Processing
from kiosk.terminal.books import Books
from kiosk.terminal.customer import Customer
from kiosk.terminal.health import Health
from kiosk.terminal.note_keeper import NoteKeeper, Told
from kiosk.terminal.outbox import Outbox
from kiosk.terminal.print_desk import Job, PrintDesk
from kiosk.terminal.rules import SHORTEST_PROCESSING_S, TerminalRules
from kiosk.terminal.till import Sale, Till
from offline_queue.journal.records import (
    DeviceNoted,
    PaymentTrigger,
    SessionEnd,
    SessionOpened,
)

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyTools:
    """What money is taken with."""

    books: Books
    keeper: NoteKeeper
    till: Till
    outbox: Outbox
    desk: PrintDesk
    acceptor: BillAcceptor
    clock: Clock
    ids: IdFactory
    shop: Shop
    rules: TerminalRules
    health: Callable[[], Health]


class MoneyDesk:
    """The session of `customer`, while there is one."""

    def __init__(self, tools: MoneyTools, customer: Customer) -> None:
        self._tools = tools
        self._customer = customer

    def open_session(self, confirmed: Confirm, *, without_receipt: bool) -> None:
        """Record the session, then let notes in. Raises JournalError."""
        entry = confirmed.entry
        provider = entry.provider
        values = tuple((one.field.name, one.value()) for one in entry.entries)
        opened = SessionOpened(
            session=self._tools.ids.new(),
            provider_id=provider.id,
            provider_code=provider.code,
            provider_name=provider.name,
            account=dict(values).get("account", values[0][1]),
            fields=values,
            currency=self._tools.rules.currency,
            fee_version=self._tools.shop.catalogue.fee_version,
            fee=provider.fee,
            language=self._customer.manner.language.value,
        )
        agreed = DeviceNoted(
            device="printer",
            event="customer agreed to no receipt",
            detail=f"session {opened.session}",
        )
        self._tools.books.write([opened, agreed] if without_receipt else [opened])
        now = self._tools.clock.monotonic()
        self._customer.visit = Money(
            opened=opened,
            provider=provider,
            entry=entry,
            deadline=now + self._tools.rules.money_idle_s,
        )
        self._accept()
        _log.info("session_opened", session=opened.session, provider=provider.code)

    def event(self, event: MoneyEvent) -> None:
        """Something happened that matters while notes are taken. Raises JournalError."""
        visit = self._customer.visit
        if not isinstance(visit, Money):
            return
        done = money.step(visit, event, self._context(visit))
        self._customer.visit = done.state
        for command in done.commands:
            self._carry_out(command)

    def told(self, told: Told) -> None:
        """Something happened to a note. Raises JournalError."""
        visit = self._customer.visit
        if isinstance(visit, Money) and told.session == visit.opened.session:
            self.event(told.event)

    def time_passed(self, state: Money) -> None:
        """Look at the deadlines of the money screen. Raises JournalError."""
        if state.leave_by is not None and self._tools.clock.monotonic() >= state.leave_by:
            self._leave_without_the_acceptor()
        self.event(money_events.TimePassed())

    def journal_is_back(self) -> None:
        """Records can be written again: take up what was interrupted. Raises JournalError."""
        visit = self._customer.visit
        if not isinstance(visit, Money):
            self._tools.till.close_unknown_session()
            return
        if visit.goal is None:
            self._accept()
        elif not visit.moving:
            self.event(money_events.AcceptorOff())

    def recover(self, opened: SessionOpened) -> None:
        """End a session of an earlier life: pay what is inside. Raises JournalError."""
        self._end_session(opened, PaymentTrigger.RECOVERED, SessionEnd.RESTARTED)

    def _context(self, state: Money) -> Context:
        return Context(
            rules=self._tools.rules.of(state.provider, state.entry.amount_minor),
            now=self._tools.clock.monotonic(),
            acceptor_ready=self._tools.health().acceptor_ready,
        )

    def _accept(self) -> None:
        health, rules = self._tools.health(), self._tools.rules
        if not (health.storage_writable and health.space_enough):
            # Nothing could be recorded; `journal_is_back` asks again.
            return
        self._tools.acceptor.accept(
            frozenset(Note(minor=minor, currency=rules.currency) for minor in rules.denominations)
        )

    def _leave_without_the_acceptor(self) -> None:
        """The stop was never confirmed: what was ordered into the cassette is disputed now."""
        for told in self._tools.keeper.give_up("no word after the order to stack"):
            self.told(told)

    def _carry_out(self, command: order.Command) -> None:
        match command:
            case order.StartAccepting():
                self._accept()
            case order.StopAccepting():
                self._tools.acceptor.stop()
            case order.FormPayment(trigger):
                visit = self._customer.visit
                assert isinstance(visit, Money)
                self._withdraw()
                self._end_session(visit.opened, trigger, SessionEnd.LEFT)
            case order.CloseSession(why):
                self._withdraw()
                self._close(why)
            case _ as never:
                assert_never(never)

    def _withdraw(self) -> None:
        """A session that ends while the acceptor is out of order has ordered no stop: without one
        the driver would open again for nobody as soon as the fault is over.
        """
        if not self._tools.health().acceptor_ready:
            self._tools.acceptor.stop()

    def _close(self, why: SessionEnd) -> None:
        state = self._customer.visit
        assert isinstance(state, Money)
        self._end_session(state.opened, PaymentTrigger.MACHINE, why)
        if not isinstance(self._customer.visit, Home):
            return
        if state.goal in (Goal.LEAVE, Goal.PAY):
            self._customer.browse(Confirm(entry=state.entry))
        else:
            self._customer.end()

    def _end_session(
        self, opened: SessionOpened, trigger: PaymentTrigger, empty: SessionEnd
    ) -> None:
        """End a session by what the journal holds of it."""
        self._tools.keeper.give_up("its session ended")
        sale = self._tools.till.end(opened, trigger, empty)
        if sale is None:
            self._customer.browse(Home())
        else:
            self._process(sale)

    def _process(self, sale: Sale) -> None:
        """A payment that is recorded goes to the printer and to the backend."""
        tools = self._tools
        now = tools.clock.monotonic()
        self._customer.visit = Processing(
            paid=sale.paid,
            not_before=now + SHORTEST_PROCESSING_S,
            until=now + tools.rules.processing_s,
        )
        tools.desk.submit(Job(item=sale.paid.item, online=sale.online, made_by=sale.made_by))
        tools.outbox.pump()
