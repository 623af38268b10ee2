"""How a probe speaks: it yields a question and is sent what came back, no I/O of its own.

A probe may only ask what changes nothing in a device: never reset, enable, order or acknowledge, for
somebody's note may be inside and its end not yet heard by the terminal.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass

from drivers.acceptors.contract import Identity, Note
from drivers.transports.serial_port import SerialSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question, and how long its answer may take (seconds)."""

    data: bytes
    patience_s: float = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """A device that speaks the protocol. `notes` are all of its denominations; `is_busy` when it
    was at work and would tell no more.
    """

    identity: Identity
    notes: tuple[Note, ...] = ()
    is_busy: bool = False


Talk = Generator[Ask, bytes, Identified | None]
"""Ends with what was found, None where nobody speaks the protocol."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One protocol at one speed."""

    protocol: str
    line: Callable[[str], SerialSettings]
    talk: Callable[[], Talk]


def without_echo(asked: bytes, received: bytes) -> bytes:
    """What is left when the adapter gives back what it was given."""
    return received.removeprefix(asked)
