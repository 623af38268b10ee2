"""The CCNET host half, wire by wire: what it says, when, and what it makes of odd answers."""

from collections.abc import Callable

import pytest

from drivers.acceptors.ccnet.bill_table import pack_bill_table
from drivers.acceptors.ccnet.codes import Command, State
from drivers.acceptors.ccnet.frames import Direction, Frame, FrameDecoder, encode_answer
from drivers.acceptors.ccnet.host import CcnetHost
from drivers.acceptors.contract import (
    AcceptorEvent,
    CassetteIn,
    CassetteOut,
    Disabled,
    Disputed,
    Enabled,
    Escrowed,
    Fault,
    Note,
    Ready,
    Rejected,
    RejectReason,
    Returned,
    Returning,
    ReturnReason,
    Stacked,
    StackedHow,
    Validating,
)
from drivers.acceptors.faults import FaultNumber
from simulation.acceptor.notes import RUBLES, ruble_table, validator_identification
from simulation.acceptor.rig import Rig

ALL = frozenset(Note(minor=value * 100, currency="RUB") for value in RUBLES.values())
RUB_500 = Note(minor=50_000, currency="RUB")
ACK, ILLEGAL = b"\x00", b"\x30"


class Puppet:
    """A device that says exactly what a test puts into its mouth."""

    def __init__(self, state: str = "19") -> None:
        self.says = bytes.fromhex(state)
        self.heard: list[bytes] = []
        self.answers: dict[int, bytes | None] = {
            Command.GET_STATUS: bytes(6),
            Command.BILL_TABLE: ruble_table(),
            Command.IDENTIFICATION: validator_identification(),
            Command.GET_CRC32: bytes.fromhex("00ABCDEF"),
            Command.COUNTER_OF_STACKED: bytes([0, 7]),
        }
        self.echoes = False
        self.raw: Callable[[bytes], bytes] = lambda frame: frame
        self._decoder = FrameDecoder(Direction.COMMAND)
        self._out = bytearray()

    def say(self, state: str) -> None:
        self.says = bytes.fromhex(state)

    def receive(self, data: bytes, now: float) -> None:
        self._out += data if self.echoes else b""
        for part in self._decoder.feed(data, now):
            assert isinstance(part, Frame)
            self.heard.append(part.body)
            if part.body in (ACK, b"\xff"):
                continue
            if part.body[0] == Command.ENABLE_BILL_TYPES:
                self.answers[Command.GET_STATUS] = part.body[1:4] + bytes(3)
            body = self.says if part.body[0] == Command.POLL else self._answer(part.body[0])
            if body is not None:
                self._out += self.raw(encode_answer(body))

    def _answer(self, command: int) -> bytes | None:
        return self.answers.get(command, ACK)

    def tick(self, now: float) -> None:
        pass

    def data_to_send(self) -> bytes:
        data = bytes(self._out)
        self._out.clear()
        return data

    def next_deadline(self) -> float | None:
        return None

    def commands(self) -> list[int]:
        """What was ordered or asked, without polls and acknowledgements."""
        ignored = (Command.POLL, 0x00, 0xFF)
        return [body[0] for body in self.heard if body[0] not in ignored]


class Bench:
    """A host with a puppet on the line; settles nothing by itself."""

    def __init__(self, state: str = "19", known_table: bytes | None = None) -> None:
        self.puppet = Puppet(state)
        self.host = CcnetHost("b", "RUB", known_table=known_table)
        self.rig = Rig(self.host, self.puppet)

    def hear(self, state: str, seconds: float = 0.45) -> list[AcceptorEvent]:
        """Let the device say this for a while; returns what is new."""
        told = len(self.rig.events)
        self.puppet.say(state)
        self.rig.run(seconds)
        return self.rig.events[told:]

    def enabled(self) -> "Bench":
        self.hear("19", 1.5)
        self.host.accept(ALL)
        assert [type(e) for e in self.hear("14", 1.5)][-1:] == [Enabled]
        self.puppet.heard.clear()
        return self

    def no_counter(self) -> None:
        self.puppet.answers[Command.COUNTER_OF_STACKED] = ILLEGAL

    def counts(self, number: int) -> None:
        self.puppet.answers[Command.COUNTER_OF_STACKED] = number.to_bytes(2, "big")

    def in_escrow(self) -> Escrowed:
        self.enabled()
        self.hear("15")
        (event,) = self.hear("80 05")
        assert isinstance(event, Escrowed)
        return event

    def stacking(self) -> Escrowed:
        event = self.in_escrow()
        self.host.stack(event.cycle)
        assert self.hear("17") == []
        return event


