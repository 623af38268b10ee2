"""Traffic in plain words, one protocol after the other; nothing that arrives is ever an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.acceptors.ccnet.explain import CcnetExplainer
from drivers.acceptors.ccnet.frames import encode_answer, encode_command
from drivers.acceptors.id003.explain import Id003Explainer
from drivers.acceptors.id003.frames import encode
from drivers.acceptors.ssp.explain import SspExplainer
from drivers.acceptors.ssp.packets import Packet
from drivers.acceptors.ssp.packets import encode as packed
from drivers.transports.wire_trace import Explainer


def ssp(*data: int) -> bytes:
    return packed(Packet(sequence=0, data=bytes(data)))


CCNET = [
    (True, encode_command(0x33), "poll"),
    (False, encode_answer(b"\x14"), "idling"),
    (True, encode_command(0x00), "ack"),
    (True, encode_command(0x33), "poll"),
    (False, encode_answer(b"\x47\x50"), "failure stacking motor"),
    (True, encode_command(0x33), "poll"),
    (False, encode_answer(b"\x1c\x68"), "rejecting inhibited"),
    (True, encode_command(0x33), "poll"),
    (False, encode_answer(b"\x80\x04"), "escrow 04"),
    (True, encode_command(0x33), "poll"),
    (False, encode_answer(b"\x99"), "99"),
    (True, encode_command(0x35), "stack"),
    (False, encode_answer(b"\x00"), "ack"),
    (
        True,
        encode_command(0x34, b"\x00\x00\x3c\x00\x00\x3c"),
        "enable bill types 00 00 3C 00 00 3C",
    ),
    (False, encode_answer(b"\x30"), "illegal"),
    (True, encode_command(0x41), "bill table"),
    (False, encode_answer(bytes(120)), "answer to bill table, 120 bytes"),
]
ID003 = [
    (True, encode(0x11), "status"),
    (False, encode(0x11), "idling"),
    (True, encode(0x42), "stack 2"),
    (False, encode(0x42), "power up bill in stacker"),
    (False, encode(0x50), "ack"),
    (False, encode(0x17, b"\x71"), "rejecting insertion"),
    (False, encode(0x13, b"\x63"), "escrow 63"),
    (True, encode(0xC3, b"\x01"), "inhibit 01"),
    (False, encode(0xC3, b"\x01"), "answer to inhibit 01"),
    (False, b"\x05", "enquiry: asks to be polled"),
]
SSP = [
    (True, ssp(0x07), "poll"),
    (False, ssp(0xF0), "nothing to tell"),
    (True, ssp(0x07), "poll"),
    (False, ssp(0xF0, 0xEF, 0x03, 0xCC), "read 03, stacking"),
    (True, ssp(0x02, 0xFF, 0xFF), "set inhibits FF FF"),
    (False, ssp(0xF0), "ok"),
    (False, ssp(0xF8), "fail"),
    (True, ssp(0x4C, *range(8)), "exchange key"),
    (True, ssp(0x7E, *range(17)), "encrypted, 17 bytes"),
]


@pytest.mark.parametrize(
    ("explainer", "talk"),
    [(CcnetExplainer(), CCNET), (Id003Explainer(), ID003), (SspExplainer(), SSP)],
    ids=["ccnet", "id003", "ssp"],
)
def test_a_talk_is_told_in_plain_words(
    explainer: Explainer, talk: list[tuple[bool, bytes, str]]
) -> None:
    for to_device, data, words in talk:
        assert explainer.explain(data[:3], to_device=to_device) + explainer.explain(
            data[3:], to_device=to_device
        ) == [words]


@given(pieces=st.lists(st.tuples(st.binary(max_size=60), st.booleans()), max_size=20))
def test_whatever_arrives_is_explained_or_passed_over(pieces: list[tuple[bytes, bool]]) -> None:
    for explainer in (CcnetExplainer(), Id003Explainer(), SspExplainer()):
        for data, to_device in pieces:
            assert all(isinstance(one, str) for one in explainer.explain(data, to_device=to_device))
