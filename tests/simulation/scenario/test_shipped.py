"""Whole payments on the real thing: real window, real bytes on pseudo-terminals, real backend."""

import json
import sqlite3

import pytest

from simulation.demo.stand import Stand
from simulation.scenario.player import play
from simulation.scenario.steps import load_scenario, shipped_names

QUICK = ("five-percent", "offline-payment", "power-cut-while-stacking")
"""Played on every test run; the others take longer and are played by `scripts/scenarios`."""


def ends_of_logs(folder):
    """What a person would look at next."""
    for log in sorted((folder / "stand").glob("*.log")):
        yield f"--- {log.name}"
        yield from log.read_text(encoding="utf-8").splitlines()[-15:]


@pytest.mark.timeout(240)
@pytest.mark.parametrize("name", QUICK)
def test_a_shipped_scenario_holds(name, tmp_path):
    said = []
    outcome = play(load_scenario(name), tmp_path, said.append)
    assert outcome.ok, "\n".join([*said, *ends_of_logs(tmp_path)])
    summary = json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))
    assert summary["ok"]
    assert summary["cash_by_journal_minor"] == summary["cash_in_cassette_minor"]
    assert list(tmp_path.glob("screen-*.png"))
    for payment in outcome.payments:
        if payment.receipt == "printed":
            slip = (tmp_path / f"receipt-{payment.receipt_number}.txt").read_text(encoding="utf-8")
            assert "8-800-707-77-59" in slip
            assert (tmp_path / f"receipt-{payment.receipt_number}.bin").stat().st_size > 0
            assert (tmp_path / f"receipt-{payment.receipt_number}.png").stat().st_size > 0
    assert summary["terminal_exit_code"] == 0
    assert summary["journal_findings"] == summary["acceptor_violations"] == []
    log = (tmp_path / "stand" / "terminal.log").read_text(encoding="utf-8")
    assert not any(payment.account in log for payment in outcome.payments)


@pytest.mark.parametrize("name", shipped_names())
def test_every_shipped_scenario_is_understood(name):
    assert load_scenario(name).steps


@pytest.mark.timeout(120)
def test_an_expectation_that_does_not_hold_fails_the_play(tmp_path):
    scenario = tmp_path / "wrong.yaml"
    scenario.write_text(
        "title: wrong\nsteps:\n- wait_screen: home\n  timeout_s: 30\n"
        "- expect_payments: 1\n  timeout_s: 1\n- touch: about\n",
        encoding="utf-8",
    )
    said = []
    outcome = play(load_scenario(str(scenario)), tmp_path / "out", said.append)
    assert not outcome.ok
    assert "step 2" in outcome.failure
    assert not any("about" in line for line in said)


HOME = "title: home\nsteps:\n- wait_screen: home\n  timeout_s: 30\n"


def played(tmp_path, text):
    scenario = tmp_path / "short.yaml"
    scenario.write_text(text, encoding="utf-8")
    outcome = play(load_scenario(str(scenario)), tmp_path / "out", lambda _: None)
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert summary["ok"] is outcome.ok
    assert summary["failure"] == outcome.failure
    return outcome


@pytest.mark.timeout(120)
def test_a_changed_journal_row_is_a_failure_though_every_step_held(tmp_path, monkeypatch):
    stop = Stand.stop_terminal

    def stop_and_forge(stand):
        code = stop(stand)
        with sqlite3.connect(stand.paths.journal) as connection:
            connection.execute("UPDATE record SET at = replace(at, 'T', ' ') WHERE seq = 1")
        connection.close()
        return code

    monkeypatch.setattr(Stand, "stop_terminal", stop_and_forge)
    outcome = played(tmp_path, HOME)
    assert not outcome.ok
    assert outcome.failure == (
        "the journal does not verify: changed, or put in another place (record 1)"
    )


@pytest.mark.timeout(120)
def test_a_terminal_without_power_at_the_end_has_no_exit_code(tmp_path):
    assert played(tmp_path, f"{HOME}- power: cut\n").ok


@pytest.mark.timeout(120)
def test_an_acceptor_that_is_gone_at_the_end_is_named(tmp_path):
    outcome = played(tmp_path, f"{HOME}- acceptor: unplug\n")
    assert "the acceptor does not say what is in its cassette" in outcome.failure