def kinds(events: list[AcceptorEvent]) -> list[type]:
    return [type(event) for event in events]


# --- start ------------------------------------------------------------------------------------


def test_first_word_is_a_poll_and_a_live_device_is_not_reset() -> None:
    bench = Bench("14")
    bench.hear("14", 1.0)
    assert bench.puppet.heard[0] == bytes([Command.POLL])
    assert Command.RESET not in bench.puppet.commands()
    assert bytes([Command.ENABLE_BILL_TYPES]) + bytes(6) in bench.puppet.heard
    bench.hear("19", 1.5)
    assert kinds(bench.rig.events) == [Ready]


def test_set_up_asks_everything_once_and_ready_tells_it() -> None:
    bench = Bench("19")
    (ready,) = bench.hear("19", 3.0)
    assert isinstance(ready, Ready)
    assert ready.identity.model == "SM-RU1353"
    assert ready.identity.firmware == "CRC32 00ABCDEF"
    assert ready.device_count == 7
    assert bench.puppet.commands() == [
        Command.GET_STATUS,
        Command.BILL_TABLE,
        Command.SET_SECURITY,
        Command.IDENTIFICATION,
        Command.GET_CRC32,
        Command.COUNTER_OF_STACKED,
    ]


@pytest.mark.parametrize("answer", [ILLEGAL, None, b"\x00\x01\x02"])
def test_only_the_bill_table_is_indispensable(answer: bytes | None) -> None:
    bench = Bench("19")
    for command in (
        Command.GET_STATUS,
        Command.SET_SECURITY,
        Command.IDENTIFICATION,
        Command.GET_CRC32,
        Command.COUNTER_OF_STACKED,
    ):
        bench.puppet.answers[command] = answer
    ready = bench.hear("19", 12.0)[-1]
    assert isinstance(ready, Ready)
    assert ready.device_count is None


@pytest.mark.parametrize(
    ("answer", "number"),
    [
        (ILLEGAL, FaultNumber.REFUSES_SET_UP),
        (None, FaultNumber.REFUSES_SET_UP),
        (bytes(120), FaultNumber.NO_USABLE_NOTES),
        (pack_bill_table({1: (5, "EUR", 0)}), FaultNumber.NO_USABLE_NOTES),
    ],
)
def test_without_usable_notes_there_is_a_fault_once_and_no_ready(
    answer: bytes | None, number: FaultNumber
) -> None:
    bench = Bench("19")
    bench.puppet.answers[Command.BILL_TABLE] = answer
    assert bench.hear("19", 20.0) == [Fault(number=number, raw="")]
    bench.puppet.answers[Command.BILL_TABLE] = ruble_table()
    assert kinds(bench.hear("19", 8.0)) == [Ready]


def test_power_up_is_reset_once_and_again_only_when_it_stays() -> None:
    bench = Bench("10")
    bench.hear("10", 2.0)
    assert bench.puppet.commands() == [Command.BILL_TABLE, Command.RESET]
    bench.hear("10", 2.0)
    assert bench.puppet.commands().count(Command.RESET) == 2


def test_a_stacked_note_of_an_earlier_life_is_named_by_the_remembered_table() -> None:
    bench = Bench("81 05", known_table=ruble_table())
    (first, *_) = bench.hear("81 05")
    assert first == Stacked(
        cycle=first.cycle, note=RUB_500, how=StackedHow.RECOVERED, device_count=None
    )
    assert ACK not in bench.puppet.heard
    bench.host.settled(first.cycle)
    bench.hear("81 05", 0.2)
    assert bench.puppet.heard[-1] == ACK
    assert kinds(bench.hear("19", 2.0)) == [Ready]
    assert Command.RESET not in bench.puppet.commands()


OTHER_TABLE = pack_bill_table({5: (5, "RUS", 3)})
"""Bill type 5 is 5000 rubles where it is 500 in the usual one."""


