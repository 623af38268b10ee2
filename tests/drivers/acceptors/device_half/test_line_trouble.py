"""Faults of the line are used up one by one, and calm means calm."""

from drivers.acceptors.device_half.line_trouble import LineTrouble

ANSWER = b"\x02\x03\x06\x14\x67\xd4"


def test_each_fault_is_used_up() -> None:
    trouble = LineTrouble(lose_answers=1, flip_bits=1, lose_acks=1, busy_polls=1)
    assert trouble.spoil(ANSWER) == b""
    spoilt = trouble.spoil(ANSWER)
    difference = int.from_bytes(spoilt, "big") ^ int.from_bytes(ANSWER, "big")
    assert difference.bit_count() == 1
    assert trouble.spoil(ANSWER) == ANSWER
    assert [trouble.ack_is_lost(), trouble.ack_is_lost()] == [True, False]
    assert [trouble.is_busy(), trouble.is_busy()] == [True, False]


def test_garbage_lasts_until_it_is_calm() -> None:
    trouble = LineTrouble(garbage=True, silent=True, echoes=True)
    assert all(trouble.spoil(ANSWER) != ANSWER for _ in range(3))
    trouble.calm_down()
    assert trouble.spoil(ANSWER) == ANSWER
    assert not trouble.silent
    assert not trouble.echoes
