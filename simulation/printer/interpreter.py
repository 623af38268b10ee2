"""Reads ESC/POS bytes as a strict printer would and says what they draw.

Knows only the commands that a slip may use; every other byte is a complaint with its place in the
stream, because a real printer would print garbage there. It shares no code with the renderer of
slips, so that a mistake there is not repeated here. Facts sheet receipts §1.5, §1.7, §2.2, §2.3.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from kiosk.receipts.model import Align
from simulation.printer.paper import Cut, Fed, Mark, PrintedLine, PrintedQr, Span

_LF, _CR, _ESC, _GS = 0x0A, 0x0D, 0x1B, 0x1D
_ALIGNS = {0: Align.LEFT, 1: Align.CENTER, 2: Align.RIGHT}
_QR_CORRECTIONS = {0x30: "L", 0x31: "M", 0x32: "Q", 0x33: "H"}
_QR_CODE_TYPE = 0x31
_QR_STORE, _QR_PRINT, _QR_MODEL, _QR_SIZE, _QR_CORRECTION = 80, 81, 65, 67, 69


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one command did. `own` is False for questions that are no part of any slip."""

    consumed: bytes
    marks: tuple[Mark, ...] = ()
    complaint: str = ""
    asks: int | None = None
    own: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    bold: bool = False
    wide: bool = False
    tall: bool = False


@dataclass(slots=True)
class _QrStore:
    payload: bytes = b""
    module: int = 3
    correction: str = "L"


@dataclass(slots=True)
class _State:
    page: str = "cp437"
    align: Align = Align.LEFT
    style: _Style = field(default_factory=_Style)
    line: list[Span] = field(default_factory=list)
    qr: _QrStore = field(default_factory=_QrStore)


class Interpreter:
    """Takes bytes, gives one step at a time. `code_page` is the number of CP866 in this printer."""

    def __init__(self, columns: int, code_page: int = 17) -> None:
        self._pages = {0: "cp437", code_page: "cp866"}
        self._columns = columns
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
        if first in (_ESC, _GS):
            return self._command(first)
        if first == _LF:
            return self._done(1, marks=(self._flush_line(),))
        if first == _CR:
            return self._done(1)
        if first < 0x20 or first == 0x7F:
            return self._complain(1, f"unknown byte {first:02X}")
        return self._text()

    def _done(
        self,
        count: int,
        *,
        marks: tuple[Mark, ...] = (),
        complaint: str = "",
        asks: int | None = None,
        own: bool = True,
    ) -> Step:
        consumed = bytes(self._buffer[:count])
        del self._buffer[:count]
        self._position += count
        return Step(consumed=consumed, marks=marks, complaint=complaint, asks=asks, own=own)

    def _complain(self, count: int, what: str) -> Step:
        return self._done(count, complaint=f"at byte {self._position}: {what}")

    def _text(self) -> Step:
        end = next(
            (i for i, b in enumerate(self._buffer) if b < 0x20 or b == 0x7F),
            len(self._buffer),
        )
        text = bytes(self._buffer[:end]).decode(self._state.page)
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
        letter = chr(self._buffer[1])
        if first == _ESC and letter in "@i":
            return self._esc_bare(letter)
        if first == _GS and letter == "(":
            return self._gs_function()
        table = self._esc_commands() if first == _ESC else self._gs_commands()
        if letter not in table:
            name = "ESC" if first == _ESC else "GS"
            return self._complain(2, f"unknown command {name} {self._buffer[1]:02X}")
        if len(self._buffer) < 3:
            return None
        return table[letter](self._buffer[2])

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
        return {"V": self._gs_cut, "r": self._transmit, "a": self._reports}

    def _page(self, number: int) -> Step:
        if number not in self._pages:
            self._state.page = "cp437"
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
        return self._done(3, asks=1, own=False)

    def _reports(self, bits: int) -> Step:
        if bits:
            return self._complain(3, "unasked reports are not simulated")
        return self._done(3, own=False)

    def _gs_function(self) -> Step | None:
        if len(self._buffer) < 5:
            return None
        length = self._buffer[3] + 256 * self._buffer[4]
        end = 5 + length
        if len(self._buffer) < end:
            return None
        if self._buffer[2] != ord("k") or length < 2 or self._buffer[5] != _QR_CODE_TYPE:
            return self._complain(end, "unknown GS ( command")
        return self._qr(self._buffer[6], bytes(self._buffer[7:end]), end)

    def _qr(self, function: int, values: bytes, end: int) -> Step:
        store = self._state.qr
        if function == _QR_MODEL and values == b"2\x00":
            return self._done(end)
        if function == _QR_SIZE and len(values) == 1 and 1 <= values[0] <= 16:
            store.module = values[0]
        elif function == _QR_CORRECTION and len(values) == 1 and values[0] in _QR_CORRECTIONS:
            store.correction = _QR_CORRECTIONS[values[0]]
        elif function == _QR_STORE and values[:1] == b"0":
            store.payload = values[1:]
        elif function == _QR_PRINT and values == b"0" and store.payload:
            return self._done(end, marks=(self._printed_qr(),))
        else:
            return self._complain(end, f"wrong QR function {function}")
        return self._done(end)

    def _printed_qr(self) -> PrintedQr:
        store = self._state.qr
        return PrintedQr(
            payload=store.payload.decode("utf-8", errors="replace"),
            module=store.module,
            correction=store.correction,
            align=self._state.align,
        )
