"""A SSP device that says what a test puts into its mouth, and a host half on its line.

For tests alone: it obeys no protocol of its own. It settles nothing by itself.
"""

from random import Random

from drivers.acceptors.contract import (
    AcceptorEvent,
    Enabled,
    Escrowed,
    Note,
    Ready,
    Validating,
)
from drivers.acceptors.ssp.codes import POLLS, Command, Generic
from drivers.acceptors.ssp.device_model import DeviceModel, counters, setup_answer
from drivers.acceptors.ssp.greeting import Encryption
from drivers.acceptors.ssp.host import SspHost
from drivers.acceptors.ssp.packets import Packet, PacketDecoder, encode
from simulation.acceptor.rig import Rig, kinds

ALL = frozenset(
    Note(minor=v * 100, currency="RUB") for v in (10, 50, 100, 200, 500, 1000, 2000, 5000)
)
RUB_500 = Note(minor=50_000, currency="RUB")
OK = bytes([Generic.OK])
REFUSED = bytes([Generic.CANNOT_PROCESS])


class Puppet:
    """A plain device that says exactly what a test puts into its mouth."""

    def __init__(self, says: str) -> None:
        self.says = bytes.fromhex(says)
        self.heard: list[bytes] = []
        self.repeated = 0
        self.answers: dict[int, bytes | None] = {
            Command.SETUP_REQUEST: OK + setup_answer(DeviceModel(), 8),
            Command.SET_GENERATOR: bytes([Generic.UNKNOWN_COMMAND]),
            Command.HOLD: REFUSED,
            Command.COUNTERS: OK + counters(7, 0),
            Command.LAST_REJECT: OK + b"\x06",
        }
        self.echoes = False
        self._last: tuple[bytes, bytes] | None = None
        self._decoder = PacketDecoder()
        self._out = bytearray()

    def receive(self, data: bytes, now: float) -> None:
        self._out += data if self.echoes else b""
        for part in self._decoder.feed(data, now):
            assert isinstance(part, Packet)
            if self._last is not None and self._last[0] == data and part.data[0] != Command.SYNC:
                self.repeated += 1
                self._out += self._last[1]
                continue
            self.heard.append(part.data)
            code = part.data[0]
            body = OK + self.says if code in POLLS else self.answers.get(code, OK)
            if body is not None:
                raw = encode(Packet(sequence=part.sequence, data=body))
                self._last = (data, raw)
                self._out += raw

    def tick(self, now: float) -> None:
        pass

    def data_to_send(self) -> bytes:
        data = bytes(self._out)
        self._out.clear()
        return data

    def next_deadline(self) -> float | None:
        return None

    def commands(self) -> list[int]:
        """What was ordered or asked, without polls."""
        return [data[0] for data in self.heard if data[0] not in POLLS]


class Table:
    """A host with a puppet on the line; settles nothing by itself."""

    def __init__(
        self,
        says: str = "E8",
        *,
        encryption: Encryption = Encryption.PREFERRED,
        known: bytes | None = None,
    ) -> None:
        self.puppet = Puppet(says)
        self.host = SspHost(
            "b", "RUB", entropy=Random(1).randbytes, encryption=encryption, known=known
        )
        self.rig = Rig(self.host, self.puppet)

    def hear(self, says: str, seconds: float = 0.45) -> list[AcceptorEvent]:
        """Let the device say this for a while; returns what is new."""
        told = len(self.rig.events)
        self.puppet.says = bytes.fromhex(says)
        self.rig.run(seconds)
        return self.rig.events[told:]

    def enabled(self) -> "Table":
        assert kinds(self.hear("E8", 5.0))[-1:] == [Ready]
        self.host.accept(ALL)
        assert kinds(self.hear("", 1.5))[-1:] == [Enabled]
        self.puppet.heard.clear()
        return self

    def in_escrow(self) -> Escrowed:
        self.enabled()
        assert kinds(self.hear("EF 00")) == [Validating]
        self.puppet.answers[Command.HOLD] = OK
        (event,) = self.hear("EF 05")
        assert isinstance(event, Escrowed)
        return event

    def stacking(self) -> Escrowed:
        event = self.in_escrow()
        self.host.stack(event.cycle)
        assert self.hear("CC") == []
        self.puppet.answers[Command.HOLD] = REFUSED
        return event
