"""Looks at one port with one probe after the other and says what is there.

A port that somebody else has open is left alone: the exclusive lock is tried before a byte is sent.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from drivers.acceptors.probe.talk import Ask, Identified, Probe, Talk
from drivers.transports.port import Port, TransportError
from drivers.transports.serial_port import SerialPort, SerialSettings

QUIET_S: Final = 0.06
"""Silence behind the first byte after which an answer is complete; no device pauses that long."""
LONGEST_ANSWER: Final = 4096


class Outcome(StrEnum):
    """What is on a port."""

    FOUND = "found"
    SILENT = "silent"
    FOREIGN = "foreign"
    """Something speaks, and no probe understands it."""
    ECHO = "echo"
    """All that comes back is what was sent."""
    UNUSABLE = "unusable"
    """It cannot be opened, or broke; `problem` says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One port. `baud` is the speed at which the device answered."""

    port: str
    outcome: Outcome
    device: Identified | None = None
    baud: int = 0
    problem: str = ""


def look_at(
    port: str,
    probes: Sequence[Probe],
    *,
    opened: Callable[[SerialSettings], Port] = SerialPort,
    clock: Callable[[], float] = time.monotonic,
) -> Finding:
    """Try the probes in their order until one finds its device. Takes a few seconds at most."""
    heard = _Heard()
    for probe in probes:
        settings = probe.line(port)
        try:
            found = _talk(opened(settings), probe, heard, clock)
        except TransportError as error:
            return Finding(port=port, outcome=Outcome.UNUSABLE, problem=str(error))
        if found is not None:
            return Finding(port=port, outcome=Outcome.FOUND, device=found, baud=settings.baud)
    return Finding(port=port, outcome=heard.outcome)


@dataclass(slots=True)
class _Heard:
    """What came that no probe took for its device."""

    anything: bool = False
    only_echo: bool = True

    def note(self, asked: bytes, received: bytes) -> None:
        self.anything |= bool(received)
        self.only_echo &= not received or received == asked

    @property
    def outcome(self) -> Outcome:
        if not self.anything:
            return Outcome.SILENT
        return Outcome.ECHO if self.only_echo else Outcome.FOREIGN


def _talk(port: Port, probe: Probe, heard: _Heard, clock: Callable[[], float]) -> Identified | None:
    talk = probe.talk()
    try:
        step = _next(talk, None)
        while isinstance(step, Ask):
            received = _answer(port, step, clock)
            heard.note(step.data, received)
            step = _next(talk, received)
        return step
    finally:
        port.close()


def _next(talk: Talk, received: bytes | None) -> Ask | Identified | None:
    """The next question, or the end of the talk."""
    try:
        return next(talk) if received is None else talk.send(received)
    except StopIteration as end:
        found: Identified | None = end.value
        return found


def _answer(port: Port, ask: Ask, clock: Callable[[], float]) -> bytes:
    """All that comes until the line is quiet, or until patience ends without a byte."""
    port.read(0.0)  # What is still on its way answers an earlier question.
    port.write(ask.data)
    until = clock() + ask.patience_s
    received = b""
    while len(received) < LONGEST_ANSWER:
        # An adapter's echo comes at once; the device still has all of its time.
        waits_for_device = not received.removeprefix(ask.data)
        more = port.read(max(until - clock(), 0.0) if waits_for_device else QUIET_S)
        if not more:
            break
        received += more
    return received
