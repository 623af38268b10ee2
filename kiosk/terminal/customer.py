"""The customer who stands there: on which screen, how she is spoken to, how long it waits for her.

Holds the visit and its waiting times, and knows no device and no journal. It must never outlive her:
with `end` nothing of her stays.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from kiosk.clock import Clock
from kiosk.session.patience import Patience, waiting
from kiosk.session.state import (
    Attract,
    Browsing,
    Enquiring,
    Home,
    Money,
    NoReceipt,
    Paid,
    Processing,
    Thanks,
    Visit,
)
from kiosk.terminal.health import Health, goes_without_slip
from kiosk.terminal.rules import RESULT_COUNTDOWN_S, TerminalRules
from kiosk.terminal.snapshot import Delivery, Manner, SlipState


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """How the present customer is spoken to, and how long the screen still waits for her."""

    manner: Manner = Manner()
    seconds_left: int | None = None
    asking: bool = False


class Customer:
    """The visit of one customer after the other."""

    def __init__(self, clock: Clock, rules: TerminalRules, health: Callable[[], Health]) -> None:
        self._clock = clock
        self._rules = rules
        self._health = health
        self._idle_at: float | None = None
        self.visit: Visit = Home()
        self.manner = Manner(language=rules.language)
        self.end()

    @property
    def attention(self) -> Attention:
        """What the screen says about language and waiting."""
        patience = self._patience
        left = None if patience is None else patience.seconds_left(self._clock.monotonic())
        asking = left is not None and not isinstance(self.visit, Thanks)
        return Attention(manner=self.manner, seconds_left=left, asking=asking)

    @property
    def deadline(self) -> float | None:
        """When her screen changes by itself, or the seconds shown do (monotonic seconds)."""
        patience, at = self._patience, self._screen_ends
        if patience is None or at is None:
            return at
        return min(at, patience.next_look(self._clock.monotonic()))

    @property
    def gone(self) -> bool:
        """True when a screen before money has waited for her long enough."""
        return self._idle_at is not None and self._clock.monotonic() >= self._idle_at

    def browse(self, state: Browsing) -> None:
        """Show this screen before money; nobody is asked to go without a slip by a printer that is
        well again.
        """
        if isinstance(state, NoReceipt) and not goes_without_slip(self._health()):
            state = state.confirm
        self.visit = state
        now = self._clock.monotonic()
        match state:
            case Attract():
                self._idle_at = None
            case Home():
                self._idle_at = now + self._rules.attract_s
            case _:
                self._idle_at = now + self._rules.idle_s

    def end(self) -> None:
        """She is gone: nothing of her stays, and the next one is met in our own manner."""
        self.manner = Manner(language=self._rules.language)
        self.browse(Home())

    def show_result(self, paid: Paid) -> None:
        """Her payment is done with: say how it ended."""
        self.visit = Thanks(paid=paid, until=self._clock.monotonic() + self._result_s(paid))

    def stay(self) -> None:
        """She is there: her time begins anew. While notes are taken the session says how long, and
        a payment on its way waits for nobody.
        """
        match self.visit:
            case Money() | Processing():
                pass
            case Thanks() as state:
                self.show_result(state.paid)
            case _ as browsing:
                self.browse(browsing)

    def update(self, change: Callable[[Paid], Paid]) -> None:
        """Something became known of the payment that is shown."""
        if isinstance(self.visit, Processing | Thanks):
            self.visit = replace(self.visit, paid=change(self.visit.paid))

    def settled(self, paid: Paid) -> bool:
        """Nothing more is to be waited for: the slip is out, or not, and the backend has answered, or
        cannot be reached.
        """
        answered = paid.delivery is not Delivery.QUEUED or self._health().online is False
        return answered and paid.slip is not SlipState.PRINTING

    @property
    def _screen_ends(self) -> float | None:
        match self.visit:
            case Money() as state:
                return state.deadline if state.goal is None else state.leave_by
            case Processing() as state:
                return state.not_before if self.settled(state.paid) else state.until
            case Thanks() as state:
                return state.until
            case Enquiring(given_up=False) as state:
                return state.until
            case _:
                return self._idle_at

    @property
    def _patience(self) -> Patience | None:
        """How long this screen waits, where the customer is told so."""
        rules = self._rules
        match self.visit:
            case Attract() | Home() | Processing() | Enquiring(given_up=False):
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

    def _result_s(self, paid: Paid) -> float:
        failed = paid.slip is SlipState.FAILED
        return self._rules.receipt_trouble_s if failed else self._rules.result_s
