"""Reads ESC/POS bytes as a strict printer of one model would and says what they draw.

Knows only the commands that a slip may use on that model; every other byte is a complaint with its
place in the stream, because a real printer would print garbage there. It shares no code with the
renderer of slips, so that a mistake there is not repeated here. Facts sheet receipts §1.5, §1.7,
§2.2, §2.3, §2.5, §2.6.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from drivers.printers.models import PrinterModel, QrMode
from kiosk.receipts.model import Align
from simulation.printer.paper import Cut, Fed, Mark, PrintedImage, PrintedLine, Span
from simulation.printer.presenter_orders import PresenterReader
from simulation.printer.qr_reader import CODE_TYPE, QrReader, WrongQrError

_LF, _CR, _ESC, _FS, _GS = 0x0A, 0x0D, 0x1B, 0x1C, 0x1D
_NAMES = {_ESC: "ESC", _FS: "FS", _GS: "GS"}
_ALIGNS = {0: Align.LEFT, 1: Align.CENTER, 2: Align.RIGHT}
_RASTER = b"\x1dv0"
_CUSTOM_REPORTS = 0xE0
_LATIN = "cp437"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one command did. `own` is False for questions that are no part of any slip; `asks` is the
    letter of a question that waits its turn: `r` for the state of the paper, `I` for the model.
    """

    consumed: bytes
    marks: tuple[Mark, ...] = ()
    complaint: str = ""
    asks: str = ""
    own: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    bold: bool = False
    wide: bool = False
    tall: bool = False


@dataclass(slots=True)
class _State:
    page: str = _LATIN
    align: Align = Align.LEFT
    style: _Style = field(default_factory=_Style)
    line: list[Span] = field(default_factory=list)
    qr: QrReader = field(default_factory=QrReader)


