"""The simulated printer as a process: a pty or a TCP port, a control socket, a shelf of slips.

One loop, no threads. The first line on standard output is the path of the pty, or the address; after
it one JSON object a line: answers to commands typed on standard input, and `{"event": "slip", ...}`
for each slip.
"""

import contextlib
import json
import os
import selectors
import signal
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from drivers.printers.models import find_model
from simulation.printer.commands import PrinterCommands
from simulation.printer.device import SimulatedPrinter
from simulation.printer.line import PrinterLine
from simulation.printer.shelf import SlipShelf
from simulation.printer.tcp_line import TcpLine

_READ_SIZE = 4096


def run_printer_simulator(
    *,
    link: Path | None,
    control: Path | None,
    out: Path | None,
    stdin: bool,
    model: str = "generic_epson",
    tcp: int | None = None,
) -> int:
    """Run until SIGTERM, SIGINT or, with `stdin`, the end of standard input; return the exit code.

    Args:
        link: a stable name for the pty, made as a symbolic link.
        control: path of the Unix socket that takes commands, one JSON object or plain words a line.
        out: directory for `receipt-N.bin`, `.txt` and `.png`.
        stdin: take commands from standard input too.
        model: key of the printer's model.
        tcp: port of the loopback to listen on instead of a pty; 0 takes a free one.
    """
    process = PrinterProcess(
        link=link, control=control, out=out, model=model, output=sys.stdout, tcp=tcp
    )
    if stdin:
        process.watch_stdin()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: process.stop())
    process.run()
    return 0


class PrinterProcess:
    """The loop. `run` blocks; `stop` may be called from any thread or from a signal handler."""

    def __init__(
        self,
        *,
        link: Path | None,
        control: Path | None,
        out: Path | None,
        model: str,
        output: TextIO,
        tcp: int | None = None,
    ) -> None:
        chosen = find_model(model)
        self._output = output
        self._printer = SimulatedPrinter(chosen)
        self._shelf = (
            SlipShelf(out, columns=chosen.columns, dots=chosen.dots) if out is not None else None
        )
        self._line = PrinterLine(link) if tcp is None else TcpLine(tcp)
        self._commands = PrinterCommands(self._printer, self._send)
        self._commands.add("unplug", self._unplug)
        self._commands.add("plug", self._plug)
        self._selector = selectors.DefaultSelector()
        self._control = control
        self._guests: set[socket.socket] = set()
        self._server = self._listen(control) if control is not None else None
        self._wake_end, self._wake = os.pipe()
        self._selector.register(self._wake_end, selectors.EVENT_READ, lambda: None)
        self._stopping = False
        self._reported = 0
        self._watch_line()

    @property
    def path(self) -> str:
        """Path of the pty's far end."""
        return self._line.path

    def watch_stdin(self) -> None:
        """Take commands from standard input; its end stops the process.

        What cannot be waited for (/dev/null, a file) has nobody behind it and is not watched.
        """
        with contextlib.suppress(PermissionError):
            self._watch_commands(sys.stdin.fileno(), self._say, self.stop)

    def run(self) -> None:
        """Tell the path of the line, then serve until `stop`."""
        try:
            self._say(self._line.path)
            while not self._stopping:
                for key, _ in self._selector.select():
                    key.data()
        finally:
            self._close()

    def stop(self) -> None:
        """Let `run` return."""
        self._stopping = True
        os.write(self._wake, b"\0")

    def _watch_line(self) -> None:
        if self._line.fileno is not None:
            self._selector.register(self._line.fileno, selectors.EVENT_READ, self._serve_line)

    def _serve_line(self) -> None:
        watched = self._line.fileno
        self._send(self._printer.receive(self._line.read()))
        if watched is not None and self._line.fileno != watched:
            self._selector.unregister(watched)
            self._watch_line()

    def _send(self, answers: bytes) -> None:
        # First the slip, then the answer: who hears of a printed slip finds its picture on the shelf.
        self._put_slips_away()
        self._line.write(answers)

    def _unplug(self) -> None:
        if self._line.fileno is not None:
            self._selector.unregister(self._line.fileno)
        self._line.unplug()

    def _plug(self) -> None:
        if self._line.fileno is None:
            self._line.plug()
            self._watch_line()
            self._say(self._line.path)

    def _listen(self, control: Path) -> socket.socket:
        control.unlink(missing_ok=True)
        server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        server.bind(str(control))
        server.listen()
        self._selector.register(server, selectors.EVENT_READ, lambda: self._welcome(server))
        return server

    def _welcome(self, server: socket.socket) -> None:
        guest, _ = server.accept()
        self._guests.add(guest)

        def answer(line: str) -> None:
            guest.sendall(f"{line}\n".encode())

        def leave() -> None:
            self._guests.discard(guest)
            guest.close()

        self._watch_commands(guest.fileno(), answer, leave)

    def _watch_commands(
        self, descriptor: int, answer: Callable[[str], None], ended: Callable[[], None]
    ) -> None:
        begun = bytearray()

        def serve() -> None:
            try:
                data = os.read(descriptor, _READ_SIZE)
                begun.extend(data)
                self._obey_whole_lines(begun, answer)
            except OSError:  # the guest is gone; its last answer has no reader
                data = b""
            if not data:
                self._selector.unregister(descriptor)
                ended()

        self._selector.register(descriptor, selectors.EVENT_READ, serve)

    def _obey_whole_lines(self, begun: bytearray, answer: Callable[[str], None]) -> None:
        while b"\n" in begun:
            line, _, rest = begun.partition(b"\n")
            begun[:] = rest
            if line.strip():
                answer(self._commands.obey(line.decode("utf-8", errors="replace")))

    def _put_slips_away(self) -> None:
        for slip in self._printer.take_slips():
            event: dict[str, object] = {"event": "slip", "bytes": len(slip.data)}
            if self._shelf is not None:
                kept = self._shelf.keep(slip)
                event |= {"number": kept.number, "picture": str(kept.picture)}
            self._say(json.dumps(event, ensure_ascii=False))
        for complaint in self._printer.complaints[self._reported :]:
            self._say(json.dumps({"event": "complaint", "what": complaint}, ensure_ascii=False))
        self._reported = len(self._printer.complaints)

    def _say(self, line: str) -> None:
        print(line, file=self._output, flush=True)

    def _close(self) -> None:
        self._line.unplug()
        self._selector.close()
        for guest in self._guests:
            guest.close()
        if self._server is not None and self._control is not None:
            self._server.close()
            self._control.unlink(missing_ok=True)
        os.close(self._wake)
        os.close(self._wake_end)
