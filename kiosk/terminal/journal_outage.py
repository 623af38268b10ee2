"""What happens while the journal cannot be written: nothing is taken, and nothing is forgotten.

The acceptor is closed at once. A note that is offered goes back; what a device says only once and
must be recorded is kept in the order in which it was said, until it can be. It must never acknowledge
anything: what is kept here is still unsettled for the device.
"""

from collections.abc import Callable
from dataclasses import replace

import structlog

from drivers.acceptors import contract as acceptor
from drivers.acceptors.contract import BillAcceptor
from drivers.printers import contract as printer
from kiosk.clock import Clock
from kiosk.terminal.health import Condition
from kiosk.terminal.ports import TerminalEvent
from kiosk.terminal.rules import DAMAGE_STANDS_S, STORAGE_RETRY_S
from offline_queue.journal import JournalDamagedError, JournalError

_log = structlog.get_logger(__name__)

_TellsAnEnd = (
    acceptor.Stacked
    | acceptor.Returned
    | acceptor.Disputed
    | printer.SlipPrinted
    | printer.SlipFailed
)

_Kept = (
    _TellsAnEnd
    | acceptor.Validating
    | acceptor.Rejected
    | acceptor.Fault
    | acceptor.Ready
    | acceptor.Enabled
    | acceptor.Disabled
    | acceptor.CassetteOut
    | acceptor.CassetteIn
)
"""What is kept while the journal cannot be written. Not `Escrowed`: such a note goes back."""


_TELL_AGAIN_S = 3600.0
"""An outage that lasts is told again, for whoever has missed the first word of it."""


class DamageStandsError(Exception):
    """The journal is damaged, and only a new start can set it aside. No trouble that the terminal
    lives through: its process is to end, and its supervisor starts it anew.
    """

    def __init__(self, why: str) -> None:
        super().__init__(f"{why}; the terminal ends, so that its next start can set it aside")


class JournalOutage:
    """Begins when the journal fails, ends when it can be written again.

    Attributes:
        retry_at: when the journal is to be tried again (monotonic seconds).
    """

    def __init__(self, condition: Condition, acceptor: BillAcceptor, clock: Clock) -> None:
        self._condition = condition
        self._acceptor = acceptor
        self._clock = clock
        self._unrecorded: list[_Kept] = []
        self._told_at = 0.0
        self._damaged_since: float | None = None
        self.retry_at = 0.0

    def begin(self, error: JournalError) -> None:
        """Close the acceptor at once; what was not recorded is neither acknowledged nor shown."""
        health = self._condition.health
        now = self._clock.monotonic()
        damaged = isinstance(error, JournalDamagedError)
        if not damaged:
            self._damaged_since = None
        elif self._damaged_since is None:
            self._damaged_since = now
        if health.storage_writable or now >= self._told_at + _TELL_AGAIN_S:
            self._told_at = now
            _log.error("journal_failed", damaged=damaged, why=str(error))
        self._condition.health = replace(health, storage_writable=False)
        self.retry_at = now + STORAGE_RETRY_S
        self._acceptor.stop()

    def must_not_stand(self, error: JournalError) -> None:
        """Of a journal that was open in this life. Raises DamageStandsError once each try has found
        it damaged for a while: it does not heal, and nothing is set aside under a running terminal.
        """
        since = self._damaged_since
        if since is not None and self._clock.monotonic() >= since + DAMAGE_STANDS_S:
            raise DamageStandsError(str(error))

    def end(self) -> None:
        """The journal can be written again."""
        _log.info("journal_back")
        self._damaged_since = None
        self._condition.health = replace(self._condition.health, storage_writable=True)

    def withholds(self, event: TerminalEvent) -> bool:
        """True when nobody else may hear of this event now: it was dealt with, or is kept."""
        if self._condition.health.storage_writable:
            return False
        if isinstance(event, acceptor.Escrowed):
            self._acceptor.give_back(event.cycle)
            return True
        if isinstance(event, acceptor.Returning):
            return True  # It waits for its record and is told again.
        return self.keep(event)

    def keep(self, event: TerminalEvent) -> bool:
        """Keep for later what a device says only once and must be recorded; False for anything else.

        Repeats are kept once: the end of a note where it was first told, a state of the device where
        it was told last.
        """
        if not isinstance(event, _Kept):
            return False
        if event not in self._unrecorded:
            self._unrecorded.append(event)
        elif not isinstance(event, _TellsAnEnd):
            self._unrecorded.remove(event)
            self._unrecorded.append(event)
        return True

    def tell_what_was_kept(self, tell: Callable[[TerminalEvent], None]) -> None:
        """In order; whatever `tell` raises, an event of which it raised is still kept."""
        while self._unrecorded:
            tell(self._unrecorded[0])
            del self._unrecorded[0]
