"""Looks now and then whether the journal has room, and closes the acceptor while it has none.

Before the disk is full, so that what is inside can still be recorded. It must never stop a payment
that has money inside.
"""

from dataclasses import replace

import structlog

from drivers.acceptors.contract import BillAcceptor
from kiosk.terminal.cashier import Cashier
from kiosk.terminal.health import Condition
from kiosk.terminal.ports import FreeSpace
from kiosk.terminal.rules import SPACE_LOOK_S

_log = structlog.get_logger(__name__)


class DiskWatch:
    """Watches the room on the journal's disk.

    Attributes:
        look_at: when the next look is due (monotonic seconds).
    """

    def __init__(
        self,
        free_space_mb: FreeSpace,
        acceptor: BillAcceptor,
        cashier: Cashier,
        condition: Condition,
        *,
        needed_mb: int,
    ) -> None:
        self._free_space_mb = free_space_mb
        self._acceptor = acceptor
        self._cashier = cashier
        self._condition = condition
        self._needed_mb = needed_mb
        self.look_at = 0.0

    def time_passed(self, now: float) -> None:
        """Look, if it is time. Raises JournalError."""
        if now >= self.look_at:
            self.look_at = now + SPACE_LOOK_S
            self._look()

    def _look(self) -> None:
        enough = self._has_space()
        had_enough = self._condition.health.space_enough
        if not enough and had_enough:
            _log.error("disk_low", needed_mb=self._needed_mb)
            self._acceptor.stop()
        if enough is not had_enough:
            self._condition.health = replace(self._condition.health, space_enough=enough)
        if enough and not had_enough:
            self._cashier.journal_is_back()

    def _has_space(self) -> bool:
        try:
            return self._free_space_mb() >= self._needed_mb
        except OSError as error:
            _log.error("disk_not_readable", why=str(error))  # noqa: TRY400 - no bug of ours
            return False
