"""The device's counter of stacked notes as far as it is known, and the note it is to decide about.

Facts sheet ccnet section 8.3 rule 4; the rule itself stands in `recount`. It must never decide about
more than one note at a time, and never keep a value that may be one short.
"""

from drivers.acceptors.ccnet.cycle import Cycle, Stage
from drivers.acceptors.ccnet.recount import ASKED_AT_MOST, COUNTER_SIZE, by_counter
from drivers.acceptors.contract import ReturnReason


class StackCounter:
    """Kept in step with every note that is stacked."""

    def __init__(self) -> None:
        self._doubtful: Cycle | None = None
        self._asked = 0
        self.value: int | None = None
        """What the device would tell now, None while not known."""

    @property
    def is_wanted(self) -> bool:
        """A note is in doubt: the device is to be asked as soon as it is at rest."""
        return self._doubtful is not None

    def stacked(self, cycle: Cycle) -> None:
        """This note went into the cassette; a disputed one may be counted already."""
        if self.value is not None and cycle.stage is not Stage.DISPUTED:
            self.value = (self.value + 1) % COUNTER_SIZE
        cycle.count_after = self.value

    def may_decide(self, cycle: Cycle) -> bool:
        """Take a note that is in doubt; False where there is nothing to compare a counter with."""
        if cycle.count_before is None:
            return False
        if self._doubtful is None:
            self._doubtful, self._asked = cycle, 0
        return True

    def answered(self, count: int | None) -> Cycle | None:
        """What the device says at rest, None when it did not say it; the note that ended by that."""
        if self._doubtful is None:
            return None
        self._asked += 1
        if count is None:
            return self.refused() if self._asked >= ASKED_AT_MOST else None
        cycle, self._doubtful, self.value = self._doubtful, None, count
        if cycle.stage is not Stage.OPEN:
            return None
        cycle.remember(f"counter {cycle.count_before}, at rest {count}")
        cycle.stage = by_counter(cycle.count_before, count, failed=cycle.failed)
        cycle.acknowledged = True  # The device waits for no word about it.
        if cycle.stage is Stage.STACKED:
            cycle.count_after = count
        elif cycle.stage is Stage.RETURNED:
            cycle.why = ReturnReason.DEVICE
        return cycle

    def refused(self) -> Cycle | None:
        """The device does not tell its counter; the note that is disputed by that."""
        if self._doubtful is None:
            return None
        cycle, self._doubtful = self._doubtful, None
        # What was counted so far may be one short: nothing may be compared with it any more.
        self.value = None
        if cycle.stage is not Stage.OPEN:
            return None
        cycle.stage = Stage.DISPUTED
        return cycle