@pytest.mark.parametrize("swapped_while_running", [False, True])
def test_a_device_at_power_up_names_its_note_by_its_own_table(swapped_while_running: bool) -> None:
    bench = Bench("19", known_table=OTHER_TABLE)
    if swapped_while_running:
        bench.puppet.answers[Command.BILL_TABLE] = OTHER_TABLE
        assert kinds(bench.hear("19", 3.0)) == [Ready]
    bench.puppet.answers[Command.BILL_TABLE] = ruble_table()
    bench.hear("12", 1.0)
    bench.hear("13", 1.0)
    (stacked, *_) = bench.hear("81 05")
    assert isinstance(stacked, Stacked)
    assert stacked.note == RUB_500


def test_a_device_that_tells_no_table_at_power_up_is_reset_all_the_same() -> None:
    bench = Bench("12", known_table=ruble_table())
    bench.puppet.answers[Command.BILL_TABLE] = ILLEGAL
    bench.hear("12", 2.0)
    assert bench.puppet.commands() == [Command.BILL_TABLE, Command.RESET]
    (stacked, *_) = bench.hear("81 05")
    assert isinstance(stacked, Stacked)
    assert stacked.note == RUB_500


def test_a_stacked_note_that_nobody_can_name_is_a_dispute_and_stays_unacknowledged() -> None:
    bench = Bench("81 05")
    bench.puppet.answers[Command.BILL_TABLE] = ILLEGAL
    first = bench.hear("81 05")[0]
    assert isinstance(first, Disputed)
    assert "81 05" in first.evidence
    assert ACK not in bench.puppet.heard
    bench.host.settled(first.cycle)
    bench.hear("81 05", 0.2)
    assert bench.puppet.heard[-1] == ACK


def test_a_device_that_tells_its_table_while_holding_an_event_is_believed() -> None:
    bench = Bench("81 05")
    assert kinds(bench.hear("81 05"))[0] is Stacked


def test_a_note_in_escrow_that_nobody_can_name_goes_back() -> None:
    bench = Bench("80 05")
    bench.puppet.answers[Command.BILL_TABLE] = ILLEGAL
    assert kinds(bench.hear("80 05")) == [Rejected]
    assert Command.RETURN in bench.puppet.commands()
    returned = bench.hear("82 05")[0]
    assert isinstance(returned, Returned)
    assert returned.why is ReturnReason.ORDERED


def test_a_held_note_of_an_earlier_life_goes_back() -> None:
    bench = Bench("1A", known_table=ruble_table())
    bench.hear("1A")
    assert Command.RETURN in bench.puppet.commands()
    (returned, *_) = bench.hear("82 05", 0.2)
    assert isinstance(returned, Returned)
    assert returned.note == RUB_500


def test_power_up_with_a_note_in_the_validator_tells_a_return_at_start() -> None:
    bench = Bench("11")
    (returning, *_) = bench.hear("11")
    assert isinstance(returning, Returning)
    bench.host.settled(returning.cycle)
    assert bench.hear("11") == []
    (returned,) = bench.hear("13")
    assert isinstance(returned, Returned)
    assert returned.why is ReturnReason.DEVICE
    assert returned.note is None
    assert kinds(bench.hear("19", 2.0)) == [Ready]


def test_a_note_found_in_the_path_waits_for_its_record_before_it_is_given_back() -> None:
    bench = Bench("19")
    cycle = bench.in_escrow().cycle
    told = bench.hear("11", 10.0)
    assert len(told) > 20
    assert set(told) == {Returning(cycle=cycle, note=RUB_500)}
    assert Command.RESET not in bench.puppet.commands()
    bench.host.settled(cycle)
    bench.hear("11", 0.25)
    assert bench.puppet.commands()[-1] == Command.RESET


def test_a_note_whose_return_nobody_records_is_given_back_after_some_patience() -> None:
    bench = Bench("11")
    bench.hear("11", 14.5)
    assert Command.RESET not in bench.puppet.commands()
    bench.hear("11", 1.0)
    assert Command.RESET in bench.puppet.commands()


def test_a_power_up_without_a_note_waits_for_nothing() -> None:
    bench = Bench("19").enabled()
    bench.hear("11")
    assert Command.RESET in bench.puppet.commands()


def test_after_a_note_in_the_stacker_ready_waits_for_its_credit() -> None:
    bench = Bench("12")
    bench.hear("12")
    bench.hear("13")
    assert bench.hear("19", 2.0) == []
    (stacked,) = bench.hear("81 05", 0.2)
    assert isinstance(stacked, Stacked)
    bench.host.settled(stacked.cycle)
    bench.hear("81 05", 0.2)
    assert kinds(bench.hear("19", 2.0)) == [Ready]


