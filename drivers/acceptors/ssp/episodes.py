"""Everything that the device repeats with every poll but that is told upward once: faults, the
cashbox, a note being read, silence.

It must never order anything by itself.
"""

from collections.abc import Set

from drivers.acceptors.contract import (
    AcceptorEvent,
    CassetteIn,
    CassetteOut,
    Fault,
    Validating,
)
from drivers.acceptors.faults import FaultNumber
from drivers.acceptors.ssp.codes import Event
from drivers.acceptors.ssp.meanings import LEVEL_FAULTS, TELLS_NOTHING_OF_CASHBOX
from drivers.acceptors.ssp.poll_answer import PollAnswer, Said
from drivers.acceptors.ssp.timing import HostTiming


class Episodes:
    """Edges out of levels. Times in monotonic seconds."""

    def __init__(self, timing: HostTiming) -> None:
        self._timing = timing
        self._shown: Set[int] = frozenset()
        self._reading = False
        self._cashbox_is_out = False
        self._stacking_since: float | None = None
        self._overdue_told = False
        self._heard_at: float | None = None
        self._garbage = False
        self._silence_told = False
        self._port_told = False
        self._set_up_told: FaultNumber | None = None

    def see(self, answer: PollAnswer, now: float) -> list[AcceptorEvent]:
        """Take one poll answer; returns what is new in it."""
        codes = answer.codes
        events = self._cashbox(codes)
        reading = any(said.code == Event.READ and not said.channel for said in answer.events)
        if reading and not self._reading:
            events.append(Validating())
        self._reading = reading
        events += [self._fault(said) for said in answer.events if self._is_new_fault(said)]
        if answer.unread and 0 not in self._shown:
            # What it says behind the unknown word cannot be known either.
            raw = answer.unread[:8].hex(" ").upper()
            events.append(Fault(number=FaultNumber.DEVICE_FAILURE, raw=raw))
        self._shown = codes | ({0} if answer.unread else set())
        return events + self._overdue(codes, now)

    def _is_new_fault(self, said: Said) -> bool:
        return said.code in LEVEL_FAULTS and said.code not in self._shown

    @staticmethod
    def _fault(said: Said) -> Fault:
        return Fault(number=LEVEL_FAULTS[said.code], raw=said.raw)

    def _cashbox(self, codes: Set[int]) -> list[AcceptorEvent]:
        if Event.CASHBOX_REMOVED in codes:
            if self._cashbox_is_out:
                return []
            self._cashbox_is_out = True
            return [CassetteOut()]
        if self._cashbox_is_out and not codes & TELLS_NOTHING_OF_CASHBOX:
            self._cashbox_is_out = False
            return [CassetteIn()]
        return []

    def _overdue(self, codes: Set[int], now: float) -> list[AcceptorEvent]:
        if Event.STACKING not in codes:
            self._stacking_since, self._overdue_told = None, False
            return []
        if self._stacking_since is None:
            self._stacking_since = now
        if self._overdue_told or now - self._stacking_since < self._timing.stacking_s:
            return []
        self._overdue_told = True
        return [Fault(number=FaultNumber.STACKING_OVERDUE, raw="CC")]

    # --- the line -------------------------------------------------------------------------------

    def heard(self, now: float) -> None:
        """A valid answer came."""
        self._heard_at = now
        self._garbage = self._silence_told = self._port_told = False

    def no_answer(self, *, garbage: bool) -> None:
        """All tries of a packet were in vain."""
        self._garbage |= garbage

    def silence(self, now: float) -> list[AcceptorEvent]:
        """A fault, once, when no valid answer came for too long."""
        if self._heard_at is None:
            self._heard_at = now
        due = self.silence_due()
        if due is None or now < due:  # A difference may round to less than its own deadline.
            return []
        self._silence_told = True
        self._shown = frozenset()
        number = FaultNumber.LINE_GARBAGE if self._garbage else FaultNumber.NOT_ANSWERING
        return [Fault(number=number, raw="")]

    def silence_due(self) -> float | None:
        """When `silence` may have something to tell."""
        if self._silence_told or self._heard_at is None:
            return None
        return self._heard_at + self._timing.silent_s

    def line_opened(self, now: float) -> None:
        """Silence is counted from here."""
        self._heard_at = now

    def line_lost(self) -> list[AcceptorEvent]:
        """A fault, once until a valid answer comes again."""
        self._shown = frozenset()
        if self._port_told:
            return []
        self._port_told = True
        return [Fault(number=FaultNumber.PORT_LOST, raw="")]

    # --- set-up ---------------------------------------------------------------------------------

    def set_up_fault(self, number: FaultNumber, raw: str = "") -> list[AcceptorEvent]:
        """A fault, once until the device is ready."""
        if self._set_up_told is number:
            return []
        self._set_up_told = number
        return [Fault(number=number, raw=raw)]

    @property
    def is_told_of_set_up(self) -> bool:
        """A fault of `set_up_fault` was told and is not over yet."""
        return self._set_up_told is not None

    def all_well(self) -> None:
        """The device is ready: the next trouble is a new one."""
        self._set_up_told = None
