"""The receipt printer as one thread: commands in by a queue, events out by `post`.

Looks at the printer every few seconds, prints one slip at a time and calls a slip printed only when
the printer answered the fence behind it. A lost line is opened again for ever. It must never print
a slip twice by itself: what is not confirmed is reported, and the terminal decides.
"""

import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue

import structlog

from drivers.printers.contract import (
    PrinterChanged,
    PrinterEvent,
    PrinterState,
    SlipFailed,
    SlipFailure,
    SlipPrinted,
)
from drivers.printers.link import PrinterLink, PrinterTiming, WriteTimedOutError
from drivers.printers.port import Port
from drivers.transports.port import TransportError

_UNREACHABLE = PrinterState(reachable=False)
_BAD_LOOKS = 2

_log = structlog.get_logger(__name__)


def _say(level: str, event: str, **values: object) -> None:
    """Log, and let it be when the log cannot be written: a full disk must not end the printer."""
    with contextlib.suppress(Exception):
        getattr(_log, level)(event, **values)


@dataclass(frozen=True, slots=True)
class _Job:
    slip: int
    data: bytes


class PrinterThread:
    """A `ReceiptPrinter` behind a port.

    `open_port` opens the line and raises one of `port_errors` when it cannot; errors of an open
    port are of the same kinds. `post` is called from this thread only and must not block.
    """

    def __init__(
        self,
        open_port: Callable[[], Port],
        post: Callable[[PrinterEvent], None],
        clock: Callable[[], float] = time.monotonic,
        *,
        timing: PrinterTiming | None = None,
        port_errors: tuple[type[Exception], ...] = (TransportError, OSError),
    ) -> None:
        self._open_port = open_port
        self._post = post
        self._clock = clock
        self._timing = timing or PrinterTiming()
        self._port_errors = port_errors
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="receipt-printer", daemon=True)
        self._link: PrinterLink | None = None
        self._state: PrinterState | None = None
        self._fence_owed = False
        self._last_trouble = ""

    def start(self) -> None:
        """Begin to watch the printer; its first state is posted at once."""
        self._thread.start()

    def stop(self, timeout_s: float = 15.0) -> bool:
        """End the thread after the slip at hand; False when it did not end in time."""
        self._stopping.set()
        self._jobs.put(None)
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def print_slip(self, slip: int, data: bytes) -> None:
        """Queue a slip and return; `SlipPrinted` or `SlipFailed` follows for each, in order."""
        self._jobs.put(_Job(slip, data))

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._guarded_poll()
            job = self._next_job()
            if job is not None:
                self._guarded_print(job)
        self._hang_up()

    def _next_job(self) -> _Job | None:
        reachable = self._state is not None and self._state.reachable
        try:
            return self._jobs.get(timeout=self._timing.poll_s if reachable else self._retry_s)
        except Empty:
            return None

    @property
    def _retry_s(self) -> float:
        return min(self._timing.reopen_s, self._timing.poll_s)

    def _guarded_poll(self) -> None:
        try:
            self._poll()
        except Exception:  # noqa: BLE001  the edge of the thread: a bug must not end the printer
            _say("exception", "printer_poll_broke")
            self._lose_line()

    def _guarded_print(self, job: _Job) -> None:
        try:
            self._print(job)
        except Exception:  # noqa: BLE001  the edge of the thread, as above
            _say("exception", "printer_job_broke", slip=job.slip)
            self._lose_line()
            self._fail(job, SlipFailure.NOT_CONFIRMED, sent=True)

    def _poll(self) -> PrinterState:
        """Look at the printer, post what changed and return what is known now."""
        try:
            seen = self._look_twice()
            self._last_trouble = ""
        except self._port_errors as error:
            self._say_lost(error)
            self._hang_up()
            seen = _UNREACHABLE
        return self._now(seen)

    def _say_lost(self, error: Exception) -> None:
        """Once for each trouble, not at each of the looks that meet it again."""
        if str(error) != self._last_trouble:
            self._last_trouble = str(error)
            _say("warning", "printer_line_lost", error=self._last_trouble)

    def _look_twice(self) -> PrinterState:
        link = self._open_link()
        for look in range(_BAD_LOOKS):
            if look and self._stopping.wait(self._timing.retry_s):
                break
            seen = link.look()
            if seen is not None:
                return seen
        if self._state is not None and 0 < link.paused_s < self._timing.xoff_s:
            return self._state  # a full buffer is not silence: the last state stands
        return _UNREACHABLE

    def _open_link(self) -> PrinterLink:
        if self._link is None:
            self._link = PrinterLink(self._open_port(), self._clock, self._timing)
            self._link.stop_reports()
        return self._link

    def _now(self, seen: PrinterState) -> PrinterState:
        known = self._state
        if known is None or replace(known, raw="") != replace(seen, raw=""):
            _say(
                "info",
                "printer_changed",
                can_print=seen.can_print,
                paper=seen.paper,
                raw=seen.raw,
            )
            self._state = seen
            self._post(PrinterChanged(state=seen))
        return seen

    def _print(self, job: _Job) -> None:
        state = self._poll()
        if not state.reachable or self._link is None:
            self._fail(job, SlipFailure.NOT_REACHABLE, sent=False)
        elif not state.can_print:
            self._fail(job, SlipFailure.NOT_READY, sent=False)
        else:
            self._send(self._link, job)

    def _send(self, link: PrinterLink, job: _Job) -> None:
        link.new_slip()
        try:
            if self._fence_owed and not link.drain_old_fences():
                self._fail(job, SlipFailure.NOT_READY, sent=False)
                return
            self._fence_owed = False
            link.stop_reports()
            link.write_slip(job.data)
            self._fence_owed = True
            self._confirm(link, job)
        except (WriteTimedOutError, TimeoutError):
            self._lose_line()
            self._fail(job, SlipFailure.WRITE_TIMED_OUT, sent=link.slip_begun)
        except self._port_errors as error:
            self._say_lost(error)
            self._lose_line()
            sent = link.slip_begun
            why = SlipFailure.NOT_CONFIRMED if sent else SlipFailure.NOT_REACHABLE
            self._fail(job, why, sent=sent)

    def _confirm(self, link: PrinterLink, job: _Job) -> None:
        answer = link.fence()
        if answer is not None:
            self._fence_owed = False
        if answer is None or answer.paper_out:
            self._fail(job, SlipFailure.NOT_CONFIRMED, sent=True)
            return
        _say("info", "slip_printed", slip=job.slip)
        self._post(SlipPrinted(slip=job.slip))

    def _fail(self, job: _Job, why: SlipFailure, *, sent: bool) -> None:
        _say("warning", "slip_failed", slip=job.slip, why=why.value, sent=sent)
        self._post(SlipFailed(slip=job.slip, why=why, sent=sent))

    def _lose_line(self) -> None:
        self._hang_up()
        self._now(_UNREACHABLE)

    def _hang_up(self) -> None:
        if self._link is None:
            return
        try:
            self._link.close()
        except self._port_errors as error:
            _say("debug", "printer_port_close_failed", error=type(error).__name__)
        self._link = None
