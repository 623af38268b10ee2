"""Gives the terminal its thread and its queue.

Device threads, the sync thread and the screen post into the mailbox and go on; the terminal's own
thread takes one event after the other and looks at the deadlines in between. An exception that
escapes the terminal is a bug: the acceptor is stopped, the crash is told, and nothing further is
handled, because a restart from the journal is the one state that is known to be right.
"""

import queue
import threading
from collections.abc import Callable

import structlog

from drivers.acceptors.contract import BillAcceptor
from kiosk.clock import Clock
from kiosk.terminal.ports import Close, TerminalEvent, Tick
from kiosk.terminal.snapshot import Screen, Snapshot
from kiosk.terminal.terminal import Terminal

_log = structlog.get_logger(__name__)

_LONGEST_NAP_S = 5.0


class Mailbox:
    """The terminal's one queue of events."""

    def __init__(self) -> None:
        self._events: queue.SimpleQueue[TerminalEvent] = queue.SimpleQueue()

    def post(self, event: TerminalEvent) -> None:
        """Hand over an event; returns at once, from any thread."""
        self._events.put(event)

    def take(self, timeout_s: float) -> TerminalEvent:
        """The next event, or a `Tick` when none comes in time."""
        try:
            return self._events.get(timeout=timeout_s)
        except queue.Empty:
            return Tick()


class Showcase:
    """Holds the newest snapshot, for a screen that may come later than the terminal."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._newest: Snapshot | None = None
        self._show: Callable[[Snapshot], None] | None = None

    def publish(self, snapshot: Snapshot) -> None:
        """Show a snapshot; called by the terminal's thread."""
        with self._lock:
            self._newest = snapshot
            if self._show is not None:
                self._show(snapshot)

    @property
    def newest(self) -> Snapshot | None:
        """The newest snapshot; None before the first."""
        with self._lock:
            return self._newest

    @property
    def screen(self) -> Screen | None:
        """Which screen is shown; None before the first."""
        with self._lock:
            return None if self._newest is None else self._newest.screen

    def subscribe(self, show: Callable[[Snapshot], None]) -> None:
        """Let `show` have the newest snapshot now and every later one, in order. It must not block
        and is called from either thread.
        """
        with self._lock:
            self._show = show
            if self._newest is not None:
                show(self._newest)


class TerminalThread:
    """Owns a `Terminal`.

    Args:
        terminal: used by this thread alone once it is started.
        mailbox: where its events come from.
        acceptor: stopped when the terminal crashes.
        on_crash: called on this thread after a crash.
    """

    def __init__(
        self,
        terminal: Terminal,
        mailbox: Mailbox,
        clock: Clock,
        acceptor: BillAcceptor,
        on_crash: Callable[[], None],
    ) -> None:
        self._terminal = terminal
        self._clock = clock
        self._acceptor = acceptor
        self._on_crash = on_crash
        self._mailbox = mailbox
        self._thread = threading.Thread(target=self._run, name="terminal", daemon=True)
        self._turned_s = clock.monotonic()
        self.crashed = False

    def answers(self, *, within_s: float) -> bool:
        """True when it has dealt with an event, or looked at its deadlines, within so long (s)."""
        if not self._thread.is_alive():
            return False
        return self._clock.monotonic() - self._turned_s <= within_s

    def start(self) -> None:
        """Begin to handle events."""
        self._thread.start()

    def stop(self, timeout_s: float = 10.0) -> bool:
        """Handle what was posted, close the acceptor and end; False when that took too long."""
        self._mailbox.post(Close())
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            while self._handle_next():
                pass
        except Exception:
            self.crashed = True
            self._acceptor.stop()
            self._on_crash()
            _log.exception("terminal_crashed")

    def _handle_next(self) -> bool:
        nap = self._terminal.next_deadline() - self._clock.monotonic()
        event = self._mailbox.take(min(max(nap, 0.0), _LONGEST_NAP_S))
        self._terminal.handle(event)
        self._turned_s = self._clock.monotonic()
        return not isinstance(event, Close)
