"""The backend is killed and PostgreSQL drops dead under load: nothing is lost, nothing is doubled."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from benchmarks.postgres_server import PostgresServer, running_server
from terminal_api import (
    PAYMENTS_PATH,
    BatchAnswer,
    PaymentBatch,
    PaymentItem,
    Verdict,
    canonical_bytes,
)
from wallet.books.balances import ledger_balances
from wallet.books.verify import verify_books
from wallet.storage.database import open_for_reading, open_for_writing
from wallet.storage.turns import turns_of

TERMINALS = ("10000001", "10000002", "10000003", "10000004")
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith("WALLET_")}
BATCH = 5
PATIENCE_S = 120.0


class Backend:
    """A `wallet serve` of its own process, that can be killed and comes back on its port."""

    def __init__(self, database: str) -> None:
        self._database = database
        self.port = 0
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        arguments = ["serve", "--database", self._database, "--port", str(self.port)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "wallet", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=ENVIRONMENT,
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        found = re.fullmatch(r"listening on http://127\.0\.0\.1:(\d+)\n", line)
        assert found, line
        self.port = int(found[1])

    def end(self, how: signal.Signals) -> int:
        assert self._process is not None
        assert self._process.stdout is not None
        self._process.send_signal(how)
        code = self._process.wait(30)
        self._process.stdout.close()
        self._process = None
        return code


class Terminal(threading.Thread):
    """Sends its payments in batches, each again and again until every one of it is answered for."""

    def __init__(self, terminal_id: str, signed: httpx.Auth, port: int, make_payment) -> None:
        super().__init__(daemon=True)
        self.id = terminal_id
        self._signed = signed
        self._url = f"http://127.0.0.1:{port}"
        self._make = make_payment
        self.ending = threading.Event()
        self.acknowledged: set[int] = set()
        self.twice: list[int] = []

    def run(self) -> None:
        number = 1
        while not self.ending.is_set():
            batch = [self._make(n, 10_000, fee=300) for n in range(number, number + BATCH)]
            number += BATCH
            self._deliver(batch)

    def _deliver(self, batch: list[PaymentItem]) -> None:
        body = canonical_bytes(PaymentBatch(terminal_id=self.id, payments=tuple(batch)))
        while True:
            try:
                with httpx.Client(auth=self._signed, trust_env=False, timeout=20.0) as client:
                    said = client.post(self._url + PAYMENTS_PATH, content=body)
            except httpx.TransportError:
                time.sleep(0.05)
                continue
            if said.status_code == 200:
                break
            assert said.status_code in (429, 503), said.text
            time.sleep(0.05)
        for answer in BatchAnswer.model_validate_json(said.content).answers:
            assert answer.verdict in (Verdict.ACCEPTED, Verdict.DUPLICATE)
            self.acknowledged.add(answer.number)


@contextmanager
def at_work(terminals: list[Terminal]) -> Iterator[None]:
    for terminal in terminals:
        terminal.start()
    try:
        yield
    finally:
        for terminal in terminals:
            terminal.ending.set()
        for terminal in terminals:
            terminal.join(PATIENCE_S)


def progress(terminals: list[Terminal]) -> None:
    """Every terminal has got two more batches through."""
    before = [len(terminal.acknowledged) for terminal in terminals]
    deadline = time.monotonic() + PATIENCE_S
    while any(
        len(it.acknowledged) < old + 2 * BATCH for it, old in zip(terminals, before, strict=True)
    ):
        assert time.monotonic() < deadline
        assert all(it.is_alive() for it in terminals)
        time.sleep(0.02)


@pytest.fixture
def mortal() -> Iterator[PostgresServer]:
    with running_server() as server:
        yield server


def test_killed_backends_and_dropped_servers_lose_and_double_nothing(
    mortal: PostgresServer, make_payment, enrol
) -> None:
    address = mortal.create("wallet")
    engine = open_for_writing(address)
    signers = {it: enrol(turns_of(engine), it) for it in TERMINALS}
    engine.dispose()
    backend = Backend(address)
    backend.start()
    terminals = [Terminal(it, signers[it], backend.port, make_payment) for it in TERMINALS]
    with at_work(terminals):
        progress(terminals)
        backend.end(signal.SIGKILL)
        backend.start()
        progress(terminals)
        mortal.stop(signal.SIGQUIT)
        mortal.start()
        progress(terminals)
        backend.end(signal.SIGKILL)
        mortal.stop(signal.SIGQUIT)
        mortal.start()
        backend.start()
        progress(terminals)
    assert not any(terminal.is_alive() for terminal in terminals)
    assert backend.end(signal.SIGTERM) == 0
    reader = open_for_reading(address)
    proof = verify_books(reader)
    books = {it.account: it.minor for it in ledger_balances(reader)}
    with reader.connect() as connection:
        stored = connection.exec_driver_sql("SELECT terminal_id, number FROM payments").all()
    reader.dispose()
    assert proof.findings == ()
    assert proof.conflicts == 0
    sent = {(it.id, number) for it in terminals for number in it.acknowledged}
    assert {tuple(row) for row in stored} == sent
    assert books["cash_in_transit"] == 10_000 * len(sent)
