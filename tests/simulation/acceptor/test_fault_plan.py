"""Faults that happen by themselves: the file, and when each of them is due."""

from pathlib import Path

import pytest

from drivers.acceptors.device_half.phases import Phase
from simulation.acceptor.fault_plan import FaultPlanError, FaultSchedule, read_fault_plan

PLAN = """
faults:
  - {do: lose answer 2, at: 5}
  - {do: flip bit, every: 10}
  - {do: power cut, when: stacking, after: 0.5}
  - {do: lose ack, when: escrow, times: 2}
"""


def schedule(tmp_path: Path, text: str = PLAN) -> FaultSchedule:
    (tmp_path / "faults.yaml").write_text(text, encoding="utf-8")
    return FaultSchedule(read_fault_plan(tmp_path / "faults.yaml"), start=100.0)


def test_moments_and_periods(tmp_path: Path) -> None:
    due = schedule(tmp_path)
    assert due.next_deadline() == 105.0
    assert due.take_due(104.9, Phase.IDLING) == []
    assert due.take_due(105.0, Phase.IDLING) == ["lose answer 2"]
    assert due.take_due(121.0, Phase.IDLING) == ["flip bit"]
    assert due.take_due(121.0, Phase.IDLING) == ["flip bit"]
    assert due.next_deadline() == 130.0


def test_phases_count_once_for_each_time_they_begin(tmp_path: Path) -> None:
    due = schedule(tmp_path)
    assert due.take_due(100.0, Phase.ESCROW) == ["lose ack"]
    assert due.take_due(100.1, Phase.ESCROW) == []
    assert due.take_due(100.2, Phase.STACKING) == []
    assert due.take_due(100.7, Phase.STACKING) == ["power cut"]
    assert due.take_due(101.0, Phase.ESCROW) == ["lose ack"]
    assert due.take_due(101.1, Phase.STACKING) == []
    assert due.take_due(101.9, Phase.ESCROW) == []


def test_the_same_in_toml(tmp_path: Path) -> None:
    file = tmp_path / "faults.toml"
    file.write_text('[[faults]]\ndo = "jam"\nat = 1\n', encoding="utf-8")
    (fault,) = read_fault_plan(file)
    assert (fault.do, fault.at) == ("jam", 1)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("faults: [{do: jam}]", "say one of at, every, when"),
        ("faults: [{do: jam, at: 1, every: 2}]", "say one of at, every, when"),
        ("faults: [{do: jam, when: dancing}]", "faults.0.when"),
        ("nothing: 1", "faults"),
        ("{", "faults.yaml"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(FaultPlanError, match=why):
        schedule(tmp_path, text)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FaultPlanError, match=r"nowhere\.yaml"):
        read_fault_plan(tmp_path / "nowhere.yaml")
