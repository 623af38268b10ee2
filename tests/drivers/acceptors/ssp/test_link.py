"""The host's end of the SSP line: sequence, repeats, and whose answers are believed."""

import pytest

from drivers.acceptors.ssp.codes import Command, Generic
from drivers.acceptors.ssp.essp import Session
from drivers.acceptors.ssp.link import Answered, HostLink, NoAnswer, Request, Unanswered
from drivers.acceptors.ssp.packets import Packet, decode, encode
from drivers.acceptors.ssp.timing import HostTiming

TIMING = HostTiming()
POLL = Request(command=Command.POLL)
KEY = bytes(range(16))


def answer(sequence: int, data: str) -> bytes:
    return encode(Packet(sequence=sequence, data=bytes.fromhex(data)))


def sent(link: HostLink) -> Packet:
    return decode(link.data_to_send())


def keyed(*, count: int = 0) -> HostLink:
    link = HostLink(TIMING)
    link.session = Session(KEY, bytes)
    link.session.count = count
    link.send(Request(command=Command.POLL_WITH_ACK), 1.0)
    link.data_to_send()
    return link


def test_the_bit_turns_with_each_packet_and_sync_begins_anew() -> None:
    link = HostLink(TIMING)
    bits = []
    for command in (Command.POLL, Command.POLL, Command.SYNC, Command.POLL, Command.SYNC):
        link.send(Request(command=command), 1.0)
        packet = sent(link)
        bits.append(packet.sequence)
        link.receive(answer(packet.sequence, "F0"), 1.0)
    assert bits == [0, 1, 1, 0, 1]


def test_silence_is_answered_with_the_identical_packet_and_then_told() -> None:
    link = HostLink(TIMING)
    raw = link.send(POLL, 1.0)
    assert link.data_to_send() == raw
    told = []
    for tries in range(1, TIMING.tries + 1):
        told += link.tick(1.0 + tries * TIMING.answer_s)
        assert link.data_to_send() in (raw, b"")
    assert told == [Unanswered(request=POLL, why=NoAnswer.SILENCE)]
    link.repeat(9.0)
    assert link.data_to_send() == raw


def test_a_damaged_answer_is_asked_for_again_soon() -> None:
    link = HostLink(TIMING)
    raw = link.send(POLL, 1.0)
    link.data_to_send()
    damaged = bytearray(answer(0, "F0 EE 03"))
    damaged[-1] ^= 1
    assert link.receive(bytes(damaged), 1.1) == []
    link.tick(1.1 + TIMING.repeat_s)
    assert link.data_to_send() == raw


def test_an_answer_to_a_repeat_says_so() -> None:
    link = HostLink(TIMING)
    link.send(POLL, 1.0)
    (first,) = link.receive(answer(0, "F0 EE 03"), 1.1)
    link.repeat(1.3)
    (second,) = link.receive(answer(0, "F0 EE 03"), 1.4)
    assert first == Answered(request=POLL, code=Generic.OK, data=b"\xee\x03")
    assert second == Answered(request=POLL, code=Generic.OK, data=b"\xee\x03", again=True)


@pytest.mark.parametrize(
    "raw",
    [
        answer(1, "F0 EE 03"),
        encode(Packet(sequence=0, address=0x10, data=b"\xf0\xee\x03")),
        answer(0, "07"),
        answer(0, "EE 03"),
        answer(0, "7E" + "00" * 16),
    ],
)
def test_what_is_no_answer_to_the_question(raw: bytes) -> None:
    link = HostLink(TIMING)
    link.send(POLL, 1.0)
    link.data_to_send()
    assert link.receive(raw, 1.1) == []


def test_a_second_answer_is_nobodys() -> None:
    link = HostLink(TIMING)
    link.send(POLL, 1.0)
    assert len(link.receive(answer(0, "F0 EE 03") * 2, 1.1)) == 1


def test_an_encrypted_question_believes_encrypted_answers_of_the_right_count() -> None:
    link = keyed(count=7)
    sealed = Session(KEY, bytes).seal(b"\xf0\xee\x03", 8)
    (told,) = link.receive(encode(Packet(sequence=0, data=sealed)), 1.1)
    assert isinstance(told, Answered)
    assert told.data == b"\xee\x03"
    assert link.session is not None
    assert link.session.count == 8


@pytest.mark.parametrize(
    "data",
    [
        bytes.fromhex("F0EE03"),
        bytes.fromhex("F0"),
        bytes.fromhex("FAEE03"),
        Session(KEY, bytes).seal(b"\xf0\xee\x03", 7),
        Session(KEY, bytes).seal(b"\xf0\xee\x03", 9),
        Session(bytes(16), bytes).seal(b"\xf0\xee\x03", 8),
    ],
)
def test_an_encrypted_question_believes_nothing_else(data: bytes) -> None:
    assert keyed(count=7).receive(encode(Packet(sequence=0, data=data)), 1.1) == []


def test_a_device_without_a_key_can_say_so() -> None:
    (told,) = keyed().receive(answer(0, "FA"), 1.1)
    assert isinstance(told, Answered)
    assert told.code is Generic.KEY_NOT_SET


def test_an_earlier_lifes_packet_is_repeated_to_the_byte() -> None:
    link = HostLink(TIMING)
    raw = bytes.fromhex("7F 80 01 07 12 02")
    assert link.adopt(decode(raw))
    link.repeat(1.0)
    assert link.data_to_send() == raw
    assert not link.adopt(Packet(sequence=0, data=b"\x99"))
