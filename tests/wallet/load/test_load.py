"""`wallet load`: a small fleet on a server of its own, and hosts that it refuses."""

import json

import pytest
from typer.testing import CliRunner

from wallet.cli import app
from wallet.load.check import stored_of
from wallet.load.figures import percentile_ms
from wallet.load.fleet import make_fleet
from wallet.storage.database import open_for_writing


@pytest.fixture(autouse=True)
def _logging_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wallet.load.commands.log_json", lambda: None)


def run(*arguments: str):
    return CliRunner().invoke(app, ["load", *arguments])


def test_every_payment_of_the_load_is_in_the_books_once(database) -> None:
    plan = ("--terminals", "5", "--rate", "10", "--duration", "2", "--heartbeat", "2")
    result = run(*plan, "--batch", "2", "--polls", "1", "--database", str(database), "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout[result.stdout.index("{") :])
    assert told["findings"] == []
    paid = told["payments"]
    assert paid["sent"] == paid["answered"] == paid["stored"] > 0
    assert told["requests"]["heartbeat"]["answered"] == 5
    assert told["server"]["core_share"] > 0
    assert told["server"]["ms_a_request"] > 0


@pytest.mark.parametrize("url", ["http://10.0.0.1:8080", "https://wallet.example.org", "x"])
def test_load_is_put_on_this_machine_alone(url: str, database) -> None:
    result = run("--url", url, "--database", str(database))
    assert (result.exit_code, "this machine alone" in result.stderr) == (2, True)
    assert not database.exists()


def test_the_check_finds_what_is_missing_and_what_is_strange(database, store, make_payment) -> None:
    engine = open_for_writing(database.with_name("other.db"))
    (one,) = make_fleet(engine, 1)
    one.sent, one.answered = 1, {1}
    assert stored_of(engine, [one])[1] == [f"{one.terminal_id} 1: answered for and not stored"]
    engine.dispose()
    store.take(one.terminal_id, [make_payment(2)])
    one.answered = set()
    assert stored_of(store._engine, [one])[1] == [f"{one.terminal_id} 2: stored and never sent"]


def test_percentiles() -> None:
    seconds = [number / 1000 for number in range(1, 101)]
    assert [percentile_ms(seconds, share) for share in (50, 99, 100)] == [50.0, 99.0, 100.0]
    assert percentile_ms([], 50) is None
