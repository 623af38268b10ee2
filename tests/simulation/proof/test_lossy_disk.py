"""Whole runs on a disk that loses and tears what was not synced."""

from types import ModuleType

import pytest
import typer
from typer.testing import CliRunner

from kiosk.cli.simulate import simulate
from simulation.power_cut import sqlite_library
from simulation.power_cut.sqlite_library import NoSqliteLibraryError, library
from simulation.proof.plan import DiskKind, Plan
from simulation.proof.run import run

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(autouse=True)
def _lossy():
    try:
        library()
    except NoSqliteLibraryError as error:
        pytest.skip(f"NOT PROVED HERE: {error}")


def test_healthy_terminal_breaks_no_law():
    lost = 0
    for seed in range(1, 13):
        result = run(Plan(seed=seed, disk=DiskKind.LOSSY))
        told = "\n".join(str(violation) for violation in result.violations)
        assert result.ok, f"kiosk simulate --disk lossy --replay {seed}\n{told}"
        lost += sum(" disk " in line for line in result.history)
    assert lost > 3


def test_same_plan_gives_the_same_history_to_the_byte():
    plan = Plan(seed=2, disk=DiskKind.LOSSY)
    first = run(plan)
    assert first == run(plan)
    assert any(" disk " in line for line in first.history)


def test_a_python_with_sqlite_built_in_is_told_so(monkeypatch):
    monkeypatch.setattr(sqlite_library, "_sqlite3", ModuleType("built_in"))
    library.cache_clear()
    application = typer.Typer()
    application.command()(simulate)
    done = CliRunner().invoke(application, ["--runs", "1", "--disk", "lossy"])
    library.cache_clear()
    assert done.exit_code == 1
    assert "sqlite3 module" in done.stderr
