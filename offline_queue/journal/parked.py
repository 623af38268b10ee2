"""Payments that the backend does not take, parked until a person or an upgrade sets them going again.

Reads only. A payment that contradicts what the backend holds under its number is a *conflict*: it is
never offered again without a person who names it, because an answer about that number may be about
the other content.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from offline_queue.journal import schema as s
from offline_queue.journal.prepared import Question
from offline_queue.journal.records import (
    JournalRecord,
    PaymentAnswered,
    PaymentParked,
    TerminalStarted,
    from_text,
)
from terminal_api.payments import PaymentItem, Verdict

_LOOK_BACK = 100_000
"""Records that are searched for the last life; a start must not read a journal of any length."""

_PARKED = Question(select(s.payment).where(s.PAYMENT_IS_PARKED).order_by(s.payment.c.number))
_ANY_PARKED = Question(select(s.payment.c.number).where(s.PAYMENT_IS_PARKED).limit(1))
# By the beginning of the text, as it is written: to read every record would take many times longer.
# As bytes: what somebody has spoilt is for the nightly check to find, and must not stop a start.
_WHEN_PARKED = """SELECT CAST(at AS BLOB), CAST(body AS BLOB) FROM record
    WHERE substr(body, 1, 24) = '{"kind":"payment_parked"'
    OR substr(body, 1, 26) = '{"kind":"payment_answered"' ORDER BY seq DESC"""
_LAST_LIFE = """SELECT CAST(body AS BLOB) FROM record
    WHERE seq > (SELECT max(seq) FROM record) - ?
    AND substr(body, 1, 26) = '{"kind":"terminal_started"' ORDER BY seq DESC LIMIT 1"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedPayment:
    """One of them.

    Attributes:
        number: the payment's number.
        since: the wall clock of the record that parked it, ISO 8601; empty where no record tells.
        why: what the backend said.
        inserted_minor, currency: the money that is inside, in minor units.
        conflict: the backend holds something else under this number.
    """

    number: int
    since: str
    why: str
    inserted_minor: int
    currency: str
    conflict: bool


def parked_payments(connection: Connection) -> tuple[ParkedPayment, ...]:
    """All of them in order of number. It searches the records: not while people wait."""
    rows = {row["number"]: row for row in _PARKED.rows(connection)}
    told = dict(_told(connection, frozenset(rows)))
    parked = []
    for number, row in rows.items():
        item = PaymentItem.model_validate_json(row["item"])
        parked.append(
            ParkedPayment(
                number=number,
                since=told.get(number, ""),
                why=row["message"],
                inserted_minor=item.inserted_minor,
                currency=item.currency,
                conflict=_in_conflict(row["message"]),
            )
        )
    return tuple(parked)


def worth_another_try(connection: Connection, version: str) -> tuple[int, ...]:
    """Payments that were parked before this program was upgraded to `version`: another version may
    be understood where the last one was not. To be asked before this life is recorded.

    None, where the last life was of the same version or cannot be found soon; never a conflict.
    """
    if _ANY_PARKED.value(connection) is None:
        return ()
    body = connection.exec_driver_sql(_LAST_LIFE, (_LOOK_BACK,)).scalar_one_or_none()
    last = None if body is None else _read(body)
    if not isinstance(last, TerminalStarted) or last.version == version:
        return ()
    return tuple(
        row["number"] for row in _PARKED.rows(connection) if not _in_conflict(row["message"])
    )


def _in_conflict(message: str) -> bool:
    """By what the payment's row says of the verdict, as `projections` writes it: every start holds
    that against the records. The record itself may be one that nobody can read any more.
    """
    return message.startswith(f"{Verdict.CONFLICT}: ")


def _told(connection: Connection, numbers: frozenset[int]) -> Iterator[tuple[int, str]]:
    """Of each payment the time of the record that parked it."""
    wanted = set(numbers)
    found = iter(connection.exec_driver_sql(_WHEN_PARKED))
    while wanted and (row := next(found, None)) is not None:
        record = _read(row[1])
        match record:
            case PaymentParked(number=number) if number in wanted:
                pass
            case PaymentAnswered(number=number, verdict=Verdict.CONFLICT | Verdict.REJECTED) if (
                number in wanted
            ):
                pass
            case _:
                continue
        wanted.discard(number)
        yield number, row[0].decode("utf-8", "replace")


def _read(body: bytes) -> JournalRecord | None:
    try:
        return from_text(body.decode())
    except ValueError:
        return None
