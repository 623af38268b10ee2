"""Heartbeats kept together are asked everything that one by itself is asked."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from terminal_api import ErrorCode
from terminal_api.signing import Claim
from wallet.storage.database import open_for_writing
from wallet.storage.turns import Turns, turns_of
from wallet.terminals.desk import Desk, open_desk
from wallet.terminals.gate import NotAdmittedError
from wallet.terminals.heartbeats import Beat, HeartbeatsOnSqlite
from wallet.terminals.rates import Rate
from wallet.terminals.replay import MemoryGuard

from .conftest import key, signed

WINDOW = timedelta(seconds=120)
HOUR = timedelta(hours=1)
TERMINALS = ("10000001", "10000002", "10000003")

Enrolled = Callable[..., Beat]


def opened(turns: Turns, clock) -> Desk:
    return open_desk(turns, clock, window=WINDOW, rate=Rate(per_s=1.0, burst=3))


@pytest.fixture
def desk(turns, clock) -> Desk:
    return opened(turns, clock)


@pytest.fixture
def beat(desk, clock) -> Enrolled:
    """A heartbeat of one of the enrolled terminals, its signature good."""
    ids = {
        terminal_id: desk.keys.enrol(
            terminal_id,
            desk.keys.new_token(terminal_id, bytes(32), valid=HOUR),
            key(n).public_key(),
        )
        for n, terminal_id in enumerate(TERMINALS)
    }

    def make(terminal_id: str, nonce: str = "n", report: str = "{}") -> Beat:
        claim = Claim(
            terminal_id=terminal_id, key_id=ids[terminal_id], nonce=nonce, created=clock.now
        )
        return Beat(claim=claim, report=report)

    return make


def standing(desk: Desk) -> dict[str, str]:
    return {it.terminal_id: it.report for it in desk.register.standing()}


def test_each_is_kept_and_told_the_newest_number(desk, beat, clock) -> None:
    number = desk.shadow.publish("catalogue", "v1")
    backwards = [beat(it, report=f'"{it}"') for it in reversed(TERMINALS)]
    assert desk.heartbeats.keep(backwards, clock.now) == [number] * 3
    assert standing(desk) == {it: f'"{it}"' for it in TERMINALS}
    assert {it.seen_at for it in desk.register.standing()} == {clock.now}


def test_a_later_one_replaces_it_and_a_repeat_changes_nothing(desk, beat, clock) -> None:
    one, other, _ = TERMINALS
    desk.heartbeats.keep([beat(one, "a", "1")], clock.now)
    told = desk.heartbeats.keep([beat(one, "a", "2"), beat(other, "a", "3")], clock.now)
    assert told == [ErrorCode.REPLAYED, 0]
    assert standing(desk) == {one: "1", other: "3"}
    assert desk.heartbeats.keep([beat(one, "b", "4")], clock.now) == [0]
    assert standing(desk)[one] == "4"


def test_a_key_that_ended_is_refused_and_spoils_nothing_for_the_others(desk, beat, clock) -> None:
    one, other, third = TERMINALS
    desk.keys.revoke(other)
    told = desk.heartbeats.keep([beat(it) for it in TERMINALS], clock.now)
    assert told == [0, ErrorCode.KEY_UNKNOWN, 0]
    assert set(standing(desk)) == {one, third}


def test_a_nonce_counts_once_whichever_way_it_comes(desk, beat, clock) -> None:
    terminal_id = TERMINALS[1]
    alone = desk.gate.admit(signed(key(1), clock.now, nonce=1, terminal_id=terminal_id))
    assert alone is not None
    assert desk.heartbeats.keep([beat(terminal_id, alone.nonce)], clock.now) == [ErrorCode.REPLAYED]
    together = signed(key(1), clock.now, nonce=2, terminal_id=terminal_id)
    claim = desk.gate.recognised(together)
    assert claim is not None
    assert desk.heartbeats.keep([Beat(claim=claim, report="{}")], clock.now) == [0]
    with pytest.raises(NotAdmittedError) as refused:
        desk.gate.admit(together)
    assert refused.value.code is ErrorCode.REPLAYED


@pytest.mark.parametrize("any_database", ["sqlite"], indirect=True)
def test_what_cannot_be_remembered_is_refused(turns, beat, clock) -> None:
    guard = MemoryGuard(WINDOW, clock.now, most=1)
    told = HeartbeatsOnSqlite(turns, guard).keep([beat(it) for it in TERMINALS[:2]], clock.now)
    assert told == [0, ErrorCode.BUSY]


def test_keys_are_remembered_from_the_start(turns, desk, beat, clock) -> None:
    one, other, third = TERMINALS
    desk.keys.revoke(one)
    new = desk.keys.add(third, key(9).public_key(), replaces=beat(third).claim.key_id)
    after_a_start = opened(turns, clock)
    after_a_start.gate.remember_all()

    def recognised(number: int, terminal_id: str) -> bool:
        request = signed(key(number), clock.now, terminal_id=terminal_id)
        return after_a_start.gate.recognised(request) is not None

    assert new
    assert [recognised(n, it) for n, it in enumerate(TERMINALS)] == [False, True, True]
    assert not recognised(9, third)  # it has not taken over
    assert other != one


def test_processes_at_once_keep_each_once(postgres, clock) -> None:
    engines = [open_for_writing(postgres, 4) for _ in range(2)]
    desks = [opened(turns_of(engine), clock) for engine in engines]
    ring = desks[0].keys
    numbers = [f"{20_000_000 + n}" for n in range(40)]
    beats = []
    for n, number in enumerate(numbers):
        token = ring.new_token(number, bytes(32), valid=HOUR)
        key_id = ring.enrol(number, token, key(n).public_key())
        claim = Claim(terminal_id=number, key_id=key_id, nonce="n", created=clock.now)
        beats.append(Beat(claim=claim, report="{}"))
    orders = [beats, beats[::-1]] * 3
    with ThreadPoolExecutor(6) as pool:
        asked = [
            pool.submit(desks[n % 2].heartbeats.keep, order, clock.now)
            for n, order in enumerate(orders)
        ]
        told = [outcome for it in asked for outcome in it.result()]
    assert sorted(told, key=str) == [0] * 40 + [ErrorCode.REPLAYED] * 200
    for engine in engines:
        engine.dispose()
