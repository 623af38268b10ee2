"""A simulated ESC/POS printer of one model: bytes in, answers and slips out, faults on demand.

Behaves as the real one where money is at stake: real-time questions are answered even when it cannot
print, queued ones (`GS r`) only in their turn, a slip whose paper ran out stays in the buffer and
comes out when paper returns, and what is on paper stays on paper. No I/O and no clock here.
"""

from dataclasses import asdict

from drivers.printers.contract import Paper
from drivers.printers.models import PrinterModel, find_model
from simulation.printer.answers import Condition, answer, queued_paper
from simulation.printer.faults import PrinterFaults
from simulation.printer.interpreter import Interpreter, Step
from simulation.printer.paper import Cut, Fed, Mark, PaperSlip, PresenterMove, PrintedLine

__all__ = ["PrinterFaults", "SimulatedPrinter"]

_DLE = 0x10
_EOT, _ENQ = 0x04, 0x05
_XON, _XOFF = b"\x11", b"\x13"
_GARBAGE = 0x81
_UNNAMED_ID = b"\x20"


class SimulatedPrinter:
    """One printer. Call `receive` with what came in; it returns what goes out."""

    def __init__(self, model: PrinterModel | None = None) -> None:
        self._model = model or find_model("generic_epson")
        self.faults = PrinterFaults()
        self.complaints: list[str] = []
        self.retracted = 0
        self._holding = False
        self._interpreter = Interpreter(self._model)
        self._realtime = bytearray()
        self._marks: list[Mark] = []
        self._data = bytearray()
        self._slip_complaints: list[str] = []
        self._slips: list[PaperSlip] = []

    @property
    def online(self) -> bool:
        """True when it would print now."""
        return not self.faults.stops

    @property
    def holding(self) -> bool:
        """True while a slip lies in the presenter."""
        return self._holding

    def receive(self, data: bytes) -> bytes:
        """Take bytes from the terminal and return the answers to them."""
        if not self.faults.powered:
            return b""
        answers = b"".join(self._take(byte) for byte in data)
        answers += self._work()
        if self.faults.garbage:
            answers = bytes(byte ^ _GARBAGE for byte in answers)
        return b"" if self.faults.silent else answers

    def proceed(self) -> bytes:
        """Go on with what waits in the buffer, after a fault was removed."""
        return self.receive(b"")

    def switch_power(self, *, on: bool) -> None:
        """Power off loses what is in the buffers; what is on paper stays there."""
        self.faults.powered = on
        self._interpreter = Interpreter(self._model)
        self._realtime.clear()

    def set_xoff(self, on: bool) -> bytes:
        """Ask the terminal for silence, or allow it to send again."""
        self.faults.xoff = on
        return _XOFF if on else _XON

    def take_slip(self) -> None:
        """The customer takes what the presenter holds out."""
        self._holding = False

    def take_slips(self) -> list[PaperSlip]:
        """Return the slips that were cut since the last call."""
        slips, self._slips = self._slips, []
        return slips

    def status(self) -> dict[str, object]:
        """Describe the printer for a person or a test."""
        return {
            **asdict(self.faults),
            "online": self.online,
            "holding": self._holding,
            "retracted": self.retracted,
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
        condition = Condition(faults=self.faults, holding=self._holding)
        said = answer(self._model.dialect, query, condition)
        if said is None:
            self._complain(f"unknown real-time question {query}")
            return b""
        return said

    def _recover(self, how: int) -> bytes:
        if how not in (1, 2):
            self._complain(f"unknown way to recover {how}")
            return b""
        if not (self.faults.cutter_error or self.faults.jam):
            return b""  # there is nothing to recover from: without paper, too, it only waits
        self.faults.cutter_error = self.faults.cutter_stuck
        if how == 2:
            self._interpreter.clear()
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
        match step.asks:
            case "r":
                return queued_paper(self.faults)
            case "I":
                return self._model.ids[0] if self._model.ids else _UNNAMED_ID
            case _:
                return b""

    def _complain(self, what: str) -> None:
        self.complaints.append(what)
        self._slip_complaints.append(what)

    def _draw(self, mark: Mark) -> None:
        if isinstance(mark, PresenterMove):
            self._move(mark)
            return
        self._marks.append(mark)
        if isinstance(mark, Cut):
            self._finish_slip()
        elif isinstance(mark, PrintedLine | Fed):
            self._use_paper(1 if isinstance(mark, PrintedLine) else mark.lines)

    def _move(self, move: PresenterMove) -> None:
        """The bytes of a move that follows the cut belong to the slip before it."""
        if self._slips and not self._marks:
            self._slips[-1] = self._slips[-1].with_tail(bytes(self._data))
        self._data.clear()
        if move is PresenterMove.RETRACT and self._holding:
            self.retracted += 1
        if move is not PresenterMove.PRESENT:
            self._holding = False

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
        self._holding = self._model.has_presenter and self.faults.left_untaken
        self._data.clear()
        self._marks.clear()
        self._slip_complaints.clear()
