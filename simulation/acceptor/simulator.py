"""A simulated acceptor on a pseudo-terminal, obeying words from a socket and from standard input.

One thread, one selector, real time. The other side may open and close the line as often as it
likes; killing this process is a power cut of the machine if it was given a state file.
"""

import contextlib
import json
import math
import os
import queue
import selectors
import signal
import socket
import sys
import time
import tty
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from simulation.acceptor.controls import Answer, Controls
from simulation.acceptor.fault_plan import FaultSchedule, PlannedFault, read_fault_plan
from simulation.acceptor.machine import Machine
from simulation.acceptor.models import find_model
from simulation.acceptor.persistence import StateFile
from simulation.acceptor.protocols import ProtocolName, kit_of

CHUNK: Final = 4096
LONGEST_LINE: Final = 4096
LONGEST_WAIT_S: Final = 0.5
ANSWER_LIMIT_S: Final = 5.0


class PseudoTerminal:
    """A pair whose far end looks like a serial port.

    The far end is kept open here too, so that a program closing it is not the end of the line.
    """

    def __init__(self, link: Path | None) -> None:
        self.master, self._slave = os.openpty()
        tty.setraw(self.master)
        tty.setraw(self._slave)
        os.set_blocking(self.master, False)
        self.path = os.ttyname(self._slave)
        self._link = link
        if link is not None:
            link.parent.mkdir(parents=True, exist_ok=True)
            beside = link.with_name(link.name + ".new")
            beside.unlink(missing_ok=True)
            beside.symlink_to(self.path)
            beside.replace(link)

    def read(self) -> bytes:
        """What has arrived."""
        try:
            return os.read(self.master, CHUNK)
        except (BlockingIOError, OSError):
            return b""

    def write(self, data: bytes) -> None:
        """Send; what nobody reads is lost, as on a wire."""
        with contextlib.suppress(BlockingIOError, OSError):
            os.write(self.master, data)

    def close(self) -> None:
        """Give the pair and its link back."""
        if self._link is not None and self._link.is_symlink():
            with contextlib.suppress(OSError):
                if os.readlink(self._link) == self.path:  # noqa: PTH115
                    self._link.unlink()
        os.close(self.master)
        os.close(self._slave)


