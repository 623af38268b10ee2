"""Real processes: `wallet pay` is killed at random moments, and each payment is paid once."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from click.testing import Result
from typer.testing import CliRunner

from simulation.provider.faults import Fault
from simulation.provider.server import DemoProvider
from terminal_api import PaymentItem, PaymentStatus
from wallet.books.verify import verify_books
from wallet.cli import app
from wallet.payments.store import Store
from wallet.providers.payout_states import PayoutState
from wallet.storage.database import open_for_writing

PaymentMaker = Callable[..., PaymentItem]
_TERMINAL = "10238898"
_PAYMENTS = 80
_PATIENCE_S = 120


def _wallet(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def _json(*arguments: str) -> Any:
    return json.loads(_wallet(*arguments, "--json").stdout)


def _profiles(tmp_path: Path, provider: DemoProvider) -> str:
    file = tmp_path / "providers.toml"
    file.write_text(
        f'[providers.mobile]\nurl = "{provider.url}"\nphases = "pay_only"\n'
        'timeout_s = 2\ncheck_timeout_s = 0.5\nservice_id = "42"\n'
    )
    return str(file)


def test_a_worker_killed_at_random_moments_pays_each_payment_once(
    tmp_path: Path,
    database: Path,
    store: Store,
    provider: DemoProvider,
    make_payment: PaymentMaker,
) -> None:
    """The provider is slow for a while, so that pays are under way whenever the kill comes."""
    store.take(_TERMINAL, [make_payment(number) for number in range(1, _PAYMENTS + 1)])
    store.close()
    profiles = _profiles(tmp_path, provider)
    provider.plan.stand(Fault.SLOW)
    drawn = random.Random(7)
    for _ in range(3):
        paid = len(provider.memory.credits())
        worker = _start(str(database), profiles)
        _wait(lambda paid=paid: len(provider.memory.credits()) > paid)  # type: ignore[misc]
        time.sleep(drawn.uniform(0.0, 0.4))
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    provider.plan.stand(None)
    _expire_leases(database)
    worker = _start(str(database), profiles)
    _wait(lambda: not _open_payouts(str(database)))
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(30) == 0
    credits = provider.memory.credits()
    assert len(credits) == _PAYMENTS
    assert max(provider.memory.requests("pay").values()) > 1  # Some were under way when it died.
    engine = open_for_writing(database)
    again = Store(engine, store._clock, lambda: "unused")
    states = again.states(_TERMINAL, range(1, _PAYMENTS + 1))
    assert {state.status for state in states} == {PaymentStatus.CREDITED}
    assert not verify_books(engine).findings
    again.close()


def _start(database: str, profiles: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "wallet", "pay", "--database", database]
    return subprocess.Popen(
        [*command, "--providers", profiles], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _expire_leases(database: Path) -> None:
    """As if the half minute of the dead workers' leases had gone by."""
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE payouts SET due_at = since WHERE lease IS NOT NULL")
    connection.close()


def _open_payouts(database: str) -> list[Any]:
    ended = {PayoutState.PAID, PayoutState.REFUSED}
    states = [f"--state={state}" for state in PayoutState if state not in ended]
    return list(_json("payouts", "list", "--database", database, *states))


def _wait(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while not done():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def test_people_see_the_manual_queue_decide_and_reconcile(
    tmp_path: Path,
    database: Path,
    store: Store,
    provider: DemoProvider,
    make_payment: PaymentMaker,
) -> None:
    store.take(
        _TERMINAL,
        [make_payment(1), make_payment(2), make_payment(3, provider_code="nobody")],
    )
    store.close()
    profiles, where = _profiles(tmp_path, provider), ("--database", str(database))
    worker = _start(str(database), profiles)
    _wait(lambda: len(_json("payouts", "list", *where, "--state=paid")) == 2)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(30) == 0

    (held,) = _json("payouts", "list", *where)
    assert (held["number"], held["state"]) == (3, "held")
    assert held["account"] == "******4567"
    who = ("--operator", "ivanova", "--reason", "asked by phone")
    assert _wallet("payouts", "paid", _TERMINAL, "1", *where, *who).exit_code == 1
    assert _wallet("payouts", "refuse", _TERMINAL, "3", *where, *who).exit_code == 0
    shown = _json("payouts", "show", _TERMINAL, "3", *where)
    assert shown["payout"]["state"] == "refused"
    last = shown["events"][-1]
    assert (last["operator"], last["reason"]) == ("ivanova", "asked by phone")

    mine = (*where, "--providers", profiles, "--provider", "mobile")
    day = _moscow_day(shown["payout"]["ended_at"])
    wrote = _wallet("registry", *mine, "--day", day, "--out", str(tmp_path / "out"))
    file = Path(wrote.stdout.strip())
    assert file.name == f"QIWI_42_{day.replace('-', '')}1.csv"
    second = _wallet("registry", *mine, "--day", day, "--out", str(tmp_path / "out"))
    assert second.stdout.strip().endswith("2.csv")
    same = _wallet("reconcile", *mine, "--file", str(file))
    assert (same.exit_code, same.stdout) == (0, f"{day}: 2 agree, over 200.00\n")
    first, *_ = file.read_text().splitlines()
    foreign = "\t".join(["77", *first.split("\t")[1:]])  # Whichever was paid first.
    file.write_text(f"{foreign}\r\nTotal:\t1\t100.00\r\n")
    differ = _wallet("reconcile", *mine, "--file", str(file), "--json")
    assert differ.exit_code == 1
    found = json.loads(differ.stdout)["result"]["findings"]
    assert [it["difference"] for it in found] == ["only_theirs", "only_ours", "only_ours"]


def _moscow_day(at: str) -> str:
    return f"{datetime.fromisoformat(at).astimezone(ZoneInfo('Europe/Moscow')):%Y-%m-%d}"


def test_what_cannot_be_used_is_said_in_one_line(tmp_path: Path, database: Path) -> None:
    missing = _wallet("serve", "--database", str(database), "--providers", str(tmp_path / "no"))
    assert missing.exit_code == 2
    assert "No such file" in missing.stderr
    assert missing.stderr.splitlines()[-1].startswith("wallet: ")
