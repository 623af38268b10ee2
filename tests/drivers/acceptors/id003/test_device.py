"""The ID-003 device half: state by command, held credits, power, people, bad luck."""

import pytest

from drivers.acceptors.device_half import mishaps
from drivers.acceptors.device_half.line_trouble import LineTrouble
from drivers.acceptors.device_half.paper import COUPON
from drivers.acceptors.device_half.phases import MechanismTiming, Phase
from drivers.acceptors.id003.codes import SETTINGS, Command, Failure, Status
from drivers.acceptors.id003.device import MUTE_AFTER_S, Id003Device
from drivers.acceptors.id003.device_states import DATA_BYTES
from drivers.acceptors.id003.frames import decode, encode
from simulation.acceptor.id003_kit import ruble_table, validator_version

ACK, INVALID = "50", "4b"


class Desk:
    """Talks to a device and lets time pass."""

    def __init__(
        self,
        *,
        capacity: int | None = None,
        names_credit: bool = False,
        recovers: bool = True,
        answers_damage: bool = False,
    ) -> None:
        self.device = Id003Device(
            table=ruble_table(),
            version=validator_version(),
            timing=MechanismTiming(stacking_s=1.8),
            capacity=capacity,
            names_credit=names_credit,
            recovers=recovers,
            answers_damage=answers_damage,
            trouble=LineTrouble(),
        )
        self.body = self.device.body
        self.now = 0.0

    def raw(self, frame: bytes) -> bytes:
        self.device.receive(frame, self.now)
        return self.device.data_to_send()

    def ask(self, command: int, data: str = "") -> str:
        raw = self.raw(encode(command, bytes.fromhex(data)))
        if not raw:
            return ""
        frame = decode(raw)
        return (bytes([frame.code]) + frame.data).hex(" ")

    def poll(self) -> str:
        return self.ask(Command.STATUS)

    def wait(self, seconds: float) -> str:
        """Poll for a while, as a host does; the last answer."""
        end = self.now + seconds
        said = self.poll()
        while self.now < end:
            self.now = min(self.now + 0.2, end)
            said = self.poll()
        return said

    def idle(self, seconds: float) -> None:
        """Nobody polls."""
        self.now += seconds
        self.device.tick(self.now)

    def set_up(self, options: str = "02 00") -> "Desk":
        assert self.ask(Command.RESET) == ACK
        self.wait(1.6)
        for command, data in [
            (Command.DENOMINATIONS, "00 00"),
            (Command.SECURITY, "00 00"),
            (Command.DIRECTION, "00"),
            (Command.OPTIONS, options),
            (Command.INHIBIT, "01"),
        ]:
            assert self.ask(command, data) == f"{command:02x} {data}"
        return self

    def enabled(self) -> "Desk":
        self.set_up()
        assert self.ask(Command.INHIBIT, "00") == "c3 00"
        assert self.wait(0.2) == "11"
        return self

    def escrowed(self, value: int = 500) -> "Desk":
        self.enabled()
        assert self.device.insert(value, self.now)
        assert self.poll() == "12"
        assert self.wait(1).startswith("13")
        return self

    def stacking(self) -> "Desk":
        self.escrowed()
        assert self.ask(Command.STACK_2) == ACK
        assert self.poll() == "14"
        return self

    def stacked(self) -> "Desk":
        self.stacking()
        assert self.wait(2).startswith("15")
        return self


# --- set-up -------------------------------------------------------------------------------------


def test_from_power_up_to_idling() -> None:
    desk = Desk()
    assert desk.poll() == "40"
    assert desk.ask(Command.CURRENCY) == "8a " + ruble_table().hex(" ")
    assert desk.ask(Command.VERSION) == "88 " + validator_version().hex(" ")
    desk.ask(Command.RESET)
    assert desk.wait(30) == "1b", "it stays there until the settings arrive"
    assert desk.ask(Command.INHIBIT, "01") == "c3 01"
    assert desk.wait(0.2) == "1a"
    assert desk.ask(Command.INHIBIT, "00") == "c3 00"
    assert desk.poll() == "1a", "nothing is let in before the denominations are"
    assert desk.ask(Command.DENOMINATIONS, "00 00") == "c0 00 00"
    assert desk.poll() == "11"