class _Lines:
    """Bytes of one speaker, cut into lines; a line without end is dropped."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[str]:
        *lines, self._rest = (self._rest + data).split(b"\n")
        self._rest = self._rest if len(self._rest) <= LONGEST_LINE else b""
        return [line.decode("utf-8", "replace") for line in lines if line.strip()]


class _Asked:
    """A line from another thread, and the place for its answer."""

    def __init__(self, line: str) -> None:
        self.line = line
        self.answer: queue.SimpleQueue[Answer] = queue.SimpleQueue()


class AcceptorSimulator:
    """One simulated acceptor with its line and its controls.

    Args:
        machine: what hangs on the line.
        link: symbolic link to the line, so that its name can stand in settings.
        control: Unix socket that takes one command a line and answers one JSON object a line.
        state: file that keeps the insides between two runs.
        faults: what happens by itself, counted from now.
        stdin: take commands from standard input too, and answer on standard output.
    """

    def __init__(
        self,
        machine: Machine,
        *,
        link: Path | None = None,
        control: Path | None = None,
        state: Path | None = None,
        stdin: bool = False,
        faults: Iterable[PlannedFault] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.machine = machine
        self._clock = clock
        self._faults = FaultSchedule(faults, clock())
        self._controls = Controls(machine)
        self._state = StateFile(state, machine) if state else None
        if self._state is not None:
            self._state.load()
        self._line = PseudoTerminal(link)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._line.master, selectors.EVENT_READ, self._hear_line)
        self._control = control
        self._listener = self._listen(control) if control else None
        self._woken, self._waker = os.pipe()
        self._asked: queue.SimpleQueue[_Asked] = queue.SimpleQueue()
        self._stopping = False
        self._selector.register(self._woken, selectors.EVENT_READ, self._wake)
        if stdin:
            self._take_lines_from_stdin()

    @property
    def path(self) -> str:
        """Name of the line, for the one who plays the terminal."""
        return self._line.path

    def run(self) -> None:
        """Work until `stop`, and until the end of the process otherwise."""
        try:
            while not self._stopping:
                self._turn()
        finally:
            self._close()

    def obey(self, line: str) -> Answer:
        """Do what one line says, at the next turn of `run`; may be called from another thread."""
        asked = _Asked(line)
        self._asked.put(asked)
        os.write(self._waker, b"w")
        return asked.answer.get(timeout=ANSWER_LIMIT_S)

    def stop(self) -> None:
        """End `run`; may be called from another thread or a signal handler."""
        self._stopping = True
        os.write(self._waker, b"s")

    def _turn(self) -> None:
        for key, _ in self._selector.select(self._wait_s()):
            key.data()
        self.machine.tick(self._clock())
        self._happen()
        self._keep()
        if data := self.machine.data_to_send():
            self._line.write(data)

    def _happen(self) -> None:
        now = self._clock()
        for line in self._faults.take_due(now, self.machine.body.phase):
            self._controls.obey(line, now)

    def _wake(self) -> None:
        os.read(self._woken, CHUNK)
        while not self._asked.empty():
            asked = self._asked.get()
            asked.answer.put(self._obey(asked.line))

    def _wait_s(self) -> float:
        due = (self.machine.next_deadline(), self._faults.next_deadline())
        soonest = min((at for at in due if at is not None), default=math.inf)
        return min(max(soonest - self._clock(), 0.0), LONGEST_WAIT_S)

    def _keep(self) -> None:
        if self._state is not None:
            self._state.follow()

    def _hear_line(self) -> None:
        self.machine.receive(self._line.read(), self._clock())

    # --- controls -------------------------------------------------------------------------------

    def _listen(self, path: Path) -> socket.socket:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(path))
        listener.listen()
        listener.setblocking(False)
        self._selector.register(listener, selectors.EVENT_READ, self._welcome)
        return listener

    def _welcome(self) -> None:
        assert self._listener is not None
        speaker, _ = self._listener.accept()
        speaker.setblocking(False)
        lines = _Lines()
        hear = lambda: self._hear_speaker(speaker, lines)  # noqa: E731
        self._selector.register(speaker, selectors.EVENT_READ, hear)

    def _hear_speaker(self, speaker: socket.socket, lines: _Lines) -> None:
        try:
            data = speaker.recv(CHUNK)
            for line in lines.feed(data):
                speaker.sendall(self._answer(line))
        except OSError:
            data = b""
        if not data:
            self._selector.unregister(speaker)
            speaker.close()

    def _take_lines_from_stdin(self) -> None:
        lines = _Lines()
        with contextlib.suppress(OSError, ValueError):  # A file as standard input cannot wait.
            self._selector.register(0, selectors.EVENT_READ, lambda: self._hear_stdin(lines))

    def _hear_stdin(self, lines: _Lines) -> None:
        data = os.read(0, CHUNK)
        for line in lines.feed(data):
            sys.stdout.write(self._answer(line).decode())
            sys.stdout.flush()
        if not data:
            self._selector.unregister(0)

    def _answer(self, line: str) -> bytes:
        return json.dumps(self._obey(line), ensure_ascii=False).encode() + b"\n"

    def _obey(self, line: str) -> Answer:
        now = self._clock()
        self.machine.tick(now)
        answer = self._controls.obey(line, now)
        self._keep()
        return answer

    def _close(self) -> None:
        for key in list(self._selector.get_map().values()):
            if isinstance(key.fileobj, socket.socket):
                key.fileobj.close()
        self._selector.close()
        if self._control is not None:
            self._control.unlink(missing_ok=True)
        self._line.close()
        os.close(self._woken)
        os.close(self._waker)


def run_acceptor_simulator(
    *,
    link: Path | None,
    control: Path | None,
    state: Path | None,
    stdin: bool,
    protocol: ProtocolName = ProtocolName.CCNET,
    model: str | None = None,
    faults: Path | None = None,
) -> int:
    """Run a simulated acceptor until interrupted; prints the name of its line first.

    Raises UnknownModelError, FaultPlanError.

    Belongs on the main thread of a process: it ends cleanly on SIGTERM and on Ctrl-C.
    """
    machine = kit_of(protocol).make_machine(find_model(protocol, model).build())
    plan = read_fault_plan(faults) if faults else ()
    simulator = AcceptorSimulator(
        machine, link=link, control=control, state=state, stdin=stdin, faults=plan
    )
    signal.signal(signal.SIGTERM, lambda *_: simulator.stop())
    sys.stdout.write(f"{simulator.path}\n")
    sys.stdout.flush()
    with contextlib.suppress(KeyboardInterrupt):
        simulator.run()
    return 0
