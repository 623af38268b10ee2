"""The device half: legal commands, events kept until acknowledged, power, people and bad luck."""

import pytest

from drivers.acceptors.ccnet.codes import Command, Failure
from drivers.acceptors.ccnet.device import CcnetDevice
from drivers.acceptors.ccnet.frames import Direction, decode, encode_command
from drivers.acceptors.device_half import mishaps
from drivers.acceptors.device_half.paper import COUPON
from drivers.acceptors.device_half.phases import Phase
from simulation.acceptor.notes import ruble_table, validator_identification

ENABLE_ALL = bytes.fromhex("FF FF FF FF FF FF")
ACK, ILLEGAL, NAK = b"\x00", b"\x30", b"\xff"


class Desk:
    """Talks to a device and lets time pass."""

    def __init__(self, *, capacity: int | None = None, ack_patience_s: float | None = None) -> None:
        self.device = CcnetDevice(
            table=ruble_table(),
            identification=validator_identification(),
            capacity=capacity,
            ack_patience_s=ack_patience_s,
        )
        self.body = self.device.body
        self.now = 0.0

    def raw(self, frame: bytes) -> bytes:
        self.device.receive(frame, self.now)
        return self.device.data_to_send()

    def ask(self, command: int, data: bytes = b"") -> bytes:
        raw = self.raw(encode_command(command, data))
        return decode(raw, Direction.ANSWER).body if raw else b""

    def poll(self, *, ack: bool = True) -> str:
        answer = self.ask(Command.POLL)
        if ack:
            assert self.ask(0x00) == b""
        return answer.hex(" ")

    def wait(self, seconds: float) -> None:
        self.now += seconds
        self.device.tick(self.now)

    def enabled(self) -> "Desk":
        assert self.ask(Command.RESET) == ACK
        self.wait(2)
        assert self.ask(Command.ENABLE_BILL_TYPES, ENABLE_ALL) == ACK
        assert self.poll() == "14"
        return self

    def escrowed(self) -> "Desk":
        self.enabled()
        assert self.body.insert(500, self.now)
        assert self.poll() == "15"
        self.wait(1)
        assert self.poll() == "80 05"
        return self

    def stacked(self) -> "Desk":
        self.escrowed()
        assert self.ask(Command.STACK) == ACK
        assert self.poll() == "17"
        self.wait(1)
        return self


def test_from_power_up_to_idling() -> None:
    desk = Desk()
    assert desk.poll() == "10"
    assert desk.ask(Command.BILL_TABLE) == ruble_table()
    desk.ask(Command.RESET)
    assert desk.poll() == "13"
    desk.wait(2)
    assert desk.poll() == "19"
    assert desk.ask(Command.IDENTIFICATION) == validator_identification()


def test_status_is_the_mask_of_what_is_supported() -> None:
    assert Desk().enabled().ask(Command.GET_STATUS) == bytes.fromhex("80 03 FC 00 00 00")


@pytest.mark.parametrize("command", [Command.IDENTIFICATION, Command.BILL_TABLE, Command.STACK])
def test_what_is_illegal_while_idling(command: int) -> None:
    assert Desk().enabled().ask(command) == ILLEGAL


def test_unknown_and_malformed_commands_are_illegal() -> None:
    desk = Desk().enabled()
    assert desk.ask(0x99) == ILLEGAL
    assert desk.ask(Command.DOWNLOAD, b"\x00") == ILLEGAL
    assert desk.ask(Command.ENABLE_BILL_TYPES, b"\x00") == ILLEGAL


def test_an_event_stays_until_it_is_acknowledged() -> None:
    desk = Desk().stacked()
    assert desk.poll(ack=False) == "81 05"
    assert desk.poll(ack=False) == "81 05"
    assert desk.poll() == "81 05"
    assert desk.poll() == "14"
    assert desk.body.counter == 1


def test_a_lost_or_late_acknowledgement_is_none() -> None:
    desk = Desk(ack_patience_s=0.010).stacked()
    desk.device.trouble.lose_acks = 1
    assert desk.poll() == "81 05"
    assert desk.poll(ack=False) == "81 05"
    desk.wait(0.011)
    desk.ask(0x00)
    assert desk.poll() == "81 05"
    assert desk.poll() == "14"


def test_nak_repeats_the_last_answer_and_damage_is_answered_nak() -> None:
    desk = Desk().stacked()
    assert desk.poll(ack=False) == "81 05"
    assert desk.ask(0xFF) == bytes.fromhex("81 05")
    frame = encode_command(Command.POLL)
    assert decode(desk.raw(frame[:-1] + b"\x00"), Direction.ANSWER).body == NAK


def test_other_addresses_are_ignored() -> None:
    assert Desk().raw(encode_command(Command.POLL, address=2)) == b""