def at(state: str) -> Desk:
    """A device in a state."""
    match state:
        case "40":
            return Desk()
        case "1b":
            desk = Desk()
            desk.ask(Command.RESET)
            return desk
        case "1a":
            desk = Desk().set_up()
            desk.wait(0.2)
            return desk
        case "11":
            return Desk().enabled()
        case "12":
            desk = Desk().enabled()
            desk.device.insert(500, desk.now)
            return desk
        case "13":
            return Desk().escrowed()
        case "14":
            return Desk().stacking()
        case "15":
            return Desk().stacked()
        case "18":
            desk = Desk().escrowed()
            desk.ask(Command.RETURN)
            return desk
        case "44":
            desk = Desk().enabled()
            mishaps.take_cassette_out(desk.body, desk.now)
            return desk
        case _:
            raise AssertionError(state)


STATES = ["40", "1b", "1a", "11", "12", "13", "14", "15", "18", "44"]


@pytest.mark.parametrize("state", STATES)
def test_which_commands_are_obeyed_in_which_state(state: str) -> None:
    assert at(state).poll()[:2] == state
    for command, length in DATA_BYTES.items():
        data = "00 " * length
        legal = state in ("1b", "1a", "11")
        expected = f"{command:02x} {data}".strip() if legal else INVALID
        assert at(state).ask(command, data) == expected, hex(command)
        assert at(state).ask(command - 0x40).startswith(f"{command - 0x40:02x} "), "read back"
    for command in (Command.STACK_1, Command.STACK_2, Command.RETURN, Command.HOLD, Command.WAIT):
        assert at(state).ask(command) == (ACK if state == "13" else INVALID), command.name
    for command in (Command.VERSION, Command.BOOT_VERSION, Command.CURRENCY):
        assert at(state).ask(command).startswith(f"{command:02x} ")
    assert at(state).ask(Command.RESET) == ACK


def test_unknown_and_malformed_commands_are_invalid() -> None:
    desk = at("1a")
    for command, data in [(0x99, ""), (0xF0, "1a"), (0xC3, ""), (0xC0, "00"), (0x11, "00")]:
        assert desk.ask(command, data) == INVALID


@pytest.mark.parametrize("how", ["reset", "power"])
def test_settings_are_read_back_and_lost(how: str) -> None:
    desk = at("1a")
    assert desk.ask(Command.SECURITY - 0x40) == "81 00 00"
    desk.ask(Command.SECURITY, "05 00")
    assert desk.ask(Command.SECURITY - 0x40) == "81 05 00"
    if how == "reset":
        desk.ask(Command.RESET)
    else:
        desk.device.power_cut()
        desk.device.power_on()
    assert desk.ask(Command.SECURITY - 0x40) == "81 00 00"
    assert desk.ask(Command.INHIBIT - 0x40) == "83 01"


# --- notes --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("names_credit", "said"), [(False, "15"), (True, "15 65")])
def test_a_credit_is_held_until_it_is_acknowledged(names_credit: bool, said: str) -> None:
    desk = Desk(names_credit=names_credit).stacked()
    assert desk.wait(30) == said
    assert desk.ask(Command.ACK) == "", "the one frame without an answer"
    assert desk.poll() == "16"
    assert desk.wait(0.4) == "11"
    assert [paper.value for paper in desk.body.places.stacked] == [500]


def test_a_lost_acknowledgement_is_none() -> None:
    desk = Desk().stacked()
    desk.device.trouble.lose_acks = 1
    desk.ask(Command.ACK)
    assert desk.poll() == "15"
    desk.ask(Command.ACK)
    assert desk.poll() == "16"


def test_an_acknowledgement_of_nothing_has_no_effect() -> None:
    desk = Desk().stacking()
    assert desk.ask(Command.ACK) == ""
    assert desk.wait(2) == "15"


def test_a_device_that_nobody_acknowledges_goes_mute_until_it_is_reset() -> None:
    desk = Desk().stacked()
    desk.idle(MUTE_AFTER_S - 1)
    assert desk.poll() == "15"
    desk.idle(1.5)
    assert desk.poll() == desk.ask(Command.VERSION) == ""
    desk.ask(Command.ACK)
    assert desk.poll() == ""
    assert desk.ask(Command.RESET) == ACK
    assert desk.poll() == "1b"
    assert desk.body.violations == []


