"""The receipt printer as one thread: runs the driver on a real line.

Commands may come from any thread and never block; events go out by `post`. A lost line is opened
again for as long as it takes, and an unexpected error loses the line and nothing else: this thread
must never end by itself.
"""

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable

import structlog

from drivers.printers.contract import (
    PrinterChanged,
    PrinterEvent,
    Removal,
    SlipFailed,
    SlipFailure,
    SlipNotTaken,
    SlipPrinted,
    SlipTaken,
)
from drivers.printers.host import PrinterHost
from drivers.printers.models import PrinterModel, find_model
from drivers.printers.timing import PrinterTiming
from drivers.transports.port import LineBlockedError, Port, TransportError

_LONGEST_WAIT_S = 1.0

_log = structlog.get_logger(__name__)


def _say(level: str, event: str, **values: object) -> None:
    """Log, and let it be when the log cannot be written: a full disk must not end the printer."""
    with contextlib.suppress(Exception):
        getattr(_log, level)(event, **values)


class PrinterThread:
    """A `ReceiptPrinter` behind a port.

    Args:
        open_port: opens the line anew; raises TransportError.
        post: takes each event, in order, on this thread; must be quick and safe for threads.
        clock: monotonic seconds.
        model: says dialect and presenter orders.
        timing: how patient the driver is.
        untaken: what becomes of a slip that nobody takes; None leaves it.
    """

    def __init__(
        self,
        open_port: Callable[[], Port],
        post: Callable[[PrinterEvent], None],
        clock: Callable[[], float] = time.monotonic,
        *,
        model: PrinterModel | None = None,
        timing: PrinterTiming | None = None,
        untaken: Removal | None = None,
    ) -> None:
        self._open_port = open_port
        self._post = post
        self._clock = clock
        self._timing = timing or PrinterTiming()
        self._host = PrinterHost(
            model or find_model("generic_epson"), timing=self._timing, untaken=untaken
        )
        self._commands: deque[Callable[[], None]] = deque()
        self._poked = threading.Event()
        self._stopping = threading.Event()
        self._port: Port | None = None
        self._last_trouble = ""
        self._thread = threading.Thread(target=self._run, name="receipt-printer", daemon=True)

    def start(self) -> None:
        """Begin to watch the printer; its first state is posted at once."""
        self._thread.start()

    def stop(self, timeout_s: float = 15.0) -> bool:
        """End the thread after the slip at hand; False when it did not end in time."""
        self._stopping.set()
        self._wake()
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def print_slip(self, slip: int, data: bytes) -> None:
        """Queue a slip and return; `SlipPrinted` or `SlipFailed` follows for each, in order."""
        self._command(lambda: self._host.print_slip(slip, data))

    def part_from_the_last(self) -> None:
        """See the contract."""
        self._command(self._host.part_from_the_last)

    def _command(self, command: Callable[[], None]) -> None:
        self._commands.append(command)
        self._wake()

    def _wake(self) -> None:
        self._poked.set()
        port = self._port
        if port is not None:
            port.wake()

    # --- the thread -----------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._serve_or_tell()
            if not self._stopping.is_set():
                self._poked.clear()
                if not self._commands:
                    self._poked.wait(self._timing.reopen_s)

    def _serve_or_tell(self) -> None:
        try:
            self._serve()
        except LineBlockedError as error:
            self._lost(error, SlipFailure.WRITE_TIMED_OUT)
        except (TransportError, OSError) as error:
            self._lost(error, SlipFailure.NOT_CONFIRMED)
        except Exception as error:
            _say("exception", "printer_driver_failed")
            self._lost(error, SlipFailure.NOT_CONFIRMED)

    def _lost(self, error: Exception, why: SlipFailure) -> None:
        """Told once for each trouble, not at each of the tries that meet it again."""
        if str(error) != self._last_trouble:
            self._last_trouble = str(error)
            _say("warning", "printer_line_lost", error=self._last_trouble)
        try:
            self._obey()
            self._tell(self._host.port_lost(self._clock(), why))
        except Exception:
            _say("exception", "printer_loss_not_told")

    def _serve(self) -> None:
        """Open the line and talk until it breaks or the thread is stopped."""
        port = self._open_port()
        self._port = port
        try:
            self._tell(self._host.port_opened(self._clock()))
            self._talk(port)
        finally:
            self._port = None
            self._close(port)

    def _talk(self, port: Port) -> None:
        while self._host.printing or not self._stopping.is_set():
            self._obey()
            self._tell(self._host.tick(self._clock()))
            if data := self._host.data_to_send():
                port.write(data)
            if received := port.read(self._wait_s()):
                self._tell(self._host.receive(received, self._clock()))
                self._last_trouble = ""

    def _wait_s(self) -> float:
        if self._commands:
            return 0.0
        return min(max(self._host.next_deadline() - self._clock(), 0.0), _LONGEST_WAIT_S)

    def _obey(self) -> None:
        while self._commands:
            self._commands.popleft()()

    def _close(self, port: Port) -> None:
        try:
            port.close()
        except (TransportError, OSError) as error:
            _say("debug", "printer_port_close_failed", error=type(error).__name__)

    def _tell(self, events: list[PrinterEvent]) -> None:
        for event in events:
            self._write_down(event)
            self._post(event)

    def _write_down(self, event: PrinterEvent) -> None:
        match event:
            case PrinterChanged(state=state):
                _say(
                    "info",
                    "printer_changed",
                    can_print=state.can_print,
                    paper=state.paper.value,
                    raw=state.raw,
                )
            case SlipPrinted():
                _say("info", "slip_printed", slip=event.slip)
            case SlipFailed():
                _say("warning", "slip_failed", slip=event.slip, why=event.why, sent=event.sent)
            case SlipTaken():
                _say("info", "slip_taken", slip=event.slip)
            case SlipNotTaken():
                _say("info", "slip_not_taken", slip=event.slip, removal=event.removal)
