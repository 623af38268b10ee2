"""What lasts: silence, told once, at the very moment that was foretold."""

from hypothesis import given
from hypothesis import strategies as st

from drivers.acceptors.ssp.episodes import Episodes
from drivers.acceptors.ssp.timing import HostTiming


@given(heard_at=st.floats(0.0, 1e7), silent_s=st.floats(0.1, 60.0))
def test_silence_is_told_once_and_when_it_was_foretold(heard_at, silent_s):
    episodes = Episodes(HostTiming(silent_s=silent_s))
    episodes.line_opened(heard_at)
    due = episodes.silence_due()
    assert due is not None
    assert len(episodes.silence(due)) == 1
    assert episodes.silence_due() is None
    assert episodes.silence(due + 1.0) == []
