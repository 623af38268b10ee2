"""What the terminal wants let in, and what the device is known to let in.

Facts sheet id003 section 4: a mask of inhibited denominations and one inhibit for all, both obeyed in
IDLING and DISABLED only. Every note that is let in waits in escrow by itself.
"""

from typing import Final

from drivers.acceptors.contract import AcceptorEvent, Disabled, Enabled, Note
from drivers.acceptors.id003.codes import Command, Status
from drivers.acceptors.id003.link import Request
from drivers.acceptors.id003.set_up import ACCEPTING, INHIBITED

CHANGEABLE: Final = frozenset({Status.IDLING, Status.DISABLED})
CLOSED: Final = frozenset({Status.DISABLED, Status.STACKER_FULL, Status.STACKER_OPEN})
"""States in which a device certainly takes nothing."""
CLOSE: Final = Request(command=Command.INHIBIT, data=INHIBITED)
_OPEN: Final = Request(command=Command.INHIBIT, data=ACCEPTING)


class Acceptance:
    """Wish and reality of accepting. The wish lasts from `accept` to `stop`, through faults too."""

    def __init__(self) -> None:
        self.wanted: frozenset[Note] = frozenset()
        self._applied: bytes | None = None
        self._announced = False
        self._stop_due = False
        self._idle_by: float | None = None

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

    def request(self, status: Status, mask: bytes | None) -> Request | None:
        """The setting that brings the device to `mask`, None for nothing let in; None where it is
        there or must wait.
        """
        if status not in CHANGEABLE:
            return None
        if mask is None:
            return CLOSE if status is Status.IDLING else None
        if self._applied != mask:
            return Request(command=Command.DENOMINATIONS, data=mask)
        return _OPEN if status is Status.DISABLED else None

    def answered(self, request: Request, *, accepted: bool) -> None:
        """What became of a setting."""
        if request.command is Command.DENOMINATIONS:
            self._applied = request.data if accepted else None

    def stays_closed(
        self, status: Status, mask: bytes | None, now: float, patience_s: float
    ) -> bool:
        """True when the device has stayed inhibited for too long although it was not to be."""
        if status is not Status.DISABLED or mask is None:
            self._idle_by = None
            return False
        if self._idle_by is None:
            self._idle_by = now + patience_s
        return now >= self._idle_by

    def announce(
        self, status: Status, mask: bytes | None, *, note_inside: bool
    ) -> list[AcceptorEvent]:
        """Tell once what the device confirms by its state."""
        is_open = mask is not None and status is Status.IDLING and self._applied == mask
        if is_open and not self._announced:
            self._announced = True
            return [Enabled()]
        if self._stop_due and status in CLOSED and not note_inside:
            self._stop_due = False
            return [Disabled()]
        return []
