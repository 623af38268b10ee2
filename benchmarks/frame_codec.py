"""Frames a second, each way, of every acceptor protocol, against what is asked of them.

The baseline is the CPU time that 50,000 frames a second leave for one: below 1.0 the codec is fast
enough. The frames are those of a poll and of its answer, cut as a serial line delivers them.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from benchmarks.measure import Comparison, Pair, compare
from drivers.acceptors.ccnet import frames as ccnet
from drivers.acceptors.id003 import frames as id003
from drivers.acceptors.ssp import packets as ssp

ASKED_FOR: Final = 50_000
BASELINE: Final = f"the time that {ASKED_FOR:,} frames a second leave for one"

_CCNET_POLL: Final = ccnet.encode_command(0x33)
_CCNET_ESCROW: Final = ccnet.encode_answer(b"\x80\x04")
_ID003_ESCROW: Final = id003.encode(0x13, b"\x63")
_SSP_CREDIT: Final = ssp.Packet(sequence=1, data=b"\xf0\xee\x03")
_SSP_RAW: Final = ssp.encode(_SSP_CREDIT)


def run(*, quick: bool, folder: Path | None) -> tuple[Comparison, ...]:
    """Measure every codec; `folder` has no meaning here."""
    del folder
    answers = ccnet.FrameDecoder(ccnet.Direction.ANSWER)
    jcm, packets = id003.FrameDecoder(), ssp.PacketDecoder()
    works: dict[str, Callable[[], object]] = {
        "frame_codec.ccnet_encode": lambda: ccnet.encode_command(0x33),
        "frame_codec.ccnet_decode": lambda: answers.feed(_CCNET_ESCROW, 0.0),
        "frame_codec.id003_encode": lambda: id003.encode(0x11),
        "frame_codec.id003_decode": lambda: jcm.feed(_ID003_ESCROW, 0.0),
        "frame_codec.ssp_encode": lambda: ssp.encode(_SSP_CREDIT),
        "frame_codec.ssp_decode": lambda: packets.feed(_SSP_RAW, 0.0),
    }
    rounds, repetitions = (2_000, 3) if quick else (20_000, 7)
    return tuple(_compared(name, work, rounds, repetitions) for name, work in works.items())


def _compared(name: str, work: Callable[[], object], rounds: int, repetitions: int) -> Comparison:
    pairs = [Pair((_seconds(work, rounds),), (1 / ASKED_FOR,)) for _ in range(repetitions + 1)]
    what = "one frame to bytes" if name.endswith("encode") else "the bytes of one frame to a frame"
    return compare(name, what, BASELINE, pairs[1:])


def _seconds(work: Callable[[], object], rounds: int) -> float:
    """CPU time of one call, the mean of many: a single one is too short for the clock."""
    began = time.process_time()
    for _ in range(rounds):
        work()
    return (time.process_time() - began) / rounds
