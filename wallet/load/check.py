"""After the load: is every payment in the books exactly once?

What the backend answered for must be stored; what is stored must have been sent; and the books must
hold. A payment whose answer was lost may be either. Reads only.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Engine, select

from wallet.books.verify import verify_books
from wallet.load.fleet import LoadTerminal
from wallet.payments.tables import payments


def stored_of(engine: Engine, fleet: Sequence[LoadTerminal]) -> tuple[int, list[str]]:
    """How many payments of the fleet are stored, and what is wrong with them."""
    findings: list[str] = []
    with engine.connect() as connection:
        stored = _numbers(connection, fleet)
    for one in fleet:
        have = stored.get(one.terminal_id, [])
        findings += _told(one.terminal_id, "answered for and not stored", one.answered - set(have))
        findings += _told(one.terminal_id, "stored and never sent", _beyond(have, one.sent))
        if len(have) != len(set(have)):
            findings.append(f"{one.terminal_id}: a number is stored twice")
    findings += [str(finding) for finding in verify_books(engine).findings]
    return sum(len(numbers) for numbers in stored.values()), findings


def _numbers(connection: Connection, fleet: Sequence[LoadTerminal]) -> dict[str, list[int]]:
    ids = (fleet[0].terminal_id, fleet[-1].terminal_id)
    query = select(payments.c.terminal_id, payments.c.number).where(
        payments.c.terminal_id.between(*ids)
    )
    found: dict[str, list[int]] = {}
    for row in connection.execute(query):
        found.setdefault(row.terminal_id, []).append(row.number)
    return found


def _beyond(numbers: Iterable[int], sent: int) -> set[int]:
    return {number for number in numbers if number > sent}


def _told(terminal_id: str, what: str, numbers: set[int]) -> list[str]:
    return [f"{terminal_id} {number}: {what}" for number in sorted(numbers)]