def test_a_note_in_the_stacker_that_is_never_told_is_settled_by_the_counter_of_ready() -> None:
    bench = Bench("12")
    bench.hear("12")
    bench.hear("13")
    (ready,) = bench.hear("19", 6.0)
    assert isinstance(ready, Ready)
    assert ready.device_count == 7


def test_a_note_in_the_stacker_that_is_never_told_becomes_a_dispute_without_a_counter() -> None:
    bench = Bench("12")
    bench.no_counter()
    bench.hear("12")
    bench.hear("13")
    assert kinds(bench.hear("19", 6.0)) == [Disputed, Ready]


# --- acknowledgements ---------------------------------------------------------------------------


def test_every_ordinary_answer_is_acknowledged_at_once() -> None:
    bench = Bench("19").enabled()
    bench.hear("14", 2.0)
    polls = bench.puppet.heard.count(bytes([Command.POLL]))
    assert polls >= 9
    assert abs(bench.puppet.heard.count(ACK) - polls) <= 1


def test_settled_in_time_is_acknowledged_within_the_patience_of_the_wire() -> None:
    bench = Bench("19")
    cycle = bench.stacking().cycle
    bench.puppet.say("81 05")
    bench.rig.run_until(
        lambda: bool(bench.rig.events) and isinstance(bench.rig.events[-1], Stacked)
    )
    told_at = bench.rig.now
    assert bench.puppet.heard[-1] == bytes([Command.POLL])
    bench.host.settled(cycle)
    bench.rig.run(0.001)
    assert bench.puppet.heard[-1] == ACK
    assert bench.rig.now - told_at < 0.010


def test_settled_too_late_waits_for_the_repeat_and_hurries_it() -> None:
    bench = Bench("19")
    cycle = bench.stacking().cycle
    bench.puppet.say("81 05")
    bench.rig.run_until(
        lambda: bool(bench.rig.events) and isinstance(bench.rig.events[-1], Stacked)
    )
    bench.rig.run(0.05)
    bench.host.settled(cycle)
    told = len(bench.rig.events)
    bench.rig.run(0.08)
    assert bench.puppet.heard[-2:] == [bytes([Command.POLL]), ACK]
    assert len(bench.rig.events) == told, "a settled note is not told again"


def test_another_note_than_was_in_escrow_is_reported_as_the_device_says() -> None:
    bench = Bench("19")
    cycle = bench.stacking().cycle
    (stacked, *_) = bench.hear("81 04", 0.2)
    assert isinstance(stacked, Stacked)
    assert stacked.cycle == cycle
    assert stacked.note == Note(minor=10_000, currency="RUB")


def test_the_counter_goes_along() -> None:
    bench = Bench("19")
    escrowed = bench.stacking()
    (stacked, *_) = bench.hear("81 05", 0.2)
    assert escrowed.device_count == 7
    assert isinstance(stacked, Stacked)
    assert stacked.device_count == 8


def test_half_an_event_is_asked_for_again() -> None:
    bench = Bench("19")
    bench.stacking()
    bench.puppet.heard.clear()
    assert bench.hear("81") == []
    assert ACK not in bench.puppet.heard


def test_a_state_of_other_firmware_is_acknowledged_and_ignored() -> None:
    bench = Bench("19").enabled()
    assert bench.hear("77") == []
    assert bench.puppet.heard[-1] == ACK


@pytest.mark.parametrize(
    ("state", "number"),
    [("84 05", FaultNumber.SUSPECT_NOTE), ("90 01", FaultNumber.COUNTERFEIT_HELD)],
)
def test_notes_that_newer_firmware_suspects_are_told(state: str, number: FaultNumber) -> None:
    bench = Bench("19").enabled()
    assert bench.hear(state) == [Fault(number=number, raw=state)]
    assert bench.puppet.heard[-1] == ACK


def test_a_note_that_is_kept_as_counterfeit_is_a_dispute_and_no_credit() -> None:
    bench = Bench("19")
    escrowed = bench.stacking()
    fault, disputed = bench.hear("90 05")
    assert isinstance(fault, Fault)
    assert isinstance(disputed, Disputed)
    assert disputed.cycle == escrowed.cycle
    assert bench.hear("14", 8.0) == []


