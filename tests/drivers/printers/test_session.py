"""Bytes on one line are told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.printers.session import (
    ByteSorter,
    FenceByte,
    FlowByte,
    FullStatus,
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


def test_a_full_answer_is_taken_whole_whatever_stands_in_it() -> None:
    sorter = ByteSorter()
    sorter.expect_full(expected=True)
    answer = b"\x10\x0f\x13\x11\x12\xff"
    assert sorter.feed(answer + b"\x12") == [FullStatus(answer), StatusByte(0x12)]


def test_flow_control_before_a_full_answer_is_no_part_of_it() -> None:
    sorter = ByteSorter()
    sorter.expect_full(expected=True)
    assert sorter.feed(b"\x13\x10\x0f\0\0\0\0") == [
        FlowByte(True),
        FullStatus(b"\x10\x0f\0\0\0\0"),
    ]


def test_a_report_before_a_full_answer_is_no_part_of_it() -> None:
    sorter = ByteSorter()
    sorter.expect_full(expected=True)
    assert sorter.feed(b"\x18\0\0\0\x10\x0f\1\2\3\4") == [
        Report(b"\x18\0\0\0"),
        FullStatus(b"\x10\x0f\1\2\3\4"),
    ]


def test_nobody_asked_for_a_full_answer() -> None:
    assert sort(b"\x10\x0f\0\0") == [Report(b"\x10\x0f\0\0")]


def test_what_has_begun_is_given_up_after_silence() -> None:
    sorter = ByteSorter()
    sorter.expect_full(expected=True)
    assert sorter.feed(b"\x10\x0f\x01") == []
    assert sorter.abandon() == [Noise(0x10), Noise(0x0F), Noise(0x01)]
    assert sorter.feed(b"\x12") == [StatusByte(0x12)]


def size(incoming: Incoming) -> int:
    return len(incoming.data) if isinstance(incoming, Report | FullStatus) else 1


@given(st.binary(), st.booleans())
def test_cutting_the_stream_changes_nothing(data: bytes, full: bool) -> None:
    whole, cut = ByteSorter(), ByteSorter()
    for sorter in (whole, cut):
        sorter.expect_full(expected=full)
    assert [one for byte in data for one in cut.feed(bytes([byte]))] == whole.feed(data)


@given(st.binary(), st.booleans())
def test_every_byte_is_accounted_for(data: bytes, full: bool) -> None:
    sorter = ByteSorter()
    sorter.expect_full(expected=full)
    counted = sum(size(one) for one in sorter.feed(data))
    assert len(data) - 5 <= counted <= len(data)
    assert counted + sum(size(one) for one in sorter.abandon()) == len(data)


ANSWERS = st.lists(
    st.sampled_from(
        [
            StatusByte(0x12),
            StatusByte(0x7E),
            FenceByte(0),
            FenceByte(3),
            FlowByte(True),
            FlowByte(False),
            Report(b"\x14\0\x0c\0"),
            FullStatus(b"\x10\x0f\x13\x11\x05\xff"),
        ]
    )
)


def wire(one: Incoming) -> bytes:
    match one:
        case Report(data) | FullStatus(data):
            return data
        case FlowByte(paused):
            return b"\x13" if paused else b"\x11"
        case StatusByte(value) | FenceByte(value) | Noise(value):
            return bytes([value])


@given(ANSWERS, st.data())
def test_answers_and_reports_are_told_apart_however_the_stream_is_cut(
    sent: list[Incoming], data: st.DataObject
) -> None:
    stream = b"".join(wire(one) for one in sent)
    places = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=5)))
    sorter = ByteSorter()
    sorter.expect_full(expected=True)
    got: list[Incoming] = []
    for start, end in zip([0, *places], [*places, len(stream)], strict=True):
        got += sorter.feed(stream[start:end])
    assert got == sent


@pytest.mark.parametrize(("value", "out"), [(0, False), (3, False), (0x0C, True), (4, True)])
def test_fence_may_tell_that_paper_ended(value: int, out: bool) -> None:
    assert FenceByte(value).paper_out == out
