"""Proves the books against what was taken in: every finding is a sentence for a person.

Reads only, in one moment of the database, so that a server may go on working. It must never mend
anything, nor take the rules of posting from the code that posts.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import Connection, Engine, FromClause, Select, and_, case, func, or_, select

from wallet.books.accounts import account_of
from wallet.books.findings import Finding
from wallet.books.posting_proof import ABOUT_PAYMENTS, ABOUT_VAULTS, posting_rules
from wallet.books.tables import (
    collections,
    ledger_balance,
    ledger_line,
    ledger_transfer,
    vault_counts,
)
from wallet.payments.tables import conflicts, note_reports, payment_notes, payments
from wallet.providers.payout_proof import ended_without_payout, payout_rules
from wallet.providers.tables import payouts
from wallet.storage import guards
from wallet.storage.metadata import guards_wanted

_MOST: Final = 100
"""Findings of one rule that are told; more are the same trouble."""

_t, _p, _n, _r = ledger_transfer.c, payments.c, payment_notes.c, note_reports.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What the check found, and of how much. `conflicts` are no fault of the books: terminals told
    things that contradict, which changed nothing and wait for a person. Nor are payments that
    `ended_without_payout`: a backend without providers credits at once.
    """

    findings: tuple[Finding, ...]
    payments: int
    transfers: int
    conflicts: int
    payouts: int
    ended_without_payout: int


def verify_books(engine: Engine) -> Proof:
    """Look at everything."""
    with engine.connect() as connection:
        return Proof(
            findings=tuple(_findings(connection)),
            payments=_count(connection, payments),
            transfers=_count(connection, ledger_transfer),
            conflicts=_count(connection, conflicts),
            payouts=_count(connection, payouts),
            ended_without_payout=ended_without_payout(connection),
        )


def _findings(connection: Connection) -> Iterator[Finding]:
    for name in guards.missing(connection, guards_wanted()):
        yield Finding(rule="the guards stand", terminal_id="", what=f"no trigger {name}")
    for account in connection.execute(select(ledger_line.c.account).distinct()).scalars():
        try:
            account_of(account)
        except ValueError:
            yield Finding(rule="every account is a known one", terminal_id="", what=account)
    yield from _vaults(connection)
    for rule, query in _questions():
        for row in connection.execute(query):
            what = " ".join(str(part) for part in row[1:])
            yield Finding(rule=rule, terminal_id=row[0], what=what)


def _count(connection: Connection, table: FromClause) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


@cache
def _questions() -> tuple[tuple[str, Select[Any]], ...]:
    """Each rule with the question whose rows break it; built once, for building costs more than
    asking small books.
    """
    return tuple((rule, query.limit(_MOST)) for rule, query in _rules())


def _rules() -> Iterator[tuple[str, Select[Any]]]:
    yield from _sum_rules()
    yield from _payment_rules()
    yield from posting_rules()
    yield from _note_rules()
    yield from _collection_rules()
    yield from _balance_rules()
    yield from payout_rules()


def _sum_rules() -> Iterator[tuple[str, Select[Any]]]:
    line = ledger_line.c
    total = func.sum(line.delta_minor)
    keys = (line.terminal_id, line.kind, line.subject, line.currency)
    yield "debits equal credits", select(*keys, total).group_by(*keys).having(total != 0)


def _moved(*conditions: Any) -> Any:
    return func.sum(case((and_(*conditions), _t.minor), else_=0))


def _owed(account: str) -> Any:
    """What stands in accounts like this, as far as these transfers go."""
    return _moved(_t.credit.like(account)) - _moved(_t.debit.like(account))


def _payment_rules() -> Iterator[tuple[str, Select[Any]]]:
    came = _t.kind.in_(("payment_taken", "payment_grew"))
    books = (
        select(
            _t.terminal_id,
            _t.number,
            _moved(came, _t.debit == "cash_in_transit").label("inserted"),
            _owed("fee_income").label("fee"),
            _moved(came, _t.credit == "change_owed").label("change"),
            _moved(came, _t.debit == "cash_disputed").label("disputed"),
            _moved(came, _t.credit.like("provider_payable:%")).label("payable"),
            _owed("provider_payable:%").label("still_owed"),
            _owed("payable_manual:%").label("manual"),
            _owed("provider_settlement:%").label("paid"),
            _owed("claims_owed").label("claimed"),
        )
        .where(_t.kind.in_(ABOUT_PAYMENTS))
        .group_by(_t.terminal_id, _t.number)
        .subquery("books")
    )
    same = and_(books.c.terminal_id == _p.terminal_id, books.c.number == _p.number)
    both = select(_p.terminal_id, _p.number).select_from(payments.outerjoin(books, same))
    never_done = _p.stage.in_(("refused", "disputed"))
    for rule, posted, wanted in (
        ("what a payment brought in is in the books", books.c.inserted, _p.inserted_minor),
        (
            "its fee is in the books, if anything was done for it",
            books.c.fee,
            case((never_done, 0), else_=_p.fee_minor),
        ),
        ("its change is in the books", books.c.change, _p.change_minor),
        ("its doubt is in the books", books.c.disputed, _p.disputed_minor),
        ("what its provider is to get is in the books", books.c.payable, _p.payable_minor),
        (
            "a credited payment was paid once, and no other was",
            books.c.paid,
            case((_p.stage == "credited", _p.payable_minor), else_=0),
        ),
        (
            "an accepted payment is owed to its provider, and no other is",
            books.c.still_owed,
            case((_p.stage == "accepted", _p.payable_minor), else_=0),
        ),
        (
            "a payment for people stands in their account, and no other does",
            books.c.manual,
            case((_p.stage == "manual", _p.payable_minor), else_=0),
        ),
        (
            "a refused payment is owed to the customer, and of others what they grew by",
            books.c.claimed,
            case(
                (never_done, _p.credited_minor + _p.fee_minor),
                else_=_p.credited_minor - _p.payable_minor,
            ),
        ),
    ):
        yield rule, both.where(func.coalesce(posted, 0) != wanted)
    homeless = select(books.c.terminal_id, books.c.number).select_from(
        books.outerjoin(payments, same)
    )
    yield "a posting has its payment", homeless.where(_p.number.is_(None))