# --- orders -------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [ILLEGAL, None])
def test_an_order_without_effect_is_repeated_only_while_the_device_shows_escrow(
    answer: bytes | None,
) -> None:
    bench = Bench("19")
    cycle = bench.in_escrow().cycle
    bench.puppet.answers[Command.STACK] = answer
    bench.host.stack(cycle)
    bench.hear("80 05", 1.5)
    repeats = bench.puppet.commands().count(Command.STACK)
    assert 2 <= repeats <= 8
    bench.hear("17", 1.0)
    assert bench.puppet.commands().count(Command.STACK) == repeats


def test_refused_stack_and_a_return_by_the_device() -> None:
    bench = Bench("19")
    cycle = bench.in_escrow().cycle
    bench.puppet.answers[Command.STACK] = ILLEGAL
    bench.host.stack(cycle)
    bench.hear("80 05", 0.3)
    bench.hear("18")
    (returned, *_) = bench.hear("82 05", 0.2)
    assert isinstance(returned, Returned)
    assert returned.cycle == cycle
    assert returned.why is ReturnReason.DEVICE


def test_hold_is_renewed_every_five_seconds() -> None:
    bench = Bench("19")
    bench.host.hold(bench.in_escrow().cycle)
    bench.hear("1A", 12.0)
    assert bench.puppet.commands().count(Command.HOLD) == 3


def test_masks_are_never_changed_while_a_note_is_in_escrow() -> None:
    bench = Bench("19")
    cycle = bench.in_escrow().cycle
    bench.puppet.heard.clear()
    bench.host.stop()
    bench.hear("80 05", 1.0)
    assert bench.puppet.commands() == []
    bench.host.give_back(cycle)
    bench.hear("18", 1.0)
    assert bytes([Command.ENABLE_BILL_TYPES]) + bytes(6) in bench.puppet.heard


def test_enable_and_escrow_masks_are_equal_and_only_for_known_notes() -> None:
    bench = Bench("19")
    bench.hear("19", 1.5)
    wanted = frozenset({RUB_500, Note(minor=777, currency="RUB"), Note(minor=500, currency="EUR")})
    bench.host.accept(wanted)
    bench.hear("14", 1.0)
    enables = [body for body in bench.puppet.heard if body[0] == Command.ENABLE_BILL_TYPES]
    assert enables == [bytes.fromhex("34 00 00 20 00 00 20")]


def test_a_device_that_disables_itself_after_each_note_is_enabled_again() -> None:
    bench = Bench("19").enabled()
    assert bench.hear("19", 0.5) == []
    assert bench.puppet.commands()[0] == Command.ENABLE_BILL_TYPES


def test_a_device_that_will_not_be_enabled_is_a_fault_once() -> None:
    bench = Bench("19")
    bench.hear("19", 1.5)
    bench.host.accept(ALL)
    assert bench.hear("19", 12.0) == [Fault(number=FaultNumber.REFUSES_SET_UP, raw="")]


def test_a_device_that_would_not_be_enabled_is_ready_again_when_nothing_is_wanted_of_it() -> None:
    bench = Bench("19")
    bench.hear("19", 1.5)
    bench.host.accept(ALL)
    assert bench.hear("19", 6.0) == [Fault(number=FaultNumber.REFUSES_SET_UP, raw="")]
    bench.host.stop()
    told = bench.hear("19", 3.0)
    assert [type(event) for event in told] == [Disabled, Ready]


def test_disabled_is_told_while_the_cassette_is_out() -> None:
    bench = Bench("19").enabled()
    bench.host.stop()
    assert kinds(bench.hear("42", 1.0)) == [CassetteOut, Disabled]


def test_a_coupon_is_refused_and_returned() -> None:
    bench = Bench("19").enabled()
    (rejected,) = bench.hear("80 17")
    assert isinstance(rejected, Rejected)
    assert rejected.reason is RejectReason.COUPON
    assert Command.RETURN in bench.puppet.commands()
    assert Command.STACK not in bench.puppet.commands()


# --- faults -------------------------------------------------------------------------------------


def test_reject_and_validating_are_told_once_for_each_episode() -> None:
    bench = Bench("19").enabled()
    assert kinds(bench.hear("15", 1.0)) == [Validating]
    (rejected,) = bench.hear("1C 66", 1.0)
    assert rejected == Rejected(reason=RejectReason.UNRECOGNISED, raw="1C 66")
    bench.hear("14")
    assert kinds(bench.hear("1C 66", 1.0)) == [Rejected]
    assert bench.hear("1C 99")[0] == Rejected(reason=RejectReason.OTHER, raw="1C 99")


