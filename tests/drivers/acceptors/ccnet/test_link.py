"""The host's end of the line: repeats, damage, echo, late answers."""

import pytest

from drivers.acceptors.ccnet.codes import Command
from drivers.acceptors.ccnet.frames import encode_answer, encode_command
from drivers.acceptors.ccnet.link import (
    Answered,
    HostLink,
    NoAnswer,
    Refused,
    Request,
    Unanswered,
)
from drivers.acceptors.ccnet.timing import HostTiming

POLL = Request(command=Command.POLL)
STACK = Request(command=Command.STACK)
TABLE = Request(command=Command.BILL_TABLE)
IDLE = encode_answer(b"\x14")
POLL_FRAME = encode_command(Command.POLL)
NAK_FRAME = encode_command(0xFF)
ACK_FRAME = encode_command(0x00)


def asked(request: Request, now: float = 0.0) -> HostLink:
    link = HostLink(HostTiming())
    link.send(request, now)
    assert link.data_to_send() == encode_command(request.command)
    return link


def test_an_answer_waits_for_the_callers_acknowledgement() -> None:
    link = asked(POLL)
    assert link.receive(IDLE, 0.01) == [Answered(request=POLL, body=b"\x14")]
    assert link.data_to_send() == b""
    assert not link.is_free(1.0)
    link.acknowledge(0.02)
    assert link.data_to_send() == ACK_FRAME
    assert not link.is_free(0.03)
    assert link.is_free(0.05)


def test_a_lapsed_answer_is_not_acknowledged() -> None:
    link = asked(POLL)
    link.receive(IDLE, 0.01)
    link.let_lapse(0.02)
    assert link.data_to_send() == b""
    assert link.is_free(0.05)


def test_a_question_is_asked_three_times() -> None:
    link = asked(POLL)
    assert link.next_deadline() == 0.3
    assert link.tick(0.3) == []
    assert link.data_to_send() == POLL_FRAME
    assert link.tick(0.6) == []
    assert link.tick(0.9) == [Unanswered(request=POLL, why=NoAnswer.SILENCE)]


def test_an_order_is_given_once() -> None:
    assert asked(STACK).tick(0.3) == [Unanswered(request=STACK, why=NoAnswer.SILENCE)]


def test_long_answers_get_longer_patience() -> None:
    assert asked(TABLE).next_deadline() == 1.5


def test_a_damaged_answer_is_asked_for_again() -> None:
    link = asked(POLL)
    damaged = IDLE[:-1] + b"\x00"
    assert link.receive(damaged, 0.01) == []
    assert link.data_to_send() == NAK_FRAME
    assert link.receive(IDLE, 0.02) == [Answered(request=POLL, body=b"\x14")]


def test_damage_without_end_is_garbage() -> None:
    link = asked(POLL)
    damaged = IDLE[:-1] + b"\x00"
    assert link.receive(damaged, 0.01) == []
    assert link.receive(damaged, 0.02) == []
    assert link.receive(damaged, 0.03) == [Unanswered(request=POLL, why=NoAnswer.GARBAGE)]


def test_a_damaged_answer_to_an_order_is_not_asked_for_again() -> None:
    link = asked(STACK)
    assert link.receive(encode_answer(b"\x00")[:-1] + b"\x00", 0.01) == []
    assert link.data_to_send() == b""
    assert link.tick(0.3) == [Unanswered(request=STACK, why=NoAnswer.GARBAGE)]


def test_half_an_answer_is_asked_for_again_after_the_gap() -> None:
    link = asked(POLL)
    assert link.receive(IDLE[:4], 0.01) == []
    assert link.next_deadline() == pytest.approx(0.06)
    assert link.tick(0.07) == []
    assert link.data_to_send() == NAK_FRAME


def test_nak_of_the_device_repeats_the_question() -> None:
    link = asked(POLL)
    assert link.receive(encode_answer(b"\xff"), 0.01) == []
    assert link.data_to_send() == POLL_FRAME


def test_illegal_is_a_refusal_and_owes_nothing() -> None:
    link = asked(TABLE)
    assert link.receive(encode_answer(b"\x30"), 0.01) == [Refused(request=TABLE)]
    assert link.is_free(0.1)


def test_a_state_is_no_answer_to_an_order_nor_an_ack_to_a_question() -> None:
    assert asked(STACK).receive(IDLE, 0.01) == [Unanswered(request=STACK, why=NoAnswer.GARBAGE)]
    link = asked(POLL)
    assert link.receive(encode_answer(b"\x00"), 0.01) == []
    assert link.data_to_send() == POLL_FRAME


def test_what_nobody_asked_for_is_dropped() -> None:
    link = HostLink(HostTiming())
    assert link.receive(IDLE + b"\x02\x03", 0.0) == []
    link.send(POLL, 0.1)
    assert link.receive(IDLE, 0.11) == [Answered(request=POLL, body=b"\x14")]


def test_a_late_echo_of_an_acknowledgement_confirms_no_order() -> None:
    link = asked(POLL)
    link.receive(POLL_FRAME + IDLE, 0.01)
    link.acknowledge(0.02)
    link.send(STACK, 0.05)
    assert link.receive(ACK_FRAME + encode_command(Command.STACK), 0.06) == []
    assert link.receive(encode_answer(b"\x00"), 0.07) == [Answered(request=STACK, body=b"\x00")]


def test_own_reset_on_an_echoing_line_is_no_refusal() -> None:
    reset = Request(command=Command.RESET)
    link = asked(reset)
    assert link.receive(encode_command(Command.RESET), 0.01) == []
    assert link.receive(encode_answer(b"\x00"), 0.02) == [Answered(request=reset, body=b"\x00")]


def test_a_closed_line_forgets_everything() -> None:
    link = asked(POLL)
    link.reset()
    assert link.is_free(1.0)
    assert link.tick(9.0) == []
