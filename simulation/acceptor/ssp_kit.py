"""SSP for the simulated world: validators with rubles, and the host half of the terminal."""

from dataclasses import replace
from random import Random
from typing import Final

from drivers.acceptors.device_half.line_trouble import LineTrouble
from drivers.acceptors.ssp.device import SspDevice
from drivers.acceptors.ssp.device_model import DeviceModel
from drivers.acceptors.ssp.greeting import Encryption
from drivers.acceptors.ssp.host import SspHost
from drivers.acceptors.ssp.open_ssp import ssp_line
from drivers.acceptors.ssp.packets import Packet, encode
from drivers.acceptors.ssp.timing import HostTiming
from simulation.acceptor.protocols import Build, HostBuild, Kit

PLAIN: Final = DeviceModel(has_essp=False, has_poll_with_ack=False)
"""A validator without encryption, which tells each event once."""
ESSP: Final = DeviceModel()
"""One with encryption and POLL WITH ACK."""
ESSP_WITHOUT_ACK: Final = DeviceModel(has_poll_with_ack=False)
"""One with encryption that does not know POLL WITH ACK."""


def make_machine(build: Build, model: DeviceModel = ESSP) -> SspDevice:
    """A validator with rubles."""
    serial = int("".join(filter(str.isdigit, build.serial)) or "0") % 0x1_0000_0000
    return SspDevice(
        replace(model, has_counter=model.has_counter and build.has_counter, serial=serial),
        timing=build.timing,
        capacity=build.capacity,
        trouble=LineTrouble(rng=build.rng or Random(0)),
    )


def make_host(
    build: HostBuild,
    timing: HostTiming | None = None,
    encryption: Encryption = Encryption.PREFERRED,
) -> SspHost:
    """The host half as bootstrap makes it, but for chance, which is repeatable here."""
    return SspHost(
        build.boot,
        build.currency,
        entropy=Random(build.boot).randbytes,
        timing=timing,
        known=build.known,
        remember=build.remember,
        encryption=encryption,
    )


def kit(model: DeviceModel) -> Kit[SspDevice]:
    """A kit for one make of validator."""
    return Kit(
        name="ssp",
        make_machine=lambda build: make_machine(build, model),
        make_host=make_host,
        line=ssp_line,
        strangers=(encode(Packet(sequence=0, address=0x10, data=b"\xf0\xee\x03")),),
    )


def _by_habits(build: Build) -> SspDevice:
    if "plain" in build.habits:
        return make_machine(build, PLAIN)
    return make_machine(build, ESSP_WITHOUT_ACK if "no_poll_with_ack" in build.habits else ESSP)


SSP: Final = replace(
    kit(ESSP), make_machine=_by_habits, habits=frozenset({"plain", "no_poll_with_ack"})
)
