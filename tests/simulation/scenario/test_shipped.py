"""Whole payments on the real thing: real window, real bytes on pseudo-terminals, real backend."""

import json

import pytest

from offline_queue.journal import ChainKey
from offline_queue.journal.verify import verify
from simulation.scenario.player import play
from simulation.scenario.steps import load_scenario, shipped_names

QUICK = (
    "first-payment",
    "five-percent",
    "offline-payment",
    "over-the-maximum",
    "power-cut-while-stacking",
    "time-out-with-money",
)
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
    secret = bytes.fromhex((tmp_path / "journal.key").read_text().strip())
    verdict = verify(tmp_path / "journal.db", ChainKey(secret))
    assert verdict.ok, verdict.findings
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
