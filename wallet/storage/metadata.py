"""The one `MetaData` of the backend and what its tables share.

Every primary and unique key holds the distribution key `terminal_id`, so that the data can be spread
by it later (docs/scaling.md); a table that is the same everywhere says so in `info` as `REFERENCE`.
The tables are made by the revisions in `migrations`, never from here: a test holds both together.
A table declares which statements the database itself must refuse on it (`append_only`, `refuse`); its
revision puts those triggers up, and `guards_wanted` tells which must stand.
"""

from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, Dialect, MetaData, String, Table, TypeDecorator, event
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.types import TypeEngine

from wallet.storage import guards

DISTRIBUTION_KEY: Final = "terminal_id"
REFERENCE: Final = {"reference": True}
"""Give it to a table as `info`: small, changed seldom, and held whole by every node."""

_GUARDS: Final = "guards"

metadata = MetaData()


def append_only(table: Table) -> None:
    """Rows of this table never change and never go."""
    refuse(table, "UPDATE", "never_changes")
    refuse(table, "DELETE", "never_goes")


def refuse(table: Table, what: str, name: str, when: str | None = None) -> None:
    """`what` (`UPDATE`, `DELETE`, `UPDATE OF a, b`) is refused on this table by the trigger
    `<table>_<name>`, if `when` holds of `OLD` and `NEW`.
    """
    trigger = f"{table.name}_{name}"
    table.info.setdefault(_GUARDS, []).append(trigger)

    def put_up(target: Table, connection: Connection, **_: object) -> None:
        guards.refuse(connection, target.name, what, trigger, when)

    event.listen(table, "after_create", put_up)


def guards_wanted() -> list[str]:
    """The triggers that must stand, of all tables that are loaded."""
    return sorted(
        name for table in metadata.tables.values() for name in table.info.get(_GUARDS, ())
    )


class Instant(TypeDecorator[datetime]):
    """An aware instant: `timestamptz` on PostgreSQL, on SQLite UTC text of fixed width that sorts by
    time.
    """

    impl = String(27)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The column type of this database."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(TIMESTAMP(timezone=True))
        return dialect.type_descriptor(String(27))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Refuses a naive time: `astimezone` would take it for local time."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        if dialect.name == "postgresql":
            return value
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Back to an aware UTC time."""
        del dialect
        if value is None:
            return None
        if isinstance(value, datetime):
            return value.astimezone(UTC)
        return datetime.fromisoformat(value)
