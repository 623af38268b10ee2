"""A simulated ESC/POS printer: bytes in, answers and slips out, faults on demand.

Behaves as the real one where money is at stake: real-time questions are answered even when it cannot
print, queued ones (`GS r`) only in their turn, and a slip whose paper ran out stays in the buffer and
comes out when paper returns. No I/O and no clock here.
"""

from dataclasses import asdict, dataclass

from drivers.printers.contract import Paper
from simulation.printer.interpreter import Interpreter, Step
from simulation.printer.paper import Cut, Fed, Mark, PaperSlip, PrintedLine

_DLE = 0x10
_EOT, _ENQ = 0x04, 0x05
_IDLE = 0x12
_XON, _XOFF = b"\x11", b"\x13"


@dataclass(slots=True, kw_only=True)
class PrinterFaults:
    """What is wrong with the printer just now."""

    paper: Paper = Paper.OK
    cover_open: bool = False
    cutter_error: bool = False
    silent: bool = False
    xoff: bool = False
    lines_left: int | None = None


class SimulatedPrinter:
    """One printer. Call `receive` with what came in; it returns what goes out."""

    def __init__(self, columns: int = 48, code_page: int = 17) -> None:
        self.faults = PrinterFaults()
        self.complaints: list[str] = []
        self._interpreter = Interpreter(columns, code_page)
        self._realtime = bytearray()
        self._marks: list[Mark] = []
        self._data = bytearray()
        self._slip_complaints: list[str] = []
        self._slips: list[PaperSlip] = []

    @property
    def online(self) -> bool:
        """True when it would print now."""
        faults = self.faults
        broken = faults.cover_open or faults.cutter_error or faults.paper is Paper.OUT
        return not broken

    def receive(self, data: bytes) -> bytes:
        """Take bytes from the terminal and return the answers to them."""
        answers = b"".join(self._take(byte) for byte in data)
        answers += self._work()
        return b"" if self.faults.silent else answers

    def proceed(self) -> bytes:
        """Go on with what waits in the buffer, after a fault was removed."""
        return self.receive(b"")

    def set_xoff(self, on: bool) -> bytes:
        """Ask the terminal for silence, or allow it to send again."""
        self.faults.xoff = on
        return _XOFF if on else _XON

    def take_slips(self) -> list[PaperSlip]:
        """Return the slips that were cut since the last call."""
        slips, self._slips = self._slips, []
        return slips

    def status(self) -> dict[str, object]:
        """Describe the printer for a person or a test."""
        return {
            **asdict(self.faults),
            "online": self.online,
            "waiting_bytes": self._interpreter.waiting,
            "complaints": len(self.complaints),
        }

    def _take(self, byte: int) -> bytes:
        """Pick real-time commands out of the stream; all else goes to the print buffer."""
        self._realtime.append(byte)
        head = bytes(self._realtime)
        if head[0] != _DLE or (len(head) == 2 and head[1] not in (_EOT, _ENQ)):
            self._interpreter.feed(head)
            self._realtime.clear()
            return b""
        if len(head) < 3:
            return b""
        self._realtime.clear()
        return self._answer(head[2]) if head[1] == _EOT else self._recover(head[2])

    def _answer(self, query: int) -> bytes:
        faults = self.faults
        out = faults.paper is Paper.OUT
        near = out or faults.paper is Paper.NEAR_END
        bits = {
            1: 0x08 * (not self.online),
            2: 0x04 * faults.cover_open | 0x20 * out | 0x40 * faults.cutter_error,
            3: 0x08 * faults.cutter_error,
            4: 0x0C * near | 0x60 * out,
        }
        if query not in bits:
            self._complain(f"unknown real-time question {query}")
            return b""
        return bytes([_IDLE | bits[query]])

    def _recover(self, how: int) -> bytes:
        self.faults.cutter_error = False
        if how == 2:
            self._interpreter.clear()
            self._marks.clear()
            self._data.clear()
        return b""

    def _work(self) -> bytes:
        answers = b""
        while self.online and (step := self._interpreter.step()) is not None:
            answers += self._carry_out(step)
        return answers

    def _carry_out(self, step: Step) -> bytes:
        if step.complaint:
            self._complain(step.complaint)
        if step.own:
            self._data += step.consumed
        for mark in step.marks:
            self._draw(mark)
        return b"" if step.asks is None else bytes([0x03 * (self.faults.paper is Paper.NEAR_END)])

    def _complain(self, what: str) -> None:
        self.complaints.append(what)
        self._slip_complaints.append(what)

    def _draw(self, mark: Mark) -> None:
        self._marks.append(mark)
        if isinstance(mark, Cut):
            self._finish_slip()
        elif isinstance(mark, PrintedLine | Fed):
            self._use_paper(1 if isinstance(mark, PrintedLine) else mark.lines)

    def _use_paper(self, lines: int) -> None:
        faults = self.faults
        if faults.lines_left is None:
            return
        faults.lines_left = max(faults.lines_left - lines, 0)
        if not faults.lines_left:
            faults.paper, faults.lines_left = Paper.OUT, None

    def _finish_slip(self) -> None:
        slip = PaperSlip(
            data=bytes(self._data),
            marks=tuple(self._marks),
            complaints=tuple(self._slip_complaints),
        )
        self._slips.append(slip)
        self._data.clear()
        self._marks.clear()
        self._slip_complaints.clear()
