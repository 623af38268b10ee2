"""What the settings ask of a banknote acceptor, in words that no vendor uses.

A protocol that has no such thing ignores it, and says so in its `quality.toml`; it must never fail
because of a wish that its devices cannot have.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from drivers.acceptors.contract import Note


class Orientation(StrEnum):
    """A way in which a note can be fed: which side is up, and which end goes first."""

    FRONT_A = "front_a"
    FRONT_B = "front_b"
    BACK_A = "back_a"
    BACK_B = "back_b"


EVERY_WAY = frozenset(Orientation)


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptorOptions:
    """One acceptor as the settings describe it.

    Args:
        boot: unique for each start of the process; cycles are named after it.
        port: device name or pyserial URL.
        baud: speed in bits per second.
        currency: ISO 4217 code of the only notes that are ever accepted.
        high_security: notes that the device shall examine more strictly, at the price of rejects.
        orientations: ways of feeding a note that are accepted.
        memory: file that keeps what the device says of its notes between two lives; without it, a
            note that was being stacked when the process was killed may not be named.
    """

    boot: str
    port: str
    baud: int
    currency: str
    high_security: frozenset[Note] = frozenset()
    orientations: frozenset[Orientation] = EVERY_WAY
    memory: Path | None = None
