"""Bytes on one line are told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.printers.session import (
    ByteSorter,
    FenceByte,
    FlowByte,
    Incoming,
    Noise,
    Report,
    StatusByte,
)


def sort(data: bytes) -> list[Incoming]:
    return ByteSorter().feed(data)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\x12", [StatusByte(0x12)]),
        (b"\x00", [FenceByte(0)]),
        (b"\x13\x11\x1e", [FlowByte(True), FlowByte(False), StatusByte(0x1E)]),
        (b"\x14\x00\x00\x00\x12", [Report(b"\x14\x00\x00\x00"), StatusByte(0x12)]),
        (b"\x18\x00\x12", [Noise(0x18), Noise(0x00), StatusByte(0x12)]),
        (b"\x80\x95", [Noise(0x80), Noise(0x95)]),
        (b"\x10\x00\x13\x00\x00", [FlowByte(True), Report(b"\x10\x00\x00\x00")]),
    ],
)
def test_each_kind_of_byte(data: bytes, expected: list[Incoming]) -> None:
    assert sort(data) == expected


def test_the_tail_of_a_report_is_no_fence() -> None:
    sorter = ByteSorter()
    assert sorter.feed(b"\x14\x00") == []
    assert sorter.feed(b"\x00\x00\x03") == [Report(b"\x14\x00\x00\x00"), FenceByte(3)]


@given(st.binary())
def test_cutting_the_stream_changes_nothing(data: bytes) -> None:
    sorter = ByteSorter()
    assert [one for byte in data for one in sorter.feed(bytes([byte]))] == sort(data)


@given(st.binary())
def test_every_byte_is_accounted_for(data: bytes) -> None:
    counted = sum(len(one.data) if isinstance(one, Report) else 1 for one in sort(data))
    assert len(data) - 3 <= counted <= len(data)


@pytest.mark.parametrize(("value", "out"), [(0, False), (3, False), (0x0C, True), (4, True)])
def test_fence_may_tell_that_paper_ended(value: int, out: bool) -> None:
    assert FenceByte(value).paper_out == out
