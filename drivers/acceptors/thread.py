"""One acceptor, one thread, one queue out: runs any host half on a real line.

Commands may come from any thread and never block; they wake the reader, so that an acknowledgement
that is ready leaves within the wire's patience. A lost port is opened again for as long as it
takes, and an unexpected error becomes a fault: this thread must never end by itself.
"""

import contextlib
import threading
from collections import deque
from collections.abc import Callable
from typing import Final

import structlog

from drivers.acceptors.contract import AcceptorEvent, CycleId, Fault, Note
from drivers.acceptors.faults import FaultNumber
from drivers.acceptors.sans_io import AcceptorHost
from drivers.transports.port import Port, TransportError

REOPEN_S: Final = 1.0
SILENT_PORT_S: Final = 30.0
"""A line that brings no byte for this long is closed and opened again: adapters hang."""
LONGEST_WAIT_S: Final = 1.0

_log = structlog.get_logger(__name__)


def _say(level: str, event: str, **values: object) -> None:
    """Log, and let it be when the log cannot be written: a full disk must not end the acceptor."""
    with contextlib.suppress(Exception):
        getattr(_log, level)(event, **values)


class AcceptorThread:
    """Implements `BillAcceptor` on a line that `open_port` opens.

    Args:
        host: the host half; belongs to this thread from `start` on.
        open_port: opens the line anew; raises TransportError.
        post: takes each event, in order, on this thread; must be quick and safe for threads.
        clock: monotonic seconds.
    """

    def __init__(
        self,
        host: AcceptorHost,
        open_port: Callable[[], Port],
        post: Callable[[AcceptorEvent], None],
        clock: Callable[[], float],
        *,
        reopen_s: float = REOPEN_S,
        silent_port_s: float = SILENT_PORT_S,
    ) -> None:
        self._host = host
        self._open_port = open_port
        self._post = post
        self._clock = clock
        self._reopen_s = reopen_s
        self._silent_port_s = silent_port_s
        self._commands: deque[Callable[[], None]] = deque()
        self._port: Port | None = None
        self._stopping = threading.Event()
        self._last_trouble = ""
        self._thread = threading.Thread(target=self._run, name="acceptor", daemon=True)

    def start(self) -> None:
        """Begin. May be called once."""
        self._thread.start()

    def stop_thread(self, timeout_s: float = 5.0) -> None:
        """End the thread and close the line; what the device holds back it will say again."""
        self._stopping.set()
        self._wake()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    # --- BillAcceptor ---------------------------------------------------------------------------

    def accept(self, denominations: frozenset[Note]) -> None:
        self._command(lambda: self._host.accept(denominations))

    def stop(self) -> None:
        self._command(self._host.stop)

    def stack(self, cycle: CycleId) -> None:
        self._command(lambda: self._host.stack(cycle))

    def give_back(self, cycle: CycleId) -> None:
        self._command(lambda: self._host.give_back(cycle))

    def hold(self, cycle: CycleId) -> None:
        self._command(lambda: self._host.hold(cycle))

    def settled(self, cycle: CycleId) -> None:
        self._command(lambda: self._host.settled(cycle))

    def _command(self, command: Callable[[], None]) -> None:
        self._commands.append(command)
        self._wake()

    def _wake(self) -> None:
        port = self._port
        if port is not None:
            port.wake()

    # --- the thread -----------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._serve_or_tell()
            except Exception as error:
                _say("exception", "acceptor_driver_failed")
                self._failed(error)
            self._stopping.wait(self._reopen_s)

    def _serve_or_tell(self) -> None:
        try:
            self._serve()
        except TransportError as error:
            if str(error) != self._last_trouble:
                self._last_trouble = str(error)
                _say("warning", "acceptor_port_lost", error=self._last_trouble)
            self._obey()
            self._tell(self._host.port_lost(self._clock()))

    def _serve(self) -> None:
        """Open the line and talk until it breaks or the thread is stopped."""
        port = self._open_port()
        self._port = port
        try:
            _say("info", "acceptor_port_opened")
            self._last_trouble = ""
            self._tell(self._host.port_opened(self._clock()))
            self._talk(port)
        finally:
            self._port = None
            port.close()

    def _talk(self, port: Port) -> None:
        heard_at = self._clock()
        while not self._stopping.is_set():
            self._obey()
            self._tell(self._host.tick(self._clock()))
            if data := self._host.data_to_send():
                port.write(data)
            received = port.read(self._wait_s())
            now = self._clock()
            if received:
                heard_at = now
                self._tell(self._host.receive(received, now))
                if data := self._host.data_to_send():
                    port.write(data)
            elif now - heard_at >= self._silent_port_s:
                _say("info", "acceptor_port_reopened", silent_s=self._silent_port_s)
                return

    def _wait_s(self) -> float:
        if self._commands:
            return 0.0
        deadline = self._host.next_deadline()
        if deadline is None:
            return LONGEST_WAIT_S
        return min(max(deadline - self._clock(), 0.0), LONGEST_WAIT_S)

    def _obey(self) -> None:
        while self._commands:
            self._commands.popleft()()

    def _tell(self, events: list[AcceptorEvent]) -> None:
        for event in events:
            self._post(event)

    def _failed(self, error: Exception) -> None:
        """Tell of our own bug; the host half starts over with a look at the device."""
        try:
            self._host.port_lost(self._clock())
            self._post(Fault(number=FaultNumber.DRIVER_FAILED, raw=type(error).__name__))
        except Exception:
            _say("exception", "acceptor_fault_not_told")
