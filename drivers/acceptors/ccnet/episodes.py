"""Everything that the device repeats with every poll but that is told upward once: faults, rejects,
the cassette, what keeps set-up from ending.

It must never order anything by itself; the host decides whether a reset is safe.
"""

from typing import Final

from drivers.acceptors.ccnet.codes import POWER_UPS, State
from drivers.acceptors.ccnet.meanings import fault_number, raw_text, reject_reason
from drivers.acceptors.ccnet.timing import HostTiming
from drivers.acceptors.contract import (
    AcceptorEvent,
    CassetteIn,
    CassetteOut,
    Fault,
    Rejected,
    Validating,
)
from drivers.acceptors.faults import FaultNumber

SAYS_NOTHING_OF_CASSETTE: Final = POWER_UPS | {State.INITIALIZE, State.CASSETTE_OUT}


class Episodes:
    """Edges out of levels. Times in monotonic seconds."""

    def __init__(self, timing: HostTiming) -> None:
        self._timing = timing
        self._shown: tuple[State, int | None] | None = None
        self._since = 0.0
        self._overdue_told = False
        self._cassette_is_out = False
        self._set_up_told: FaultNumber | None = None
        self._failure_resets = 0

    def see(self, state: State, detail: int | None, now: float) -> list[AcceptorEvent]:
        """Take one POLL answer; returns what is new in it."""
        events = self._cassette(state)
        if (state, detail) == self._shown:
            return events
        self._shown = (state, detail)
        self._since = now
        self._overdue_told = False
        raw = raw_text(state, detail)
        if state is State.ACCEPTING:
            events.append(Validating())
        elif state is State.REJECTING:
            events.append(Rejected(reason=reject_reason(detail or 0), raw=raw))
        elif number := fault_number(state, detail or 0):
            events.append(Fault(number=number, raw=raw))
        return events

    def forget(self) -> None:
        """The device was out of hearing: what it says next is new."""
        self._shown = None

    def _cassette(self, state: State) -> list[AcceptorEvent]:
        if state is State.CASSETTE_OUT and not self._cassette_is_out:
            self._cassette_is_out = True
            return [CassetteOut()]
        if self._cassette_is_out and state not in SAYS_NOTHING_OF_CASSETTE:
            self._cassette_is_out = False
            return [CassetteIn()]
        return []

    def is_stacking_overdue(self, now: float) -> bool:
        """True once for a note that is being stacked for too long."""
        stacking = self._shown == (State.STACKING, None) and not self._overdue_told
        self._overdue_told |= stacking and now - self._since >= self._timing.stacking_s
        return stacking and self._overdue_told

    # --- set-up and failures --------------------------------------------------------------------

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
        if self._failure_resets >= len(pauses) or now - self._since < pauses[self._failure_resets]:
            return False
        self._failure_resets += 1
        return True

    def all_well(self) -> None:
        """The device is ready: the next trouble is a new one."""
        self._set_up_told = None
        self._failure_resets = 0
