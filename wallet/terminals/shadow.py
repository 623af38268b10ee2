"""What terminals shall have: items of a kind, for one terminal or for the whole fleet.

Each publication takes the next number of one count, so that a terminal which knows number N asks for
what came after N and misses nothing. An item of the terminal itself stands before the fleet's of the
same kind. Only names are kept here (a version, a hash); what they name is kept by whoever publishes.
"""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, select, text, update
from sqlalchemy.dialects.postgresql import insert as insert_on_postgres
from sqlalchemy.dialects.sqlite import insert as insert_on_sqlite

from terminal_api.fleet import DesiredAnswer, DesiredItem
from wallet.storage.turns import Turns
from wallet.terminals.tables import desired, desired_clock, fleet_desired

_ROW: Final = 1
_NOW: Final = select(desired_clock.c.version).where(desired_clock.c.id == _ROW)
_FLEET: Final = select(fleet_desired.c.kind, fleet_desired.c.version, fleet_desired.c.content)
_OWN: Final = select(desired.c.kind, desired.c.version, desired.c.content).where(
    desired.c.terminal_id == bindparam("of")
)
_ONE_MORE: Final[dict[str, Any]] = {
    name: insert(desired_clock)
    .values(id=_ROW, version=1)
    .on_conflict_do_update(index_elements=["id"], set_={"version": desired_clock.c.version + 1})
    .returning(desired_clock.c.version)
    for name, insert in (("sqlite", insert_on_sqlite), ("postgresql", insert_on_postgres))
}
_COUNT_LOCK: Final = text("SELECT pg_advisory_xact_lock(1463897172, -2)")
"""One publishes at a time: numbers become visible in their order. -2 is no terminal's."""


class Shadow:
    """Desired items of all terminals. Every method blocks and is thread-safe."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns

    def publish(self, kind: str, content: str, terminals: Iterable[str] | None = None) -> int:
        """Let these terminals have this of that kind; returns its number. None = every terminal
        without an item of its own.
        """
        with self._turns.write(None) as connection:
            return publish(connection, kind, content, terminals)

    def withdraw(self, kind: str, terminal_id: str) -> None:
        """Let this terminal have what the fleet has of that kind; it is told so."""
        mine = (desired.c.terminal_id == terminal_id, desired.c.kind == kind)
        with self._turns.write(None) as connection:
            number = _next(connection)
            connection.execute(delete(desired).where(*mine))
            of_kind = fleet_desired.c.kind == kind
            connection.execute(update(fleet_desired).where(of_kind).values(version=number))

    def newest(self) -> int:
        """The number given last to anything."""
        with self._turns.read() as connection:
            return newest_of(connection)

    def after(self, terminal_id: str, version: int) -> DesiredAnswer:
        """What this terminal shall have and did not know at that number, oldest first."""
        with self._turns.read() as connection:
            newest = newest_of(connection)
            items: dict[str, Any] = {row.kind: row for row in connection.execute(_FLEET)}
            for row in connection.execute(_OWN, {"of": terminal_id}):
                items[row.kind] = row
        found = sorted(
            (row for row in items.values() if row.version > version), key=lambda row: row.version
        )
        return DesiredAnswer(
            terminal_id=terminal_id,
            version=newest,
            items=tuple(
                DesiredItem(kind=row.kind, version=row.version, content=row.content)
                for row in found
            ),
        )


def publish(
    connection: Connection, kind: str, content: str, terminals: Iterable[str] | None = None
) -> int:
    """As `Shadow.publish`, in a transaction of the caller."""
    number = _next(connection)
    item = {"kind": kind, "version": number, "content": content}
    changes = {"version": number, "content": content}
    insert = insert_on_sqlite if connection.dialect.name == "sqlite" else insert_on_postgres
    if terminals is None:
        connection.execute(
            insert(fleet_desired).on_conflict_do_update(index_elements=["kind"], set_=changes),
            item,
        )
        return number
    rows = [{"terminal_id": terminal_id, **item} for terminal_id in terminals]
    if rows:
        statement = insert(desired).on_conflict_do_update(
            index_elements=["terminal_id", "kind"], set_=changes
        )
        connection.execute(statement, rows)
    return number


def newest_of(connection: Connection) -> int:
    """The number given last to anything, in a transaction of the caller."""
    return int(connection.execute(_NOW).scalar_one_or_none() or 0)


def _next(connection: Connection) -> int:
    if connection.dialect.name == "postgresql":
        connection.execute(_COUNT_LOCK)
    return int(connection.execute(_ONE_MORE[connection.dialect.name]).scalar_one())
