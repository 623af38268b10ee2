"""The SSP device half: its answers, as facts sheet ssp sections 2.1, 4, 5, 9 and 12 say."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.acceptors.device_half import mishaps
from drivers.acceptors.device_half.phases import Phase
from drivers.acceptors.ssp.codes import Command, Generic
from drivers.acceptors.ssp.device import SspDevice
from drivers.acceptors.ssp.device_model import DeviceModel
from drivers.acceptors.ssp.essp import Secret, Session, new_secret, number, session_key
from drivers.acceptors.ssp.packets import Packet, decode, encode

PLAIN = DeviceModel(has_essp=False, has_poll_with_ack=False)
POLL, HOLD, REJECT = "07", "18", "08"


class Host:
    """Says what a test wants, with the sequence bit turned each time."""

    def __init__(self, model: DeviceModel = PLAIN) -> None:
        self.device = SspDevice(model)
        self.now = 10.0
        self.sequence = 1
        self.session: Session | None = None
        self.last = b""

    def ask(self, command: str, *, flip: bool = True) -> str:
        """The answer in plain; empty for none."""
        if flip:
            self.sequence = 1 if command == "11" else 1 - self.sequence
        data = bytes.fromhex(command)
        if self.session is not None:
            data = self.session.seal(data, self.session.count)
        self.last = encode(Packet(sequence=self.sequence, data=data))
        return self.send(self.last)

    def send(self, raw: bytes) -> str:
        self.device.receive(raw, self.now)
        answer = self.device.data_to_send()
        if not answer:
            return ""
        packet = decode(answer)
        assert packet.sequence == self.sequence
        if self.session is None or packet.data[0] != 0x7E:
            return packet.data.hex(" ").upper()
        count, plain = self.session.unseal(packet.data)
        self.session.count = count
        return plain.hex(" ").upper()

    def wait(self, seconds: float) -> None:
        self.now += seconds
        self.device.tick(self.now)

    def enabled(self) -> "Host":
        self.device.tick(self.now)
        self.wait(2.0)
        self.ask("11")
        for command in (POLL, "02 FF FF", "0A"):
            assert self.ask(command).startswith("F0")
        assert self.ask(POLL) == "F0"
        return self

    def in_escrow(self) -> "Host":
        self.enabled()
        assert self.device.insert(500, self.now)
        assert self.ask(POLL) == "F0 EF 00"
        self.wait(1.0)
        return self

    def exchange_key(self) -> None:
        secret: Secret = new_secret(Random(3).randbytes)
        assert self.ask(f"4A {number(secret.generator).hex()}") == "F0"
        assert self.ask(f"4B {number(secret.modulus).hex()}") == "F0"
        answer = bytes.fromhex(self.ask(f"4C {number(secret.inter).hex()}"))
        shared = secret.shared(int.from_bytes(answer[1:], "little"))
        self.session = Session(session_key(self.device.model.fixed_key, shared), bytes)


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("11", "F0"),
        ("07 00", "F3"),
        ("02 FF", "F3"),
        ("99", "F2"),
        ("33", "F2"),
        ("56", "F2"),
        ("4A 13 FA 00 00 00 00 00 00", "F2"),
        ("06 09", "F8"),
        ("06 06", "F0"),
        (HOLD, "F5"),
        (REJECT, "F5"),
        ("17", "F0 00"),
        ("0C", "F0 00 00 12 67"),
        ("58", "F0 05" + " 00" * 20),
    ],
)
def test_answers_of_a_plain_validator(command: str, answer: str) -> None:
    assert Host().ask(command) == answer


def test_a_repeated_packet_is_answered_as_before_and_not_obeyed_again() -> None:
    host = Host().in_escrow()
    assert host.ask(POLL) == "F0 EF 05"
    assert host.send(host.last) == "F0 EF 05"
    assert host.device.body.phase is Phase.ESCROW
    assert host.ask(POLL) == "F0 CC"


def test_a_poll_after_the_note_was_told_is_consent() -> None:
    host = Host().in_escrow()
    assert host.ask(POLL) == "F0 EF 05"
    host.ask(POLL)
    host.wait(1.0)
    assert host.ask(POLL) == "F0 EE 05 EB"
    assert [paper.value for paper in host.device.body.places.stacked] == [500]


def test_an_event_is_kept_until_another_packet_comes() -> None:
    host = Host().in_escrow()
    host.ask(POLL)
    host.ask(POLL)
    host.wait(1.0)
    host.ask(POLL)
    assert host.device.body.end is not None
    assert host.send(host.last) == "F0 EE 05 EB"
    assert host.ask(POLL) == "F0"
    assert host.device.body.end is None


def test_sync_loses_an_event_that_was_told() -> None:
    host = Host().in_escrow()
    host.ask(POLL)
    host.ask(POLL)
    host.wait(1.0)
    host.ask(POLL)
    host.ask("11")
    assert host.ask(POLL) == "F0"


def test_hold_keeps_the_note_and_reject_gives_it_back() -> None:
    host = Host().in_escrow()
    host.ask(POLL)
    for _ in range(3):
        assert host.ask(HOLD) == "F0"
        host.wait(9.0)
    assert host.ask(REJECT) == "F0"
    assert host.ask(POLL) == "F0 ED"
    host.wait(1.0)
    assert host.ask(POLL) == "F0 EC"
    assert host.ask("17") == "F0 08"
    assert len(host.device.body.places.returned) == 1


def test_a_note_without_decision_goes_back_after_its_time() -> None:
    host = Host().in_escrow()
    host.ask(POLL)
    host.wait(11.0)
    host.wait(1.0)
    assert host.ask(POLL) == "F0 EC"
    assert host.ask("17") == "F0 13"


def test_an_impatient_device_takes_silence_for_consent() -> None:
    host = Host(replace(PLAIN, consents_after_s=2.0)).in_escrow()
    host.ask(POLL)
    host.wait(2.1)
    assert host.device.body.is_stacking


@pytest.mark.parametrize(
    ("power_up", "says"),
    [
        (None, "F0 F1 E8"),
        (Phase.POWER_UP_NOTE_IN_STACKER, "F0 F1 E8"),
    ],
)
def test_a_power_up_tells_of_a_note_that_was_being_stacked(
    power_up: Phase | None, says: str
) -> None:
    host = Host().in_escrow()
    host.ask(POLL)
    host.ask(POLL)
    host.device.power_cut()
    assert host.ask(POLL) == ""
    host.device.power_on(power_up)
    host.device.tick(host.now)
    assert host.ask("11") == "F0"
    assert host.ask(POLL) == says
    host.wait(2.0)
    assert host.ask(POLL) == "F0 E2 05 E8"
    assert host.ask(POLL) == "F0 E8"


def test_a_power_up_gives_a_note_back_that_was_in_escrow() -> None:
    host = Host().in_escrow()
    host.ask(POLL)
    host.device.power_cut()
    host.device.power_on()
    host.device.tick(host.now)
    assert host.ask("11") == "F0"
    assert host.ask(POLL) == "F0 E1 05 F1 E8"
    assert len(host.device.body.places.returned) == 1


@pytest.mark.parametrize(
    ("where", "says"), [(Phase.PATH_JAMMED, "F0 E9"), (Phase.STACKER_JAMMED, "F0 EA")]
)
def test_jams_and_a_missing_cashbox_are_told_with_every_poll(where: Phase, says: str) -> None:
    host = Host().enabled()
    mishaps.jam(host.device.body, where, host.now)
    assert host.ask(POLL) == host.ask(POLL) == says
    mishaps.clear_jam(host.device.body, host.now, into_cassette=True)
    assert host.ask("11") == "F0"
    assert host.ask(POLL) == "F0 F1 E8"


# --- encrypted --------------------------------------------------------------------------------


def test_what_must_be_encrypted_is_refused_without_a_key() -> None:
    assert Host(DeviceModel()).ask("56") == "FA"


def test_a_key_a_count_and_events_that_wait_for_their_acknowledgement() -> None:
    host = Host(DeviceModel()).in_escrow()
    host.exchange_key()
    assert host.ask("56") == "F0 EF 05"
    host.ask("56")
    host.wait(1.0)
    assert host.ask("56") == "F0 EE 05 EB"
    assert host.ask("56") == "F0 EE 05 EB"
    assert host.ask("57") == "F0"
    assert host.ask("56") == "F0"


def test_a_wrong_count_is_not_answered_and_a_repeat_is_answered_with_the_same_bytes() -> None:
    host = Host(DeviceModel()).enabled()
    host.exchange_key()
    assert host.session is not None
    host.ask("56")
    first = host.last
    host.device.receive(first, host.now)
    again = host.device.data_to_send()
    host.device.receive(first, host.now)
    assert host.device.data_to_send() == again
    host.session.count += 5
    assert host.ask("56") == ""


def test_a_reset_loses_the_key() -> None:
    host = Host(DeviceModel()).enabled()
    host.exchange_key()
    host.device.power_cut()
    host.device.power_on()
    assert host.ask("56") == "FA"


@given(st.lists(st.binary(max_size=80), max_size=20))
def test_any_bytes_raise_nothing_and_move_nothing(noise: list[bytes]) -> None:
    host = Host(DeviceModel()).enabled()
    for data in noise:
        host.device.receive(data, host.now)
        assert len(host.device.data_to_send()) < 5000
        host.wait(0.1)
    assert host.device.body.paper is None


def test_every_known_command_has_an_answer() -> None:
    for command in Command:
        answer = Host(DeviceModel()).ask(f"{command:02X}")
        assert int(answer[:2], 16) in set(Generic)
