"""A ID-003 device that says what a test puts into its mouth, and a host half on its line.

For tests alone: it obeys no protocol of its own. It settles nothing by itself.
"""

from collections.abc import Callable

from drivers.acceptors.contract import (
    AcceptorEvent,
    Enabled,
    Escrowed,
    Note,
)
from drivers.acceptors.id003.codes import SETTINGS, Command, Direction
from drivers.acceptors.id003.frames import Frame, FrameDecoder, encode
from drivers.acceptors.id003.host import ALL_WAYS, Id003Host
from drivers.acceptors.id003.memory import Kept
from simulation.acceptor.id003_kit import RUBLES, ruble_table, validator_version
from simulation.acceptor.rig import Rig

ALL = frozenset(Note(minor=m * 10**e * 100, currency="RUB") for m, e in RUBLES.values())
KNOWN = Kept(table=ruble_table(), escrow=0x65).to_bytes()
ACK, INVALID = Frame(code=0x50), Frame(code=0x4B)


def rub(value: int) -> Note:
    """A banknote of so many rubles."""
    return Note(minor=value * 100, currency="RUB")


class Puppet:
    """Answers polls with `says`, everything else as a willing device, unless told otherwise."""

    def __init__(self, state: str) -> None:
        self.says = bytes.fromhex(state)
        self.heard: list[Frame] = []
        self.answers: dict[int, Frame | None] = {
            Command.VERSION: Frame(code=Command.VERSION, data=validator_version()),
            Command.CURRENCY: Frame(code=Command.CURRENCY, data=ruble_table()),
        }
        self.echoes = False
        self.raw: Callable[[bytes], bytes] = lambda frame: frame
        self._decoder = FrameDecoder()
        self._out = bytearray()

    def receive(self, data: bytes, now: float) -> None:
        self._out += data if self.echoes else b""
        for part in self._decoder.feed(data, now):
            assert isinstance(part, Frame)
            self.heard.append(part)
            answer = self._answer(part)
            if part.code != Command.ACK and answer is not None:
                self._out += self.raw(encode(answer.code, answer.data))

    def _answer(self, frame: Frame) -> Frame | None:
        if frame.code == Command.STATUS:
            return Frame(code=self.says[0], data=self.says[1:])
        if frame.code in self.answers:
            return self.answers[frame.code]
        return frame if frame.code in SETTINGS else ACK

    def tick(self, now: float) -> None:
        pass

    def data_to_send(self) -> bytes:
        data = bytes(self._out)
        self._out.clear()
        return data

    def next_deadline(self) -> float | None:
        return None

    def commands(self) -> list[int]:
        """What was ordered, set or asked, without polls and acknowledgements."""
        return [f.code for f in self.heard if f.code not in (Command.STATUS, Command.ACK)]


class Bench:
    """A host with a puppet on the line; settles nothing by itself."""

    def __init__(
        self,
        state: str,
        known: bytes | None = None,
        remember: Callable[[bytes], bool] | None = None,
        *,
        high_security: frozenset[Note] = frozenset(),
        barred: Direction = ALL_WAYS,
    ) -> None:
        self.puppet = Puppet(state)
        self.host = Id003Host(
            "b",
            "RUB",
            known=known,
            remember=remember,
            high_security=high_security,
            barred=barred,
        )
        self.rig = Rig(self.host, self.puppet)

    def hear(self, state: str, seconds: float = 0.45) -> list[AcceptorEvent]:
        """Let the device say this for a while; returns what is new, repeats once only."""
        told = len(self.rig.events)
        self.puppet.says = bytes.fromhex(state)
        self.rig.run(seconds)
        new = self.rig.events[told:]
        return [event for at, event in enumerate(new) if event not in new[:at]]

    def acks(self) -> int:
        return self.puppet.heard.count(ACK)

    def enabled(self) -> "Bench":
        self.hear("1A", 2.0)
        self.host.accept(ALL)
        self.hear("1A", 0.3)
        assert [type(e) for e in self.hear("11", 1.0)] == [Enabled]
        self.puppet.heard.clear()
        return self

    def in_escrow(self, state: str = "13 65") -> Escrowed:
        self.enabled()
        self.hear("12")
        (event,) = self.hear(state)
        assert isinstance(event, Escrowed)
        return event

    def stacking(self) -> Escrowed:
        event = self.in_escrow()
        self.host.stack(event.cycle)
        assert self.hear("14") == []
        return event