def _note_rules() -> Iterator[tuple[str, Select[Any]]]:
    told = (
        select(
            _n.terminal_id,
            _n.number,
            func.sum(case((_n.disputed.is_(False), _n.minor), else_=0)).label("inserted"),
            func.sum(case((_n.disputed.is_(True), _n.minor), else_=0)).label("disputed"),
        )
        .group_by(_n.terminal_id, _n.number)
        .subquery("told")
    )
    same = and_(told.c.terminal_id == _p.terminal_id, told.c.number == _p.number)
    both = select(_p.terminal_id, _p.number).select_from(payments.outerjoin(told, same))
    inserted, disputed = func.coalesce(told.c.inserted, -1), func.coalesce(told.c.disputed, -1)
    yield (
        "a payment is the sum of its notes",
        both.where(or_(inserted != _p.inserted_minor, disputed != _p.disputed_minor)),
    )
    homeless = select(told.c.terminal_id, told.c.number).select_from(told.outerjoin(payments, same))
    yield "a note has its payment", homeless.where(_p.number.is_(None))
    reported = and_(_r.terminal_id == _n.terminal_id, _r.cycle == _n.cycle)
    twice = select(_n.terminal_id, _n.cycle).join(note_reports, reported)
    yield (
        "a note is credited or in suspense, never both",
        twice.where(_r.state == "suspense", _n.disputed.is_(False)),
    )
    posted = and_(
        _t.terminal_id == _r.terminal_id,
        _t.kind == "note_reported",
        _t.subject == _r.state + "/" + _r.cycle,
        _t.credit == "suspense",
    )
    reports = select(_r.terminal_id, _r.state, _r.cycle).outerjoin(ledger_transfer, posted)
    yield (
        "a reported note is in the books",
        reports.where(_r.minor.is_not(None), func.coalesce(_t.minor, 0) != _r.minor),
    )
    unheard = select(_t.terminal_id, _t.subject).select_from(
        ledger_transfer.outerjoin(note_reports, posted)
    )
    yield (
        "a posted note was reported",
        unheard.where(_t.kind == "note_reported", _t.credit == "suspense", _r.cycle.is_(None)),
    )


def _collection_rules() -> Iterator[tuple[str, Select[Any]]]:
    period = and_(_t.terminal_id == collections.c.terminal_id, _t.number == collections.c.period)
    closed = select(_t.terminal_id, _t.kind, _t.subject).select_from(
        ledger_transfer.outerjoin(collections, period)
    )
    yield (
        "a posted collection was reported",
        closed.where(_t.kind.in_(ABOUT_VAULTS), collections.c.period.is_(None)),
    )


def _vaults(connection: Connection) -> Iterator[Finding]:
    """The vault has what each period brought, as it was counted last, or else as it was told."""
    booked: Counter[tuple[str, int, str]] = Counter()
    moved = select(_t.terminal_id, _t.number, _t.currency, _t.debit, _t.minor)
    for row in connection.execute(moved.where(_t.kind.in_(ABOUT_VAULTS))):
        into = row.debit.startswith("agent_vault:")
        booked[(row.terminal_id, row.number, row.currency)] += row.minor if into else -row.minor
    counts, told = vault_counts.c, collections.c
    last = {
        (row.terminal_id, row.period, row.currency): row.counted_minor
        for row in connection.execute(select(vault_counts).order_by(counts.n))
    }
    wanted = dict(last)
    for terminal_id, period, body in connection.execute(
        select(told.terminal_id, told.period, told.body)
    ):
        for one in json.loads(body)["counts"]:
            key = (terminal_id, period, one["currency"])
            if key not in last:
                wanted[key] = wanted.get(key, 0) + one["minor"] * one["count"]
    for key in sorted(wanted.keys() | booked.keys()):
        if wanted.get(key, 0) != booked[key]:
            what = f"{key[1]} {key[2]}: {booked[key]}, not {wanted.get(key, 0)}"
            yield Finding(rule="the vault has what a period brought", terminal_id=key[0], what=what)


def _balance_rules() -> Iterator[tuple[str, Select[Any]]]:
    line, kept = ledger_line.c, ledger_balance.c
    total = (
        select(
            line.terminal_id,
            line.account,
            line.currency,
            (-func.sum(line.delta_minor)).label("minor"),
        )
        .where(line.account.like("wallet:%"))
        .group_by(line.terminal_id, line.account, line.currency)
        .subquery("total")
    )
    same = and_(
        kept.terminal_id == total.c.terminal_id,
        kept.account == total.c.account,
        kept.currency == total.c.currency,
    )
    derived = select(kept.terminal_id, kept.account, kept.currency).select_from(
        ledger_balance.outerjoin(total, same)
    )
    yield (
        "a kept balance is the derived one",
        derived.where(func.coalesce(total.c.minor, 0) != kept.minor),
    )
    unkept = select(total.c.terminal_id, total.c.account, total.c.currency).select_from(
        total.outerjoin(ledger_balance, same)
    )
    yield "a wallet has its balance kept", unkept.where(kept.minor.is_(None))
