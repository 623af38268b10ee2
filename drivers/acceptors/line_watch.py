"""Whether a device answers at all, whatever it speaks: silence, garbage, a lost port, resets.

Levels become edges here: each trouble is told once until a valid answer comes again. It must never
order anything by itself; the host half decides whether a reset is safe.
"""

from drivers.acceptors.contract import AcceptorEvent, Fault
from drivers.acceptors.faults import FaultNumber


class LineWatch:
    """Times in monotonic seconds.

    Args:
        silent_s: no valid answer for this long is a fault.
        reset_every_s: period of resets of a device that fell silent.
    """

    def __init__(self, *, silent_s: float, reset_every_s: float) -> None:
        self._silent_s = silent_s
        self._reset_every_s = reset_every_s
        self._heard_at: float | None = None
        self._garbage = False
        self._silence_told = False
        self._port_told = False
        self._reset_at = 0.0
        self._raw = ""
        self.ever_heard = False
        """A valid answer came since this life began."""

    def heard(self, now: float) -> None:
        """A valid answer came."""
        self._heard_at = now
        self.ever_heard = True
        self._garbage = self._silence_told = self._port_told = False
        self._raw = ""

    def no_answer(self, *, garbage: bool, raw: str = "") -> None:
        """All tries of a request were in vain; `raw` says for the log what came instead."""
        self._garbage |= garbage
        self._raw = raw or self._raw

    def silence(self, now: float) -> list[AcceptorEvent]:
        """A fault, once, when no valid answer came for too long."""
        if self._silence_told or self.silent_for(now) < self._silent_s:
            return []
        self._silence_told = True
        self._reset_at = now
        number = FaultNumber.LINE_GARBAGE if self._garbage else FaultNumber.NOT_ANSWERING
        return [Fault(number=number, raw=self._raw)]

    def silent_for(self, now: float) -> float:
        """Seconds since the last valid answer, or since the line was opened."""
        if self._heard_at is None:
            self._heard_at = now
        return now - self._heard_at

    def reset_is_due(self, now: float) -> bool:
        """The device is silent, and the last reset was long enough ago."""
        return self._silence_told and now >= self._reset_at

    def reset_sent(self, now: float) -> None:
        """A reset is on its way; the next one has to wait."""
        self._reset_at = now + self._reset_every_s

    def opened(self, now: float) -> None:
        """The line is open: silence is counted from here, unless it is already told of."""
        if not self._silence_told:
            self._heard_at = now

    def lost(self) -> list[AcceptorEvent]:
        """The line is gone: a fault, once until a valid answer comes again."""
        if self._port_told:
            return []
        self._port_told = True
        return [Fault(number=FaultNumber.PORT_LOST, raw="")]