@pytest.mark.parametrize(
    ("state", "number"),
    [
        ("41", FaultNumber.CASSETTE_FULL),
        ("43", FaultNumber.VALIDATOR_JAMMED),
        ("44", FaultNumber.CASSETTE_JAMMED),
        ("45", FaultNumber.CHEAT_ATTEMPT),
        ("46", FaultNumber.PAUSED),
        ("47 50", FaultNumber.STACKING_MOTOR),
        ("47 5A", FaultNumber.ELECTRONICS),
        ("47 99", FaultNumber.DEVICE_FAILURE),
    ],
)
def test_a_fault_is_told_once_and_ended_by_ready(state: str, number: FaultNumber) -> None:
    bench = Bench("19").enabled()
    assert bench.hear(state, 3.0) == [Fault(number=number, raw=state)]
    bench.hear("13")
    assert kinds(bench.hear("19", 2.0)) == [Ready]
    assert kinds(bench.hear("14", 1.0)) == [Enabled]


def test_a_failure_is_reset_a_few_times_only() -> None:
    bench = Bench("19").enabled()
    bench.hear("47 50", 400.0)
    assert bench.puppet.commands().count(Command.RESET) == 3


def test_a_jam_is_never_reset() -> None:
    bench = Bench("19").enabled()
    bench.hear("44", 100.0)
    assert Command.RESET not in bench.puppet.commands()


def test_cassette_out_and_in() -> None:
    bench = Bench("19").enabled()
    assert kinds(bench.hear("42", 3.0)) == [CassetteOut]
    assert bench.hear("13") == []
    assert kinds(bench.hear("19", 2.0)) == [CassetteIn, Ready]


@pytest.mark.parametrize("jam", ["43", "44", "47 50"])
def test_a_jam_while_stacking_is_disputed_after_a_grace_period(jam: str) -> None:
    bench = Bench("19")
    cycle = bench.stacking().cycle
    assert kinds(bench.hear(jam, 5.0)) == [Fault]
    (disputed,) = bench.hear(jam, 10.0)
    assert isinstance(disputed, Disputed)
    assert disputed.cycle == cycle
    assert disputed.note == RUB_500
    assert {"17", jam, "stack ordered"} <= set(disputed.evidence)
    assert bench.hear(jam, 60.0) == []


def test_a_disputed_note_that_is_stacked_after_all_keeps_its_cycle() -> None:
    bench = Bench("19")
    cycle = bench.stacking().cycle
    bench.hear("44", 15.0)
    bench.hear("13")
    (stacked, *_) = bench.hear("81 05", 0.2)
    assert isinstance(stacked, Stacked)
    assert stacked.cycle == cycle


@pytest.mark.parametrize(
    ("count", "kind", "why"),
    [
        (8, Stacked, "it is in the cassette"),
        (7, Returned, "it is not in the cassette, and nothing was stuck"),
        (9, Disputed, "the counter speaks of more than this note"),
        (None, Disputed, "there is no counter"),
    ],
)
def test_a_stack_that_a_reset_forgot_is_what_the_counter_says_before_ready(
    count: int | None, kind: type, why: str
) -> None:
    bench = Bench("19")
    cycle = bench.stacking().cycle
    bench.hear("10")
    bench.hear("13")
    bench.no_counter() if count is None else bench.counts(count)
    end, ready = bench.hear("19", 8.0)
    assert isinstance(end, Stacked | Returned | Disputed)
    assert (type(end), end.cycle) == (kind, cycle), why
    assert isinstance(ready, Ready)


def test_a_stack_forgotten_at_rest_asks_the_counter_once_more_and_not_the_one_known_before() -> (
    None
):
    bench = Bench("19")
    cycle = bench.stacking().cycle
    bench.counts(8)
    (stacked,) = bench.hear("14", 8.0)
    assert isinstance(stacked, Stacked)
    assert (stacked.cycle, stacked.device_count) == (cycle, 8)
    bench.host.settled(cycle)
    bench.hear("15")
    (escrowed,) = bench.hear("80 05")
    assert isinstance(escrowed, Escrowed)
    assert escrowed.device_count == 8


def test_a_counter_that_stays_silent_is_asked_a_few_times_and_then_it_is_a_dispute() -> None:
    bench = Bench("19")
    bench.stacking()
    bench.puppet.answers[Command.COUNTER_OF_STACKED] = None
    bench.puppet.heard.clear()
    (disputed,) = bench.hear("14", 20.0)
    assert isinstance(disputed, Disputed)
    assert 3 <= bench.puppet.commands().count(Command.COUNTER_OF_STACKED) <= 9


