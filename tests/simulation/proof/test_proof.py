"""The harness itself: healthy runs break no law, runs repeat to the byte, failing ones shrink."""

import json
import os
import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

from kiosk.cli.simulate import simulate
from offline_queue.journal.audit import AuditWork
from offline_queue.journal.snapshot import SnapshotWork
from simulation.acceptor.protocols import ProtocolName
from simulation.proof.plan import FaultKind, Mutant, Plan
from simulation.proof.run import run
from simulation.proof.shrink import shrink

REPLAY = """
from simulation.proof.plan import Plan
from simulation.proof.report import replay
replay(Plan(seed=4), as_json=False)
"""


def told(result):
    return "\n".join(str(violation) for violation in result.violations)


@pytest.mark.parametrize("protocol", list(ProtocolName))
@pytest.mark.parametrize("first", range(1, 61, 15))
def test_healthy_terminal_breaks_no_law(first, protocol):
    notes = 0
    for seed in range(first, first + 5):
        result = run(Plan(seed=seed, protocol=protocol), keeps_history=False)
        again = f"kiosk simulate --protocol {protocol} --replay {seed}"
        assert result.ok, f"{again}\n{told(result)}"
        notes += result.counts.notes
    assert notes > 10


@pytest.mark.parametrize(
    ("seed", "protocol"),
    [
        pytest.param(5165, "ssp", id="a short jam holds a note before the order to stack"),
        pytest.param(20203, "id003", id="a note stacked after its dispute, as the last event"),
        pytest.param(5287, "id003", id="a jam before anybody heard that the note went back"),
    ],
)
def test_what_a_run_has_found_once_does_not_come_back(seed, protocol):
    result = run(Plan(seed=seed, protocol=protocol), keeps_history=False)
    assert result.ok, told(result)


def test_without_faults_every_customer_is_served_and_nothing_is_in_doubt():
    result = run(Plan(seed=2, faults=frozenset()))
    assert result.ok, told(result)
    assert result.counts.payments == 5
    assert result.counts.returned == result.counts.disputed == result.counts.suspense == 0


def test_same_plan_gives_the_same_history_to_the_byte():
    first, second = run(Plan(seed=4)), run(Plan(seed=4))
    assert first == second
    assert len(first.history) > 100


def test_another_process_with_another_hash_seed_replays_the_same_bytes():
    outputs = [
        subprocess.run(
            [sys.executable, "-c", REPLAY],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            check=True,
            timeout=50,
        ).stdout
        for hash_seed in ("1", "2")
    ]
    assert outputs[0] == outputs[1]
    assert b"payment_formed" in outputs[0]


def test_a_run_of_which_nobody_keeps_the_history_has_the_same_outcome():
    kept, dropped = run(Plan(seed=4)), run(Plan(seed=4), keeps_history=False)
    assert (kept.counts, kept.violations) == (dropped.counts, dropped.violations)
    assert dropped.history == ()


def test_cash_is_collected_in_the_middle_of_everything():
    found = [run(Plan(seed=seed), keeps_history=False) for seed in range(1, 5)]
    assert sum(result.counts.collections for result in found) > 0


@pytest.mark.parametrize("work", [SnapshotWork, AuditWork])
def test_the_journal_is_tended_while_people_pay(work, monkeypatch):
    finished = []
    step = work.step

    def noted(self):
        done = step(self)
        finished.append(done)
        return done

    monkeypatch.setattr(work, "step", noted)
    for seed in range(1, 21):
        assert run(Plan(seed=seed), keeps_history=False).ok
        if True in finished:
            return
    pytest.fail("in none of these runs was it done to its end")


def test_switching_one_fault_off_leaves_the_draws_of_the_others():
    plan = Plan(seed=9)
    calm = Plan(seed=9, faults=plan.faults - {FaultKind.POWER})
    names = ("trouble", FaultKind.NOISE, 3)
    assert plan.stream(*names).random() == calm.stream(*names).random()


def test_a_failing_run_is_shrunk_and_still_fails_by_the_same_law():
    failed = run(Plan(seed=1, customers=3, mutant=Mutant.RETRY_WITH_A_NEW_NUMBER))
    assert not failed.ok
    shortest = shrink(failed)
    assert failed.violations[0].law in {violation.law for violation in shortest.violations}
    assert len(shortest.plan.present) == 1
    assert len(shortest.plan.faults) <= 2


def command(*arguments):
    application = typer.Typer()
    application.command()(simulate)
    return CliRunner().invoke(application, ["--runs", "1", "--json", *arguments])


def test_the_command_tells_of_a_broken_law_by_its_exit_code():
    good = command("--customers", "1")
    assert good.exit_code == 0
    told = json.loads(good.stdout)
    assert told["failed"] == []
    assert {"notes", "payments", "cuts", "disputed", "suspense", "wall_s", "runs_per_s"} <= set(
        told
    )
    assert command("--protocol", "morse").exit_code == 2
    bad = command("--no-shrink", "--protocol", "ccnet", "--mutant", "no-deduplication")
    assert bad.exit_code == 1
    assert json.loads(bad.stdout)["shortest"]["violations"]


def test_the_command_prints_the_history_of_a_replay():
    done = command("--replay", "1", "--customers", "1", "--without", "power")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["history"]
