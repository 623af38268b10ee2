"""Everything that may be done to a bench at the worst moment, by name, for scripts of faults.

Shared by the money tests of every protocol: what a fault is must not differ between them. Nothing
here judges; that is `simulation.acceptor.laws`.
"""

from collections.abc import Callable, Mapping
from random import Random
from typing import Final

from drivers.acceptors.device_half import mishaps
from drivers.acceptors.device_half.phases import Phase
from simulation.acceptor.bench import Bench, give_back, stack, undecided
from simulation.acceptor.machine import Machine

Deed = Callable[[Bench[Machine]], object]
CALM_S: Final = 60.0
"""As long as a host half may need to find out what became of a note."""


class Noise:
    """Loses, doubles and flips bytes with a seeded hand, until told to stop by a rate of 0."""

    def __init__(self, seed: int, rate: float = 0.0) -> None:
        self._random = Random(seed)
        self.rate = rate

    def __call__(self, data: bytes, _to_device: bool) -> bytes:
        """See `Rig`."""
        out = bytearray()
        for byte in data:
            if self._random.random() >= self.rate:
                out.append(byte)
                continue
            match self._random.randrange(3):
                case 0:
                    pass
                case 1:
                    out += bytes([byte, byte])
                case _:
                    out.append(byte ^ 1 << self._random.randrange(8))
        return bytes(out)


def _kill_terminal(bench: Bench[Machine]) -> None:
    if bench.settles:
        bench.new_life()
        bench.accept()


def _blink(bench: Bench[Machine]) -> None:
    if bench.body.powered:
        bench.power_cut()
        bench.power_on()


def _switch_power(bench: Bench[Machine]) -> None:
    bench.power_cut() if bench.body.powered else bench.power_on()


def _move_cassette(bench: Bench[Machine]) -> None:
    if not mishaps.take_cassette_out(bench.body, bench.rig.now):
        mishaps.put_cassette_in(bench.body, bench.rig.now, empty=False)


def _unplug(bench: Bench[Machine]) -> None:
    bench.rig.unplug() if bench.rig.is_plugged else bench.rig.plug()


def _jam_or_clear(bench: Bench[Machine]) -> None:
    if not mishaps.clear_jam(bench.body, bench.rig.now, into_cassette=True):
        mishaps.jam(bench.body, Phase.STACKER_JAMMED, bench.rig.now)


def _trouble(name: str, count: int) -> Deed:
    def act(bench: Bench[Machine]) -> None:
        trouble = bench.machine.trouble
        setattr(trouble, name, getattr(trouble, name) + count)

    return act


DEEDS: Final[Mapping[str, Deed]] = {
    "insert": lambda bench: bench.insert(500),
    "insert other": lambda bench: bench.insert(100),
    "lose ack": _trouble("lose_acks", 1),
    "lose answer": _trouble("lose_answers", 1),
    "flip bit": _trouble("flip_bits", 1),
    "busy": _trouble("busy_polls", 2),
    "power": _switch_power,
    "blink": _blink,
    "kill terminal": _kill_terminal,
    "unplug": _unplug,
    "slow books": lambda bench: setattr(bench, "settles", False),
    "books again": lambda bench: setattr(bench, "settles", True),
    "give back": lambda bench: setattr(bench, "decide", give_back),
    "undecided": lambda bench: setattr(bench, "decide", undecided),
    "stack again": lambda bench: setattr(bench, "decide", stack),
    "cassette": _move_cassette,
    "jam": _jam_or_clear,
    "pull": lambda bench: bench.body.pull_back(bench.rig.now),
}


def calm_down(bench: Bench[Machine]) -> None:
    """No more faults, everything plugged in, and time to come to rest."""
    bench.machine.trouble.calm_down()
    bench.settles = True
    bench.decide = stack
    if not bench.rig.is_plugged:
        bench.rig.plug()
    if not bench.body.powered:
        bench.power_on()
    mishaps.clear_jam(bench.body, bench.rig.now, into_cassette=True)
    mishaps.put_cassette_in(bench.body, bench.rig.now, empty=False)
    bench.rig.run(CALM_S)
