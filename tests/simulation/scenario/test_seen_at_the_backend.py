"""What a real `kiosk run` does is seen at a real `wallet serve`, by the commands for people.

Both are processes, HTTP and signatures between them, the terminal enrolled by a token; only acceptor,
printer and provider are simulated. The collection is put into the journal: a running terminal has no
service menu yet that orders one.
"""

import json
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from offline_queue.journal import ChainKey, Journal, cash_queries
from offline_queue.journal.cash_records import CashCollected, CollectionHow
from offline_queue.journal.numbering import RECEIPT_NUMBER
from simulation.demo.settings_file import DEMO_TERMINAL
from simulation.demo.stand import Stand, StandPaths
from simulation.scenario.player import Player
from simulation.scenario.steps import load_scenario
from wallet.cli import app
from wallet.storage.database import open_for_reading
from wallet.terminals.tables import events

PATIENCE_S = 90.0
CASH = 15_000  # kopecks: the scenario inserts 100 and 50 roubles


def wallet(*arguments: str | Path) -> Any:
    """What a command of the backend says in JSON, or in words; beside the server that runs."""
    done = CliRunner().invoke(app, [str(it) for it in arguments])
    assert done.exit_code == 0, (arguments, done.output)
    return json.loads(done.stdout) if "--json" in arguments else done.stdout


def kiosk(*arguments: str | Path) -> str:
    """What a command of the terminal says."""
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (arguments, done.stdout, done.stderr)
    return done.stdout


def until_told(question, holds) -> Any:
    """The answer, once it is as awaited."""
    deadline = time.monotonic() + PATIENCE_S
    while not holds(answer := question()):
        assert time.monotonic() < deadline, answer
        time.sleep(0.2)
    return answer


def report_of(paths: StandPaths) -> dict[str, Any]:
    """The last heartbeat."""
    (terminal,) = wallet("terminals", "list", "--database", paths.backend, "--json")
    assert (terminal["terminal_id"], terminal["ended_at"]) == (DEMO_TERMINAL, None)
    return terminal["report"] or {}


def kinds_told(paths: StandPaths) -> list[str]:
    engine = open_for_reading(paths.backend)
    try:
        with engine.connect() as connection:
            query = select(events.c.kind).order_by(events.c.sequence)
            return list(connection.execute(query).scalars())
    finally:
        engine.dispose()


def close_the_period(paths: StandPaths) -> None:
    """As the collector does it; the terminal is stopped."""
    key = ChainKey(bytes.fromhex(paths.journal_key.read_text("ascii").strip()))
    with closing(Journal(paths.journal, key)) as journal:
        with journal.reading() as connection:
            period = cash_queries.period(connection)
        now = datetime.now(UTC)
        record = CashCollected(
            number=period.number,
            request="by-hand",
            operator="anna",
            how=CollectionHow.CASSETTE_OUT,
            receipt_number=journal.next_number(RECEIPT_NUMBER),
            since=period.since,
            at=now.isoformat(),
            counts=period.counts,
            disputed=period.disputed,
            suspense=period.suspense,
            payments=period.payments,
            openings=period.openings,
            slip_text="",
            template="",
        )
        journal.append(replace(record, slip_text="COLLECTION", template="collection/1"), at=now)


@pytest.mark.timeout(300)
def test_payment_heartbeat_events_and_collection_are_seen_at_the_backend(tmp_path) -> None:
    with Stand(tmp_path, headless=True) as stand:
        paths = stand.paths
        there = ("--database", paths.backend, "--json")
        assert not Player(stand, lambda _: None).play(load_scenario("first-payment").steps)

        (paid,) = wallet("payments", "list", *there)
        assert (paid["terminal_id"], paid["number"], paid["status"]) == (
            DEMO_TERMINAL,
            1,
            "credited",
        )
        heard = until_told(lambda: report_of(paths), bool)
        assert heard["cash_minor"] == sum(int(it) * n for it, n in heard["cash"].items())
        assert {it["state"] for it in heard["devices"].values()} == {"ok"}
        assert until_told(lambda: kinds_told(paths), bool)[0] == "terminal_started"

        assert stand.stop_terminal() == 0
        kiosk("run", "--check", "--config", paths.settings)
        assert json.loads(kiosk("journal", "parked", paths.journal, "--json")) == {"parked": []}
        close_the_period(paths)
        stand.start_terminal()

        (closed,) = until_told(lambda: wallet("collections", "list", *there), bool)
        assert (closed["period"], closed["operator_id"]) == (1, "anna")
        count = ("collections", "count", DEMO_TERMINAL, "1", "--counted", str(CASH), "--by", "bob")
        counted = wallet(*count, *there)
        assert (counted["expected_minor"], counted["difference_minor"]) == (CASH, 0)
        until_told(lambda: kinds_told(paths), lambda it: "cash_collected" in it)
        later = until_told(lambda: report_of(paths), lambda it: it["boot"] != heard["boot"])
        assert (later["cash_minor"], later["queue"]["pending"]) == (0, 0)
        assert later["chain_sequence"] > heard["chain_sequence"]
        wallet("books", "verify", "--database", paths.backend)
        assert stand.stop_terminal() == 0
        kiosk("journal", "verify", paths.journal)
        for name in ("terminal", "backend"):
            assert "9161234567" not in paths.log(name).read_text("utf-8")
