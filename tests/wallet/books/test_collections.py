"""Closed periods: each once, its cash into the vault, and a count that differs stands for itself."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from terminal_api import Verdict
from terminal_api.collections import CollectionItem, DenominationCount
from wallet.books.balances import ledger_balances
from wallet.books.collections import NoSuchCollectionError, count_vault
from wallet.books.verify import verify_books
from wallet.cli import app

T = "10000001"
AT = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)


def period(number: int = 1, *counts: tuple[int, int]) -> CollectionItem:
    return CollectionItem(
        period=number,
        opened_at=None,
        closed_at=AT,
        operator_id="anna",
        counts=tuple(
            DenominationCount(currency="RUB", minor=minor, count=count) for minor, count in counts
        ),
        disputed=(),
        suspense=(),
    )


def books(store) -> dict[str, int]:
    assert verify_books(store._engine).findings == ()
    return {it.account: it.minor for it in ledger_balances(store._engine) if it.minor}


def count(store, minor: int, number: int = 1):
    with store.turns.write(T) as connection:
        return count_vault(connection, T, number, "RUB", minor, "boris", AT)


def test_a_period_moves_its_cash_into_the_vault_once(
    any_database: str, make_store, make_payment
) -> None:
    store = make_store(any_database)
    store.take(T, [make_payment(1, 10_000, 5_000)])
    told = period(1, (10_000, 1), (5_000, 1))
    verdicts = [store.take_collections(T, [told], "own")[0].verdict for _ in range(2)]
    assert verdicts == [Verdict.ACCEPTED, Verdict.DUPLICATE]
    assert books(store) == {"agent_vault:own": 15_000, "provider_payable:mobile": -15_000}


def test_a_period_may_come_before_its_payments(any_database: str, make_store, make_payment) -> None:
    store = make_store(any_database)
    store.take_collections(T, [period(1, (10_000, 1))], "own")
    assert books(store) == {"agent_vault:own": 10_000, "cash_in_transit": -10_000}
    store.take(T, [make_payment(1, 10_000)])
    assert books(store)["agent_vault:own"] == 10_000
    assert "cash_in_transit" not in books(store)


def test_other_content_of_a_period_is_a_conflict_that_is_kept(
    any_database: str, make_store
) -> None:
    store = make_store(any_database)
    store.take_collections(T, [period(1, (10_000, 1))], "own")
    before = books(store)
    (answer,) = store.take_collections(T, [period(1, (10_000, 2))], "own")
    assert answer.verdict is Verdict.CONFLICT
    assert books(store) == before
    with store._engine.connect() as connection:
        kept = connection.execute(text("SELECT what, subject FROM conflicts")).all()
    assert [tuple(it) for it in kept] == [("collection", "1")]


def test_an_empty_box_is_a_period_without_postings(any_database: str, make_store) -> None:
    store = make_store(any_database)
    (answer,) = store.take_collections(T, [period(1)], "own")
    assert answer.verdict is Verdict.ACCEPTED
    assert books(store) == {}


def test_a_count_that_differs_is_posted_and_a_recount_has_the_last_word(
    any_database: str, make_store
) -> None:
    store = make_store(any_database)
    store.take_collections(T, [period(1, (10_000, 3))], "own")
    short = count(store, 20_000)
    assert (short.expected_minor, short.difference_minor, short.again) == (30_000, -10_000, False)
    assert count(store, 20_000).again
    assert books(store) == {
        "agent_vault:own": 20_000,
        "cash_in_transit": -30_000,
        "collection_difference": 10_000,
    }
    assert count(store, 35_000).difference_minor == 5_000
    assert books(store)["collection_difference"] == -5_000
    assert count(store, 30_000).difference_minor == 0
    assert books(store) == {"agent_vault:own": 30_000, "cash_in_transit": -30_000}


def test_a_period_that_nobody_told_is_not_counted(any_database: str, make_store) -> None:
    with pytest.raises(NoSuchCollectionError, match="no period 7"):
        count(make_store(any_database), 1, number=7)


def test_the_count_has_a_command(database, store) -> None:
    store.take_collections(T, [period(1, (10_000, 3))], "own")
    store.close()

    def run(*arguments: str):
        return CliRunner().invoke(app, ["collections", *arguments, "--database", str(database)])

    counted = run("count", T, "1", "--counted", "29000", "--by", "boris", "--json")
    assert json.loads(counted.stdout)["difference_minor"] == -1_000
    assert run("count", T, "2", "--counted", "1", "--by", "boris").exit_code == 1
    listed = json.loads(run("list", "--json").stdout)
    assert [(it["period"], it["operator_id"]) for it in listed] == [(1, "anna")]


def test_a_denomination_stands_once() -> None:
    with pytest.raises(ValueError, match="stands twice"):
        period(1, (10_000, 1), (10_000, 2))


def test_a_count_for_what_is_no_terminal_is_told_on_any_database(any_database) -> None:
    told = CliRunner().invoke(
        app,
        [
            *("collections", "count", "own", "1", "--counted", "1", "--by", "anna"),
            *("--database", any_database),
        ],
    )
    assert (told.exit_code, "eight digits" in told.stderr) == (2, True)
