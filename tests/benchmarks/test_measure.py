"""How times become ratios."""

import pytest

from benchmarks.measure import Pair, compare, in_turns


def ratios(*pairs):
    return compare("a.b", "what", "bare", [Pair(subject, bare) for subject, bare in pairs])


def test_the_ratio_is_that_of_the_medians():
    found = ratios(((3.0, 2.0, 100.0), (1.0, 9.0, 1.0)))
    assert found.median == found.lowest == found.highest == 3.0
    assert (found.n, found.repetitions) == (3, 1)


def test_a_repetition_that_went_wrong_moves_the_bounds_and_not_the_middle():
    found = ratios(((2.0,), (1.0,)), ((2.0,), (1.0,)), ((40.0,), (1.0,)))
    assert (found.lowest, found.median, found.highest) == (2.0, 2.0, 40.0)


def test_the_99th_percentile_is_told_only_when_there_are_enough_calls():
    assert ratios(((1.0,) * 199, (1.0,) * 199)).p99 is None
    subject = (1.0,) * 197 + (6.0,) * 3
    assert ratios((subject, (2.0,) * 200)).p99 == 3.0


@pytest.mark.parametrize("pairs", [(), (((), (1.0,)),), (((1.0,), ()),)])
def test_nothing_measured_is_no_ratio(pairs):
    with pytest.raises(ValueError, match="nothing was measured"):
        ratios(*pairs)


def test_both_sides_take_turns_and_take_turns_in_going_first():
    calls = []
    pairs = in_turns(
        lambda: calls.append("us"), lambda: calls.append("bare"), rounds=4, repetitions=2
    )
    assert calls == ["bare", "us", "us", "bare"] * 4
    assert [(len(pair.subject), len(pair.baseline)) for pair in pairs] == [(4, 4), (4, 4)]
