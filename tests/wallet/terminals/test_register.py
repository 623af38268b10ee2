"""Heartbeats replace each other; events are kept once."""

from datetime import UTC, datetime

import pytest

from terminal_api import Verdict
from terminal_api.fleet import Heartbeat, QueueReport, TerminalEvent
from wallet.terminals.register import Register

T = "10000001"
AT = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture
def register(turns, clock) -> Register:
    return Register(turns, clock)


def beat(pending: int) -> Heartbeat:
    return Heartbeat(
        terminal_id=T, boot="b", at=AT, version="1", uptime_s=1, queue=QueueReport(pending=pending)
    )


def event(sequence: int, kind: str = "door_open") -> TerminalEvent:
    return TerminalEvent(sequence=sequence, kind=kind, at=AT)


def test_a_heartbeat_replaces_the_one_before_it(register, clock) -> None:
    register.heard(beat(1))
    clock.on(seconds=60)
    assert register.heard(beat(2)).server_time == clock.now
    (one,) = register.standing(T)
    assert (one.seen_at, '"pending":2' in one.report) == (clock.now, True)
    assert register.standing("10000002") == []


def test_an_event_is_kept_once_whatever_is_told_again(register) -> None:
    first = register.take(T, [event(1), event(2)])
    assert [it.verdict for it in first] == [Verdict.ACCEPTED] * 2
    again = register.take(T, [event(1), event(2, "stacker_out"), event(3)])
    assert [it.verdict for it in again] == [
        Verdict.DUPLICATE,
        Verdict.CONFLICT,
        Verdict.ACCEPTED,
    ]
    other = register.take("10000002", [event(1)])
    assert other[0].verdict is Verdict.ACCEPTED