def test_the_earlier_stack_credits_sooner() -> None:
    desk = Desk().escrowed()
    desk.ask(Command.STACK_1)
    assert desk.wait(1) == "15"


def test_a_note_goes_back_by_order_by_time_and_when_the_host_is_gone() -> None:
    ordered = Desk().escrowed()
    ordered.ask(Command.RETURN)
    assert ordered.poll() == "18"
    timed_out = Desk().escrowed()
    assert timed_out.wait(10) == "17 79"
    alone = Desk().escrowed()
    alone.idle(3.2)
    assert alone.poll() == "18"
    for desk in (ordered, timed_out, alone):
        assert desk.wait(1.5) == "11", "no word but these tells of a return"
        assert [paper.value for paper in desk.body.places.returned] == [500]


def test_hold_begins_the_time_anew() -> None:
    desk = Desk().escrowed()
    desk.wait(9)
    assert desk.ask(Command.HOLD) == ACK
    assert desk.wait(9) == "19"
    assert desk.ask(Command.STACK_2) == ACK
    assert desk.wait(2) == "15"


def test_what_is_refused_comes_back_with_its_reason() -> None:
    desk = Desk().enabled()
    desk.device.insert(None, desk.now)
    assert desk.wait(1) == "17 7f"
    desk.wait(1)
    desk.ask(Command.DENOMINATIONS, "10 00")
    desk.device.insert(500, desk.now)
    assert desk.wait(1) == "17 79"
    desk.wait(1)
    desk.device.insert(COUPON, desk.now)
    assert desk.wait(1) == "17 79"
    desk.wait(1)
    desk.device.insert(100, desk.now)
    assert desk.body.pull_back(desk.now)
    assert desk.poll() == "17 71"
    desk.wait(1)
    assert len(desk.body.places.returned) == 4


def test_a_ticket_goes_to_escrow_where_tickets_are_taken() -> None:
    desk = Desk().enabled()
    desk.ask(Command.BAR_INHIBIT, "fc")
    desk.device.insert(COUPON, desk.now)
    assert desk.wait(1).startswith("13 6f 31 32 33")


# --- power --------------------------------------------------------------------------------------


@pytest.mark.parametrize("when", ["stacking", "unacknowledged"])
@pytest.mark.parametrize(("options", "told"), [("02 00", True), ("00 00", False)])
def test_power_recovery_tells_of_a_note_too_far_in(options: str, told: bool, when: str) -> None:
    desk = Desk().stacking() if when == "stacking" else Desk().stacked()
    desk.device.power_cut()
    assert desk.poll() == ""
    desk.device.power_on()
    assert desk.poll() == "42"
    desk.set_up(options)
    assert desk.wait(0.4) == ("15" if told else "1a")
    assert [paper.value for paper in desk.body.places.stacked] == [500]
    assert desk.body.violations == []


def test_a_device_without_power_recovery_keeps_silent() -> None:
    desk = Desk(recovers=False).stacking()
    desk.device.power_cut()
    desk.device.power_on()
    desk.ask(Command.RESET)
    desk.wait(2)
    assert desk.ask(Command.OPTIONS, "02 00") == "c5 02 00"
    assert desk.ask(Command.OPTIONS - 0x40) == "85 00 00"
    desk.ask(Command.INHIBIT, "01")
    assert desk.wait(0.4) == "1a"
    assert len(desk.body.places.stacked) == 1


def test_a_note_that_can_come_back_comes_back_by_the_reset() -> None:
    desk = Desk().escrowed()
    desk.device.power_cut()
    desk.device.power_on()
    assert desk.poll() == "41"
    desk.ask(Command.RESET)
    assert desk.poll() == "1b"
    assert [paper.value for paper in desk.body.places.returned] == [500]


@pytest.mark.parametrize("word", ["40", "41", "42"])
def test_forced_power_up_outcomes(word: str) -> None:
    desk = Desk().stacking()
    desk.device.power_cut()
    desk.device.power_on(desk.device.power_ups[word])
    assert desk.poll() == word
    desk.set_up()
    desk.wait(1)
    stacked, returned = len(desk.body.places.stacked), len(desk.body.places.returned)
    assert (stacked, returned) == ((0, 1) if word == "41" else (1, 0))