def test_returns_by_order_by_time_and_by_disabling() -> None:
    for act in (
        lambda desk: desk.ask(Command.RETURN),
        lambda desk: desk.wait(10.5),
        lambda desk: desk.ask(Command.ENABLE_BILL_TYPES, bytes(6)),
    ):
        desk = Desk().escrowed()
        act(desk)
        desk.wait(1)
        assert desk.poll() == "82 05"
        assert desk.poll() in ("14", "19")
        assert [paper.value for paper in desk.body.places.returned] == [500]


def test_hold_starts_the_time_anew() -> None:
    desk = Desk().escrowed()
    desk.wait(9)
    assert desk.ask(Command.HOLD) == ACK
    desk.wait(9)
    assert desk.poll() == "1a"
    desk.ask(Command.STACK)
    desk.wait(1)
    assert desk.poll() == "81 05"


def test_what_the_sensors_do_not_know_and_what_is_not_enabled_is_rejected() -> None:
    desk = Desk().enabled()
    desk.body.insert(None, desk.now)
    desk.wait(1)
    assert desk.poll() == "1c 65"
    desk.wait(1)
    desk.ask(Command.ENABLE_BILL_TYPES, bytes.fromhex("00 00 10 00 00 10"))
    desk.body.insert(500, desk.now)
    desk.wait(1)
    assert desk.poll() == "1c 68"
    desk.wait(1)
    assert len(desk.body.places.returned) == 2


def test_without_escrow_bit_a_note_is_stacked_at_once() -> None:
    desk = Desk().enabled()
    desk.ask(Command.ENABLE_BILL_TYPES, bytes.fromhex("FF FF FF 00 00 00"))
    desk.body.insert(500, desk.now)
    desk.wait(1)
    assert desk.poll() == "17"
    desk.wait(1)
    assert desk.poll() == "81 05"


def test_pull_back_pause_and_cheat() -> None:
    desk = Desk().enabled()
    desk.body.insert(500, desk.now)
    assert desk.body.pull_back(desk.now)
    assert desk.poll() == "1c 60"
    desk.wait(1)
    mishaps.cheat(desk.body, desk.now)
    assert desk.poll() == "45"
    desk.wait(2)
    desk.body.insert(500, desk.now)
    desk.wait(1)
    desk.ask(Command.STACK)
    assert mishaps.push_second(desk.body, desk.now)
    assert desk.poll() == "46"
    desk.wait(5)
    assert desk.poll() == "46"
    assert mishaps.pull_second(desk.body, desk.now)
    desk.wait(1)
    assert desk.poll() == "81 05"


def test_power_cut_while_stacking_replays_the_event_once() -> None:
    desk = Desk().escrowed()
    desk.ask(Command.STACK)
    desk.device.power_cut()
    assert desk.ask(Command.POLL) == b""
    desk.device.power_on()
    assert desk.poll() == "12"
    desk.ask(Command.RESET)
    desk.wait(2)
    assert desk.poll() == "81 05"
    assert desk.poll() == "19"
    assert desk.body.counter == len(desk.body.places.stacked) == 1


def test_power_cut_before_the_acknowledgement_replays_the_event() -> None:
    desk = Desk().stacked()
    desk.poll(ack=False)
    desk.device.power_cut()
    desk.device.power_on()
    assert desk.poll() == "12"
    desk.ask(Command.RESET)
    desk.wait(2)
    assert desk.poll() == "81 05"
    assert desk.body.counter == len(desk.body.places.stacked) == 1


def test_power_cut_in_escrow_gives_the_note_back() -> None:
    desk = Desk().escrowed()
    desk.device.power_cut()
    desk.device.power_on()
    assert desk.poll() == "11"
    desk.ask(Command.RESET)
    desk.wait(2)
    assert desk.poll() == "19"
    assert [paper.value for paper in desk.body.places.returned] == [500]


@pytest.mark.parametrize(
    ("outcome", "shown", "in_cassette"),
    [
        (Phase.POWER_UP, "10", 1),
        (Phase.POWER_UP_NOTE_IN_PATH, "11", 0),
        (Phase.POWER_UP_NOTE_IN_STACKER, "12", 1),
    ],
)
def test_forced_power_up_outcomes(outcome: Phase, shown: str, in_cassette: int) -> None:
    desk = Desk().escrowed()
    desk.ask(Command.STACK)
    desk.device.power_cut()
    desk.device.power_on(outcome)
    assert desk.poll() == shown
    desk.ask(Command.RESET)
    desk.wait(2)
    assert len(desk.body.places.stacked) == in_cassette
    assert len(desk.body.places.returned) == 1 - in_cassette


def test_a_note_cannot_be_in_the_stacker_of_an_empty_machine() -> None:
    desk = Desk().enabled()
    for outcome in (Phase.POWER_UP_NOTE_IN_STACKER, Phase.POWER_UP_NOTE_IN_PATH):
        desk.device.power_cut()
        desk.device.power_on(outcome)
        assert desk.poll() == "10"


