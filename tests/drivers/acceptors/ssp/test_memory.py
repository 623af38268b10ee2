"""What one life leaves to the next."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.acceptors.ssp.memory import (
    FILE_BYTES,
    LineMemory,
    Remembered,
    Underway,
    is_only_another_packet,
)

EVERYTHING = Remembered(
    setup=bytes(range(200)),
    underway=Underway(channel=5, ordered=True, count=17),
    packet=bytes.fromhex("7F 00 01 07 11 88"),
)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "new" / "acceptor"
    LineMemory(path).write(EVERYTHING.to_bytes())
    assert Remembered.from_bytes(LineMemory(path).read()) == EVERYTHING
    assert path.stat().st_size == FILE_BYTES


def test_a_shorter_content_leaves_nothing_of_the_longer_one(tmp_path: Path) -> None:
    memory = LineMemory(tmp_path / "acceptor")
    memory.write(EVERYTHING.to_bytes())
    memory.write(Remembered().to_bytes())
    assert Remembered.from_bytes(memory.read()) == Remembered()


def test_a_torn_file_is_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "acceptor"
    LineMemory(path).write(EVERYTHING.to_bytes())
    raw = bytearray(path.read_bytes())
    raw[100] ^= 1
    path.write_bytes(raw)
    assert LineMemory(path).read() is None


def test_nothing_there_and_nothing_readable_are_the_same(tmp_path: Path) -> None:
    assert LineMemory(tmp_path / "none").read() is None
    assert LineMemory(tmp_path).read() is None


def test_a_file_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    LineMemory(tmp_path).write(EVERYTHING.to_bytes())


@given(st.binary(max_size=100))
def test_garbage_is_nothing_known(garbage: bytes) -> None:
    assert isinstance(Remembered.from_bytes(garbage), Remembered)


@pytest.mark.parametrize("data", [b"[]", b'{"note": 5}', b'{"setup": 1}', b'{"note": ["x", 1, 2]}'])
def test_json_of_something_else_is_nothing_known(data: bytes) -> None:
    assert Remembered.from_bytes(data) == Remembered()


def test_only_a_packet_may_be_forgotten_with_the_power() -> None:
    other = Remembered(setup=EVERYTHING.setup, underway=EVERYTHING.underway, packet=b"")
    assert is_only_another_packet(EVERYTHING, other)
    assert not is_only_another_packet(EVERYTHING, Remembered())
