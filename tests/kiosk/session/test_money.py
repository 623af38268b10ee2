"""The money state, walked completely: every phase meets every event, and the rules hold."""

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.catalogue import load_catalogue
from drivers.acceptors.contract import CycleId, RejectReason, ReturnReason
from kiosk.session.commands import CloseSession, FormPayment, StartAccepting, StopAccepting
from kiosk.session.money import (
    TABLE,
    Context,
    MoneyRules,
    Phase,
    can_leave,
    can_pay,
    decide,
    phase_of,
    room_minor,
    step,
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
from kiosk.session.navigation import enter
from kiosk.session.state import (
    DisputedNote,
    EscrowedNote,
    Goal,
    Home,
    Money,
    StackedNote,
)
from kiosk.terminal.snapshot import NoteLine, NoteProblem, NoteState
from offline_queue.journal.records import Decision, PaymentTrigger, SessionEnd, SessionOpened
from terminal_api.payments import MAX_NOTES

PROVIDER = load_catalogue().provider("mts")
RULES = MoneyRules(
    min_minor=10_000,
    max_minor=300_000,
    denominations=frozenset({5_000, 10_000, 200_000}),
    idle_s=120.0,
    leave_s=35.0,
)
NOW = 1000.0
READY = Context(rules=RULES, now=NOW, acceptor_ready=True)
DEAD = replace(READY, acceptor_ready=False)
LATE = replace(READY, now=NOW + 121)

OPENED = SessionOpened(
    session="s",
    provider_id=PROVIDER.id,
    provider_code=PROVIDER.code,
    provider_name=PROVIDER.name,
    account="9161234567",
    fields=(("account", "9161234567"),),
    currency="RUB",
    fee_version="1",
    fee=PROVIDER.fee,
)
EMPTY = Money(opened=OPENED, provider=PROVIDER, entry=enter(PROVIDER, Home()), deadline=NOW + 120)
NOTE = StackedNote(cycle="c1", minor=10_000)
DOUBT = DisputedNote(cycle="c2", minor=5_000)
INSIDE = replace(EMPTY, stacked=(NOTE,))
MOVING = replace(EMPTY, validating=True)
WAITING = replace(
    EMPTY, escrow=EscrowedNote(cycle=CycleId("c3"), minor=5_000, decision=Decision.STACK)
)


def leaving(state, goal):
    return replace(state, goal=goal, leave_by=NOW + 35)


STATES = [
    replace(base, stacked=stacked, disputed=disputed, goal=goal, leave_by=leave_by)
    for base in (EMPTY, MOVING, WAITING)
    for stacked in ((), (NOTE,))
    for disputed in ((), (DOUBT,))
    for goal, leave_by in [(None, None), *((goal, NOW + 35) for goal in Goal)]
]

EVENTS = [
    NoteEntered(),
    NoteWaits(CycleId("c9"), 5_000, Decision.STACK),
    NoteIn("c3", 5_000),
    NoteIn("c9", 5_000),
    NoteBack("c3", ReturnReason.ORDERED),
    NoteBack("c9", ReturnReason.TIMED_OUT),
    NoteRefused(RejectReason.UNRECOGNISED),
    NoteUnclear("c3", 5_000),
    NoteUnclear("c9", None),
    AcceptorOn(),
    AcceptorOff(),
    AcceptorBack(),
    AcceptorGone(),
    ServiceEnds(),
    CollectorWaits(),
    PayTouched(),
    LeaveTouched(),
    StayTouched(),
    TimePassed(),
]


def test_every_phase_meets_every_event():
    assert set(TABLE) == {(phase, event) for phase in Phase for event in get_args(MoneyEvent)}
    assert {type(event) for event in EVENTS} == set(get_args(MoneyEvent))


@pytest.mark.parametrize("event", EVENTS, ids=repr)
def test_whatever_happens_the_rules_hold(event):
    for state in STATES:
        for context in (READY, DEAD, LATE):
            check(state, event, context, step(state, event, context))


def check(state, event, context, done):
    """The laws of one step."""
    after = done.state
    assert after.inserted_minor - state.inserted_minor == (
        event.minor if isinstance(event, NoteIn) else 0
    )
    assert (after.goal is None) == (after.leave_by is None)
    for command in done.commands:
        match command:
            case FormPayment():
                assert not after.empty
                assert len(done.commands) == 1
            case CloseSession():
                assert after.empty
                assert len(done.commands) == 1
            case StartAccepting():
                assert phase_of(after) is Phase.COLLECTING
            case StopAccepting():
                assert phase_of(after) is Phase.LEAVING
    entered_leaving = phase_of(state) is Phase.COLLECTING and phase_of(after) is Phase.LEAVING
    if entered_leaving:
        ended = isinstance(done.commands[0], FormPayment | CloseSession)
        assert done.commands == (StopAccepting(),) or (ended and not after.moving)


class Machine:
    """Feeds a money state the way the cashier does, and remembers how it ended."""

    def __init__(self):
        self.state = EMPTY
        self.now = NOW
        self.ready = True
        self.fed = 0
        self.ends = []
        self.stops = 0

    def tell(self, event):
        if self.ends:
            return
        if isinstance(event, AcceptorGone):
            self.ready = False
        if isinstance(event, AcceptorBack):
            self.ready = True
        before = self.state
        done = step(before, event, Context(rules=RULES, now=self.now, acceptor_ready=self.ready))
        check(before, event, READY, done)
        self.state = done.state
        self.fed += event.minor if isinstance(event, NoteIn) else 0
        for command in done.commands:
            assert not self.ends, "something was ordered after the end"
            match command:
                case FormPayment() | CloseSession():
                    self.ends.append(command)
                case StopAccepting():
                    self.stops += 1
                case StartAccepting():
                    self.stops = 0
        if self.state.goal is not None:
            assert self.stops or not self.ready or self.ends


@given(
    st.lists(
        st.one_of(
            st.sampled_from(EVENTS),
            st.builds(NoteIn, st.integers(10, 99).map(str), st.sampled_from([5_000, 10_000])),
            st.floats(0, 60),
        ),
        max_size=40,
    )
)
def test_any_story_ends_once_and_loses_no_money(story):
    machine = Machine()
    for event in story:
        if isinstance(event, float):
            machine.now += event
            machine.tell(TimePassed())
        else:
            machine.tell(event)
        assert machine.state.inserted_minor == machine.fed
        assert len(machine.ends) <= 1
    # Then nothing more is heard: time alone ends the story.
    for _ in range(2):
        machine.now += 121
        machine.tell(TimePassed())
    machine.now += 36
    machine.tell(TimePassed())
    if not machine.ends:  # A leave that met money stays, once.
        machine.now += 121
        machine.tell(TimePassed())
        machine.now += 36
        machine.tell(TimePassed())
    assert len(machine.ends) == 1
    expected = CloseSession if machine.state.empty else FormPayment
    assert isinstance(machine.ends[0], expected)


@pytest.mark.parametrize(
    ("goal", "trigger"),
    [
        (Goal.PAY, PaymentTrigger.CUSTOMER),
        (Goal.TIME_OUT, PaymentTrigger.TIMED_OUT),
        (Goal.MACHINE, PaymentTrigger.MACHINE),
    ],
)
@pytest.mark.parametrize("event", [AcceptorOff(), AcceptorBack(), AcceptorGone()])
def test_money_inside_becomes_a_payment_with_its_reason(goal, trigger, event):
    done = step(leaving(INSIDE, goal), event, READY)
    assert done.commands == (FormPayment(trigger),)


@pytest.mark.parametrize(
    ("goal", "why"),
    [
        (Goal.LEAVE, SessionEnd.LEFT),
        (Goal.TIME_OUT, SessionEnd.TIMED_OUT),
        (Goal.MACHINE, SessionEnd.NOT_POSSIBLE),
    ],
)
def test_nothing_inside_ends_as_nothing(goal, why):
    assert step(leaving(EMPTY, goal), AcceptorOff(), READY).commands == (CloseSession(why),)


def test_a_customer_who_leaves_while_a_note_slips_in_stays():
    done = step(leaving(INSIDE, Goal.LEAVE), AcceptorOff(), READY)
    assert done.commands == (StartAccepting(),)
    assert (done.state.goal, done.state.leave_by) == (None, None)
    assert done.state.deadline == NOW + 120


def test_a_disputed_note_alone_becomes_a_payment_too():
    doubtful = replace(EMPTY, disputed=(DOUBT,))
    assert can_pay(doubtful, RULES)
    done = step(leaving(doubtful, Goal.TIME_OUT), AcceptorOff(), READY)
    assert done.commands == (FormPayment(PaymentTrigger.TIMED_OUT),)


def test_pay_waits_for_the_acceptor():
    done = step(INSIDE, PayTouched(), READY)
    assert done.commands == (StopAccepting(),)
    assert (done.state.goal, done.state.leave_by) == (Goal.PAY, NOW + 35)


def test_pay_does_not_wait_for_an_acceptor_that_is_dead():
    assert step(INSIDE, PayTouched(), DEAD).commands == (FormPayment(PaymentTrigger.CUSTOMER),)


def test_a_dead_acceptor_with_a_note_in_it_gets_its_time():
    state = replace(WAITING, stacked=(NOTE,))
    done = step(state, PayTouched(), DEAD)
    assert done.commands == (StopAccepting(),)
    early = step(done.state, TimePassed(), replace(DEAD, now=NOW + 34))
    assert early.commands == ()
    late = step(done.state, TimePassed(), replace(DEAD, now=NOW + 35))
    assert late.commands == (FormPayment(PaymentTrigger.CUSTOMER),)


def test_below_the_minimum_pay_does_nothing():
    little = replace(EMPTY, stacked=(StackedNote(cycle="c", minor=5_000),))
    assert not can_pay(little, RULES)
    assert step(little, PayTouched(), READY) == step(little, PayTouched(), LATE)
    assert step(little, PayTouched(), READY).state == little


@pytest.mark.parametrize("state", [INSIDE, MOVING, WAITING, replace(EMPTY, disputed=(DOUBT,))])
@pytest.mark.parametrize("event", [LeaveTouched(), ServiceEnds()])
def test_nobody_is_sent_away_from_a_note(state, event):
    assert not can_leave(state)
    assert step(state, event, READY).state == state


def test_a_machine_that_dies_with_nothing_inside_ends_the_session():
    done = step(EMPTY, AcceptorGone(), DEAD)
    assert done.commands == (CloseSession(SessionEnd.NOT_POSSIBLE),)


@pytest.mark.parametrize("state", [INSIDE, MOVING, WAITING])
def test_a_machine_that_dies_with_a_note_inside_leaves_the_customer_there(state):
    done = step(replace(state, accepting=True), AcceptorGone(), DEAD)
    assert done.commands == ()
    assert not done.state.accepting
    assert done.state.goal is None


def test_a_service_that_ends_stops_the_acceptor_first():
    done = step(EMPTY, ServiceEnds(), READY)
    assert done.commands == (StopAccepting(),)
    assert done.state.goal is Goal.MACHINE


def test_time_runs_from_the_last_note():
    late = replace(READY, now=NOW + 119)
    state = step(EMPTY, NoteEntered(), late).state
    assert state.deadline == NOW + 119 + 120
    assert step(state, TimePassed(), LATE).state == state


@pytest.mark.parametrize("event", [AcceptorOn(), AcceptorOff(), AcceptorGone(), ServiceEnds()])
def test_what_the_machine_does_gives_no_more_time(event):
    assert step(INSIDE, event, LATE).state.deadline == INSIDE.deadline


def test_time_out_is_told_to_the_acceptor():
    done = step(INSIDE, TimePassed(), LATE)
    assert done.commands == (StopAccepting(),)
    assert done.state.goal is Goal.TIME_OUT


def test_a_machine_that_comes_back_takes_notes_again_and_holds_none():
    done = step(replace(WAITING, lines=(line(NoteState.CHECKING),)), AcceptorBack(), READY)
    assert done.commands == (StartAccepting(),)
    assert not done.state.moving
    assert done.state.lines == ()


def line(state, minor=None, problem=None):
    return NoteLine(minor=minor, state=state, problem=problem)


@pytest.mark.parametrize(
    ("minor", "decision"),
    [
        (5_000, Decision.STACK),
        (10_000, Decision.STACK),
        (200_000, Decision.STACK),
        (50_000, Decision.RETURN),
    ],
)
def test_only_notes_that_are_taken_here_are_stacked(minor, decision):
    assert decide(EMPTY, minor, RULES) is decision


def test_a_note_over_the_maximum_goes_back():
    nearly = replace(EMPTY, stacked=(StackedNote(cycle="c", minor=200_000),))
    assert decide(nearly, 200_000, RULES) is Decision.RETURN
    assert decide(nearly, 10_000, RULES) is Decision.STACK


def test_a_disputed_note_takes_its_room():
    state = replace(EMPTY, disputed=(DisputedNote(cycle="c", minor=200_000),))
    assert room_minor(state, RULES) == 100_000
    assert decide(state, 200_000, RULES) is Decision.RETURN
    unknown = replace(EMPTY, disputed=(DisputedNote(cycle="c", minor=None),))
    assert room_minor(unknown, RULES) == 300_000


def test_there_is_never_less_than_no_room():
    state = replace(EMPTY, stacked=(StackedNote(cycle="c", minor=500_000),))
    assert room_minor(state, RULES) == 0


def test_no_more_notes_than_a_payment_can_carry():
    notes = tuple(StackedNote(cycle=str(n), minor=1) for n in range(MAX_NOTES))
    assert decide(replace(EMPTY, stacked=notes[1:]), 5_000, RULES) is Decision.STACK
    assert decide(replace(EMPTY, stacked=notes), 5_000, RULES) is Decision.RETURN


@pytest.mark.parametrize(
    ("decision", "minor", "why", "problem"),
    [
        (Decision.RETURN, 200_000, ReturnReason.ORDERED, NoteProblem.OVER_MAXIMUM),
        (Decision.RETURN, 50_000, ReturnReason.ORDERED, NoteProblem.NOT_ACCEPTED),
        (Decision.STACK, 5_000, ReturnReason.TIMED_OUT, NoteProblem.NOT_IN_TIME),
        (Decision.STACK, 5_000, ReturnReason.DEVICE, NoteProblem.MACHINE),
    ],
)
def test_the_customer_is_told_why_a_note_came_back(decision, minor, why, problem):
    waiting = step(EMPTY, NoteWaits(CycleId("c"), minor, decision), READY).state
    back = step(waiting, NoteBack("c", why), READY).state
    assert back.lines == (line(NoteState.RETURNED, minor, problem),)
    assert not back.moving


@pytest.mark.parametrize(
    ("why", "problem"),
    [
        (RejectReason.UNRECOGNISED, NoteProblem.UNRECOGNISED),
        (RejectReason.INSERTION, NoteProblem.UNRECOGNISED),
        (RejectReason.INHIBITED, NoteProblem.NOT_ACCEPTED),
        (RejectReason.COUPON, NoteProblem.NOT_ACCEPTED),
    ],
)
def test_the_customer_is_told_why_a_note_was_refused(why, problem):
    entered = step(EMPTY, NoteEntered(), READY).state
    refused = step(entered, NoteRefused(why), READY).state
    assert refused.lines == (line(NoteState.RETURNED, None, problem),)


def test_one_note_is_one_line_from_bezel_to_cassette():
    state = EMPTY
    for event in (
        NoteEntered(),
        NoteEntered(),
        NoteWaits(CycleId("c"), 5_000, Decision.STACK),
        NoteEntered(),
        NoteIn("c", 5_000),
    ):
        state = step(state, event, READY).state
    assert state.lines == (line(NoteState.ACCEPTED, 5_000),)


def test_a_second_note_at_the_bezel_leaves_the_first_on_its_way():
    waiting = step(EMPTY, NoteWaits(CycleId("c"), 5_000, Decision.STACK), READY).state
    refused = step(waiting, NoteRefused(RejectReason.INSERTION), READY).state
    assert refused.escrow == waiting.escrow
    assert [one.state for one in refused.lines] == [NoteState.RETURNED, NoteState.CHECKING]
    inside = step(refused, NoteIn("c", 5_000), READY).state
    assert [one.state for one in inside.lines] == [NoteState.RETURNED, NoteState.ACCEPTED]


def test_a_note_in_doubt_that_turns_up_is_no_longer_in_doubt():
    doubtful = step(EMPTY, NoteUnclear("c", 5_000), READY).state
    found = step(doubtful, NoteIn("c", 5_000), READY).state
    assert found.disputed == ()
    assert found.inserted_minor == 5_000
