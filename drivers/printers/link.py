"""Talks with one printer over one open port: ask, write, wait for the fence.

Blocking, with a limit on every wait. An answer is only taken after the line was emptied of
leftovers, so that no old byte is ever read as today's state. It must never decide what a state
means.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from drivers.printers.contract import PrinterState
from drivers.printers.port import Port
from drivers.printers.session import (
    FENCE,
    REPORTS_OFF,
    ByteSorter,
    FenceByte,
    FlowByte,
    Incoming,
    StatusByte,
)
from drivers.printers.status import StatusQuery, decode_status, query_bytes

_Answer = TypeVar("_Answer", StatusByte, FenceByte)

_MOST_LEFTOVER_READS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterTiming:
    """Every wait of the driver, in seconds (facts sheet receipts §2.8)."""

    poll_s: float = 5.0
    answer_s: float = 0.2
    quiet_s: float = 0.01
    retry_s: float = 0.3
    reopen_s: float = 2.0
    write_s: float = 10.0
    fence_s: float = 10.0
    xoff_s: float = 60.0
    chunk: int = 256


class WriteTimedOutError(Exception):
    """The printer kept its buffer closed for too long."""


class PrinterLink:
    """One open port with a printer behind it."""

    def __init__(self, port: Port, clock: Callable[[], float], timing: PrinterTiming) -> None:
        self._port = port
        self._clock = clock
        self._timing = timing
        self._sorter = ByteSorter()
        self._paused_since: float | None = None
        self._slip_begun = False

    @property
    def slip_begun(self) -> bool:
        """True when bytes of the last slip may have reached the printer."""
        return self._slip_begun

    @property
    def paused_s(self) -> float:
        """For how long the printer has asked for silence; 0 when it takes bytes."""
        return 0.0 if self._paused_since is None else self._clock() - self._paused_since

    def close(self) -> None:
        """Give the port back."""
        self._port.close()

    def stop_reports(self) -> None:
        """Switch unasked status reports off: their bytes look like answers when one is lost."""
        self._port.write(REPORTS_OFF)

    def new_slip(self) -> None:
        """Forget the slip before; nothing of the next one has been written yet."""
        self._slip_begun = False

    def look(self) -> PrinterState | None:
        """Ask all four queries; None as soon as one stays without a valid answer."""
        answers: dict[StatusQuery, int] = {}
        for query in StatusQuery:
            self._empty_line()
            self._port.write(query_bytes(query))
            answer = self._wait_for(StatusByte, self._timing.answer_s)
            if answer is None:
                return None
            answers[query] = answer.value
        return decode_status(answers)

    def write_slip(self, data: bytes) -> None:
        """Send a slip in chunks, holding back while the printer asks for silence.

        Raises:
            WriteTimedOutError: the printer asked for silence longer than `write_s`.
        """
        for start in range(0, len(data), self._timing.chunk):
            self._wait_until_open()
            self._slip_begun = True
            self._port.write(data[start : start + self._timing.chunk])

    def fence(self) -> FenceByte | None:
        """Ask to be told when everything sent so far is processed; None when the limit passes."""
        self._empty_line()
        self._port.write(FENCE)
        return self._wait_for(FenceByte, self._timing.fence_s)

    def drain_old_fences(self) -> bool:
        """Let late answers of earlier fences arrive, so that none is taken for the next one's."""
        arrived = self.fence() is not None
        while arrived and self._wait_for(FenceByte, self._timing.retry_s) is not None:
            pass
        return arrived

    def _wait_until_open(self) -> None:
        self._sort(self._port.read(0.0))
        deadline = self._clock() + self._timing.write_s
        while self._paused_since is not None:
            if self._clock() >= deadline:
                raise WriteTimedOutError
            self._sort(self._port.read(self._timing.answer_s))

    def _empty_line(self) -> None:
        for _ in range(_MOST_LEFTOVER_READS):
            leftover = self._port.read(self._timing.quiet_s)
            if not leftover:
                return
            self._sort(leftover)

    def _wait_for(self, kind: type[_Answer], limit_s: float) -> _Answer | None:
        deadline = self._clock() + limit_s
        while (rest := deadline - self._clock()) > 0:
            for incoming in self._sort(self._port.read(rest)):
                if isinstance(incoming, kind):
                    return incoming
        return None

    def _sort(self, data: bytes) -> list[Incoming]:
        sorted_bytes = self._sorter.feed(data)
        for incoming in sorted_bytes:
            if isinstance(incoming, FlowByte):
                self._paused_since = self._clock() if incoming.paused else None
        return sorted_bytes
