"""What is going to happen: actions with their moments, in one order that is always the same."""

import heapq
from collections.abc import Callable

Action = Callable[[], None]


class Agenda:
    """Actions by simulated second; those of one moment in the order in which they were planned."""

    def __init__(self) -> None:
        # The number of the planned action comes before the action itself, which has no order.
        self._entries: list[tuple[float, int, Action]] = []
        self._planned = 0

    def plan(self, at: float, action: Action) -> None:
        """Let `action` happen at this moment."""
        self._planned += 1
        heapq.heappush(self._entries, (at, self._planned, action))

    def next_at(self) -> float | None:
        """When something happens next; None when nothing is planned."""
        return self._entries[0][0] if self._entries else None

    def take_due(self, now: float) -> Action | None:
        """The next action that is due; None when there is none yet."""
        if self._entries and self._entries[0][0] <= now:
            return heapq.heappop(self._entries)[2]
        return None
