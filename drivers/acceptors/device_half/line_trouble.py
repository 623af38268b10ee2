"""What can be wrong with the words of a simulated acceptor, whatever it speaks.

Counters go down as they are used up; switches stay until they are turned off. It must never touch
the mechanism: a bad line moves no paper.
"""

import random
from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True)
class LineTrouble:
    """Orders to fail, given by people, tests and the simulation; obeyed by the device half."""

    lose_answers: int = 0
    lose_acks: int = 0
    """Only acknowledgements of a note's end count: losing others has no effect."""
    flip_bits: int = 0
    busy_polls: int = 0
    """Polls answered with "busy", where the protocol has such a word; else not answered at all."""
    busy_for: int = 1
    """How long "busy" promises to last, in the protocol's own unit."""
    silent: bool = False
    garbage: bool = False
    echoes: bool = False
    """The adapter repeats what the host says."""
    rng: random.Random = field(default_factory=lambda: random.Random(0))

    @property
    def is_calm(self) -> bool:
        """Its next answers will be heard as they are."""
        spent = self.lose_answers or self.flip_bits or self.busy_polls
        return not (spent or self.silent or self.garbage or self.echoes)

    def calm_down(self) -> None:
        """Nothing is wrong any more."""
        self.lose_answers = self.lose_acks = self.flip_bits = self.busy_polls = 0
        self.silent = self.garbage = self.echoes = False

    def ack_is_lost(self) -> bool:
        """Use up one lost acknowledgement, if there is one."""
        if not self.lose_acks:
            return False
        self.lose_acks -= 1
        return True

    def is_busy(self) -> bool:
        """Use up one busy poll, if there is one."""
        if not self.busy_polls:
            return False
        self.busy_polls -= 1
        return True

    def spoil(self, answer: bytes) -> bytes:
        """What is left of one answer on the line."""
        if self.lose_answers:
            self.lose_answers -= 1
            return b""
        if self.garbage:
            return self.rng.randbytes(len(answer))
        if self.flip_bits and answer:
            self.flip_bits -= 1
            raw = bytearray(answer)
            raw[self.rng.randrange(len(raw))] ^= 1 << self.rng.randrange(8)
            return bytes(raw)
        return answer
