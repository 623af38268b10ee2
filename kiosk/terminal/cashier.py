"""Serves the customer: walks her through the screens and hands her over to the money and back.

Here is what a touch, a deadline or a piece of news means on the screen that is shown; `customer`
holds the visit, `money_desk` takes the money. It must never decide anything about a note.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from kiosk.clock import Clock
from kiosk.session import money_events, navigation
from kiosk.session.manner import asked_for
from kiosk.session.money_events import MoneyEvent
from kiosk.session.navigation import AskAgain, LookUp, OrderCopy, Shop, StartMoney
from kiosk.session.state import (
    Attract,
    Browsing,
    Confirm,
    Enquiring,
    Found,
    Home,
    Money,
    NoReceipt,
    Processing,
    Thanks,
    Visit,
)
from kiosk.terminal.books import Books
from kiosk.terminal.customer import Attention, Customer
from kiosk.terminal.health import Health, goes_without_slip, reasons
from kiosk.terminal.lookup import Lookup
from kiosk.terminal.money_desk import MoneyDesk
from kiosk.terminal.note_keeper import Told
from kiosk.terminal.print_desk import PrintDesk
from kiosk.terminal.provider_desk import ProviderDesk
from kiosk.terminal.reprint import Reprint
from kiosk.terminal.rules import TerminalRules
from kiosk.terminal.snapshot import Delivery, SlipState
from kiosk.terminal.touch import Action, Touch
from offline_queue.enquiry.messages import AccountTold
from offline_queue.journal import queries
from offline_queue.journal.records import SessionOpened


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What a cashier works with."""

    customer: Customer
    money: MoneyDesk
    providers: ProviderDesk
    lookup: Lookup
    books: Books
    desk: PrintDesk
    clock: Clock
    shop: Shop
    rules: TerminalRules
    health: Callable[[], Health]


