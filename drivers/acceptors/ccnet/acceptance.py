"""What the terminal wants accepted, and what the device is known to accept.

Facts sheet ccnet sections 4 and 8.1. The escrow mask always equals the enable mask: no note may
ever go past escrow by itself. The masks are never changed while a note waits in escrow, where the
specification does not say what happens.
"""

from typing import Final

from drivers.acceptors.ccnet.codes import TYPES, Command, State
from drivers.acceptors.ccnet.link import Request
from drivers.acceptors.contract import AcceptorEvent, Disabled, Enabled, Note

CHANGEABLE: Final = frozenset(
    {
        State.IDLING,
        State.UNIT_DISABLED,
        State.REJECTING,
        State.STACKING,
        State.RETURNING,
    }
)
"""States in which the masks may be changed without touching a note."""
CLOSED: Final = frozenset({State.UNIT_DISABLED, State.CASSETTE_FULL, State.CASSETTE_OUT})
"""States in which a device certainly takes nothing."""


def enable_request(mask: int, types: int = TYPES) -> Request:
    """Enable these bill types, each into escrow; 0 disables. Masks have a bit for each type."""
    masks = 2 * mask.to_bytes(types // 8, "big")
    return Request(command=Command.ENABLE_BILL_TYPES, data=masks)


class Acceptance:
    """Wish and reality of accepting. The wish lasts from `accept` to `stop`, through faults too."""

    def __init__(self) -> None:
        self.wanted: frozenset[Note] = frozenset()
        self._asked: int | None = None
        self._applied: int | None = None
        self._announced = False
        self._stop_due = False
        self._idle_by: float | None = None
        self._read_back: int | None = None

    def accept(self, denominations: frozenset[Note]) -> None:
        """Want these notes; each call is answered with `Enabled`."""
        self.wanted = denominations
        self._announced = False
        self._stop_due = not denominations

    def stop(self) -> None:
        """Want nothing; each call is answered with `Disabled`."""
        self.accept(frozenset())

    def forget(self) -> None:
        """The device may have lost its masks."""
        self._applied = None
        self._announced = False
        self._idle_by = None
        self._read_back = None

    def request(self, state: State, mask: int, types: int = TYPES) -> Request | None:
        """The order that brings the device to `mask`; None where it is there or must wait."""
        if state is (State.UNIT_DISABLED if mask else State.IDLING):
            self._applied = None  # It says itself that it does otherwise.
        if state not in CHANGEABLE or self._applied == mask:
            return None
        if mask == 0 and state is State.UNIT_DISABLED:
            return None
        self._asked = mask
        return enable_request(mask, types)

    def answered(self, *, accepted: bool) -> None:
        """What became of the last order."""
        self._applied = self._asked if accepted else None

    def wants_read_back(self, state: State, mask: int) -> bool:
        """True once for each mask that the device has obeyed: it may support less than it was told
        (facts sheet ccnet section 6.3).
        """
        return state is State.IDLING and mask == self._applied and mask not in (0, self._read_back)

    def read_back(self, enabled: int | None) -> int:
        """What the device says it enabled, None where it does not say; returns what it left out."""
        self._read_back = self._applied
        return 0 if enabled is None or self._applied is None else self._applied & ~enabled

    def stays_closed(self, state: State, mask: int, now: float, patience_s: float) -> bool:
        """True when the device has stayed disabled for too long although it was enabled."""
        if state is not State.UNIT_DISABLED or not mask:
            self._idle_by = None
            return False
        if self._idle_by is None:
            self._idle_by = now + patience_s
        return now >= self._idle_by

    def announce(self, state: State, mask: int, *, note_inside: bool) -> list[AcceptorEvent]:
        """Tell once what the device confirms by its state."""
        if mask and state is State.IDLING and self._applied == mask and not self._announced:
            self._announced = True
            return [Enabled()]
        if self._stop_due and state in CLOSED and not note_inside:
            self._stop_due = False
            return [Disabled()]
        return []
