"""A wait that says when it ends: from when on, which numbers, and when to look again."""

import pytest

from kiosk.session.patience import waiting

WAIT = waiting(160.0, whole_s=60.0, last_s=20.0)


@pytest.mark.parametrize(
    ("now", "left"), [(100.0, None), (139.9, None), (140.0, 20), (140.5, 20), (159.1, 1), (161, 0)]
)
def test_only_the_last_seconds_are_shown(now, left):
    assert WAIT.seconds_left(now) == left


def test_a_short_wait_is_not_all_question():
    assert waiting(106.0, whole_s=6.0, last_s=20.0).shown_from == 103.0


def test_each_second_is_looked_at_once_and_the_end_is_not_missed():
    now, seen = 100.0, []
    while now < WAIT.until:
        now = WAIT.next_look(now)
        seen.append(WAIT.seconds_left(now))
    assert seen == [*range(20, -1, -1)]