class Cashier:
    """Serves one customer after the other."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._customer = tools.customer
        self._money = tools.money

    @property
    def visit(self) -> Visit:
        """Where the customer is."""
        return self._customer.visit

    @property
    def attention(self) -> Attention:
        """What the screen says about language and waiting."""
        return self._customer.attention

    @property
    def deadline(self) -> float | None:
        """When `time_passed` or the seconds left have something to do (monotonic seconds)."""
        return self._customer.deadline

    def touch(self, touch: Touch) -> None:
        """The customer touched something on the present screen. Raises JournalError."""
        customer = self._customer
        manner = asked_for(customer.manner, touch.action, touch.value)
        if manner is not None or touch.action is Action.STAY:
            customer.manner = manner or customer.manner
            self._stay()
            return
        match customer.visit:
            case Money():
                self._touch_money(touch)
            case Processing():
                pass
            case Thanks() as state:
                if touch.action is Action.ANOTHER:
                    customer.browse(Home())
                elif touch.action is Action.AGAIN:
                    code = state.paid.provider.code
                    customer.browse(navigation.again(code, self._tools.shop))
                elif touch.action in (Action.FINISH, Action.HOME):
                    customer.end()
            case _ as browsing:
                self._touch_browsing(browsing, touch)

    def told(self, told: Told) -> None:
        """Something happened to a note. Raises JournalError."""
        self._money.told(told)

    def money_event(self, event: MoneyEvent) -> None:
        """Something happened that matters while notes are taken. Raises JournalError."""
        self._money.event(event)

    def time_passed(self) -> None:
        """Look at the deadlines. Raises JournalError."""
        now = self._tools.clock.monotonic()
        customer = self._customer
        match customer.visit:
            case Money() as state:
                self._money.time_passed(state)
            case Processing() as state:
                ready = customer.settled(state.paid) and now >= state.not_before
                if ready or now >= state.until:
                    customer.show_result(state.paid)
            case Thanks() as state:
                if now >= state.until:
                    customer.end()
            case Enquiring(given_up=False) as state:
                after = self._tools.providers.time_passed(state)
                if after is not state:
                    customer.browse(after)
            case Home() if customer.gone:
                customer.end()
                customer.browse(Attract())
            case _:
                if customer.gone:
                    customer.end()

    def service_ended(self) -> None:
        """The terminal takes no money now: whoever has none inside goes. Raises JournalError."""
        match self._customer.visit:
            case Money():
                self._money.event(money_events.ServiceEnds())
            case Processing() | Thanks() | Home() | Attract():
                pass
            case _:
                self._customer.end()

    def journal_is_back(self) -> None:
        """Records can be written again: take up what was interrupted. Raises JournalError."""
        self._money.journal_is_back()

    def recover(self, opened: SessionOpened) -> None:
        """End a session of an earlier life: pay what is inside. Raises JournalError."""
        self._money.recover(opened)

    def slip_settled(self, receipt_number: int, state: SlipState) -> None:
        """A slip came out, or did not; below zero: a copy of it. Raises JournalError."""
        if receipt_number < 0:
            self._copy_settled(-receipt_number, state)
            return
        customer = self._customer
        customer.update(
            lambda paid: (
                replace(paid, slip=state) if paid.item.receipt_number == receipt_number else paid
            )
        )
        if isinstance(customer.visit, Thanks) and state is SlipState.FAILED:
            until = self._tools.clock.monotonic() + self._tools.rules.receipt_trouble_s
            customer.visit = replace(customer.visit, until=until)

    def delivered(self, number: int, delivery: Delivery) -> None:
        """The backend said how a payment stands: the customer's own, or one she has looked up."""
        customer = self._customer
        customer.update(
            lambda paid: replace(paid, delivery=delivery) if paid.item.number == number else paid
        )
        found = customer.visit
        if isinstance(found, Found):
            customer.visit = navigation.standing(found, number, delivery)

    def account_told(self, event: AccountTold) -> None:
        """The end of a question about an account; it matters to whoever still waits for it alone."""
        state = self._customer.visit
        if isinstance(state, Enquiring):
            after = self._tools.providers.told(state, event)
            if after is not state:
                self._customer.browse(after)

    def printer_changed(self) -> None:
        """Nobody is asked to go without a slip by a printer that is well again."""
        visit = self._customer.visit
        if isinstance(visit, NoReceipt):
            self._customer.browse(visit)

    def _copy_settled(self, receipt_number: int, state: SlipState) -> None:
        """Nobody waits at the slot for a copy that will not come."""
        found = self._customer.visit
        if not isinstance(found, Found) or found.copied is None:
            return
        slip = self._tools.books.ask(partial(queries.slip_of_payment, number=found.copied))
        if slip is not None and slip.receipt_number == receipt_number:
            self._customer.visit = replace(found, copy=state)

    def _stay(self) -> None:
        """She is there: her time begins anew. Raises JournalError."""
        if isinstance(self._customer.visit, Money):
            self._money.event(money_events.StayTouched())
        else:
            self._customer.stay()

    def _touch_money(self, touch: Touch) -> None:
        if touch.action is Action.PAY:
            self._money.event(money_events.PayTouched())
        elif touch.action in (Action.BACK, Action.HOME):
            self._money.event(money_events.LeaveTouched())

    def _touch_browsing(self, browsing: Browsing, touch: Touch) -> None:
        outcome = navigation.touched(browsing, touch.action, touch.value, self._tools.shop)
        match outcome:
            case StartMoney():
                self._start_money(browsing)
            case LookUp(check):
                self._customer.browse(Found(check=check, payments=self._tools.lookup.find(check)))
            case OrderCopy(found, number):
                order = Reprint(request=f"screen {number}", payment_number=number)
                self._tools.desk.reprint(order)
                self._customer.browse(replace(found, copied=number, copy=SlipState.PRINTING))
            case AskAgain(entry):
                self._customer.browse(self._tools.providers.ask(entry))
            case Confirm():
                self._customer.browse(self._tools.providers.before_money(outcome))
            case _:
                self._customer.browse(outcome)

    def _start_money(self, browsing: Browsing) -> None:
        """No note without a slip unless the customer has agreed to that. Raises JournalError."""
        health = self._tools.health()
        if reasons(health):
            return
        match browsing:
            case Confirm() if goes_without_slip(health):
                self._customer.browse(NoReceipt(confirm=browsing))
            case Confirm():
                self._money.open_session(browsing, without_receipt=False)
            case NoReceipt(confirmed):
                self._money.open_session(confirmed, without_receipt=True)
            case _:
                pass