def test_reset_at_the_wrong_moment_is_noted_as_a_violation() -> None:
    desk = Desk().escrowed()
    desk.ask(Command.STACK)
    desk.ask(Command.RESET)
    assert desk.body.violations == ["RESET while stacking"]
    other = Desk().stacked()
    other.ask(Command.RESET)
    assert other.body.violations == ["RESET before the stacked event was acknowledged"]


def test_cassette_out_and_in_and_empty() -> None:
    desk = Desk().stacked()
    desk.poll()
    mishaps.take_cassette_out(desk.body, desk.now)
    assert desk.poll() == "42"
    mishaps.put_cassette_in(desk.body, desk.now, empty=True)
    assert desk.poll() == "13"
    desk.wait(2)
    assert desk.poll() == "19"
    assert (len(desk.body.places.cassette), len(desk.body.places.collected)) == (0, 1)


def test_cassette_out_with_a_note_in_escrow_gives_it_back() -> None:
    desk = Desk().escrowed()
    mishaps.take_cassette_out(desk.body, desk.now)
    assert desk.poll() == "82 05"
    assert desk.poll() == "42"


def test_a_full_cassette_stops() -> None:
    desk = Desk(capacity=1).stacked()
    assert desk.poll() == "81 05"
    assert desk.poll() == "41"


@pytest.mark.parametrize(("into_cassette", "shown"), [(True, "81 05"), (False, "19")])
def test_jam_while_stacking_and_its_clearing(into_cassette: bool, shown: str) -> None:
    desk = Desk().escrowed()
    desk.ask(Command.STACK)
    mishaps.jam(desk.body, Phase.STACKER_JAMMED, desk.now)
    desk.wait(60)
    assert desk.poll() == "44"
    mishaps.clear_jam(desk.body, desk.now, into_cassette=into_cassette)
    desk.wait(2)
    assert desk.poll() == shown
    assert len(desk.body.places.removed) == (not into_cassette)


def test_failure_and_repair() -> None:
    desk = Desk().enabled()
    mishaps.fail(desk.body, Failure.STACKING_MOTOR, desk.now)
    assert desk.poll() == "47 50"
    desk.ask(Command.RESET)
    desk.wait(2)
    assert desk.poll() == "47 50"
    mishaps.repair(desk.body, desk.now)
    desk.wait(2)
    assert desk.poll() == "19"


def test_a_stalled_note_stays_until_it_is_let_go() -> None:
    desk = Desk().escrowed()
    mishaps.stall(desk.body, desk.now, on=True)
    desk.ask(Command.STACK)
    desk.wait(100)
    assert desk.poll() == "17"
    mishaps.stall(desk.body, desk.now, on=False)
    desk.wait(1)
    assert desk.poll() == "81 05"


def test_the_lines_own_faults() -> None:
    desk = Desk().enabled()
    desk.device.trouble.busy_polls = 1
    assert desk.poll() == "1b 01"
    desk.device.trouble.lose_answers = 1
    assert desk.ask(Command.POLL) == b""
    desk.device.trouble.flip_bits = 1
    good = desk.raw(encode_command(0xFF))
    assert desk.raw(encode_command(Command.POLL)) != good
    desk.device.trouble.silent = True
    assert desk.ask(Command.POLL) == b""
    desk.device.trouble.silent = False
    desk.device.trouble.garbage = True
    assert desk.raw(encode_command(Command.POLL)) != good
    desk.device.trouble.garbage = False
    desk.device.trouble.echoes = True
    assert desk.raw(encode_command(Command.POLL)).startswith(encode_command(Command.POLL))


def test_what_a_technician_may_ask_is_answered_in_set_up_states() -> None:
    desk = Desk()
    assert len(desk.ask(Command.GET_CRC32)) == 4
    assert len(desk.ask(Command.RELEASE_DATE)) == 8
    assert len(desk.ask(Command.STATISTICS)) == 12
    assert desk.ask(Command.GET_OPTIONS) == ILLEGAL
    desk.ask(Command.RESET)
    assert desk.ask(Command.SET_OPTIONS, bytes([1, 2, 3, 4])) == ACK
    assert desk.ask(Command.GET_OPTIONS) == bytes([1, 2, 3, 4])
    desk.wait(2)
    desk.ask(Command.ENABLE_BILL_TYPES, ENABLE_ALL)
    assert desk.ask(Command.STATISTICS) == ILLEGAL
    assert desk.ask(Command.SET_ESCROW_TIMEOUTS, bytes.fromhex("00007530 00007530")) == ACK


def test_a_coupons_digits_can_be_read_while_it_is_in_escrow() -> None:
    desk = Desk().enabled()
    assert desk.ask(Command.EXTRACT_BARCODE) == ILLEGAL
    assert desk.device.insert(COUPON, desk.now)
    desk.wait(1)
    assert desk.poll() == "80 17"
    assert desk.ask(Command.EXTRACT_BARCODE).isdigit()
    assert desk.ask(Command.RETURN) == ACK
    desk.wait(1)
    assert desk.poll() == "82 17"
