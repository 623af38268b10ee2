"""The table of a payout's life: complete, and safe where it matters."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.providers.payout_states import (
    FINAL,
    IN_MANUAL_QUEUE,
    OPERATORS,
    TABLE,
    PayoutEvent,
    PayoutEventError,
    PayoutState,
    after,
)
from wallet.providers.schedule import PATIENCE, is_over, next_try

_WORKER = [event for event in PayoutEvent if event not in OPERATORS]


@pytest.mark.parametrize("state", PayoutState)
@pytest.mark.parametrize("event", PayoutEvent)
def test_every_pair_leads_somewhere_or_says_that_it_cannot(
    state: PayoutState, event: PayoutEvent
) -> None:
    if event in TABLE[state]:
        assert after(state, event) is TABLE[state][event]
    else:
        with pytest.raises(PayoutEventError, match=str(state)):
            after(state, event)


def test_only_people_move_what_is_in_the_manual_queue_and_nobody_what_is_final() -> None:
    for state in IN_MANUAL_QUEUE:
        assert TABLE[state].keys() == OPERATORS
    for state in FINAL:
        assert not TABLE[state]
    for state in set(PayoutState) - IN_MANUAL_QUEUE:
        assert not TABLE[state].keys() & OPERATORS


@given(st.lists(st.sampled_from(_WORKER)))
def test_a_worker_never_refuses_after_a_pay_whose_answer_nobody_read(
    events: list[PayoutEvent],
) -> None:
    state, unread, in_flight = PayoutState.WAITING, False, False
    for event in events:
        if event not in TABLE[state]:
            continue
        unread = unread or event is PayoutEvent.UNKNOWN
        if event is PayoutEvent.PAY_LEAVES:
            unread, in_flight = unread or in_flight, True
        else:
            in_flight = False
        state = after(state, event)
        assert not (unread and state is PayoutState.REFUSED)
        assert not (unread and state in {PayoutState.WAITING, PayoutState.HELD})


@given(st.lists(st.sampled_from(_WORKER)))
def test_nothing_is_paid_without_the_provider_saying_so(events: list[PayoutEvent]) -> None:
    state = PayoutState.WAITING
    for event in events:
        if event in TABLE[state]:
            state = after(state, event)
            assert (state is PayoutState.PAID) is (event is PayoutEvent.DONE)
            if state in FINAL:
                return


def test_tries_follow_the_schedule_and_then_the_hour() -> None:
    now = datetime(2026, 5, 1, tzinfo=UTC)
    delays = [(next_try(now, n) - now).total_seconds() for n in range(1, 11)]
    assert delays == [10, 30, 60, 120, 300, 600, 1800, 3600, 3600, 3600]
    with pytest.raises(ValueError, match="first try"):
        next_try(now, 0)


def test_after_a_day_it_is_for_people() -> None:
    since = datetime(2026, 5, 1, tzinfo=UTC)
    assert not is_over(since + PATIENCE - timedelta(microseconds=1), since)
    assert is_over(since + PATIENCE, since)
