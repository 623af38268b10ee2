"""ID-003 for the simulated world: a validator with rubles, and the host half of the terminal."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random
from typing import Final

from drivers.acceptors.device_half.line_trouble import LineTrouble
from drivers.acceptors.id003.currency_table import pack_currency_table
from drivers.acceptors.id003.device import Id003Device
from drivers.acceptors.id003.host import Id003Host
from drivers.acceptors.id003.open_id003 import id003_line
from drivers.acceptors.id003.timing import HostTiming
from simulation.acceptor.protocols import Build, HostBuild, Kit

RUSSIA: Final = 0x27
RUBLES: Final[Mapping[int, tuple[int, int]]] = {
    0x61: (1, 1),
    0x62: (5, 1),
    0x63: (1, 2),
    0x64: (2, 2),
    0x65: (5, 2),
    0x66: (1, 3),
    0x67: (2, 3),
    0x68: (5, 3),
}
"""Escrow code to mantissa and power of ten of a value in whole rubles."""


def ruble_table() -> bytes:
    """Data of a CURRENCY answer with eight rubles."""
    return pack_currency_table({code: (RUSSIA, *value) for code, value in RUBLES.items()})


def validator_version() -> bytes:
    """Data of a VERSION answer, in the form of facts sheet id003 section 6."""
    return b"U(RUS8)10-SS ID003-05V300-45 28JUN23 7F23"


def make_machine(
    build: Build,
    *,
    names_credit: bool = False,
    recovers: bool = True,
    answers_damage: bool = False,
) -> Id003Device:
    """A common validator with rubles; the real one takes twice as long to stack as a CCNET one."""
    return Id003Device(
        table=ruble_table(),
        version=validator_version(),
        timing=replace(build.timing, stacking_s=2 * build.timing.stacking_s),
        capacity=build.capacity,
        names_credit=names_credit,
        recovers=recovers,
        answers_damage=answers_damage,
        trouble=LineTrouble(rng=build.rng or Random(0)),
    )


def make_host(build: HostBuild, timing: HostTiming | None = None) -> Id003Host:
    """The host half as bootstrap makes it."""
    return Id003Host(
        build.boot,
        build.currency,
        timing=timing,
        known=build.known,
        remember=_surely(build.remember),
    )


def _surely(remember: Callable[[bytes], None] | None) -> Callable[[bytes], bool] | None:
    """What the simulated world remembers is never stale."""
    if remember is None:
        return None

    def keep(known: bytes) -> bool:
        remember(known)
        return True

    return keep


def _by_habits(build: Build) -> Id003Device:
    return make_machine(
        build,
        names_credit="names_credit" in build.habits,
        recovers="no_power_recovery" not in build.habits,
        answers_damage="answers_damage" in build.habits,
    )


ID003: Final = Kit(
    name="id003",
    make_machine=_by_habits,
    make_host=make_host,
    line=id003_line,
    habits=frozenset({"names_credit", "no_power_recovery", "answers_damage"}),
)