def test_an_unchanged_counter_does_not_explain_a_note_that_was_stuck() -> None:
    bench = Bench("19")
    bench.stacking()
    bench.hear("44", 3.0)
    (disputed,) = bench.hear("14", 8.0)
    assert isinstance(disputed, Disputed)
    assert "counter 7, at rest 7" in disputed.evidence


def test_disabled_is_not_told_while_a_note_is_in_doubt() -> None:
    bench = Bench("19")
    bench.stacking()
    bench.hear("14", 1.0)
    bench.host.stop()
    assert kinds(bench.hear("19", 9.0)) == [Returned, Disabled]


def test_a_note_never_ordered_that_vanishes_was_returned() -> None:
    bench = Bench("19")
    cycle = bench.in_escrow().cycle
    (returned,) = bench.hear("14", 7.0)
    assert returned == Returned(cycle=cycle, note=RUB_500, why=ReturnReason.TIMED_OUT)


def test_the_next_note_goes_back_until_the_counter_has_told_of_the_one_before() -> None:
    bench = Bench("19")
    cycle = bench.stacking().cycle
    bench.counts(8)
    bench.hear("14")
    bench.hear("15")
    assert kinds(bench.hear("80 05")) == [Rejected]
    assert bench.puppet.commands()[-1] == Command.RETURN
    bench.hear("18")
    (returned, *_) = bench.hear("82 05", 0.2)
    assert isinstance(returned, Returned)
    assert returned.cycle != cycle
    bench.host.settled(returned.cycle)
    bench.hear("82 05")
    (stacked,) = bench.hear("14")
    assert isinstance(stacked, Stacked)
    assert stacked.cycle == cycle


def test_the_next_note_closes_a_stack_that_was_never_heard_of_without_a_counter() -> None:
    bench = Bench("19")
    bench.no_counter()
    cycle = bench.stacking().cycle
    bench.hear("14")
    bench.hear("15")
    disputed, escrowed = bench.hear("80 05")
    assert isinstance(disputed, Disputed)
    assert isinstance(escrowed, Escrowed)
    assert disputed.cycle == cycle != escrowed.cycle


def test_stacking_for_too_long_is_a_fault_and_never_reset() -> None:
    bench = Bench("19")
    bench.stacking()
    assert bench.hear("17", 100.0) == [Fault(number=FaultNumber.STACKING_OVERDUE, raw="17")]
    assert Command.RESET not in bench.puppet.commands()


def test_a_busy_device_is_left_alone_for_as_long_as_it_asks() -> None:
    bench = Bench("19").enabled()
    assert bench.hear("1B 14", 4.0) == []
    assert bench.puppet.heard.count(bytes([Command.POLL])) <= 4


# --- the line -----------------------------------------------------------------------------------


def test_silence_is_a_fault_once_and_the_device_is_reset_now_and_then() -> None:
    bench = Bench("19").enabled()
    bench.puppet.raw = lambda _: b""
    assert bench.hear("14", 60.0) == [Fault(number=FaultNumber.NOT_ANSWERING, raw="")]
    assert 4 <= bench.puppet.commands().count(Command.RESET) <= 7
    bench.puppet.raw = lambda frame: frame
    assert kinds(bench.hear("19", 3.0)) == [Ready]
    assert kinds(bench.hear("14", 1.0)) == [Enabled]


def test_a_device_that_was_never_heard_is_never_reset() -> None:
    bench = Bench("19")
    bench.puppet.raw = lambda _: b""
    bench.hear("19", 60.0)
    assert bench.puppet.commands() == []


@pytest.mark.parametrize("last", ["80 05", "17", "81 05", "15", "18", "46"])
def test_a_silent_device_with_a_note_is_never_reset(last: str) -> None:
    bench = Bench("19")
    bench.in_escrow()
    bench.hear(last)
    bench.puppet.raw = lambda _: b""
    bench.hear(last, 120.0)
    assert Command.RESET not in bench.puppet.commands()


