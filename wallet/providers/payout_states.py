"""The life of a payout: a table of state and event. Pure.

Two things are kept apart that must never be mixed up: whether a pay has left at all, and whether
one has left whose answer nobody has read. Once the second is true, a refusal is no longer believed:
it may answer the repeat while the first one was credited. What is not in the table cannot happen,
and says so.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class PayoutState(StrEnum):
    """Where a payout stands."""

    WAITING = "waiting"
    """No pay has left."""
    SENDING = "sending"
    """The first pay is on its way; on record before it leaves."""
    PENDING = "pending"
    """Every pay that left was answered, and by none was it done."""
    REPEATING = "repeating"
    """Another pay is on its way, with none before in doubt."""
    DOUBTFUL = "doubtful"
    """A pay has left whose answer nobody has read; one may be on its way."""
    HELD = "held"
    """In the manual queue; no pay has left."""
    MANUAL = "manual"
    """In the manual queue; a pay has left."""
    PAID = "paid"
    REFUSED = "refused"


class PayoutEvent(StrEnum):
    """What happens to a payout."""

    CHECK_LATER = "check_later"
    """The check gave no decision."""
    CHECK_REFUSED = "check_refused"
    PAY_LEAVES = "pay_leaves"
    NOT_SENT = "not_sent"
    """Certain: no connection, so nothing of the request left."""
    DONE = "done"
    LATER = "later"
    REFUSED = "refused"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"
    GIVEN_UP = "given_up"
    """The time is over, or there is no way to this provider."""
    OPERATOR_RETRY = "operator_retry"
    OPERATOR_PAID = "operator_paid"
    OPERATOR_REFUSED = "operator_refused"


FINAL: Final = frozenset({PayoutState.PAID, PayoutState.REFUSED})
IN_MANUAL_QUEUE: Final = frozenset({PayoutState.HELD, PayoutState.MANUAL})
OPERATORS: Final = frozenset(
    {PayoutEvent.OPERATOR_RETRY, PayoutEvent.OPERATOR_PAID, PayoutEvent.OPERATOR_REFUSED}
)

_S, _E = PayoutState, PayoutEvent
TABLE: Final[Mapping[PayoutState, Mapping[PayoutEvent, PayoutState]]] = MappingProxyType(
    {
        _S.WAITING: {
            _E.CHECK_LATER: _S.WAITING,
            _E.CHECK_REFUSED: _S.REFUSED,
            _E.PAY_LEAVES: _S.SENDING,
            _E.GIVEN_UP: _S.HELD,
        },
        _S.SENDING: {
            # Taken up by another life: the last one ended before it read an answer.
            _E.PAY_LEAVES: _S.DOUBTFUL,
            _E.NOT_SENT: _S.WAITING,
            _E.DONE: _S.PAID,
            _E.LATER: _S.PENDING,
            _E.REFUSED: _S.REFUSED,
            _E.AMBIGUOUS: _S.MANUAL,
            _E.UNKNOWN: _S.DOUBTFUL,
            _E.GIVEN_UP: _S.MANUAL,
        },
        _S.PENDING: {
            _E.PAY_LEAVES: _S.REPEATING,
            _E.GIVEN_UP: _S.MANUAL,
        },
        _S.REPEATING: {
            _E.PAY_LEAVES: _S.DOUBTFUL,
            _E.NOT_SENT: _S.PENDING,
            _E.DONE: _S.PAID,
            _E.LATER: _S.PENDING,
            _E.REFUSED: _S.REFUSED,
            _E.AMBIGUOUS: _S.MANUAL,
            _E.UNKNOWN: _S.DOUBTFUL,
            _E.GIVEN_UP: _S.MANUAL,
        },
        _S.DOUBTFUL: {
            _E.PAY_LEAVES: _S.DOUBTFUL,
            _E.NOT_SENT: _S.DOUBTFUL,
            _E.DONE: _S.PAID,
            _E.LATER: _S.DOUBTFUL,
            # The pay whose answer was lost may have been credited: only people can tell.
            _E.REFUSED: _S.MANUAL,
            _E.AMBIGUOUS: _S.MANUAL,
            _E.UNKNOWN: _S.DOUBTFUL,
            _E.GIVEN_UP: _S.MANUAL,
        },
        _S.HELD: {
            _E.OPERATOR_RETRY: _S.WAITING,
            _E.OPERATOR_PAID: _S.PAID,
            _E.OPERATOR_REFUSED: _S.REFUSED,
        },
        _S.MANUAL: {
            _E.OPERATOR_RETRY: _S.DOUBTFUL,
            _E.OPERATOR_PAID: _S.PAID,
            _E.OPERATOR_REFUSED: _S.REFUSED,
        },
        _S.PAID: {},
        _S.REFUSED: {},
    }
)


class PayoutEventError(Exception):
    """This cannot happen to a payout in this state."""


def after(state: PayoutState, event: PayoutEvent) -> PayoutState:
    """The state after an event.

    Raises:
        PayoutEventError: the event cannot happen in this state.
    """
    try:
        return TABLE[state][event]
    except KeyError:
        raise PayoutEventError(f"a payout that is {state} cannot take {event}") from None
