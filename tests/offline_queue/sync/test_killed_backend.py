"""The backend killed without warning under load: every payment still ends up stored once."""

import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from config.terminal_key import load_terminal_key
from offline_queue.sync import (
    Answered,
    Bounds,
    Signer,
    SyncEvent,
    SyncMachine,
    SyncPolicy,
    SyncThread,
)
from simulation.demo.enrolment import enrol_terminal, new_token
from terminal_api import Verdict
from wallet.books.balances import ledger_balances
from wallet.books.verify import verify_books
from wallet.payments.reports import list_payments
from wallet.storage.database import open_for_reading

TERMINAL = "10000001"
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith("WALLET_")}


@contextmanager
def serving(database: Path, port: int = 0) -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "wallet", "serve"),
            *("--database", str(database), "--port", str(port)),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=ENVIRONMENT,
    )
    try:
        yield process, process.stdout.readline().removeprefix("listening on ").strip()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_a_killed_backend_loses_and_doubles_nothing(tmp_path: Path, make_batch) -> None:
    database = tmp_path / "wallet.db"
    told: dict[int, list[Verdict]] = {}
    arrived = threading.Condition()

    def post(event: SyncEvent) -> None:
        with arrived:
            if isinstance(event, Answered):
                for answer in event.answers:
                    told.setdefault(answer.number, []).append(answer.verdict)
                arrived.notify_all()

    def wait_for(count: int) -> None:
        with arrived:
            assert arrived.wait_for(lambda: len(told) >= count, 30), sorted(told)

    token = new_token(database, TERMINAL)
    with serving(database) as (process, url):
        enrol_terminal(url, TERMINAL, token, tmp_path / "terminal.key")
        signer = Signer(
            TERMINAL,
            load_terminal_key(tmp_path / "terminal.key").private,
            lambda: datetime.now(UTC),
            secrets.token_bytes,
        )
        machine = SyncMachine(
            SyncPolicy(base_s=0.02, cap_s=0.1, together=2), Random(3), terminal_id=TERMINAL
        )
        bounds = Bounds(connect_s=1.0, read_s=5.0, whole_s=5.0)
        sync = SyncThread(machine, url, post, time.monotonic, bounds=bounds, signer=signer)
        sync.start()
        for number in range(1, 121, 2):
            sync.submit(make_batch(number, number + 1), ask_first=False)
        wait_for(40)
        process.kill()
    with serving(database, port=int(url.rsplit(":", 1)[1])):
        wait_for(120)
        assert sync.stop()

    assert {number: len(verdicts) for number, verdicts in told.items()} == dict.fromkeys(
        range(1, 121), 1
    )
    assert {verdict for verdicts in told.values() for verdict in verdicts} <= {
        Verdict.ACCEPTED,
        Verdict.DUPLICATE,
    }
    engine = open_for_reading(database)
    assert sorted(it.number for it in list_payments(engine, 1000, None)) == list(range(1, 121))
    assert verify_books(engine).findings == ()
    books = {it.account: it.minor for it in ledger_balances(engine) if it.minor}
    assert books["cash_in_transit"] == 120 * 10_000
    engine.dispose()
