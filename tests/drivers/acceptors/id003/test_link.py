"""The host's end of the ID-003 line: repeats, damage, echo, late answers."""

import pytest

from drivers.acceptors.id003.codes import Command
from drivers.acceptors.id003.frames import encode
from drivers.acceptors.id003.link import (
    Answered,
    HostLink,
    NoAnswer,
    Refused,
    Request,
    Unanswered,
)
from drivers.acceptors.id003.timing import HostTiming

POLL = Request(command=Command.STATUS)
STACK = Request(command=Command.STACK_2)
VERSION = Request(command=Command.VERSION)
INHIBIT = Request(command=Command.INHIBIT, data=b"\x01")
IDLE = encode(0x11)
POLL_FRAME = encode(Command.STATUS)
ACK_FRAME = encode(Command.ACK)
VERSION_FRAME = encode(Command.VERSION)
VERSION_ANSWER = encode(Command.VERSION, b"U10 ID003 1.0")


def asked(request: Request, link: HostLink | None = None) -> HostLink:
    link = link or HostLink(HostTiming())
    link.send(request, 0.0)
    assert link.data_to_send() == encode(request.command, request.data)
    return link


def echoing() -> HostLink:
    """A link that has learnt that its line echoes."""
    link = asked(VERSION)
    assert link.receive(VERSION_FRAME, 0.01) == []
    assert len(link.receive(VERSION_ANSWER, 0.02)) == 1
    return link


def test_an_answer_ends_a_request() -> None:
    link = asked(POLL)
    assert not link.is_free(0.01)
    assert link.receive(encode(0x13, b"\x63"), 0.01) == [
        Answered(request=POLL, code=0x13, data=b"\x63")
    ]
    assert not link.is_free(0.015)
    assert link.is_free(0.03)


def test_an_acknowledgement_waits_for_no_answer() -> None:
    link = HostLink(HostTiming())
    link.acknowledge(1.0)
    assert link.data_to_send() == ACK_FRAME
    assert link.is_free(1.02)


def test_a_question_is_asked_three_times() -> None:
    link = asked(POLL)
    assert link.next_deadline() == 0.3
    assert link.tick(0.3) == []
    assert link.data_to_send() == POLL_FRAME
    assert link.tick(0.6) == []
    assert link.tick(0.9) == [Unanswered(request=POLL, why=NoAnswer.SILENCE)]


def test_long_answers_are_waited_for_longer() -> None:
    link = asked(Request(command=Command.CURRENCY))
    assert link.tick(1.4) == []
    assert link.data_to_send() == b""


def test_an_order_is_never_repeated() -> None:
    link = asked(STACK)
    assert link.tick(0.3) == [Unanswered(request=STACK, why=NoAnswer.SILENCE)]
    assert link.data_to_send() == b""


@pytest.mark.parametrize("request_", [STACK, INHIBIT, VERSION])
def test_invalid_command_is_a_refusal(request_: Request) -> None:
    assert asked(request_).receive(encode(0x4B), 0.01) == [Refused(request=request_)]


def test_a_setting_that_comes_back_different_is_refused() -> None:
    assert asked(INHIBIT).receive(encode(0xC3, b"\x00"), 0.01) == [Refused(request=INHIBIT)]
    assert asked(INHIBIT).receive(encode(0xC3, b"\x01"), 0.01) == [
        Answered(request=INHIBIT, code=0xC3, data=b"\x01")
    ]


@pytest.mark.parametrize("answer", ["4A", "damaged"])
def test_damage_on_either_side_asks_again(answer: str) -> None:
    link = asked(POLL)
    raw = encode(0x4A) if answer == "4A" else IDLE[:-1] + b"\x00"
    for _ in range(2):
        assert link.receive(raw, 0.01) == []
        assert link.data_to_send() == POLL_FRAME
    assert link.receive(raw, 0.01) == [Unanswered(request=POLL, why=NoAnswer.GARBAGE)]


def test_a_damaged_answer_to_an_order_is_looked_into_not_repeated() -> None:
    link = asked(STACK)
    assert link.receive(encode(0x50)[:-1] + b"\x00", 0.01) == [
        Unanswered(request=STACK, why=NoAnswer.GARBAGE)
    ]
    assert link.data_to_send() == b""


@pytest.mark.parametrize("late", [0x50, 0x4B, 0x88, 0xC3])
def test_a_late_answer_to_something_else_is_no_state(late: int) -> None:
    link = asked(POLL)
    assert link.receive(encode(late), 0.01) == []
    assert link.receive(IDLE, 0.02) == [Answered(request=POLL, code=0x11)]


@pytest.mark.parametrize("late", [0x13, 0x11, 0x15])
def test_a_late_state_is_no_answer_to_an_order(late: int) -> None:
    link = asked(STACK)
    assert link.receive(encode(late), 0.01) == []
    assert link.receive(encode(0x50), 0.02) == [Answered(request=STACK, code=0x50)]


def test_what_nobody_asked_for_is_ignored() -> None:
    link = HostLink(HostTiming())
    assert link.receive(IDLE + encode(0x15) + b"\x00\xff", 0.0) == []


@pytest.mark.parametrize("enq", [b"\x05", encode(0x05, b"\x00")])
def test_an_enquiry_is_kept_for_whoever_polls_and_disturbs_nothing(enq: bytes) -> None:
    link = asked(POLL)
    assert link.receive(enq + IDLE, 0.01) == [Answered(request=POLL, code=0x11)]
    assert link.is_called


# --- echo ---------------------------------------------------------------------------------------


def test_a_line_is_unmasked_by_version_alone() -> None:
    link = asked(POLL)
    link.receive(IDLE, 0.01)
    assert not link.is_unmasked
    link = asked(VERSION)
    link.receive(VERSION_ANSWER, 0.01)
    assert link.is_unmasked


def test_a_pure_echo_is_no_device() -> None:
    link = asked(VERSION)
    for now in (0.1, 1.6, 3.1):
        assert link.receive(VERSION_FRAME, now) == []
        outcomes = link.tick(now + 1.45)
    assert outcomes == [Unanswered(request=VERSION, why=NoAnswer.ECHO)]
    assert not link.is_unmasked


def test_on_an_echoing_line_an_idle_device_is_heard_behind_the_echo() -> None:
    link = asked(POLL, echoing())
    assert link.receive(POLL_FRAME, 0.1) == []
    assert link.receive(IDLE, 0.2) == [Answered(request=POLL, code=0x11)]


def test_on_an_echoing_line_the_echo_alone_is_silence() -> None:
    link = asked(POLL, echoing())
    for now in (0.0, 0.3, 0.6):
        assert link.receive(POLL_FRAME, now + 0.1) == []
        outcomes = link.tick(now + 0.4)
    assert outcomes == [Unanswered(request=POLL, why=NoAnswer.SILENCE)]
    assert not link.is_unmasked, "such a line has to be looked at again"


def test_the_echo_of_an_acknowledgement_is_no_answer_to_an_order() -> None:
    link = echoing()
    link.acknowledge(0.1)
    assert link.data_to_send() == ACK_FRAME
    link = asked(STACK, link)
    assert link.receive(ACK_FRAME + encode(0x42), 0.2) == []
    assert link.receive(encode(0x50), 0.25) == [Answered(request=STACK, code=0x50)]


def test_reset_forgets_everything() -> None:
    link = echoing()
    link.send(POLL, 1.0)
    link.reset()
    assert link.data_to_send() == b""
    assert link.is_free(1.0)
    assert not link.is_unmasked
