"""Which states of a CCNET device are rest, and for how long it has been in them.

What is not told after some rest will not be told any more (facts sheet ccnet section 8.3). Times in
monotonic seconds. It must never decide what that means for a note.
"""

from typing import Final

from drivers.acceptors.ccnet.codes import State

AT_REST: Final = frozenset(
    {State.IDLING, State.UNIT_DISABLED, State.ACCEPTING, State.REJECTING, State.CHEATED}
)
"""States in which no earlier note can be in the device's way."""
JAMS: Final = frozenset({State.VALIDATOR_JAMMED, State.CASSETTE_JAMMED, State.FAILURE})
FAILED: Final = JAMS | {State.CASSETTE_FULL, State.CASSETTE_OUT}
"""States in which nothing moves either, but where an earlier note may be in the way."""


class Rest:
    """Since when nothing moves."""

    def __init__(self) -> None:
        self._since: float | None = None

    def see(self, state: State, now: float) -> None:
        """Take one state of the device."""
        if state not in AT_REST and state not in FAILED:
            self._since = None
        elif self._since is None:
            self._since = now

    def over(self) -> None:
        """Something moved: what rest there was tells nothing any more."""
        self._since = None

    def has_lasted(self, now: float, grace_s: float) -> bool:
        """True when nothing has moved for so long."""
        return self._since is not None and now - self._since >= grace_s
