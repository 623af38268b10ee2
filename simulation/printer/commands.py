"""What a person or a test can do to the simulated printer, in words.

One line in, one JSON object out. A line is plain words (`paper out`) or `{"command": "paper out"}`.
"""

import json
from collections.abc import Callable

from drivers.printers.contract import Paper
from simulation.printer.device import PrinterFaults, SimulatedPrinter

_LINES_LEFT = "paper left"


class PrinterCommands:
    """The vocabulary of one simulated printer. `send` puts bytes on the line to the terminal."""

    def __init__(self, printer: SimulatedPrinter, send: Callable[[bytes], None]) -> None:
        self._printer = printer
        self._send = send
        self._words: dict[str, Callable[[], None]] = {
            "paper out": lambda: self._set(paper=Paper.OUT),
            "paper in": lambda: self._set(paper=Paper.OK),
            "near end": lambda: self._set(paper=Paper.NEAR_END),
            "cover open": lambda: self._set(cover_open=True),
            "cover close": lambda: self._set(cover_open=False),
            "silence on": lambda: self._set(silent=True),
            "silence off": lambda: self._set(silent=False),
            "cutter error": lambda: self._set(cutter_error=True, cutter_stuck=True),
            "cutter free": lambda: self._set(cutter_stuck=False),
            "jam": lambda: self._set(jam=True),
            "jam clear": lambda: self._set(jam=False),
            "overheat": lambda: self._set(overheated=True),
            "cool": lambda: self._set(overheated=False),
            "low voltage": lambda: self._set(low_voltage=True),
            "break": lambda: self._set(broken=True),
            "garbage on": lambda: self._set(garbage=True),
            "garbage off": lambda: self._set(garbage=False),
            "leave untaken": lambda: self._set(left_untaken=True),
            "take": self._take,
            "power off": lambda: printer.switch_power(on=False),
            "power on": lambda: printer.switch_power(on=True),
            "clear": self._clear,
            "xoff": lambda: self._send(printer.set_xoff(True)),
            "xon": lambda: self._send(printer.set_xoff(False)),
            "status": lambda: None,
            "help": lambda: None,
        }

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """Every command, as it is typed."""
        return (*self._words, f"{_LINES_LEFT} N")

    def add(self, words: str, action: Callable[[], None]) -> None:
        """Teach one more command, for what belongs to the process and not to the printer."""
        self._words[words] = action

    def obey(self, line: str) -> str:
        """Carry out one line and return the answer, one JSON object without a line feed."""
        try:
            words = _words_of(line)
            self._carry_out(words)
        except ValueError as error:
            return json.dumps({"ok": False, "error": str(error)}, ensure_ascii=False)
        answer = {"ok": True, "command": words, "status": self._printer.status()}
        if words == "help":
            answer["known"] = list(self.vocabulary)
        return json.dumps(answer, ensure_ascii=False)

    def _carry_out(self, words: str) -> None:
        if words.startswith(_LINES_LEFT):
            self._set(lines_left=int(words.removeprefix(_LINES_LEFT)))
        elif words in self._words:
            self._words[words]()
        else:
            raise ValueError(f"unknown command {words!r}; known: {', '.join(self.vocabulary)}")

    def _set(self, **changes: object) -> None:
        for name, value in changes.items():
            setattr(self._printer.faults, name, value)
        self._send(self._printer.proceed())

    def _take(self) -> None:
        self._printer.faults.left_untaken = False
        self._printer.take_slip()

    def _clear(self) -> None:
        if self._printer.faults.xoff:
            self._send(self._printer.set_xoff(False))
        self._printer.faults = PrinterFaults()
        self._send(self._printer.proceed())


def _words_of(line: str) -> str:
    text = line.strip()
    if text.startswith("{"):
        try:
            text = str(json.loads(text)["command"])
        except KeyError as error:
            raise ValueError("the object has no 'command'") from error
    return " ".join(text.split()).lower()
