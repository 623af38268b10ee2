"""Poll answers: several events in one row of bytes, by the lengths of their protocol version."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.acceptors.ssp.codes import Event
from drivers.acceptors.ssp.poll_answer import PollAnswer, Said, read_poll_answer

NOTE = "F4 01 00 00 52 55 42"


def read(data: str, version: int = 8) -> list[str]:
    answer = read_poll_answer(bytes.fromhex(data), version)
    return [said.raw for said in answer.events] + (
        [f"? {answer.unread.hex()}"] if answer.unread else []
    )


@pytest.mark.parametrize(
    ("data", "version", "events"),
    [
        ("", 6, []),
        ("EF 00", 6, ["EF 00"]),
        ("EE 03 EB", 6, ["EE 03", "EB"]),
        ("F1 E8", 6, ["F1", "E8"]),
        ("F1 E2 05 E8 E3", 4, ["F1", "E2 05", "E8", "E3"]),
        ("EE 03 EB EF 05", 8, ["EE 03", "EB", "EF 05"]),
        ("E1 00 CC ED EC", 8, ["E1 00", "CC", "ED", "EC"]),
        (f"D2 01 {NOTE} EE 03", 6, [f"D2 01 {NOTE}", "EE 03"]),
        (f"DC 01 {NOTE} 01 00 00 00 EB", 6, [f"DC 01 {NOTE} 01 00 00 00", "EB"]),
        (f"CA {NOTE} EB", 8, [f"CA {NOTE}", "EB"]),
        ("CA EB", 7, ["CA", "EB"]),
        (f"C9 {NOTE} EB", 6, [f"C9 {NOTE}", "EB"]),
        ("B1 04 EB", 6, ["B1 04", "EB"]),
        (f"B1 01 {NOTE} 04 EB", 7, [f"B1 01 {NOTE} 04", "EB"]),
        ("99 EE 03", 8, ["? 99ee03"]),
        ("EB 99 EE 03", 8, ["EB", "? 99ee03"]),
        ("EE", 8, ["? ee"]),
        ("D2 02 EE 03", 8, ["? d202ee03"]),
        ("D2", 8, ["? d2"]),
        ("D2 EE 03", 5, ["? d2ee03"]),
    ],
)
def test_rows_of_events(data: str, version: int, events: list[str]) -> None:
    assert read(data, version) == events


def test_channels_are_told_apart_from_other_extras() -> None:
    answer = read_poll_answer(bytes.fromhex("EE 03 D2 00"), 6)
    assert answer.events[0] == Said(code=Event.CREDIT, channel=3, extra=b"\x03")
    assert answer.events[1].channel == 0
    assert answer.codes == {Event.CREDIT, 0xD2}


@given(st.binary(max_size=255), st.integers(0, 255))
def test_every_byte_is_read_once_or_left_unread(data: bytes, version: int) -> None:
    answer = read_poll_answer(data, version)
    assert isinstance(answer, PollAnswer)
    read_bytes = b"".join(bytes([said.code]) + said.extra for said in answer.events)
    assert read_bytes + answer.unread == data
