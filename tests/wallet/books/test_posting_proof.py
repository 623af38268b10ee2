"""Books whose sums are right and whose money stands to somebody else's credit do not hold."""

from datetime import UTC, datetime

import pytest

from terminal_api import LooseState, NoteReport
from terminal_api.collections import CollectionItem, DenominationCount
from wallet.books.collections import count_vault
from wallet.books.verify import verify_books

T = "10000001"
AT = datetime(2026, 5, 1, tzinfo=UTC)


def rename(old: str, new: str, kind: str) -> tuple[str, ...]:
    return tuple(
        f"UPDATE ledger_transfer SET {end} = '{new}' WHERE {end} = '{old}' AND kind LIKE '{kind}'"
        for end in ("debit", "credit")
    )


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ((), None),
        (
            rename("provider_payable:mobile", "provider_payable:other", "payment%"),
            "a payment's postings name its provider",
        ),
        (
            rename("provider_settlement:mobile", "provider_settlement:other", "payment_paid"),
            "a payment's postings name its provider",
        ),
        (
            ("UPDATE ledger_transfer SET currency = 'USD' WHERE kind LIKE 'payment%'",),
            "a payment's postings are in its currency",
        ),
        (
            rename("agent_vault:own", "agent_vault:other", "%"),
            "what a period brought is in its agent's vault",
        ),
        (
            ("UPDATE ledger_transfer SET currency = 'USD' WHERE kind = 'note_reported'",),
            "a note's postings are in its currency",
        ),
    ],
)
def test_money_to_somebody_elses_credit_is_found(
    any_database: str, make_store, make_payment, changes: tuple[str, ...], rule: str | None
) -> None:
    store = make_store(any_database)
    store.take(T, [make_payment(1, 10_000, fee=300), make_payment(2, 5_000)])
    assert store.settle() == 2
    loose = NoteReport(cycle="loose", state=LooseState.SUSPENSE, minor=5_000, currency="RUB", at=AT)
    store.take_notes(T, [loose])
    box = CollectionItem(
        period=1,
        opened_at=None,
        closed_at=AT,
        operator_id="7",
        counts=(DenominationCount(currency="RUB", minor=5_000, count=4),),
        disputed=(),
        suspense=(),
    )
    store.take_collections(T, [box], "own")
    with store.turns.write(T) as connection:
        count_vault(connection, T, 1, "RUB", 19_000, "anna", AT)
    with store._engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER ledger_transfer_never_changes")
        else:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for change in changes:
            connection.exec_driver_sql(change.replace("%", "%%"))
    found = {it.rule for it in verify_books(store._engine).findings} - {"the guards stand"}
    assert found == ({rule} if rule else set())
