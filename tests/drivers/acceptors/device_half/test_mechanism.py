"""The metal by itself: whatever people, power and hosts do, each piece of paper is in one place."""

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.acceptors.device_half import mishaps
from drivers.acceptors.device_half.mechanism import Mechanism
from drivers.acceptors.device_half.phases import (
    IN_ESCROW,
    POWER_UPS,
    Ending,
    MechanismTiming,
    Phase,
    RejectCodes,
)

CODES = RejectCodes(unrecognised=1, counterfeit=2, inhibited=3, pulled=4)
NOTES = frozenset({100, 500})


def machine(capacity: int | None = None) -> Mechanism:
    body = Mechanism(MechanismTiming(), CODES, capacity=capacity)
    body.reset(0.0)
    body.advance(5.0)
    body.enable(NOTES, NOTES, 5.0)
    return body


def in_escrow(body: Mechanism) -> Mechanism:
    assert body.insert(500, 5.0)
    body.advance(6.0)
    assert body.phase is Phase.ESCROW
    return body


def test_a_stacked_note_is_counted_and_its_end_waits() -> None:
    body = in_escrow(machine())
    body.stack(6.0)
    body.advance(8.0)
    assert body.end is not None
    assert (body.end.how, body.counter) == (Ending.STACKED, 1)
    assert not body.insert(500, 8.0), "the next note waits until the end is acknowledged"
    body.acknowledge()
    assert body.is_at_rest
    assert body.insert(500, 8.0)


def test_it_forgets_a_return_when_power_fails_and_remembers_what_it_stacked() -> None:
    for order, remembers in ((Mechanism.give_back, False), (Mechanism.stack, True)):
        body = in_escrow(machine())
        order(body, 6.0)
        body.advance(8.0)
        mishaps.power_cut(body)
        mishaps.power_on(body)
        assert (body.end is not None) is remembers


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda body: body.insert(None, 5.0), CODES.unrecognised),
        (lambda body: body.insert_counterfeit(5.0), CODES.counterfeit),
        (lambda body: body.insert(50, 5.0), CODES.inhibited),
        (lambda body: body.insert(500, 5.0, flaw=9), 9),
        (lambda body: body.insert(500, 5.0) and body.pull_back(5.8), CODES.pulled),
    ],
)
def test_what_is_refused_and_why(act: Callable[[Mechanism], bool], code: int) -> None:
    body = machine()
    assert act(body)
    body.advance(6.0)
    assert (body.phase, body.detail) == (Phase.REJECTING, code)
    body.advance(8.0)
    assert len(body.places.returned) == 1


def test_the_watcher_sees_phases_that_pass_in_one_go() -> None:
    seen: list[tuple[Phase, float]] = []
    body = Mechanism(MechanismTiming(), CODES, watch=lambda phase, at: seen.append((phase, at)))
    body.reset(0.0)
    body.advance(60.0)
    assert seen == [(Phase.INITIALISING, 0.0), (Phase.DISABLED, 1.5)]


DEEDS: dict[str, Callable[[Mechanism, float], object]] = {
    "insert": lambda body, now: body.insert(500, now),
    "other": lambda body, now: body.insert(50, now),
    "counterfeit": lambda body, now: body.insert_counterfeit(now),
    "stack": lambda body, now: body.phase in IN_ESCROW and body.stack(now),
    "give back": lambda body, now: body.phase in IN_ESCROW and body.give_back(now),
    "hold": lambda body, now: body.phase in IN_ESCROW and body.hold(now),
    "acknowledge": lambda body, now: body.acknowledge(),
    "enable": lambda body, now: body.enable(NOTES, NOTES, now),
    "disable": lambda body, now: body.enable(frozenset(), frozenset(), now),
    "reset": lambda body, now: body.powered and body.reset(now),
    "pull": lambda body, now: body.pull_back(now),
    "second": mishaps.push_second,
    "second out": mishaps.pull_second,
    "cheat": mishaps.cheat,
    "jam": lambda body, now: mishaps.jam(body, Phase.STACKER_JAMMED, now),
    "free": lambda body, now: mishaps.clear_jam(body, now, into_cassette=True),
    "by hand": lambda body, now: mishaps.clear_jam(body, now, into_cassette=False),
    "stall": lambda body, now: mishaps.stall(body, now, on=not body.stalled),
    "fail": lambda body, now: mishaps.fail(body, 0x50, now),
    "repair": mishaps.repair,
    "out": mishaps.take_cassette_out,
    "in": lambda body, now: mishaps.put_cassette_in(body, now, empty=True),
    "cut": lambda body, now: mishaps.power_cut(body),
    "on": lambda body, now: body.powered or mishaps.power_on(body),
}
POWERS = {f"on {phase}": phase for phase in sorted(POWER_UPS)}
for name, phase in POWERS.items():
    DEEDS[name] = lambda body, now, phase=phase: body.powered or mishaps.power_on(body, phase)


@given(script=st.lists(st.tuples(st.sampled_from(sorted(DEEDS)), st.floats(0, 4)), max_size=60))
def test_each_piece_of_paper_is_always_in_one_place(script: list[tuple[str, float]]) -> None:
    body, now = machine(capacity=3), 5.0
    for deed, pause in script:
        DEEDS[deed](body, now)
        now += pause
        body.advance(now)
        places = body.places
        found = Counter(
            paper.number
            for paper in (
                *places.stacked,
                *places.returned,
                *places.removed,
                *([body.paper] if body.paper else []),
            )
        )
        assert found == Counter(range(1, body.numbered + 1))
        assert body.counter == len(places.stacked)


def drawn_in(body: Mechanism) -> None:
    assert body.insert(500, 5.0)


def ordered(order: Callable[[Mechanism, float], None]) -> Callable[[Mechanism], None]:
    return lambda body: order(in_escrow(body), 6.0)


UNDER_WAY: dict[str, Callable[[Mechanism], object]] = {
    "accepting": drawn_in,
    "escrow": in_escrow,
    "stacking": ordered(Mechanism.stack),
    "returning": ordered(Mechanism.give_back),
    "rejecting": lambda body: drawn_in(body) or body.pull_back(5.5),
}


@pytest.mark.parametrize("first", sorted(DEEDS))
@pytest.mark.parametrize("where", UNDER_WAY)
def test_no_two_deeds_lose_a_note_under_way(where: str, first: str) -> None:
    for second in DEEDS:
        body = machine()
        UNDER_WAY[where](body)
        for deed, now in ((first, 6.1), (second, 6.2), ("acknowledge", 20.0), ("enable", 20.0)):
            DEEDS[deed](body, now)
            body.advance(now)
        DEEDS["insert"](body, 20.1)
        found = [*body.places.stacked, *body.places.returned, *body.places.removed]
        inside = [] if body.paper is None else [body.paper]
        assert len(found + inside) == body.numbered, second
