"""Serves the customer: walks through the screens, opens the session, sees it to its end.

Runs the pure session machine and does what it orders. It must never let a note in without a recorded
session, and never drop money that is inside: whatever ends a session, money becomes a payment to the
account that the customer confirmed.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import assert_never

import structlog

from drivers.acceptors.contract import BillAcceptor, Note
from kiosk.clock import Clock
from kiosk.ids import IdFactory
from kiosk.session import commands as order
from kiosk.session import money, money_events, navigation
from kiosk.session.manner import asked_for
from kiosk.session.money import Context
from kiosk.session.money_events import MoneyEvent
from kiosk.session.navigation import LookUp, OrderCopy, Shop, StartMoney
from kiosk.session.patience import Patience, waiting
from kiosk.session.state import (
    Attract,
    Browsing,
    Confirm,
    Found,
    Goal,
    Home,
    Money,
    NoReceipt,
    Paid,
    Processing,
    Thanks,
    Visit,
)
from kiosk.terminal.books import Books
from kiosk.terminal.health import Health, goes_without_slip, reasons
from kiosk.terminal.lookup import Lookup
from kiosk.terminal.note_keeper import NoteKeeper, Told
from kiosk.terminal.outbox import Outbox
from kiosk.terminal.print_desk import Job, PrintDesk
from kiosk.terminal.reprint import Reprint
from kiosk.terminal.rules import RESULT_COUNTDOWN_S, SHORTEST_PROCESSING_S, TerminalRules
from kiosk.terminal.slips import SlipMaker
from kiosk.terminal.snapshot import Delivery, Manner, SlipState
from kiosk.terminal.till import Sale, Till
from kiosk.terminal.touch import Action, Touch
from offline_queue.journal import queries
from offline_queue.journal.records import (
    DeviceNoted,
    PaymentTrigger,
    SessionEnd,
    SessionOpened,
)

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What a cashier works with."""

    books: Books
    keeper: NoteKeeper
    outbox: Outbox
    desk: PrintDesk
    maker: SlipMaker
    acceptor: BillAcceptor
    clock: Clock
    ids: IdFactory
    shop: Shop
    rules: TerminalRules
    health: Callable[[], Health]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """How the present customer is spoken to, and how long the screen still waits for her."""

    manner: Manner = Manner()
    seconds_left: int | None = None
    asking: bool = False


