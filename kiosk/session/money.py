"""Taking money: the state `Money` and everything that can happen to it.

A table of (phase, event) to a pure function. The phases are *collecting* (notes may come) and
*leaving* (the acceptor was told to stop; a note that is still moving is waited for). Whatever
happens, money inside ends as a payment to the confirmed account, and nothing inside ends as nothing.
Events of notes arrive here only after their record is durable.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from drivers.acceptors.contract import RejectReason, ReturnReason
from kiosk.session.commands import (
    CloseSession,
    Command,
    FormPayment,
    StartAccepting,
    StopAccepting,
)
from kiosk.session.money_events import (
    AcceptorBack,
    AcceptorGone,
    AcceptorOff,
    AcceptorOn,
    CollectorWaits,
    LeaveTouched,
    MoneyEvent,
    NoteBack,
    NoteEntered,
    NoteIn,
    NoteRefused,
    NoteUnclear,
    NoteWaits,
    PayTouched,
    ServiceEnds,
    StayTouched,
    TimePassed,
)
from kiosk.session.state import DisputedNote, EscrowedNote, Goal, Money, StackedNote
from kiosk.terminal.snapshot import NoteLine, NoteProblem, NoteState
from offline_queue.journal.records import Decision, PaymentTrigger, SessionEnd
from terminal_api.payments import MAX_NOTES


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRules:
    """The limits of this session in kopecks and the patience in seconds.

    `leave_s` is how long a stop is waited for: a stack takes up to 30 s (facts sheet ccnet 8.2).
    """

    min_minor: int
    max_minor: int
    denominations: frozenset[int]
    idle_s: float
    leave_s: float


@dataclass(frozen=True, slots=True)
class Context:
    """What a handler may look at beside the state."""

    rules: MoneyRules
    now: float
    acceptor_ready: bool


@dataclass(frozen=True, slots=True)
class Step:
    """The next state and what is to be done."""

    state: Money
    commands: tuple[Command, ...] = ()


class Phase(StrEnum):
    """Collecting notes, or leaving and waiting for the acceptor."""

    COLLECTING = "collecting"
    LEAVING = "leaving"


def phase_of(state: Money) -> Phase:
    """The phase of a money state."""
    return Phase.COLLECTING if state.goal is None else Phase.LEAVING


def step(state: Money, event: MoneyEvent, context: Context) -> Step:
    """What an event makes of the state; an event that means nothing there changes nothing."""
    handler = TABLE[(phase_of(state), type(event))]
    return handler(state, event, context)


def decide(state: Money, minor: int, rules: MoneyRules) -> Decision:
    """Stack a note, or give it back because it is not taken here or would exceed the maximum."""
    if minor not in rules.denominations:
        return Decision.RETURN
    if len(state.stacked) + len(state.disputed) >= MAX_NOTES:
        # A payment cannot carry more notes to the backend.
        return Decision.RETURN
    return Decision.STACK if minor <= room_minor(state, rules) else Decision.RETURN


def room_minor(state: Money, rules: MoneyRules) -> int:
    """Kopecks that may still be put in. A disputed note may be inside, so it takes its room."""
    disputed = sum(note.minor or 0 for note in state.disputed)
    return max(0, rules.max_minor - state.inserted_minor - disputed)


def can_pay(state: Money, rules: MoneyRules) -> bool:
    """True when "pay" does something: the minimum is inside, or a dispute must be closed."""
    if state.goal is not None:
        return False
    return state.inserted_minor >= rules.min_minor > 0 or bool(state.disputed)


def can_leave(state: Money) -> bool:
    """True when "back" does something: nothing is inside and nothing is moving."""
    return state.goal is None and state.empty and not state.moving


_Handler = Callable[[Any, Any, Context], Step]


def _note_entered(state: Money, _event: NoteEntered, context: Context) -> Step:
    lines = state.lines if state.moving else (*state.lines, _CHECKING)
    return Step(_patient(replace(state, validating=True, lines=lines), context))


def _note_waits(state: Money, event: NoteWaits, context: Context) -> Step:
    escrow = EscrowedNote(cycle=event.cycle, minor=event.minor, decision=event.decision)
    line = NoteLine(minor=event.minor, state=NoteState.CHECKING)
    waiting = replace(state, escrow=escrow, validating=False, lines=_replaced(state, line))
    return Step(_patient(waiting, context))


def _note_in(state: Money, event: NoteIn, context: Context) -> Step:
    line = NoteLine(minor=event.minor, state=NoteState.ACCEPTED)
    stacked = (*state.stacked, StackedNote(cycle=event.cycle, minor=event.minor))
    # A note that was in doubt may turn up after all.
    disputed = tuple(note for note in state.disputed if note.cycle != event.cycle)
    inside = replace(state, stacked=stacked, disputed=disputed)
    return Step(_patient(_ended(inside, line, event.cycle), context))


def _note_back(state: Money, event: NoteBack, context: Context) -> Step:
    minor = None if state.escrow is None else state.escrow.minor
    line = NoteLine(
        minor=minor, state=NoteState.RETURNED, problem=_why_back(state, event, context.rules)
    )
    return Step(_patient(_ended(state, line, event.cycle), context))


def _why_back(state: Money, event: NoteBack, rules: MoneyRules) -> NoteProblem:
    if state.escrow is not None and state.escrow.decision is Decision.RETURN:
        known = state.escrow.minor in rules.denominations
        return NoteProblem.OVER_MAXIMUM if known else NoteProblem.NOT_ACCEPTED
    if event.why is ReturnReason.TIMED_OUT:
        return NoteProblem.NOT_IN_TIME
    return NoteProblem.MACHINE


def _note_refused(state: Money, event: NoteRefused, context: Context) -> Step:
    problem = (
        NoteProblem.NOT_ACCEPTED
        if event.why in (RejectReason.INHIBITED, RejectReason.COUPON)
        else NoteProblem.UNRECOGNISED
    )
    line = NoteLine(minor=None, state=NoteState.RETURNED, problem=problem)
    return Step(_patient(_ended(state, line, None), context))


def _note_unclear(state: Money, event: NoteUnclear, context: Context) -> Step:
    line = NoteLine(minor=event.minor, state=NoteState.DISPUTED)
    disputed = (*state.disputed, DisputedNote(cycle=event.cycle, minor=event.minor))
    return Step(_patient(_ended(replace(state, disputed=disputed), line, event.cycle), context))


def _acceptor_on(state: Money, _event: AcceptorOn, _context: Context) -> Step:
    return Step(replace(state, accepting=True))


def _off_while_collecting(state: Money, _event: AcceptorOff, _context: Context) -> Step:
    return Step(replace(_at_rest(state), accepting=False))


def _off_while_leaving(state: Money, _event: AcceptorOff, context: Context) -> Step:
    return _finish(replace(_at_rest(state), accepting=False), context)


def _back_while_collecting(state: Money, _event: AcceptorBack, _context: Context) -> Step:
    return Step(_at_rest(state), (StartAccepting(),))


def _back_while_leaving(state: Money, _event: AcceptorBack, context: Context) -> Step:
    # Set up anew means: holds no note and accepts nothing. That is all a stop could tell.
    return _finish(replace(_at_rest(state), accepting=False), context)


def _gone_while_collecting(state: Money, _event: AcceptorGone, context: Context) -> Step:
    without = replace(state, accepting=False)
    if without.empty and not without.moving:
        return _finish(_leaving(without, Goal.MACHINE, context), context)
    return Step(without)


def _gone_while_leaving(state: Money, _event: AcceptorGone, context: Context) -> Step:
    without = replace(state, accepting=False)
    return Step(without) if without.moving else _finish(without, context)


def _service_ends(state: Money, _event: ServiceEnds, context: Context) -> Step:
    # With money inside the customer may still pay; without any there is nothing to stay for.
    return _leave(state, Goal.MACHINE, context) if can_leave(state) else Step(state)


def _pay(state: Money, _event: PayTouched, context: Context) -> Step:
    return _leave(state, Goal.PAY, context) if can_pay(state, context.rules) else Step(state)


def _go_back(state: Money, _event: LeaveTouched, context: Context) -> Step:
    return _leave(state, Goal.LEAVE, context) if can_leave(state) else Step(state)


def _stay(state: Money, _event: StayTouched, context: Context) -> Step:
    return Step(_patient(state, context))


def _time_in_collecting(state: Money, _event: TimePassed, context: Context) -> Step:
    if context.now < state.deadline:
        return Step(state)
    return _leave(state, Goal.TIME_OUT, context)


def _time_in_leaving(state: Money, _event: TimePassed, context: Context) -> Step:
    if state.leave_by is None or context.now < state.leave_by:
        return Step(state)
    # The terminal has by now disputed a note that was ordered into the cassette and never told of.
    return _finish(_at_rest(state), context)


def _nothing(state: Money, _event: MoneyEvent, _context: Context) -> Step:
    return Step(state)


def _leaving(state: Money, goal: Goal, context: Context) -> Money:
    return replace(state, goal=goal, leave_by=context.now + context.rules.leave_s)


def _collector_waits(state: Money, _event: CollectorWaits, context: Context) -> Step:
    # Money inside becomes a payment, as after a time-out; a note on its way is waited for.
    return _leave(state, Goal.MACHINE, context)


def _leave(state: Money, goal: Goal, context: Context) -> Step:
    leaving = _leaving(state, goal, context)
    if not context.acceptor_ready and not state.moving:
        return _finish(leaving, context)
    return Step(leaving, (StopAccepting(),))


def _finish(state: Money, context: Context) -> Step:
    """The acceptor is at rest: end the session by what is inside."""
    goal = state.goal
    assert goal is not None
    if not state.empty:
        if goal is Goal.LEAVE:
            # A note slipped in while the customer was leaving: there is money now, so stay.
            staying = replace(state, goal=None, leave_by=None)
            return Step(_patient(staying, context), (StartAccepting(),))
        return Step(state, (FormPayment(_TRIGGERS[goal]),))
    return Step(state, (CloseSession(_ENDS[goal]),))


_TRIGGERS = {
    Goal.PAY: PaymentTrigger.CUSTOMER,
    Goal.TIME_OUT: PaymentTrigger.TIMED_OUT,
    Goal.MACHINE: PaymentTrigger.MACHINE,
}

_ENDS = {
    Goal.PAY: SessionEnd.LEFT,
    Goal.LEAVE: SessionEnd.LEFT,
    Goal.TIME_OUT: SessionEnd.TIMED_OUT,
    Goal.MACHINE: SessionEnd.NOT_POSSIBLE,
}

_CHECKING = NoteLine(minor=None, state=NoteState.CHECKING)


def _patient(state: Money, context: Context) -> Money:
    """Anything the customer or a note does begins the waiting time anew."""
    return replace(state, deadline=context.now + context.rules.idle_s)


def _ended(state: Money, line: NoteLine, cycle: str | None) -> Money:
    """The note of `cycle` is gone; None is a note that never came to escrow."""
    if state.escrow is not None and state.escrow.cycle != cycle:
        # Another note is still on its way, and stays the last line.
        return replace(state, validating=False, lines=(*state.lines[:-1], line, *state.lines[-1:]))
    return replace(state, escrow=None, validating=False, lines=_replaced(state, line))


def _at_rest(state: Money) -> Money:
    """Nothing moves: a line that still says "checking" was pulled back at the bezel."""
    if not state.moving:
        return state
    lines = tuple(line for line in state.lines if line.state is not NoteState.CHECKING)
    return replace(state, escrow=None, validating=False, lines=lines)


def _replaced(state: Money, line: NoteLine) -> tuple[NoteLine, ...]:
    """The moving note's line becomes `line`; without one, `line` is added."""
    if state.lines and state.lines[-1].state is NoteState.CHECKING:
        return (*state.lines[:-1], line)
    return (*state.lines, line)


