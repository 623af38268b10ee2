"""CCNET for the simulated world: a validator with rubles, and the host half of the terminal."""

from random import Random
from typing import Final

from drivers.acceptors.ccnet.codes import TYPES, WIDE_TYPES, State
from drivers.acceptors.ccnet.device import CcnetDevice
from drivers.acceptors.ccnet.frames import encode_answer
from drivers.acceptors.ccnet.host import CcnetHost
from drivers.acceptors.ccnet.open_ccnet import ccnet_line
from drivers.acceptors.ccnet.quirks import Quirks
from drivers.acceptors.ccnet.timing import HostTiming
from drivers.acceptors.device_half.line_trouble import LineTrouble
from simulation.acceptor.notes import table_of, validator_identification
from simulation.acceptor.protocols import Build, HostBuild, Kit

COIN_CHANGER: Final = 0x02
"""Another address on the bus (facts sheet ccnet section 2)."""


def make_machine(build: Build) -> CcnetDevice:
    """A common validator with rubles."""
    types = WIDE_TYPES if "48_types" in build.habits else TYPES
    return CcnetDevice(
        table=table_of(build.denominations, build.letters, types=types),
        identification=validator_identification(build.serial, build.identity or "SM-RU1353"),
        quirks=Quirks(
            disabled_after_note="disabled_after_note" in build.habits,
            busy_after_reset="busy_after_reset" in build.habits,
            mute_on_unknown="mute_on_unknown" in build.habits,
        ),
        timing=build.timing,
        capacity=build.capacity,
        has_counter=build.has_counter,
        ack_patience_s=build.ack_patience_s,
        trouble=LineTrouble(rng=build.rng or Random(0)),
    )


def make_host(build: HostBuild, timing: HostTiming | None = None) -> CcnetHost:
    """The host half as bootstrap makes it."""
    return CcnetHost(
        build.boot,
        build.currency,
        timing=timing,
        known_table=build.known,
        remember_table=build.remember,
    )


CCNET: Final = Kit(
    name="ccnet",
    make_machine=make_machine,
    make_host=make_host,
    line=ccnet_line,
    habits=frozenset({"48_types", "disabled_after_note", "busy_after_reset", "mute_on_unknown"}),
    strangers=(
        encode_answer(bytes([State.BILL_STACKED, 5]), address=COIN_CHANGER),
        encode_answer(bytes([State.IDLING]), address=COIN_CHANGER),
    ),
)