class Cashier:
    """Holds the visit of the present customer."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._visit: Visit = Home()
        self._idle_at: float | None = None
        self._manner = Manner(language=tools.rules.language)
        self._till = Till(
            books=tools.books,
            maker=tools.maker,
            clock=tools.clock,
            shop=tools.shop,
            health=tools.health,
        )
        self._lookup = Lookup(
            books=tools.books, clock=tools.clock, maker=tools.maker, catalogue=tools.shop.catalogue
        )
        self._end_visit()

    @property
    def visit(self) -> Visit:
        """Where the customer is."""
        return self._visit

    @property
    def attention(self) -> Attention:
        """What the screen says about language and waiting."""
        patience = self._patience
        left = None if patience is None else patience.seconds_left(self._tools.clock.monotonic())
        asking = left is not None and not isinstance(self._visit, Thanks)
        return Attention(manner=self._manner, seconds_left=left, asking=asking)

    @property
    def deadline(self) -> float | None:
        """When `time_passed` or the seconds left have something to do (monotonic seconds)."""
        patience, at = self._patience, self._deadline
        if patience is None or at is None:
            return at
        return min(at, patience.next_look(self._tools.clock.monotonic()))

    @property
    def _deadline(self) -> float | None:
        match self._visit:
            case Money() as state:
                return state.deadline if state.goal is None else state.leave_by
            case Processing() as state:
                return state.not_before if _is_settled(state.paid, self._health) else state.until
            case Thanks() as state:
                return state.until
            case _:
                return self._idle_at

    def touch(self, touch: Touch) -> None:
        """The customer touched something on the present screen. Raises JournalError."""
        manner = asked_for(self._manner, touch.action, touch.value)
        if manner is not None or touch.action is Action.STAY:
            self._manner = manner or self._manner
            self._stay()
            return
        match self._visit:
            case Money():
                self._touch_money(touch)
            case Processing():
                pass
            case Thanks():
                if touch.action is Action.ANOTHER:
                    self._browse(Home())
                elif touch.action in (Action.FINISH, Action.HOME):
                    self._end_visit()
            case _ as browsing:
                self._touch_browsing(browsing, touch)

    def told(self, told: Told) -> None:
        """Something happened to a note. Raises JournalError."""
        if isinstance(self._visit, Money) and told.session == self._visit.opened.session:
            self.money_event(told.event)

    def money_event(self, event: MoneyEvent) -> None:
        """Something happened that matters while notes are taken. Raises JournalError."""
        if not isinstance(self._visit, Money):
            return
        done = money.step(self._visit, event, self._context(self._visit))
        self._visit = done.state
        for command in done.commands:
            self._carry_out(command)

    def time_passed(self) -> None:
        """Look at the deadlines. Raises JournalError."""
        now = self._tools.clock.monotonic()
        match self._visit:
            case Money() as state:
                if state.leave_by is not None and now >= state.leave_by:
                    self._leave_without_the_acceptor()
                self.money_event(money_events.TimePassed())
            case Processing() as state:
                ready = _is_settled(state.paid, self._health) and now >= state.not_before
                if ready or now >= state.until:
                    self._visit = Thanks(paid=state.paid, until=now + self._result_s(state.paid))
            case Thanks() as state:
                if now >= state.until:
                    self._end_visit()
            case Home() if self._idle_at is not None and now >= self._idle_at:
                self._end_visit()
                self._browse(Attract())
            case _:
                if self._idle_at is not None and now >= self._idle_at:
                    self._end_visit()

    def service_ended(self) -> None:
        """The terminal takes no money now: whoever has none inside goes. Raises JournalError."""
        match self._visit:
            case Money():
                self.money_event(money_events.ServiceEnds())
            case Processing() | Thanks() | Home() | Attract():
                pass
            case _:
                self._end_visit()

    def journal_is_back(self) -> None:
        """Records can be written again: take up what was interrupted. Raises JournalError."""
        if not isinstance(self._visit, Money):
            self._till.close_unknown_session()
            return
        if self._visit.goal is None:
            self._accept()
        elif not self._visit.moving:
            self.money_event(money_events.AcceptorOff())

    def recover(self, opened: SessionOpened) -> None:
        """End a session of an earlier life: pay what is inside. Raises JournalError."""
        self._end_session(opened, PaymentTrigger.RECOVERED, SessionEnd.RESTARTED)

    def slip_settled(self, receipt_number: int, state: SlipState) -> None:
        """A slip came out, or did not; below zero: a copy of it. Raises JournalError."""
        if receipt_number < 0:
            self._copy_settled(-receipt_number, state)
            return
        self._update(
            lambda paid: (
                replace(paid, slip=state) if paid.item.receipt_number == receipt_number else paid
            )
        )
        if isinstance(self._visit, Thanks) and state is SlipState.FAILED:
            until = self._tools.clock.monotonic() + self._tools.rules.receipt_trouble_s
            self._visit = replace(self._visit, until=until)

    def _copy_settled(self, receipt_number: int, state: SlipState) -> None:
        """Nobody waits at the slot for a copy that will not come."""
        found = self._visit
        if not isinstance(found, Found) or found.copied is None:
            return
        slip = self._tools.books.ask(partial(queries.slip_of_payment, number=found.copied))
        if slip is not None and slip.receipt_number == receipt_number:
            self._visit = replace(found, copy=state)

    def delivered(self, number: int, delivery: Delivery) -> None:
        """The backend said how a payment stands."""
        self._update(
            lambda paid: replace(paid, delivery=delivery) if paid.item.number == number else paid
        )

    @property
    def _health(self) -> Health:
        return self._tools.health()

    def _context(self, state: Money) -> Context:
        return Context(
            rules=self._tools.rules.of(state.provider),
            now=self._tools.clock.monotonic(),
            acceptor_ready=self._health.acceptor_ready,
        )

    def _touch_money(self, touch: Touch) -> None:
        if touch.action is Action.PAY:
            self.money_event(money_events.PayTouched())
        elif touch.action in (Action.BACK, Action.HOME):
            self.money_event(money_events.LeaveTouched())

    def _touch_browsing(self, browsing: Browsing, touch: Touch) -> None:
        outcome = navigation.touched(browsing, touch.action, touch.value, self._tools.shop)
        match outcome:
            case StartMoney():
                self._start_money(browsing)
            case LookUp(check):
                self._browse(Found(check=check, payments=self._lookup.find(check)))
            case OrderCopy(found, number):
                order = Reprint(request=f"screen {number}", payment_number=number)
                self._tools.desk.reprint(order)
                self._browse(replace(found, copied=number, copy=SlipState.PRINTING))
            case _:
                self._browse(outcome)

    def _start_money(self, browsing: Browsing) -> None:
        """No note without a slip unless the customer has agreed to that. Raises JournalError."""
        if reasons(self._health):
            return
        match browsing:
            case Confirm() if goes_without_slip(self._health):
                self._browse(NoReceipt(confirm=browsing))
            case Confirm():
                self._open_session(browsing, without_receipt=False)
            case NoReceipt(confirmed):
                self._open_session(confirmed, without_receipt=True)
            case _:
                pass

    def printer_changed(self) -> None:
        """Nobody is asked to go without a slip by a printer that is well again."""
        if isinstance(self._visit, NoReceipt):
            self._browse(self._visit)

    def _browse(self, state: Browsing) -> None:
        if isinstance(state, NoReceipt) and not goes_without_slip(self._health):
            state = state.confirm
        self._visit = state
        now, rules = self._tools.clock.monotonic(), self._tools.rules
        match state:
            case Attract():
                self._idle_at = None
            case Home():
                self._idle_at = now + rules.attract_s
            case _:
                self._idle_at = now + rules.idle_s

    def _end_visit(self) -> None:
        """The customer is gone: nothing of her stays, and the next one is met in our own manner."""
        self._manner = Manner(language=self._tools.rules.language)
        self._browse(Home())

    def _stay(self) -> None:
        """The customer is there: her time begins anew. Raises JournalError."""
        match self._visit:
            case Money():
                self.money_event(money_events.StayTouched())
            case Processing():
                pass
            case Thanks() as state:
                until = self._tools.clock.monotonic() + self._result_s(state.paid)
                self._visit = replace(state, until=until)
            case _ as browsing:
                self._browse(browsing)

    @property
    def _patience(self) -> Patience | None:
        """How long this screen waits, where the customer is told so."""
        rules = self._tools.rules
        match self._visit:
            case Attract() | Home() | Processing():
                return None
            case Money() as state:
                if state.goal is not None or state.moving:
                    return None
                return waiting(state.deadline, whole_s=rules.money_idle_s, last_s=rules.money_ask_s)
            case Thanks() as state:
                return waiting(
                    state.until, whole_s=self._result_s(state.paid), last_s=RESULT_COUNTDOWN_S
                )
            case _:
                if self._idle_at is None:
                    return None
                return waiting(self._idle_at, whole_s=rules.idle_s, last_s=rules.ask_s)

    def _open_session(self, confirmed: Confirm, *, without_receipt: bool) -> None:
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
            language=self._manner.language.value,
        )
        agreed = DeviceNoted(
            device="printer",
            event="customer agreed to no receipt",
            detail=f"session {opened.session}",
        )
        self._tools.books.write([opened, agreed] if without_receipt else [opened])
        now = self._tools.clock.monotonic()
        self._visit = Money(
            opened=opened,
            provider=provider,
            entry=entry,
            deadline=now + self._tools.rules.money_idle_s,
        )
        self._accept()
        _log.info("session_opened", session=opened.session, provider=provider.code)

    def _accept(self) -> None:
        if not (self._health.storage_writable and self._health.space_enough):
            # Nothing could be recorded; `journal_is_back` asks again.
            return
        rules = self._tools.rules
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
                assert isinstance(self._visit, Money)
                self._withdraw()
                self._end_session(self._visit.opened, trigger, SessionEnd.LEFT)
            case order.CloseSession(why):
                self._withdraw()
                self._close(why)
            case _ as never:
                assert_never(never)

    def _withdraw(self) -> None:
        """A session that ends while the acceptor is out of order has ordered no stop: without one
        the driver would open again for nobody as soon as the fault is over.
        """
        if not self._health.acceptor_ready:
            self._tools.acceptor.stop()

    def _close(self, why: SessionEnd) -> None:
        assert isinstance(self._visit, Money)
        state = self._visit
        self._end_session(state.opened, PaymentTrigger.MACHINE, why)
        if not isinstance(self._visit, Home):
            return
        if state.goal in (Goal.LEAVE, Goal.PAY):
            self._browse(Confirm(entry=state.entry))
        else:
            self._end_visit()

    def _end_session(
        self, opened: SessionOpened, trigger: PaymentTrigger, empty: SessionEnd
    ) -> None:
        """End a session by what the journal holds of it."""
        self._tools.keeper.give_up("its session ended")
        sale = self._till.end(opened, trigger, empty)
        if sale is None:
            self._browse(Home())
        else:
            self._process(sale)

    def _process(self, sale: Sale) -> None:
        """A payment that is recorded goes to the printer and to the backend."""
        tools = self._tools
        now = tools.clock.monotonic()
        self._visit = Processing(
            paid=sale.paid,
            not_before=now + SHORTEST_PROCESSING_S,
            until=now + tools.rules.processing_s,
        )
        tools.desk.submit(Job(item=sale.paid.item, online=sale.online, made_by=sale.made_by))
        tools.outbox.pump()

    def _update(self, change: Callable[[Paid], Paid]) -> None:
        if isinstance(self._visit, Processing | Thanks):
            self._visit = replace(self._visit, paid=change(self._visit.paid))

    def _result_s(self, paid: Paid) -> float:
        rules = self._tools.rules
        return rules.receipt_trouble_s if paid.slip is SlipState.FAILED else rules.result_s


def _is_settled(paid: Paid, health: Health) -> bool:
    """Nothing more is to be waited for: the slip is out, or not, and the backend has answered, or
    cannot be reached.
    """
    answered = paid.delivery is not Delivery.QUEUED or health.online is False
    return answered and paid.slip is not SlipState.PRINTING