class Interpreter:
    """Takes bytes, gives one step at a time."""

    def __init__(self, model: PrinterModel) -> None:
        self._pages = {0: _LATIN, model.code_page: model.encoding}
        self._pages |= {page.number: page.name for page in model.pages}
        self._columns = model.columns
        self._dots = model.dots
        self._native_qr = model.qr is QrMode.NATIVE
        self._presenter = PresenterReader(model.name)
        self._buffer = bytearray()
        self._position = 0
        self._state = _State()

    @property
    def waiting(self) -> int:
        """How many bytes are not interpreted yet."""
        return len(self._buffer)

    def feed(self, data: bytes) -> None:
        """Take bytes from the line."""
        self._buffer += data

    def clear(self) -> None:
        """Throw away what is not printed yet."""
        self._buffer.clear()
        self._state = _State()

    def step(self) -> Step | None:
        """Carry out the next command; None when it has not arrived whole."""
        if not self._buffer:
            return None
        first = self._buffer[0]
        if first in _NAMES:
            return self._command(first)
        if first == _LF:
            return self._done(1, marks=(self._flush_line(),))
        if first == _CR:
            return self._done(1)
        if first < 0x20 or first == 0x7F:
            return self._complain(1, f"unknown byte {first:02X}")
        return self._text()

    def _done(
        self, count: int, *, marks: tuple[Mark, ...] = (), asks: str = "", own: bool = True
    ) -> Step:
        return Step(consumed=self._consume(count), marks=marks, asks=asks, own=own)

    def _complain(self, count: int, what: str) -> Step:
        at = self._position
        return Step(consumed=self._consume(count), complaint=f"at byte {at}: {what}")

    def _consume(self, count: int) -> bytes:
        consumed = bytes(self._buffer[:count])
        del self._buffer[:count]
        self._position += count
        return consumed

    def _text(self) -> Step:
        end = next(
            (i for i, b in enumerate(self._buffer) if b < 0x20 or b == 0x7F),
            len(self._buffer),
        )
        text = bytes(self._buffer[:end]).decode(self._state.page, errors="replace")
        style = self._state.style
        span = Span(text=text, bold=style.bold, wide=style.wide, tall=style.tall)
        self._state.line.append(span)
        if sum(part.columns for part in self._state.line) > self._columns:
            return self._complain(end, f"line is wider than {self._columns} columns")
        return self._done(end)

    def _flush_line(self) -> PrintedLine:
        spans = tuple(self._state.line)
        self._state.line.clear()
        return PrintedLine(spans=spans, align=self._state.align)

    def _command(self, first: int) -> Step | None:
        if len(self._buffer) < 2:
            return None
        head, letter = bytes(self._buffer[:2]), chr(self._buffer[1])
        if self._presenter.begins(head):
            return self._presenter_order()
        if first == _ESC and letter in "@i":
            return self._esc_bare(letter)
        if first == _GS and letter == "(":
            return self._gs_function()
        if first == _GS and letter == "v":
            return self._raster()
        table = {_ESC: self._esc_commands, _GS: self._gs_commands, _FS: dict}[first]()
        if letter not in table:
            return self._complain(2, f"unknown command {_NAMES[first]} {self._buffer[1]:02X}")
        if len(self._buffer) < 3:
            return None
        command: Callable[[int], Step] = table[letter]
        return command(self._buffer[2])

    def _presenter_order(self) -> Step | None:
        order = self._presenter.read(bytes(self._buffer[:8]))
        if order is None:
            return None
        if not order.marks:
            return self._complain(order.length, "wrong order to the presenter")
        if self._state.line:
            return self._complain(order.length, "slip ends with text left in the line")
        return self._done(order.length, marks=order.marks)

    def _esc_bare(self, letter: str) -> Step:
        if letter == "@":
            lost = bool(self._state.line)
            self._state = _State()
            return self._complain(2, "reset loses text") if lost else self._done(2)
        return self._cut(2, partial=False)

    def _esc_commands(self) -> dict[str, Callable[[int], Step]]:
        return {
            "t": self._page,
            "!": self._print_mode,
            "E": self._bold,
            "a": self._align,
            "d": self._feed_lines,
        }

    def _gs_commands(self) -> dict[str, Callable[[int], Step]]:
        return {
            "V": self._gs_cut,
            "r": self._transmit,
            "a": self._reports,
            "I": self._identify,
            chr(_CUSTOM_REPORTS): self._reports,
        }

    def _page(self, number: int) -> Step:
        if number not in self._pages:
            self._state.page = _LATIN
            return self._complain(3, f"unknown code page {number}")
        self._state.page = self._pages[number]
        return self._done(3)

    def _print_mode(self, bits: int) -> Step:
        if bits & ~0x38:
            return self._complain(3, f"unknown print mode {bits:02X}")
        self._state.style = _Style(
            bold=bool(bits & 0x08), tall=bool(bits & 0x10), wide=bool(bits & 0x20)
        )
        return self._done(3)

    def _bold(self, value: int) -> Step:
        self._state.style = replace(self._state.style, bold=bool(value & 1))
        return self._done(3)

    def _align(self, value: int) -> Step:
        if value not in _ALIGNS:
            return self._complain(3, f"unknown alignment {value}")
        if self._state.line:
            return self._complain(3, "alignment changes inside a line")
        self._state.align = _ALIGNS[value]
        return self._done(3)

    def _feed_lines(self, count: int) -> Step:
        begun = (self._flush_line(),) if self._state.line else ()
        return self._done(3, marks=(*begun, Fed(lines=count)))

    def _gs_cut(self, mode: int) -> Step:
        if mode not in (0, 1, 48, 49):
            return self._complain(3, f"unknown cut {mode}")
        return self._cut(3, partial=bool(mode & 1))

    def _cut(self, count: int, *, partial: bool) -> Step:
        if self._state.line:
            return self._complain(count, "cut with text left in the line")
        return self._done(count, marks=(Cut(partial=partial),))

    def _transmit(self, what: int) -> Step:
        if what not in (1, 49):
            return self._complain(3, f"unknown status question {what}")
        return self._done(3, asks="r", own=False)

    def _identify(self, what: int) -> Step:
        if what not in (1, 49):
            return self._complain(3, f"unknown question about the model {what}")
        return self._done(3, asks="I", own=False)

    def _reports(self, bits: int) -> Step:
        if bits:
            return self._complain(3, "unasked reports are not simulated")
        return self._done(3, own=False)

    def _raster(self) -> Step | None:
        if len(self._buffer) < 8:
            return None
        across = self._buffer[4] + 256 * self._buffer[5]
        height = self._buffer[6] + 256 * self._buffer[7]
        end = 8 + across * height
        if bytes(self._buffer[:4]) != _RASTER + b"\0" or not across * height:
            return self._complain(8, "unknown form of picture")
        if len(self._buffer) < end:
            return None
        if self._state.line:
            return self._complain(end, "picture inside a line")
        if across * 8 > self._dots + 7:
            return self._complain(end, f"picture is wider than {self._dots} dots")
        dots = bytes(self._buffer[8:end])
        image = PrintedImage(width=across * 8, height=height, dots=dots, align=self._state.align)
        return self._done(end, marks=(image,))

    def _gs_function(self) -> Step | None:
        if len(self._buffer) < 5:
            return None
        length = self._buffer[3] + 256 * self._buffer[4]
        end = 5 + length
        if len(self._buffer) < end:
            return None
        if self._buffer[2] != ord("k") or length < 2 or self._buffer[5] != CODE_TYPE:
            return self._complain(end, "unknown GS ( command")
        if not self._native_qr:
            return self._complain(end, "this model draws no QR codes")
        values = bytes(self._buffer[7:end])
        try:
            code = self._state.qr.read(self._buffer[6], values, self._state.align)
        except WrongQrError as error:
            return self._complain(end, str(error))
        return self._done(end, marks=() if code is None else (code,))
