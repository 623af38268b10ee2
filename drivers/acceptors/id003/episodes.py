"""Everything that the device repeats with every poll but that is told upward once: faults, rejects,
the stacker, what keeps set-up from ending.

It must never order anything by itself; the host decides whether a reset is safe.
"""

from typing import Final

from drivers.acceptors.contract import (
    AcceptorEvent,
    CassetteIn,
    CassetteOut,
    Fault,
    Rejected,
    Validating,
)
from drivers.acceptors.faults import FaultNumber
from drivers.acceptors.id003.codes import POWER_UPS, Status
from drivers.acceptors.id003.meanings import fault_number, raw_text, reject_reason
from drivers.acceptors.id003.timing import HostTiming

SAYS_NOTHING_OF_STACKER: Final = POWER_UPS | {Status.INITIALIZE, Status.STACKER_OPEN}


class Episodes:
    """Edges out of levels. Times in monotonic seconds."""

    def __init__(self, timing: HostTiming) -> None:
        self._timing = timing
        self._shown: tuple[Status, int | None] | None = None
        self._since = 0.0
        self._overdue_told = False
        self._stacker_is_out = False
        self._set_up_told: FaultNumber | None = None
        self._failure_resets = 0

    def see(
        self, status: Status, detail: int | None, now: float, *, from_escrow: bool
    ) -> list[AcceptorEvent]:
        """Take one answer to a poll; returns what is new in it.

        `from_escrow`: what is rejected now was in escrow before, so its end is told as such.
        """
        events = self._stacker(status)
        if (status, detail) == self._shown:
            return events
        self._shown = (status, detail)
        self._since = now
        self._overdue_told = False
        raw = raw_text(status, detail)
        if status is Status.ACCEPTING:
            events.append(Validating())
        elif status is Status.REJECTING and not from_escrow:
            events.append(Rejected(reason=reject_reason(detail or 0), raw=raw))
        elif number := fault_number(status, detail):
            events.append(Fault(number=number, raw=raw))
        return events

    def forget(self) -> None:
        """The device was out of hearing: what it says next is new."""
        self._shown = None

    def _stacker(self, status: Status) -> list[AcceptorEvent]:
        if status is Status.STACKER_OPEN and not self._stacker_is_out:
            self._stacker_is_out = True
            return [CassetteOut()]
        if self._stacker_is_out and status not in SAYS_NOTHING_OF_STACKER:
            self._stacker_is_out = False
            return [CassetteIn()]
        return []

    def shown_for(self, status: Status, now: float) -> float:
        """Seconds for which the device has been in this state."""
        return now - self._since if self._shown and self._shown[0] is status else 0.0

    def is_stacking_overdue(self, now: float) -> bool:
        """True once for a note that is being stacked for too long."""
        overdue = self.shown_for(Status.STACKING, now) >= self._timing.stacking_s
        is_new = overdue and not self._overdue_told
        self._overdue_told |= is_new
        return is_new

    # --- set-up and failures ----------------------------------------------------------------------

    def set_up_fault(self, number: FaultNumber) -> list[AcceptorEvent]:
        """A fault, once until the device is ready."""
        if self._set_up_told is number:
            return []
        self._set_up_told = number
        return [Fault(number=number, raw="")]

    @property
    def is_told_of_set_up(self) -> bool:
        """A fault of `set_up_fault` was told and is not over yet."""
        return self._set_up_told is not None

    def failure_wants_reset(self, now: float) -> bool:
        """A failure is answered with a few resets, further and further apart."""
        pauses = self._timing.failure_resets_s
        done = self._failure_resets
        if done >= len(pauses) or self.shown_for(Status.FAILURE, now) < pauses[done]:
            return False
        self._failure_resets += 1
        return True

    def all_well(self) -> None:
        """The device is ready: the next trouble is a new one."""
        self._set_up_told = None
        self._failure_resets = 0
