"""A CCNET device that says what a test puts into its mouth, and a host half on its line.

For tests alone: it obeys no protocol of its own. It settles nothing by itself.
"""

from collections.abc import Callable

from drivers.acceptors.ccnet.codes import Command
from drivers.acceptors.ccnet.frames import Direction, Frame, FrameDecoder, encode_answer
from drivers.acceptors.ccnet.host import CcnetHost
from drivers.acceptors.contract import (
    AcceptorEvent,
    Enabled,
    Escrowed,
    Note,
)
from simulation.acceptor.notes import RUBLES, ruble_table, validator_identification
from simulation.acceptor.rig import Rig

ALL = frozenset(Note(minor=value * 100, currency="RUB") for value in RUBLES.values())
RUB_500 = Note(minor=50_000, currency="RUB")
ACK, ILLEGAL = b"\x00", b"\x30"


class Puppet:
    """A device that says exactly what a test puts into its mouth."""

    def __init__(self, state: str = "19") -> None:
        self.says = bytes.fromhex(state)
        self.heard: list[bytes] = []
        self.answers: dict[int, bytes | None] = {
            Command.GET_STATUS: bytes(6),
            Command.BILL_TABLE: ruble_table(),
            Command.IDENTIFICATION: validator_identification(),
            Command.GET_CRC32: bytes.fromhex("00ABCDEF"),
            Command.COUNTER_OF_STACKED: bytes([0, 7]),
        }
        self.echoes = False
        self.raw: Callable[[bytes], bytes] = lambda frame: frame
        self._decoder = FrameDecoder(Direction.COMMAND)
        self._out = bytearray()

    def say(self, state: str) -> None:
        self.says = bytes.fromhex(state)

    def receive(self, data: bytes, now: float) -> None:
        self._out += data if self.echoes else b""
        for part in self._decoder.feed(data, now):
            assert isinstance(part, Frame)
            self.heard.append(part.body)
            if part.body in (ACK, b"\xff"):
                continue
            if part.body[0] == Command.ENABLE_BILL_TYPES:
                self.answers[Command.GET_STATUS] = part.body[1:4] + bytes(3)
            body = self.says if part.body[0] == Command.POLL else self._answer(part.body[0])
            if body is not None:
                self._out += self.raw(encode_answer(body))

    def _answer(self, command: int) -> bytes | None:
        return self.answers.get(command, ACK)

    def tick(self, now: float) -> None:
        pass

    def data_to_send(self) -> bytes:
        data = bytes(self._out)
        self._out.clear()
        return data

    def next_deadline(self) -> float | None:
        return None

    def commands(self) -> list[int]:
        """What was ordered or asked, without polls and acknowledgements."""
        ignored = (Command.POLL, 0x00, 0xFF)
        return [body[0] for body in self.heard if body[0] not in ignored]


class Bench:
    """A host with a puppet on the line; settles nothing by itself."""

    def __init__(self, state: str = "19", known_table: bytes | None = None) -> None:
        self.puppet = Puppet(state)
        self.host = CcnetHost("b", "RUB", known_table=known_table)
        self.rig = Rig(self.host, self.puppet)

    def hear(self, state: str, seconds: float = 0.45) -> list[AcceptorEvent]:
        """Let the device say this for a while; returns what is new."""
        told = len(self.rig.events)
        self.puppet.say(state)
        self.rig.run(seconds)
        return self.rig.events[told:]

    def enabled(self) -> "Bench":
        self.hear("19", 1.5)
        self.host.accept(ALL)
        assert [type(e) for e in self.hear("14", 1.5)][-1:] == [Enabled]
        self.puppet.heard.clear()
        return self

    def no_counter(self) -> None:
        self.puppet.answers[Command.COUNTER_OF_STACKED] = ILLEGAL

    def counts(self, number: int) -> None:
        self.puppet.answers[Command.COUNTER_OF_STACKED] = number.to_bytes(2, "big")

    def in_escrow(self) -> Escrowed:
        self.enabled()
        self.hear("15")
        (event,) = self.hear("80 05")
        assert isinstance(event, Escrowed)
        return event

    def stacking(self) -> Escrowed:
        event = self.in_escrow()
        self.host.stack(event.cycle)
        assert self.hear("17") == []
        return event
