"""No logs while worlds are simulated."""

import pytest

from simulation.proof.quiet import no_logs


@pytest.fixture(autouse=True)
def _quiet():
    with no_logs():
        yield
