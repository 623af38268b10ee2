"""The one `MetaData` of the backend and what every table of it shares.

Every primary and unique key begins with `terminal_id`, so that the data can be spread by it later.
What is written once is guarded by triggers of the database itself. It must never know a table.
"""

from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import DDL, Dialect, MetaData, String, Table, TypeDecorator, event

SCHEMA_VERSION: Final = 2
APPLICATION_ID: Final = 0x57414C54
"""Stored in `PRAGMA application_id`: tells this file from any other SQLite file ("WALT")."""

metadata = MetaData()


class Instant(TypeDecorator[datetime]):
    """An aware instant as UTC text of fixed width: sorts by time, the same in any database."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Refuses a naive time: `astimezone` would take it for local time."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Back to an aware UTC time."""
        del dialect
        return None if value is None else datetime.fromisoformat(value)


def refuse(table: Table, what: str, name: str) -> None:
    """Let the database refuse `what` (`UPDATE`, `DELETE`, `UPDATE OF a, b`) on this table."""
    trigger = DDL(  # type: ignore[no-untyped-call]
        f"CREATE TRIGGER {table.name}_{name} BEFORE {what} ON {table.name} "
        f"BEGIN SELECT RAISE(ABORT, '{table.name} is append-only'); END"
    )
    event.listen(table, "after_create", trigger.execute_if(dialect="sqlite"))


def append_only(table: Table) -> None:
    """Let the database refuse change and removal of what stands in this table."""
    refuse(table, "UPDATE", "never_changes")
    refuse(table, "DELETE", "never_goes")