def test_reset_at_the_wrong_moment_is_noted_as_a_violation() -> None:
    desk = Desk().stacking()
    desk.ask(Command.RESET)
    assert desk.body.violations == ["RESET while stacking"]
    other = Desk().stacked()
    other.ask(Command.RESET)
    assert other.body.violations == ["RESET before the stacked event was acknowledged"]


# --- people and metal ---------------------------------------------------------------------------


def test_stacker_out_and_in_begins_anew() -> None:
    desk = Desk().stacked()
    desk.ask(Command.ACK)
    desk.wait(0.4)
    mishaps.take_cassette_out(desk.body, desk.now)
    assert desk.poll() == "44"
    mishaps.put_cassette_in(desk.body, desk.now, empty=True)
    assert desk.wait(5) == "1b"
    desk.ask(Command.INHIBIT, "01")
    assert desk.wait(0.2) == "1a"
    assert len(desk.body.places.collected) == 1


def test_a_full_stacker_stops() -> None:
    desk = Desk(capacity=1).stacked()
    desk.ask(Command.ACK)
    assert desk.wait(0.4) == "43"


@pytest.mark.parametrize(
    ("where", "said"), [(Phase.PATH_JAMMED, "45"), (Phase.STACKER_JAMMED, "46")]
)
@pytest.mark.parametrize("into_cassette", [True, False])
def test_jam_while_stacking_and_its_clearing(where: Phase, said: str, into_cassette: bool) -> None:
    desk = Desk().stacking()
    mishaps.jam(desk.body, where, desk.now)
    assert desk.wait(30) == said
    mishaps.clear_jam(desk.body, desk.now, into_cassette=into_cassette)
    desk.wait(1.6)
    for command, data in [(Command.OPTIONS, "02 00"), (Command.INHIBIT, "01")]:
        desk.ask(command, data)
    assert desk.wait(0.4) == ("15" if into_cassette else "1a")


def test_failure_pause_and_cheat() -> None:
    desk = Desk().enabled()
    mishaps.cheat(desk.body, desk.now)
    assert desk.poll() == "48"
    desk.wait(2)
    mishaps.fail(desk.body, Failure.STACKER_MOTOR, desk.now)
    assert desk.poll() == "49 a2"
    other = Desk().stacking()
    mishaps.push_second(other.body, other.now)
    assert other.poll() == "47"
    mishaps.pull_second(other.body, other.now)
    assert other.wait(2) == "15"


# --- the line -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("answers_damage", "said"), [(False, b""), (True, encode(0x4A))])
def test_a_damaged_frame_is_answered_or_ignored(answers_damage: bool, said: bytes) -> None:
    desk = Desk(answers_damage=answers_damage)
    assert desk.raw(encode(Command.STATUS)[:-1] + b"\x00") == said


def test_interrupt_mode_calls_when_there_is_something_to_say() -> None:
    desk = at("1a")
    desk.ask(Command.COMMUNICATION, "01")
    desk.idle(0.1)
    assert desk.device.data_to_send() == b""
    mishaps.take_cassette_out(desk.body, desk.now)
    desk.idle(0.1)
    assert desk.device.data_to_send() == b"\x05"


def test_the_lines_own_faults() -> None:
    desk, trouble = Desk().enabled(), LineTrouble()
    desk.device.trouble = trouble
    poll, idling = encode(Command.STATUS), encode(Status.IDLING)
    for name in ("lose_answers", "busy_polls"):
        setattr(trouble, name, 1)
        assert desk.raw(poll) == b"", name
        assert desk.raw(poll) == idling
    trouble.flip_bits = 1
    assert desk.raw(poll) != idling
    trouble.silent = True
    assert desk.raw(poll) == b""
    trouble.silent, trouble.garbage = False, True
    assert desk.raw(poll) != idling
    trouble.garbage, trouble.echoes = False, True
    assert desk.raw(poll) == poll + idling


def test_every_setting_has_a_register() -> None:
    assert set(DATA_BYTES) == SETTINGS
