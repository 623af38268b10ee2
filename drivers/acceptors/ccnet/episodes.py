"""Everything that the device repeats with every poll but that is told upward once: faults, rejects,
the cassette, silence.

Also keeps the clock of resets. It must never order anything by itself; the host decides whether a
reset is safe.
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
        self._heard_at: float | None = None
        self._ever_heard = False
        self._garbage = False
        self._silence_told = False
        self._port_told = False
        self._set_up_told: FaultNumber | None = None
        self._reset_at = 0.0
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

    # --- the line -------------------------------------------------------------------------------

    def heard(self, now: float) -> None:
        """A valid answer came."""
        self._heard_at = now
        self._ever_heard = True
        self._garbage = self._silence_told = self._port_told = False

    def no_answer(self, *, garbage: bool) -> None:
        """All tries of a request were in vain."""
        self._garbage |= garbage

    def silence(self, now: float) -> list[AcceptorEvent]:
        """A fault, once, when no valid answer came for too long."""
        if self._heard_at is None:
            self._heard_at = now
        if self._silence_told or now - self._heard_at < self._timing.silent_s:
            return []
        self._silence_told = True
        self._shown = None
        self._reset_at = now
        number = FaultNumber.LINE_GARBAGE if self._garbage else FaultNumber.NOT_ANSWERING
        return [Fault(number=number, raw="")]

    def wants_reset(self, now: float) -> bool:
        """A device that fell silent is reset now and then; one never heard is only asked."""
        return self._silence_told and self._ever_heard and now >= self._reset_at

    def reset_sent(self, now: float) -> None:
        """A reset is on its way; the next one has to wait."""
        self._reset_at = now + self._timing.reset_every_s

    def line_opened(self, now: float) -> None:
        """Silence is counted from here."""
        self._heard_at = now

    def line_lost(self) -> list[AcceptorEvent]:
        """A fault, once until a valid answer comes again."""
        self._shown = None
        if self._port_told:
            return []
        self._port_told = True
        return [Fault(number=FaultNumber.PORT_LOST, raw="")]

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
