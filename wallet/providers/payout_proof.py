"""Lays payouts beside the payments that they pay, and beside their own journal: what cannot be is
found. Questions only, for `wallet books verify`. It must never mend anything, nor take the rules from
the code that pays.
"""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    and_,
    cast,
    func,
    not_,
    or_,
    select,
)

from wallet.payments.tables import payments
from wallet.providers.tables import payout_events, payouts

_o, _p, _e = payouts.c, payments.c, payout_events.c

_SAME: Final = and_(_o.terminal_id == _p.terminal_id, _o.number == _p.number)
_PAID: Final = _o.state == "paid"
_REFUSED: Final = _o.state == "refused"
_FOR_PEOPLE: Final = _o.state.in_(("held", "manual"))
_UNDER_WAY: Final = not_(or_(_PAID, _REFUSED, _FOR_PEOPLE))
_PAYOUT: Final = select(_o.terminal_id, _o.number, _o.state)

Rule = tuple[str, Select[Any]]


def payout_rules() -> Iterator[Rule]:
    """Each rule with the question whose rows break it; the first column is the terminal."""
    yield from _beside_payments()
    yield from _of_themselves()
    yield from _beside_their_journal()


def ended_without_payout(connection: Connection) -> int:
    """How many payments have ended, or are for people, that no payout was made of: so a backend has
    them that credits at once and pays nobody.
    """
    query = (
        select(func.count())
        .select_from(payments.outerjoin(payouts, _SAME))
        .where(_p.stage.in_(("credited", "refused", "manual")), _o.number.is_(None))
    )
    return connection.execute(query).scalar_one()


def _beside_payments() -> Iterator[Rule]:
    yield (
        "a payout has its payment",
        _PAYOUT.outerjoin(payments, _SAME).where(_p.number.is_(None)),
    )
    both = _PAYOUT.add_columns(_p.stage).join(payments, _SAME)
    yield (
        "a payout orders what its payment owes to the provider",
        both.where(
            or_(
                _o.sum_minor != _p.payable_minor,
                _o.currency != _p.currency,
                _o.provider_code != _p.provider_code,
            )
        ),
    )
    yield (
        "a payout and its payment stand alike",
        both.where(
            or_(
                _but(_PAID, _p.stage == "credited"),
                _but(_REFUSED, _p.stage == "refused"),
                _but(_FOR_PEOPLE, _p.stage == "manual"),
                # What people had tried again stays in their account until it ends.
                _but(_UNDER_WAY, _p.stage.in_(("accepted", "manual"))),
            )
        ),
    )


def _of_themselves() -> Iterator[Rule]:
    yield (
        "a payout that is under way is due one day, and no other is",
        _PAYOUT.where(_not_both_or_none(_UNDER_WAY, _o.due_at.is_not(None))),
    )
    yield (
        "a payout that has ended has its instant, and no other has",
        _PAYOUT.where(_not_both_or_none(or_(_PAID, _REFUSED), _o.ended_at.is_not(None))),
    )
    key = cast(_o.terminal_id, BigInteger) * 10**10 + _o.number
    yield "a payout has the key of its payment", _PAYOUT.where(_o.txn_id != key)


def _beside_their_journal() -> Iterator[Rule]:
    told = (
        select(
            _e.terminal_id, _e.number, func.max(_e.n).label("last"), func.count().label("events")
        )
        .group_by(_e.terminal_id, _e.number)
        .subquery("told")
    )
    its = and_(told.c.terminal_id == _o.terminal_id, told.c.number == _o.number)
    yield (
        "a payout has its whole journal",
        _PAYOUT.outerjoin(told, its).where(
            or_(
                func.coalesce(told.c.events, 0) != _o.events,
                func.coalesce(told.c.last, 0) != _o.events,
            )
        ),
    )
    last = and_(_e.terminal_id == _o.terminal_id, _e.number == _o.number, _e.n == _o.events)
    ended = _PAYOUT.add_columns(_e.event).outerjoin(payout_events, last)
    yield (
        "the last that happened to a payout made it what it is",
        ended.where(func.coalesce(_e.state, "waiting") != _o.state),
    )
    yield (
        "an answer ends a payout, or a person",
        ended.where(
            or_(
                _but(_PAID, _e.event.in_(("done", "operator_paid"))),
                _but(_REFUSED, _e.event.in_(("refused", "check_refused", "operator_refused"))),
            )
        ),
    )
    same = and_(_e.terminal_id == _o.terminal_id, _e.number == _o.number)
    nobodys = select(_e.terminal_id, _e.number, _e.n).outerjoin(payouts, same)
    yield "what happened has its payout", nobodys.where(_o.number.is_(None))


def _but(one: ColumnElement[bool], other: ColumnElement[bool]) -> ColumnElement[bool]:
    """`one` holds and `other` does not."""
    return and_(one, not_(other))


def _not_both_or_none(one: ColumnElement[bool], other: ColumnElement[bool]) -> ColumnElement[bool]:
    return or_(_but(one, other), _but(other, one))
