"""The command line as a person or a script meets it: real processes, exit codes, one plain line."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from terminal_api import PAYMENTS_PATH, PaymentBatch, canonical_bytes
from wallet.cli import app
from wallet.server import listen
from wallet.settings import Settings

T = "10000001"
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith("WALLET_")}


@pytest.fixture(autouse=True)
def _logging_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands run inside the test process must not set up its logging."""
    monkeypatch.setattr("wallet.cli.log_json", lambda: None)


@pytest.fixture(autouse=True)
def _umask_left_alone() -> Iterator[None]:
    """A command that serves takes others' rights from what it makes; the next test has its own."""
    kept = os.umask(0o022)
    yield
    os.umask(kept)


def run(*arguments: str):
    return CliRunner().invoke(app, arguments)


def test_serve_takes_payments_stops_cleanly_and_leaves_one_file(
    database: Path, make_payment, enrol
) -> None:
    old_mask = os.umask(0o077)
    signed = enrol(database, T)
    os.umask(old_mask)
    process = subprocess.Popen(
        [sys.executable, "-m", "wallet", "serve", "--database", str(database), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
    )
    try:
        line = process.stdout.readline()
        found = re.fullmatch(r"listening on (http://127\.0\.0\.1:\d+)\n", line)
        assert found, line + process.stderr.read()
        body = canonical_bytes(PaymentBatch(terminal_id=T, payments=(make_payment(1),)))
        with httpx.Client(base_url=found[1], auth=signed, trust_env=False) as client:
            assert client.post(PAYMENTS_PATH, content=body).status_code == 200
            listed = run("payments", "list", "--database", str(database), "--json")
            assert json.loads(listed.stdout)[0]["status"] == "accepted"
            modes = {path.name: path.stat().st_mode & 0o777 for path in database.parent.iterdir()}
            assert modes == dict.fromkeys(("wallet.db", "wallet.db-wal", "wallet.db-shm"), 0o600)
            process.send_signal(signal.SIGTERM)
            _, errors = process.communicate(timeout=20)
    finally:
        process.kill()
    assert process.returncode == 0
    logs = [json.loads(line) for line in errors.splitlines()]
    told = ["nobody_is_paid", "batch_taken", "request", "stopped"]
    assert [log["event"] for log in logs] == told
    assert logs[1]["request_id"] == logs[2]["request_id"]
    assert "9161234567" not in errors
    assert sorted(path.name for path in database.parent.iterdir()) == ["wallet.db"]


def test_a_log_that_cannot_be_written_fails_no_payment(database: Path, make_payment, enrol) -> None:
    signed = enrol(database, T)
    process = subprocess.Popen(
        [sys.executable, "-m", "wallet", "serve", "--database", str(database), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
    )
    try:
        url = process.stdout.readline().removeprefix("listening on ").strip()
        process.stderr.close()
        body = canonical_bytes(PaymentBatch(terminal_id=T, payments=(make_payment(1),)))
        with httpx.Client(base_url=url, auth=signed, trust_env=False) as client:
            for _ in range(3):
                assert client.post(PAYMENTS_PATH, content=body).status_code == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
    finally:
        process.kill()
        process.stdout.close()


def test_payments_and_books_are_shown(database: Path, store, make_payment) -> None:
    store.take(T, [make_payment(1, 10_000, fee=300)])
    (row,) = json.loads(run("payments", "list", "--database", str(database), "--json").stdout)
    assert (row["terminal_id"], row["number"], row["inserted_minor"]) == (T, 1, 10_000)
    assert row["formed_at"] == "2026-05-01T09:30:00+00:00"
    assert T in run("payments", "list", "--database", str(database)).stdout
    books = json.loads(run("books", "balances", "--database", str(database), "--json").stdout)
    assert sum(balance["minor"] for balance in books) == 0
    assert "fee_income" in run("books", "balances", "--database", str(database)).stdout
    proof = json.loads(run("books", "verify", "--database", str(database), "--json").stdout)
    assert (proof["findings"], proof["payments"], proof["transfers"]) == ([], 1, 2)
    shown = run("payments", "show", T, "1", "--database", str(database), "--json")
    assert [it["kind"] for it in json.loads(shown.stdout)["transfers"]] == ["payment_taken"] * 2
    assert run("payments", "show", T, "2", "--database", str(database)).exit_code == 1
    assert "c1-0" in run("payments", "show", T, "1", "--database", str(database)).stdout


def test_books_that_do_not_hold_are_exit_code_one(database: Path, store, make_payment) -> None:
    store.take(T, [make_payment(1)])
    with store._engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER ledger_transfer_never_goes")
        connection.exec_driver_sql("DELETE FROM ledger_transfer")
    shown = run("books", "verify", "--database", str(database))
    assert shown.exit_code == 1
    assert "no trigger ledger_transfer_never_goes" in shown.stdout
    assert f"what a payment brought in is in the books: {T} 1" in shown.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("payments", "list", "--database", "missing.db"),
        ("books", "verify", "--database", "missing.db"),
        ("serve", "--config", "missing.toml"),
        ("serve", "--port", "70000"),
        ("serve", "--database", "missing/folder/w.db"),
        ("serve", "--nonsense"),
        ("nonsense",),
    ],
)
def test_what_cannot_begin_is_exit_code_two(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr
    assert "Traceback" not in result.stderr


def test_a_port_that_is_taken_is_exit_code_two(database: Path) -> None:
    with listen(Settings(port=0)) as taken:
        port = str(taken.getsockname()[1])
        result = run("serve", "--database", str(database), "--port", port)
    assert result.exit_code == 2
    assert result.stderr.startswith("wallet: ")


@pytest.mark.parametrize(
    "arguments", [(), ("serve",), ("payments", "list"), ("books", "verify")], ids=" ".join
)
def test_everything_explains_itself(arguments: tuple[str, ...]) -> None:
    assert run(*arguments, "--help").exit_code == 0


@pytest.mark.parametrize("command", [("payments", "list"), ("books", "verify")], ids=" ".join)
def test_a_file_of_somebody_else_is_one_plain_line(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    journal = tmp_path / "journal.db"
    connection = sqlite3.connect(journal)
    connection.executescript("CREATE TABLE payment (number); PRAGMA user_version=1")
    connection.close()
    result = run(*command, "--database", str(journal))
    assert result.exit_code == 2
    assert result.stderr == f"wallet: {journal}: the file is no wallet database\n"


@pytest.mark.parametrize("command", [("payments", "list"), ("books", "verify")], ids=" ".join)
def test_a_wallet_database_without_its_tables_is_one_plain_line(
    command: tuple[str, ...], database: Path, store
) -> None:
    store.close()
    connection = sqlite3.connect(database)
    connection.executescript(
        "PRAGMA foreign_keys=OFF; DROP TABLE payments; DROP TABLE ledger_transfer"
    )
    connection.close()
    result = run(*command, "--database", str(database))
    assert result.exit_code == 2
    assert re.fullmatch(r"wallet: .*wallet\.db: no such table: \w+\n", result.stderr)


def test_help_speaks_of_no_internal_numbers() -> None:
    assert "issue" not in run("serve", "--help").stdout
