"""Collections: what a terminal says was taken out of its box, and what was counted in the vault.

A closed period moves its cash from the box to the agent's vault, once. A count that differs is posted
to an account of its own, never hidden; a recount stands beside the count before it and has the last
word. Everything runs inside the caller's transaction, in the terminal's turn. It must never change
what a terminal told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, insert, select

from terminal_api import Verdict, canonical_bytes
from terminal_api.canonical import hash_of
from terminal_api.collections import CollectionAnswer, CollectionItem
from wallet.books.accounts import Account, AccountKind
from wallet.books.posting import post
from wallet.books.postings import CASH, DIFFERENCE, Transaction, TxKind, transfers_of
from wallet.books.tables import collections, vault_counts
from wallet.payments.tables import conflicts
from wallet.storage.bulk import insert_or_leave

_OTHER_CONTENT: Final = "the period is stored with other content"


class NoSuchCollectionError(Exception):
    """No such period was reported, or not in this currency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a count came to. `difference_minor` is counted less expected, of the period as a whole;
    `again` is True when the same count stood already.
    """

    expected_minor: int
    counted_minor: int
    difference_minor: int
    again: bool


def take_collections(
    connection: Connection,
    terminal_id: str,
    told: Sequence[CollectionItem],
    agent: str,
    now: datetime,
) -> tuple[CollectionAnswer, ...]:
    """Store each period once, with its postings; answer for each, in order.

    Raises:
        sqlalchemy.exc.DBAPIError: the transaction must not commit.
    """
    return tuple(_take(connection, terminal_id, item, agent, now) for item in told)


def _take(
    connection: Connection, terminal_id: str, item: CollectionItem, agent: str, now: datetime
) -> CollectionAnswer:
    body = canonical_bytes(item)
    digest = hash_of(body)
    stored = connection.execute(
        select(collections.c.body_hash).where(
            collections.c.terminal_id == terminal_id, collections.c.period == item.period
        )
    ).scalar_one_or_none()
    if stored is not None:
        if stored == digest:
            return CollectionAnswer(period=item.period, verdict=Verdict.DUPLICATE)
        _keep_conflict(connection, terminal_id, item, body, now)
        return CollectionAnswer(
            period=item.period, verdict=Verdict.CONFLICT, message=_OTHER_CONTENT
        )
    row = {
        "terminal_id": terminal_id,
        "period": item.period,
        "body_hash": digest,
        "body": body.decode(),
        "agent": agent,
        "operator_id": item.operator_id,
        "opened_at": item.opened_at,
        "closed_at": item.closed_at,
        "received_at": now,
    }
    connection.execute(insert(collections), [row])
    vault = Account(AccountKind.AGENT_VAULT, agent)
    transfers = tuple(
        transfer
        for currency in item.currencies
        for transfer in transfers_of(currency, (vault, CASH, item.total_minor(currency)))
    )
    closed = Transaction(
        kind=TxKind.BOX_COLLECTED,
        subject=str(item.period),
        number=item.period,
        effective_at=item.closed_at,
        transfers=transfers,
    )
    post(connection, terminal_id, [closed], now)
    return CollectionAnswer(period=item.period, verdict=Verdict.ACCEPTED)


def count_vault(
    connection: Connection,
    terminal_id: str,
    period: int,
    currency: str,
    counted_minor: int,
    counted_by: str,
    now: datetime,
) -> Counted:
    """Enter what was counted of one period in one currency.

    Raises:
        NoSuchCollectionError: nothing is changed.
    """
    found = connection.execute(
        select(collections.c.body, collections.c.agent).where(
            collections.c.terminal_id == terminal_id, collections.c.period == period
        )
    ).one_or_none()
    if found is None:
        raise NoSuchCollectionError(f"terminal {terminal_id} has reported no period {period}")
    expected = CollectionItem.model_validate_json(found.body).total_minor(currency)
    counts = vault_counts.c
    before = connection.execute(
        select(counts.n, counts.counted_minor)
        .where(
            counts.terminal_id == terminal_id,
            counts.period == period,
            counts.currency == currency,
        )
        .order_by(counts.n.desc())
        .limit(1)
    ).one_or_none()
    told = Counted(
        expected_minor=expected,
        counted_minor=counted_minor,
        difference_minor=counted_minor - expected,
        again=before is not None and before.counted_minor == counted_minor,
    )
    if told.again:
        return told
    n = 1 if before is None else before.n + 1
    row = {
        "terminal_id": terminal_id,
        "period": period,
        "currency": currency,
        "n": n,
        "counted_minor": counted_minor,
        "counted_by": counted_by,
        "counted_at": now,
    }
    connection.execute(insert(vault_counts), [row])
    more = counted_minor - (expected if before is None else before.counted_minor)
    vault = Account(AccountKind.AGENT_VAULT, found.agent)
    lines = ((vault, DIFFERENCE, max(more, 0)), (DIFFERENCE, vault, max(-more, 0)))
    counted = Transaction(
        kind=TxKind.VAULT_COUNTED,
        subject=f"{period}/{currency}/{n}",
        number=period,
        effective_at=now,
        transfers=transfers_of(currency, *lines),
    )
    post(connection, terminal_id, [counted], now)
    return told


def _keep_conflict(
    connection: Connection, terminal_id: str, item: CollectionItem, body: bytes, now: datetime
) -> None:
    row = {
        "terminal_id": terminal_id,
        "what": "collection",
        "subject": str(item.period),
        "body_hash": hash_of(body),
        "body": body.decode(),
        "reason": _OTHER_CONTENT,
        "stored_uid": None,
        "first_seen_at": now,
    }
    insert_or_leave(connection, conflicts, [row])
