"""The serial line between the terminal and the acceptor, with everything a bad cable does.

Bytes keep their order; what is late makes what follows late too. It must never know what the bytes
mean.
"""

from collections.abc import Callable
from random import Random
from typing import Final

from simulation.proof.agenda import Agenda
from simulation.proof.clock import VirtualClock

DELAY_S: Final = 0.002
LATEST_S: Final = 0.45

Deliver = Callable[[bytes], None]


class Line:
    """Both directions of one line."""

    def __init__(self, clock: VirtualClock, agenda: Agenda, chance: Random) -> None:
        self._clock = clock
        self._agenda = agenda
        self._chance = chance
        self._busy_until = {True: 0.0, False: 0.0}
        self._cable = 0
        self.noise = 0.0
        """The share of bytes that do not arrive as they were sent."""

    def carry(self, data: bytes, deliver: Deliver, *, to_device: bool) -> None:
        """Bring bytes to the other end, some time later and not always all of them."""
        now = self._clock.monotonic()
        delay = DELAY_S
        if self.noise:
            data = self._spoilt(data)
            if self._chance.random() < self.noise:
                delay = self._chance.uniform(DELAY_S, LATEST_S)
        at = max(now + delay, self._busy_until[to_device])
        self._busy_until[to_device] = at
        if data:
            cable = self._cable
            self._agenda.plan(at, lambda: deliver(data) if cable == self._cable else None)

    def drop_everything(self) -> None:
        """The cable is pulled or the power is gone: what is on its way never arrives."""
        self._cable += 1
        self._busy_until = {True: 0.0, False: 0.0}

    def _spoilt(self, data: bytes) -> bytes:
        out = bytearray()
        for byte in data:
            if self._chance.random() >= self.noise:
                out.append(byte)
                continue
            match self._chance.randrange(3):
                case 0:
                    pass
                case 1:
                    out += bytes([byte, byte])
                case _:
                    out.append(byte ^ 1 << self._chance.randrange(8))
        return bytes(out)