_BOTH: Mapping[type, _Handler] = {
    NoteEntered: _note_entered,
    NoteWaits: _note_waits,
    NoteIn: _note_in,
    NoteBack: _note_back,
    NoteRefused: _note_refused,
    NoteUnclear: _note_unclear,
    AcceptorOn: _acceptor_on,
    StayTouched: _stay,
}

TABLE: Mapping[tuple[Phase, type], _Handler] = {
    **{(phase, event): handler for phase in Phase for event, handler in _BOTH.items()},
    (Phase.COLLECTING, AcceptorOff): _off_while_collecting,
    (Phase.COLLECTING, AcceptorBack): _back_while_collecting,
    (Phase.COLLECTING, AcceptorGone): _gone_while_collecting,
    (Phase.COLLECTING, ServiceEnds): _service_ends,
    (Phase.COLLECTING, CollectorWaits): _collector_waits,
    (Phase.COLLECTING, PayTouched): _pay,
    (Phase.COLLECTING, LeaveTouched): _go_back,
    (Phase.COLLECTING, TimePassed): _time_in_collecting,
    (Phase.LEAVING, AcceptorOff): _off_while_leaving,
    (Phase.LEAVING, AcceptorBack): _back_while_leaving,
    (Phase.LEAVING, AcceptorGone): _gone_while_leaving,
    (Phase.LEAVING, ServiceEnds): _nothing,
    (Phase.LEAVING, CollectorWaits): _nothing,
    (Phase.LEAVING, PayTouched): _nothing,
    (Phase.LEAVING, LeaveTouched): _nothing,
    (Phase.LEAVING, TimePassed): _time_in_leaving,
}
"""Every phase meets every event; a test walks the whole table."""
