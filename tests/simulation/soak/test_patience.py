"""What changes is waited for; what stands still is given up."""

from simulation.soak.patience import Patience


def test_what_stands_still_is_given_up():
    patience = Patience(10.0, at_most_s=1000.0, now=100.0)
    assert not patience.is_over("3 payments wait", 100.0)
    assert not patience.is_over("3 payments wait", 109.0)
    assert patience.is_over("3 payments wait", 110.0)


def test_what_changes_is_waited_for_but_not_for_ever():
    patience = Patience(10.0, at_most_s=50.0, now=0.0)
    for waiting in range(5):
        assert not patience.is_over(waiting, 9.0 * (waiting + 1))
    assert patience.is_over("something else", 50.0)
