"""Triggers by which the database itself refuses to change or lose what is written once.

The same guard on SQLite and on PostgreSQL. Revisions put them up (`append_only`, `refuse`), and
`missing` tells which of those that should stand do not: `wallet books verify` asks. It must never
take one down.
"""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, text

_FUNCTION: Final = "refuse_to_rewrite"

_AT_ONCE: Final = "_at_once"

_SQLITE = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
_POSTGRES = text(
    "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    " WHERE NOT t.tgisinternal AND t.tgenabled = 'O'"
    " AND c.relnamespace = current_schema()::regnamespace"
)


def append_only(connection: Connection, table: str) -> None:
    """Refuse every change and every removal of a row of this table."""
    refuse(connection, table, "UPDATE", f"{table}_never_changes")
    refuse(connection, table, "DELETE", f"{table}_never_goes")


def refuse(
    connection: Connection, table: str, what: str, name: str, when: str | None = None
) -> None:
    """Refuse one kind of statement on one table.

    Args:
        connection: inside the transaction of a revision.
        table: which.
        what: `UPDATE`, `DELETE`, or `UPDATE OF a, b`.
        name: of the trigger.
        when: only where this holds of `OLD` and `NEW`, in SQL that both databases know.
    """
    condition = f" WHEN ({when})" if when else ""
    if connection.dialect.name == "sqlite":
        message = f"{table} is append-only"
        connection.exec_driver_sql(
            f"CREATE TRIGGER {name} BEFORE {what} ON {table} FOR EACH ROW{condition}"
            f" BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )
        return
    connection.execute(
        text(
            f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$"
            " BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME"
            " USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
    )
    connection.exec_driver_sql(
        f"CREATE TRIGGER {name} BEFORE {what} ON {table} FOR EACH ROW{condition}"
        f" EXECUTE FUNCTION {_FUNCTION}()"
    )
    if what == "DELETE":
        # Removing everything at once asks no row.
        connection.exec_driver_sql(
            f"CREATE TRIGGER {name}{_AT_ONCE} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"
            f" EXECUTE FUNCTION {_FUNCTION}()"
        )


def missing(connection: Connection, wanted: Iterable[str]) -> list[str]:
    """Which of these triggers do not stand, or are switched off."""
    names = set(wanted)
    if connection.dialect.name == "sqlite":
        return sorted(names - set(connection.execute(_SQLITE).scalars()))
    names |= {f"{name}{_AT_ONCE}" for name in names if name.endswith("_never_goes")}
    return sorted(names - set(connection.execute(_POSTGRES).scalars()))
