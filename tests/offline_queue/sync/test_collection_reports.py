"""Closed periods on their way to the backend: told until answered, a strange one never in the way."""

from datetime import UTC, datetime
from random import Random

import pytest

from offline_queue.sync import (
    CollectionsAnswered,
    CollectionsParked,
    Idle,
    Send,
    SyncMachine,
    SyncPolicy,
    TransportTrouble,
    Wait,
)
from terminal_api import ErrorBody, ErrorCode, Verdict, canonical_bytes
from terminal_api.collections import (
    CollectionAnswer,
    CollectionBatch,
    CollectionItem,
    CollectionsAnswer,
    DenominationCount,
)
from terminal_api.paths import COLLECTIONS_PATH

TERMINAL = "10000001"


def periods(*numbers, terminal=TERMINAL):
    return CollectionBatch(
        terminal_id=terminal,
        collections=tuple(
            CollectionItem(
                period=number,
                opened_at=None,
                closed_at=datetime(2026, 5, 1, tzinfo=UTC),
                operator_id="anna",
                counts=(DenominationCount(currency="RUB", minor=10_000, count=number),),
                disputed=(),
                suspense=(),
            )
            for number in numbers
        ),
    )


def answer(*numbers):
    said = tuple(CollectionAnswer(period=one, verdict=Verdict.ACCEPTED) for one in numbers)
    return canonical_bytes(CollectionsAnswer(terminal_id=TERMINAL, answers=said))


@pytest.fixture
def machine():
    return SyncMachine(SyncPolicy(), Random(1), terminal_id=TERMINAL)


def sent(machine, now=0.0):
    step = machine.next_step(now)
    assert isinstance(step, Send), step
    return step.request


def test_periods_are_told_and_their_answers_given_on(machine):
    machine.report(periods(1, 2))
    machine.report(periods(2))
    assert sent(machine).path == COLLECTIONS_PATH
    told = machine.on_answer(200, answer(1, 2), 1.0)
    assert told[-1] == CollectionsAnswered(
        answers=tuple(CollectionAnswer(period=one, verdict=Verdict.ACCEPTED) for one in (1, 2))
    )
    assert machine.next_step(1.0) == Idle()


def test_the_same_bytes_go_again_when_nobody_answered(machine):
    machine.report(periods(1))
    first = sent(machine)
    machine.on_transport_error(TransportTrouble.TIMEOUT, 0.0)
    step = machine.next_step(0.0)
    assert isinstance(step, Wait)
    assert sent(machine, step.until + 60) == first


@pytest.mark.parametrize(
    "body", [answer(2), b"<html>", answer(1).replace(b"10000001", b"10000002")]
)
def test_an_answer_to_something_else_is_none(machine, body):
    machine.report(periods(1))
    sent(machine)
    told = machine.on_answer(200, body, 0.0)
    assert not any(isinstance(one, CollectionsAnswered) for one in told)
    assert isinstance(machine.next_step(0.0), Wait)


def test_a_period_that_cannot_be_read_is_parked_alone(machine):
    refusal = canonical_bytes(ErrorBody(error=ErrorCode.MALFORMED, message="no"))
    machine.report(periods(1, 2))
    sent(machine)
    machine.on_answer(422, refusal, 0.0)
    sent(machine)
    (*_, parked) = machine.on_answer(422, refusal, 0.0)
    assert parked == CollectionsParked(periods=(1,), why="malformed: no")
    sent(machine)
    (*_, told) = machine.on_answer(200, answer(2), 0.0)
    assert isinstance(told, CollectionsAnswered)
