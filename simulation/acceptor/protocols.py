"""The protocols that can be simulated: how to make the machine, its host half, and their line.

One `Kit` for each protocol, in a module of its own; this registry is the only place that lists
them. It must never be loaded by a running terminal.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Final, Generic, TypeVar

from drivers.acceptors.device_half.phases import MechanismTiming
from drivers.acceptors.sans_io import AcceptorHost
from drivers.transports import SerialSettings
from simulation.acceptor.machine import Machine

M_co = TypeVar("M_co", bound=Machine, covariant=True)


class ProtocolName(StrEnum):
    """What a simulated acceptor can speak."""

    CCNET = "ccnet"
    ID003 = "id003"
    SSP = "ssp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """What kind of machine to make; a protocol ignores what it does not have."""

    timing: MechanismTiming = MechanismTiming()
    capacity: int | None = None
    has_counter: bool = True
    ack_patience_s: float | None = None
    """How late an acknowledgement may be; None for as late as the next command."""
    serial: str = "21K000000001"
    identity: str | None = None
    """What it calls itself, in the protocol's own form; None for the kit's usual machine."""
    letters: str = "RUS"
    """Country or currency of its notes, in three letters."""
    denominations: tuple[int, ...] = (10, 50, 100, 200, 500, 1000, 2000, 5000)
    """Notes that it knows, in whole units."""
    habits: frozenset[str] = frozenset()
    """Ways of its own; see the kit's `habits`."""
    rng: Random | None = None
    """Source of flipped bits and garbage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostBuild:
    """What a host half is made of.

    `boot` is unique for each start of the process. `known` is what an earlier life remembered of
    the device's notes, in the driver's own form; `remember` gets it.
    """

    boot: str
    currency: str = "RUB"
    known: bytes | None = None
    remember: Callable[[bytes], None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit(Generic[M_co]):
    """One protocol: a machine, the host half that talks to it, and how their line is opened."""

    name: str
    make_machine: Callable[[Build], M_co]
    make_host: Callable[[HostBuild], AcceptorHost]
    line: Callable[[str], SerialSettings]
    """Settings of a line to a real device of this protocol, by the port's name."""
    habits: frozenset[str] = frozenset()
    """Words that `Build.habits` may hold."""
    strangers: tuple[bytes, ...] = ()
    """Whole answers of other devices on the same bus; none where the protocol has no addresses."""


def kit_of(protocol: ProtocolName) -> Kit[Machine]:
    """The kit of a protocol; loads its driver only then."""
    return _KITS[protocol]()


def _ccnet() -> Kit[Machine]:
    from simulation.acceptor.ccnet_kit import CCNET

    return CCNET


def _id003() -> Kit[Machine]:
    from simulation.acceptor.id003_kit import ID003

    return ID003


def _ssp() -> Kit[Machine]:
    from simulation.acceptor.ssp_kit import SSP

    return SSP


_KITS: Final[Mapping[ProtocolName, Callable[[], Kit[Machine]]]] = {
    ProtocolName.CCNET: _ccnet,
    ProtocolName.ID003: _id003,
    ProtocolName.SSP: _ssp,
}