@pytest.mark.parametrize("last", ["15", "46"])
def test_a_silent_device_with_what_it_never_recognised_is_reset_when_that_must_be_out(
    last: str,
) -> None:
    bench = Bench("19").enabled()
    bench.hear(last)
    bench.puppet.raw = lambda _: b""
    bench.hear(last, 55.0)
    assert Command.RESET not in bench.puppet.commands()
    bench.hear(last, 20.0)
    assert Command.RESET in bench.puppet.commands()
    bench.puppet.raw = lambda frame: frame
    assert Ready in kinds(bench.hear("19", 3.0))


def test_nothing_but_damaged_answers_is_another_fault() -> None:
    bench = Bench("19").enabled()
    bench.puppet.raw = lambda frame: frame[:-1] + bytes([frame[-1] ^ 1])
    assert bench.hear("14", 20.0) == [Fault(number=FaultNumber.LINE_GARBAGE, raw="")]
    assert b"\xff" in bench.puppet.heard


def test_echo_of_own_frames_is_skipped() -> None:
    bench = Bench("10")
    bench.puppet.echoes = True
    bench.hear("10", 1.0)
    assert Command.RESET in bench.puppet.commands()
    bench.hear("13")
    assert kinds(bench.hear("19", 2.0)) == [Ready]
    bench.host.accept(ALL)
    assert kinds(bench.hear("14", 1.0)) == [Enabled]


def test_answers_of_other_devices_on_the_bus_are_not_ours() -> None:
    bench = Bench("19").enabled()
    bench.puppet.raw = lambda frame: encode_answer(b"\x42", address=2) + frame
    assert bench.hear("14", 1.0) == []


def test_a_lost_port_is_told_once_and_found_again() -> None:
    bench = Bench("19").enabled()
    lost = bench.host.port_lost(bench.rig.now)
    assert lost == [Fault(number=FaultNumber.PORT_LOST, raw="")]
    assert bench.host.port_lost(bench.rig.now) == []
    assert bench.host.next_deadline() is None
    bench.rig.run(10)
    assert bench.host.data_to_send() == b""
    bench.host.port_opened(bench.rig.now)
    assert kinds(bench.hear("19", 2.0)) == [Ready]


def test_states_of_the_sheet_all_have_names() -> None:
    assert {f"{state:02X}" for state in State} >= {"10", "19", "1C", "47", "80", "81", "82"}


# --- one note or another --------------------------------------------------------------------------


def stacked_and_settled(bench: Bench) -> Stacked:
    bench.stacking()
    (stacked, *_) = bench.hear("81 05", 0.2)
    assert isinstance(stacked, Stacked)
    bench.host.settled(stacked.cycle)
    assert bench.hear("81 05", 1.0) == []
    return stacked


def test_a_replay_after_power_up_is_the_same_note_even_if_it_is_shown_moving() -> None:
    bench = Bench("19")
    stacked_and_settled(bench)
    for state in ("12", "13", "17"):
        assert bench.hear(state) == []
    bench.puppet.heard.clear()
    assert bench.hear("81 05", 0.3) == []
    assert ACK in bench.puppet.heard
    assert kinds(bench.hear("19", 5.0)) == [Ready]


def test_the_same_event_after_the_device_was_at_rest_is_another_note() -> None:
    bench = Bench("19")
    first = stacked_and_settled(bench)
    bench.hear("14")
    (second, *_) = bench.hear("81 05", 0.2)
    assert isinstance(second, Stacked)
    assert second.cycle != first.cycle
    assert second.how is StackedHow.RECOVERED


def test_another_type_right_after_a_settled_note_is_another_note() -> None:
    bench = Bench("19")
    first = stacked_and_settled(bench)
    (second, *_) = bench.hear("81 04", 0.2)
    assert isinstance(second, Stacked)
    assert second.cycle != first.cycle


def test_a_note_stacked_after_a_return_is_another_note() -> None:
    bench = Bench("19")
    cycle = bench.in_escrow().cycle
    bench.host.give_back(cycle)
    bench.hear("82 05", 0.2)
    bench.host.settled(cycle)
    bench.hear("82 05", 0.5)
    (stacked, *_) = bench.hear("81 05", 0.2)
    assert isinstance(stacked, Stacked)
    assert stacked.cycle != cycle


def test_silence_during_recovery_is_never_broken_by_a_reset() -> None:
    bench = Bench("12")
    bench.hear("12")
    bench.hear("13")
    resets = bench.puppet.commands().count(Command.RESET)
    bench.puppet.raw = lambda _: b""
    bench.hear("13", 60.0)
    assert bench.puppet.commands().count(Command.RESET) == resets == 1
