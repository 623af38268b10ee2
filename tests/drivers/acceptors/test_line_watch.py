"""Silence, garbage and lost ports become faults, once each."""

from drivers.acceptors.contract import Fault
from drivers.acceptors.faults import FaultNumber
from drivers.acceptors.line_watch import LineWatch


def watch() -> LineWatch:
    return LineWatch(silent_s=5.0, reset_every_s=10.0)


def fault(number: FaultNumber, raw: str = "") -> list[Fault]:
    return [Fault(number=number, raw=raw)]


def test_silence_is_told_once_and_again_after_an_answer() -> None:
    line = watch()
    line.opened(100.0)
    assert line.silence(104.9) == []
    assert line.silence(105.0) == fault(FaultNumber.NOT_ANSWERING)
    assert line.silence(200.0) == []
    line.heard(200.0)
    assert line.silence(204.0) == []
    assert line.silence(205.0) == fault(FaultNumber.NOT_ANSWERING)


def test_garbage_is_another_fault_and_what_came_goes_to_the_log() -> None:
    line = watch()
    line.heard(0.0)
    line.no_answer(garbage=True)
    line.no_answer(garbage=False)
    assert line.silence(5.0) == fault(FaultNumber.LINE_GARBAGE)
    line.heard(6.0)
    line.no_answer(garbage=False, raw="echo")
    assert line.silence(11.0) == fault(FaultNumber.NOT_ANSWERING, "echo")


def test_resets_are_due_only_in_a_silence_that_was_told_and_in_their_period() -> None:
    line = watch()
    line.heard(0.0)
    assert not line.reset_is_due(4.0)
    line.silence(5.0)
    assert line.reset_is_due(5.0)
    line.reset_sent(5.0)
    assert not line.reset_is_due(14.9)
    assert line.reset_is_due(15.0)
    line.heard(16.0)
    assert not line.reset_is_due(30.0)


def test_a_lost_port_is_told_once_until_a_valid_answer() -> None:
    line = watch()
    assert line.lost() == fault(FaultNumber.PORT_LOST)
    assert line.lost() == []
    line.opened(0.0)
    assert line.lost() == []
    line.heard(1.0)
    assert line.lost() == fault(FaultNumber.PORT_LOST)


def test_reopening_does_not_shorten_a_silence_that_was_told() -> None:
    line = watch()
    line.opened(0.0)
    line.silence(5.0)
    line.opened(30.0)
    assert line.silent_for(40.0) == 40.0
    assert not line.ever_heard
