"""What the terminal wants accepted, and what the device is known to accept.

Facts sheet ssp sections 5 and 9: a mask of channels (1 is accepted) and one switch for all of them.
Neither is changed while a note is inside, for which the sheet does not say what happens.
"""

from collections.abc import Set

from drivers.acceptors.contract import AcceptorEvent, Disabled, Enabled, Note
from drivers.acceptors.ssp.codes import CHANNELS_IN_TWO_BYTES, Command, Event
from drivers.acceptors.ssp.link import Request

DISABLE = Request(command=Command.DISABLE)
ENABLE = Request(command=Command.ENABLE)


def inhibits(mask: int, channels: int) -> Request:
    """Bit 0 is channel 1; two bytes, more for a device with more than 16 channels."""
    size = 2 if channels <= CHANNELS_IN_TWO_BYTES else (channels + 7) // 8
    return Request(command=Command.SET_INHIBITS, data=mask.to_bytes(size, "little"))


class Acceptance:
    """Wish and reality of accepting. The wish lasts from `accept` to `stop`, through faults too."""

    def __init__(self) -> None:
        self.wanted: frozenset[Note] = frozenset()
        self._asked: int | None = None
        self._mask: int | None = None
        self._announced = False
        self._stop_due = False
        self._open_by: float | None = None

    def accept(self, denominations: frozenset[Note]) -> None:
        """Want these notes; each call is answered with `Enabled`."""
        self.wanted = denominations
        self._announced = False
        self._stop_due = not denominations

    def stop(self) -> None:
        """Want nothing; each call is answered with `Disabled`."""
        self.accept(frozenset())

    def forget(self) -> None:
        """The device may have lost its mask."""
        self._mask = None
        self._announced = False
        self._open_by = None

    def request(self, shown: Set[int], mask: int, channels: int) -> Request | None:
        """The order that brings a device at rest to `mask`; None where it is there."""
        is_disabled = Event.DISABLED in shown
        if not mask:
            return None if is_disabled else DISABLE
        if self._mask != mask or Event.CHANNELS_INHIBITED in shown:
            self._asked = mask
            return inhibits(mask, channels)
        return ENABLE if is_disabled else None

    def answered(self, *, accepted: bool) -> None:
        """What became of the last mask."""
        self._mask = self._asked if accepted else None

    def stays_closed(self, shown: Set[int], mask: int, now: float, patience_s: float) -> bool:
        """True when the device has stayed disabled for too long although it was enabled."""
        if not mask or not shown & {Event.DISABLED, Event.CHANNELS_INHIBITED}:
            self._open_by = None
            return False
        if self._open_by is None:
            self._open_by = now + patience_s
        return now >= self._open_by

    def announce(self, shown: Set[int], mask: int, *, note_inside: bool) -> list[AcceptorEvent]:
        """Tell once what the device confirms by its answer to a poll."""
        closed = bool(shown & {Event.DISABLED, Event.CHANNELS_INHIBITED})
        if mask and not closed and self._mask == mask and not self._announced:
            self._announced = True
            return [Enabled()]
        if self._stop_due and Event.DISABLED in shown and not note_inside:
            self._stop_due = False
            return [Disabled()]
        return []
