"""Arbitrary bytes and arbitrary frames, in every state: no error, no growth, no credit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.acceptors.contract import Escrowed, Stacked
from drivers.acceptors.id003.codes import Command
from drivers.acceptors.id003.frames import encode
from drivers.acceptors.id003.host import Id003Host
from drivers.acceptors.id003.memory import Kept
from simulation.acceptor.bench import Bench, undecided
from simulation.acceptor.id003_kit import ID003, make_machine, ruble_table
from simulation.acceptor.protocols import Build

KNOWN = Kept(table=ruble_table(), escrow=0x65).to_bytes()
STATES = ["starting", "ready", "accepting", "escrow", "stacking", "credit"]
BYTES = st.lists(st.binary(max_size=80), max_size=25)
CODES = st.one_of(
    st.sampled_from([0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x1A, 0x40, 0x42, 0x4A, 0x50]),
    st.integers(0, 255),
)
FRAMES = st.lists(st.tuples(CODES, st.binary(max_size=6)), max_size=40)
BOUND = 400
"""More than one frame and the bookkeeping of one request."""


def host_in(state: str) -> tuple[Id003Host, float]:
    """A real host half in a state of its device, and the time."""
    bench = Bench(ID003)
    bench.settles = False
    if state != "starting":
        bench.start()
    if state in ("accepting", "escrow", "stacking", "credit"):
        if state == "escrow":
            bench.decide = undecided
        assert bench.insert(500)
        bench.rig.run({"accepting": 0.4, "escrow": 1.4, "stacking": 1.8, "credit": 4.0}[state])
    host = bench.host
    assert isinstance(host, Id003Host)
    return host, bench.rig.now


@pytest.mark.parametrize("state", STATES)
@settings(max_examples=25, deadline=None)
@given(pieces=BYTES)
def test_arbitrary_bytes_never_raise_nor_make_a_note(state: str, pieces: list[bytes]) -> None:
    host, now = host_in(state)
    told = []
    for piece in pieces:
        now += 0.07
        told += host.receive(piece, now)
        assert len(host.data_to_send()) < BOUND
        told += host.tick(now + 0.01)
        assert len(host.data_to_send()) < BOUND
    new = [event for event in told if isinstance(event, Escrowed | Stacked)]
    allowed = {"boot1-1"} if state in ("escrow", "stacking", "credit") else set()
    assert {event.cycle for event in new} <= allowed


@pytest.mark.parametrize("known", [None, KNOWN], ids=["knows nothing", "knows its table"])
@settings(max_examples=60, deadline=None)
@given(frames=FRAMES)
def test_arbitrary_frames_never_raise_and_credit_only_by_vend_valid(
    frames: list[tuple[int, bytes]], known: bytes | None
) -> None:
    host, now, told = Id003Host("b", "RUB", known=known), 0.0, []
    for code, data in [(Command.VERSION, b"U ID003"), *frames]:
        now += 0.21
        told += host.tick(now)
        host.data_to_send()
        told += host.receive(encode(code, data), now + 0.02)
        host.data_to_send()
    if 0x15 not in {code for code, _ in frames}:
        assert not [event for event in told if isinstance(event, Stacked)]
    stacked = {event.cycle for event in told if isinstance(event, Stacked)}
    escrows = sum(code == 0x13 for code, _ in frames)
    assert len(stacked) <= escrows + 1, "one credit for one escrow, and one of an earlier life"


@settings(max_examples=60, deadline=None)
@given(pieces=BYTES, frames=FRAMES)
def test_the_device_half_stands_anything(
    pieces: list[bytes], frames: list[tuple[int, bytes]]
) -> None:
    device, now = make_machine(Build()), 0.0
    for piece in [*pieces, *(encode(code, data) for code, data in frames)]:
        now += 0.3
        device.insert(500, now)
        device.receive(piece, now)
        assert len(device.data_to_send()) < 256 * (1 + len(piece) // 5)
    everywhere = device.body.places
    papers = [*everywhere.stacked, *everywhere.returned, *everywhere.removed]
    numbers = [paper.number for paper in papers]
    assert len(numbers) == len(set(numbers))
