"""The ID-003 host half, wire by wire: what it says, when, and what it makes of odd answers."""

from collections.abc import Callable

import pytest

from drivers.acceptors.contract import (
    AcceptorEvent,
    CassetteIn,
    CassetteOut,
    CycleId,
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
from drivers.acceptors.id003.codes import SETTINGS, Command, Direction
from drivers.acceptors.id003.currency_table import pack_currency_table
from drivers.acceptors.id003.frames import Frame, FrameDecoder, encode
from drivers.acceptors.id003.host import ALL_WAYS, Id003Host
from drivers.acceptors.id003.memory import Kept
from simulation.acceptor.id003_kit import RUBLES, ruble_table, validator_version
from simulation.acceptor.rig import Rig

ALL = frozenset(Note(minor=m * 10**e * 100, currency="RUB") for m, e in RUBLES.values())
KNOWN = Kept(table=ruble_table(), escrow=0x65).to_bytes()
ACK, INVALID = Frame(code=0x50), Frame(code=0x4B)


def rub(value: int) -> Note:
    return Note(minor=value * 100, currency="RUB")


class Puppet:
    """Answers polls with `says`, everything else as a willing device, unless told otherwise."""

    def __init__(self, state: str) -> None:
        self.says = bytes.fromhex(state)
        self.heard: list[Frame] = []
        self.answers: dict[int, Frame | None] = {
            Command.VERSION: Frame(code=Command.VERSION, data=validator_version()),
            Command.CURRENCY: Frame(code=Command.CURRENCY, data=ruble_table()),
        }
        self.echoes = False
        self.raw: Callable[[bytes], bytes] = lambda frame: frame
        self._decoder = FrameDecoder()
        self._out = bytearray()

    def receive(self, data: bytes, now: float) -> None:
        self._out += data if self.echoes else b""
        for part in self._decoder.feed(data, now):
            assert isinstance(part, Frame)
            self.heard.append(part)
            answer = self._answer(part)
            if part.code != Command.ACK and answer is not None:
                self._out += self.raw(encode(answer.code, answer.data))

    def _answer(self, frame: Frame) -> Frame | None:
        if frame.code == Command.STATUS:
            return Frame(code=self.says[0], data=self.says[1:])
        if frame.code in self.answers:
            return self.answers[frame.code]
        return frame if frame.code in SETTINGS else ACK

    def tick(self, now: float) -> None:
        pass

    def data_to_send(self) -> bytes:
        data = bytes(self._out)
        self._out.clear()
        return data

    def next_deadline(self) -> float | None:
        return None

    def commands(self) -> list[int]:
        """What was ordered, set or asked, without polls and acknowledgements."""
        return [f.code for f in self.heard if f.code not in (Command.STATUS, Command.ACK)]


class Bench:
    """A host with a puppet on the line; settles nothing by itself."""

    def __init__(
        self,
        state: str,
        known: bytes | None = None,
        remember: Callable[[bytes], bool] | None = None,
        *,
        high_security: frozenset[Note] = frozenset(),
        barred: Direction = ALL_WAYS,
    ) -> None:
        self.puppet = Puppet(state)
        self.host = Id003Host(
            "b",
            "RUB",
            known=known,
            remember=remember,
            high_security=high_security,
            barred=barred,
        )
        self.rig = Rig(self.host, self.puppet)

    def hear(self, state: str, seconds: float = 0.45) -> list[AcceptorEvent]:
        """Let the device say this for a while; returns what is new, repeats once only."""
        told = len(self.rig.events)
        self.puppet.says = bytes.fromhex(state)
        self.rig.run(seconds)
        new = self.rig.events[told:]
        return [event for at, event in enumerate(new) if event not in new[:at]]

    def acks(self) -> int:
        return self.puppet.heard.count(ACK)

    def enabled(self) -> "Bench":
        self.hear("1A", 2.0)
        self.host.accept(ALL)
        self.hear("1A", 0.3)
        assert [type(e) for e in self.hear("11", 1.0)] == [Enabled]
        self.puppet.heard.clear()
        return self

    def in_escrow(self, state: str = "13 65") -> Escrowed:
        self.enabled()
        self.hear("12")
        (event,) = self.hear(state)
        assert isinstance(event, Escrowed)
        return event

    def stacking(self) -> Escrowed:
        event = self.in_escrow()
        self.host.stack(event.cycle)
        assert self.hear("14") == []
        return event


def kinds(events: list[AcceptorEvent]) -> list[type]:
    return [type(event) for event in events]


# --- start --------------------------------------------------------------------------------------


def test_the_first_word_is_version_and_a_live_device_is_not_reset() -> None:
    bench = Bench("11")
    bench.hear("11", 1.0)
    assert bench.puppet.heard[0] == Frame(code=Command.VERSION)
    assert Command.RESET not in bench.puppet.commands()
    assert Frame(code=Command.INHIBIT, data=b"\x01") in bench.puppet.heard
    assert kinds(bench.hear("1A", 2.0)) == [Ready]


def test_set_up_tells_everything_once_and_ready_tells_what_was_read() -> None:
    bench = Bench("1B", high_security=frozenset({rub(5000)}), barred=Direction.BACK_A)
    assert bench.hear("1B", 2.0) == []
    settings = [(f.code, f.data.hex()) for f in bench.puppet.heard if f.code in SETTINGS]
    assert settings == [
        (Command.DENOMINATIONS, "ff00"),
        (Command.SECURITY, "8000"),
        (Command.DIRECTION, "04"),
        (Command.OPTIONS, "0200"),
        (Command.COMMUNICATION, "00"),
        (Command.INHIBIT, "01"),
    ]
    (ready,) = bench.hear("1A", 2.0)
    assert isinstance(ready, Ready)
    assert ready.identity.model == "U(RUS8)10-SS"
    assert set(ready.denominations) == ALL
    assert len([f for f in bench.puppet.heard if f.code in SETTINGS]) == 6


def test_a_device_that_stays_in_initialize_is_told_of_tickets_too() -> None:
    bench = Bench("1B")
    bench.hear("1B", 5.0)
    assert Command.BARCODE not in bench.puppet.commands()
    bench.hear("1B", 30.0)
    late = (Command.BARCODE, Command.BAR_INHIBIT)
    assert [bench.puppet.commands().count(command) for command in late] == [1, 1]


@pytest.mark.parametrize("answer", [INVALID, None])
@pytest.mark.parametrize(
    "command", [Command.SECURITY, Command.DIRECTION, Command.OPTIONS, Command.COMMUNICATION]
)
def test_what_is_dispensable_may_be_refused(command: Command, answer: Frame | None) -> None:
    bench = Bench("1A")
    bench.puppet.answers[command] = answer
    assert kinds(bench.hear("1A", 6.0)) == [Ready]


@pytest.mark.parametrize("answer", [INVALID, None])
@pytest.mark.parametrize("command", [Command.DENOMINATIONS, Command.INHIBIT, Command.CURRENCY])
def test_without_what_is_indispensable_there_is_a_fault_once_and_no_ready(
    command: Command, answer: Frame | None
) -> None:
    bench = Bench("1A")
    willing = bench.puppet.answers.get(command)
    bench.puppet.answers[command] = answer
    assert bench.hear("1A", 30.0) == [Fault(number=FaultNumber.REFUSES_SET_UP, raw="")]
    bench.puppet.answers.pop(command)
    if willing is not None:
        bench.puppet.answers[command] = willing
    assert kinds(bench.hear("1A", 9.0)) == [Ready]


@pytest.mark.parametrize("table", [b"", b"\x61\x27\x01", pack_currency_table({0x61: (0xE0, 5, 0)})])
def test_a_table_without_usable_notes_is_a_fault(table: bytes) -> None:
    bench = Bench("1A", known=KNOWN)
    bench.puppet.answers[Command.CURRENCY] = Frame(code=Command.CURRENCY, data=table)
    assert bench.hear("1A", 20.0) == [Fault(number=FaultNumber.NO_USABLE_NOTES, raw="")]


def test_a_device_that_refuses_its_table_is_taken_at_its_word_of_an_earlier_life() -> None:
    bench = Bench("1A", known=KNOWN)
    bench.puppet.answers[Command.CURRENCY] = INVALID
    assert kinds(bench.hear("1A", 3.0)) == [Ready]


def test_power_up_is_reset_once_after_its_table_and_again_only_when_it_stays() -> None:
    bench = Bench("40", known=KNOWN)
    bench.hear("40", 3.0)
    assert bench.puppet.commands() == [Command.VERSION, Command.CURRENCY, Command.RESET]
    bench.hear("40", 3.0)
    assert bench.puppet.commands().count(Command.RESET) == 2


def test_what_was_read_is_remembered_with_the_note_in_escrow_before_that_is_told() -> None:
    remembered: list[Kept] = []

    def remember(raw: bytes) -> bool:
        remembered.append(Kept.from_bytes(raw))
        return True

    bench = Bench("1A", remember=remember)
    bench.in_escrow("13 63")
    table, mark = ruble_table(), remembered[-1].mark
    assert mark
    assert remembered == [
        Kept(table=table),
        Kept(table=table, mark=mark),
        Kept(table=table, mark=mark, escrow=0x63),
    ]


def test_a_note_that_might_be_named_wrongly_by_the_next_life_is_not_let_in() -> None:
    bench = Bench("1A", remember=lambda _: False).enabled()
    (rejected,) = bench.hear("13 63")
    assert isinstance(rejected, Rejected)
    assert Command.RETURN in bench.puppet.commands()


# --- notes of an earlier life -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "value"), [("15", 500), ("15 63", 100)], ids=["silent about it", "named"]
)
def test_a_credit_of_an_earlier_life_is_named_and_acknowledged_when_settled(
    said: str, value: int
) -> None:
    bench = Bench("15", known=KNOWN)
    (first,) = bench.hear(said)
    assert isinstance(first, Stacked)
    assert (first.note, first.how) == (rub(value), StackedHow.RECOVERED)
    assert bench.acks() == 0
    bench.host.settled(first.cycle)
    assert bench.hear(said, 0.2) == []
    assert bench.acks() >= 1
    assert kinds(bench.hear("1A", 3.0)) == [Ready]
    assert Command.RESET not in bench.puppet.commands()


@pytest.mark.parametrize("said", ["15", "15 6F"])
def test_a_credit_that_nobody_can_name_is_a_dispute_and_stays_unacknowledged(said: str) -> None:
    bench = Bench(said)
    (first,) = bench.hear(said, 6.0)
    assert isinstance(first, Disputed)
    assert first.note is None
    assert said in first.evidence
    assert bench.acks() == 0
    bench.host.settled(first.cycle)
    bench.hear(said, 0.2)
    assert bench.acks() >= 1


def test_a_credit_out_of_nowhere_is_never_given_the_name_of_an_old_note() -> None:
    bench = Bench("1A", known=KNOWN).enabled()
    (told,) = bench.hear("15")
    assert isinstance(told, Disputed)


def test_a_held_note_of_an_earlier_life_goes_back() -> None:
    bench = Bench("19", known=KNOWN)
    bench.hear("19")
    assert Command.RETURN in bench.puppet.commands()
    assert bench.hear("18") == []
    (returned,) = bench.hear("1A", 0.4)
    assert isinstance(returned, Returned)
    assert (returned.note, returned.why) == (None, ReturnReason.DEVICE)


@pytest.mark.parametrize("way", ["18", "17 79"])
def test_a_note_of_an_earlier_life_that_is_seen_going_back_is_returned(way: str) -> None:
    bench = Bench(way)
    assert bench.hear(way) == []
    assert kinds(bench.hear("1A", 0.4)) == [Returned]


def test_the_reject_of_a_new_note_at_start_is_no_return() -> None:
    bench = Bench("17 71")
    bench.hear("17 71")
    assert kinds(bench.hear("1A", 3.0)) == [Ready]


def test_a_note_found_in_the_acceptor_is_on_record_before_it_is_given_back() -> None:
    bench = Bench("41")
    (returning,) = bench.hear("41", 3.0)
    assert isinstance(returning, Returning)
    assert Command.RESET not in bench.puppet.commands()
    bench.host.settled(returning.cycle)
    bench.hear("41", 0.2)
    assert Command.RESET in bench.puppet.commands()
    (returned,) = bench.hear("1B")
    assert isinstance(returned, Returned)
    assert (returned.cycle, returned.why) == (returning.cycle, ReturnReason.DEVICE)
    assert bench.hear("1A", 3.0) == [returned], "told until it is settled, and no Ready before"
    bench.host.settled(returning.cycle)
    assert kinds(bench.hear("1A", 1.0)) == [Ready]


def test_a_note_found_in_the_acceptor_is_given_back_in_the_end_without_a_record() -> None:
    bench = Bench("41")
    bench.hear("41", 14.0)
    assert Command.RESET not in bench.puppet.commands()
    bench.hear("41", 3.0)
    assert Command.RESET in bench.puppet.commands()


def test_after_a_note_in_the_stacker_ready_waits_for_its_credit() -> None:
    bench = Bench("42", known=KNOWN)
    bench.hear("42")
    bench.hear("1B", 1.5)
    assert Frame(code=Command.OPTIONS, data=b"\x02\x00") in bench.puppet.heard
    assert bench.hear("1A", 3.0) == []
    (stacked,) = bench.hear("15", 0.4)
    assert isinstance(stacked, Stacked)
    bench.host.settled(stacked.cycle)
    bench.hear("15", 0.2)
    assert kinds(bench.hear("1A", 3.0)) == [Ready]


def test_a_credit_that_comes_in_the_middle_of_set_up_is_settled_first() -> None:
    bench = Bench("42", known=KNOWN)
    bench.hear("42")
    bench.hear("1B", 0.5)
    (stacked,) = bench.hear("15")
    assert isinstance(stacked, Stacked)
    bench.host.settled(stacked.cycle)
    bench.hear("15", 0.2)
    assert bench.hear("1B", 2.0) == []
    assert kinds(bench.hear("1A", 2.0)) == [Ready]


def test_a_note_in_the_stacker_that_is_never_told_of_becomes_a_dispute() -> None:
    bench = Bench("42")
    bench.hear("42")
    bench.hear("1B", 1.5)
    (disputed,) = bench.hear("1A", 8.0)
    assert isinstance(disputed, Disputed)
    bench.host.settled(disputed.cycle)
    assert kinds(bench.hear("1A", 1.0)) == [Ready]


def marked(said: int = 0x77) -> Bench:
    """A new life that finds a device at rest, which says this of its mark (77 is right)."""
    kept = Kept(table=ruble_table(), escrow=0x65, mark=0x77)
    bench = Bench("1A", known=kept.to_bytes(), remember=lambda _: True)
    bench.puppet.answers[Command.READ_SECURITY] = Frame(code=0x81, data=bytes([0, said]))
    return bench


def test_a_device_at_rest_that_kept_its_power_has_given_back_what_it_does_not_tell_of() -> None:
    bench = marked()
    (returned,) = bench.hear("1A", 3.0)
    assert isinstance(returned, Returned)
    assert (returned.note, returned.why) == (None, ReturnReason.DEVICE)
    assert Frame(code=Command.SECURITY, data=b"\x00\x77") in bench.puppet.heard
    bench.host.settled(returned.cycle)
    assert kinds(bench.hear("1A", 1.0)) == [Ready]


@pytest.mark.parametrize("answer", [0, 0x78, None, INVALID])
def test_a_device_that_may_have_been_reset_proves_nothing_by_its_rest(
    answer: int | Frame | None,
) -> None:
    bench = marked(answer if isinstance(answer, int) else 0)
    if not isinstance(answer, int):
        bench.puppet.answers[Command.READ_SECURITY] = answer
    assert kinds(bench.hear("1A", 5.0)) == [Ready]


@pytest.mark.parametrize("before", ["40", "1B", "45", "46", "49 A2", "44", "48", "16"])
def test_after_a_reset_or_trouble_rest_proves_nothing(before: str) -> None:
    bench = marked()
    bench.hear(before, 3.0)
    assert Returned not in kinds(bench.hear("1A", 5.0))


def test_a_credit_of_an_earlier_life_leaves_nothing_to_conclude() -> None:
    bench = marked()
    (stacked,) = bench.hear("15", 1.0)
    assert isinstance(stacked, Stacked)
    bench.host.settled(stacked.cycle)
    bench.hear("15", 0.3)
    assert kinds(bench.hear("1A", 3.0)) == [Ready]


def test_trouble_with_a_note_on_its_way_takes_the_mark_away_for_the_next_life() -> None:
    remembered: list[Kept] = []

    def remember(raw: bytes) -> bool:
        remembered.append(Kept.from_bytes(raw))
        return True

    bench = Bench("1A", remember=remember)
    bench.stacking()
    assert remembered[-1].mark
    bench.hear("46", 0.3)
    assert remembered[-1].mark == 0


# --- credits ------------------------------------------------------------------------------------


def test_a_credit_is_acknowledged_as_soon_as_it_is_settled() -> None:
    bench = Bench("1A")
    cycle = bench.stacking().cycle
    (stacked,) = bench.hear("15", 3.0)
    assert isinstance(stacked, Stacked)
    assert (stacked.cycle, stacked.note, stacked.how) == (cycle, rub(500), StackedHow.NORMAL)
    assert bench.acks() == 0
    bench.host.settled(cycle)
    bench.rig.run(0.35)
    assert bench.acks() >= 1


def test_a_repeated_credit_is_acknowledged_again_and_told_to_nobody() -> None:
    bench = Bench("1A")
    cycle = bench.stacking().cycle
    bench.hear("15")
    bench.host.settled(cycle)
    assert bench.hear("15", 2.0) == []
    assert bench.acks() >= 5
    for state in ("16", "11", "15", "40", "1B", "15"):
        assert bench.hear(state) == [], state


def test_only_the_next_escrow_makes_another_credit() -> None:
    bench = Bench("1A")
    first = bench.stacking().cycle
    bench.hear("15")
    bench.host.settled(first)
    bench.hear("15")
    bench.hear("11")
    (escrowed,) = [e for e in bench.hear("13 65") if isinstance(e, Escrowed)]
    bench.host.stack(escrowed.cycle)
    bench.hear("14")
    (second,) = bench.hear("15")
    assert isinstance(second, Stacked)
    assert second.cycle == escrowed.cycle != first


def test_the_next_note_closes_a_stack_that_was_never_heard_of() -> None:
    bench = Bench("1A")
    first = bench.stacking().cycle
    bench.hear("12", 0.2)
    returned, escrowed = bench.hear("13 64", 0.3)
    assert isinstance(escrowed, Escrowed)
    assert escrowed.note == rub(200)
    assert returned == Returned(cycle=first, note=rub(500), why=ReturnReason.DEVICE)


def test_the_end_of_an_earlier_note_is_told_until_it_is_settled_too() -> None:
    bench = Bench("1A")
    first = bench.in_escrow().cycle
    bench.host.give_back(first)
    bench.hear("18")
    (returned,) = bench.hear("11", 0.3)
    bench.hear("12", 0.3)
    bench.hear("13 64", 0.3)
    assert bench.hear("13 64") == [returned]
    bench.host.settled(first)
    bench.hear("13 64", 0.3)
    assert bench.hear("13 64") == []


def test_a_note_found_in_the_acceptor_that_is_stacked_after_all_is_named_by_memory() -> None:
    bench = Bench("41", known=KNOWN)
    (returning,) = bench.hear("41")
    assert isinstance(returning, Returning)
    bench.host.settled(returning.cycle)
    bench.hear("41", 0.2)
    bench.hear("1B", 0.3)
    (stacked,) = bench.hear("15")
    assert isinstance(stacked, Stacked)
    assert (stacked.cycle, stacked.note) == (returning.cycle, rub(500))


def test_settling_what_is_not_known_does_nothing() -> None:
    bench = Bench("1A")
    bench.host.settled(CycleId("nobody"))
    bench.host.stack(CycleId("nobody"))
    bench.host.give_back(CycleId("nobody"))
    bench.host.hold(CycleId("nobody"))
    cycle = bench.in_escrow().cycle
    bench.host.settled(cycle)
    assert bench.hear("13 65", 1.0) == []
    assert SETTINGS.isdisjoint(bench.puppet.commands())


def test_stacked_alone_credits_nothing_and_is_disputed() -> None:
    bench = Bench("1A")
    cycle = bench.stacking().cycle
    assert bench.hear("16", 1.0) == []
    assert bench.hear("11", 6.0) == []
    (disputed,) = bench.hear("11", 4.0)
    assert isinstance(disputed, Disputed)
    assert disputed.cycle == cycle


def test_a_credit_that_names_another_note_than_escrow_is_a_dispute() -> None:
    bench = Bench("1A")
    cycle = bench.stacking().cycle
    (disputed,) = bench.hear("15 63")
    assert isinstance(disputed, Disputed)
    assert disputed.cycle == cycle
    assert "15 63" in disputed.evidence


def test_an_end_that_is_not_settled_is_told_again_even_by_a_mute_device() -> None:
    bench = Bench("1A")
    cycle = bench.stacking().cycle
    (stacked,) = bench.hear("15")
    bench.puppet.raw = lambda _: b""
    assert stacked in bench.hear("15", 100.0)
    assert Command.RESET not in bench.puppet.commands()
    bench.host.settled(cycle)
    bench.hear("15", 5.0)
    assert Command.RESET in bench.puppet.commands(), "only a reset wakes it"
    bench.puppet.raw = lambda frame: frame
    bench.hear("1B", 3.0)
    assert bench.hear("15") == [], "the same note, should it be told of after all"


# --- orders -------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [INVALID, None])
def test_an_order_without_effect_is_repeated_only_while_the_device_shows_escrow(
    answer: Frame | None,
) -> None:
    bench = Bench("1A")
    cycle = bench.in_escrow().cycle
    bench.puppet.answers[Command.STACK_2] = answer
    bench.host.stack(cycle)
    bench.hear("13 65", 1.5)
    repeats = bench.puppet.commands().count(Command.STACK_2)
    assert 2 <= repeats <= 8
    bench.hear("14", 1.0)
    assert bench.puppet.commands().count(Command.STACK_2) == repeats


def test_a_note_is_stacked_with_the_later_credit() -> None:
    bench = Bench("1A")
    bench.stacking()
    assert Command.STACK_1 not in bench.puppet.commands()


def test_an_ordered_return_is_told_when_the_note_is_out() -> None:
    bench = Bench("1A")
    cycle = bench.in_escrow().cycle
    bench.host.give_back(cycle)
    assert bench.hear("18", 3.0) == []
    (returned,) = bench.hear("11", 0.3)
    assert returned == Returned(cycle=cycle, note=rub(500), why=ReturnReason.ORDERED)
    bench.host.settled(cycle)
    bench.hear("11", 0.3)
    assert bench.hear("11", 1.0) == []


@pytest.mark.parametrize("way", ["17 79", "18", "11"])
def test_a_note_without_decision_comes_back_by_itself(way: str) -> None:
    bench = Bench("1A")
    cycle = bench.in_escrow().cycle
    told = bench.hear(way) + bench.hear("11", 0.3)
    assert told[0] == Returned(cycle=cycle, note=rub(500), why=ReturnReason.TIMED_OUT)


def test_a_stack_that_ends_in_a_return_is_one() -> None:
    bench = Bench("1A")
    cycle = bench.stacking().cycle
    bench.hear("18")
    (returned,) = bench.hear("11", 0.3)
    assert returned == Returned(cycle=cycle, note=rub(500), why=ReturnReason.DEVICE)


def test_a_device_at_rest_without_a_credit_has_not_stacked() -> None:
    bench = Bench("1A")
    cycle = bench.stacking().cycle
    assert bench.hear("11", 1.5) == []
    (returned,) = bench.hear("11", 1.5)
    assert returned == Returned(cycle=cycle, note=rub(500), why=ReturnReason.DEVICE)
    (stacked,) = bench.hear("15")
    assert isinstance(stacked, Stacked)
    assert stacked.cycle == cycle, "a verdict that the device corrects"


def test_hold_is_renewed_every_five_seconds() -> None:
    bench = Bench("1A")
    bench.host.hold(bench.in_escrow().cycle)
    bench.hear("19", 12.0)
    assert bench.puppet.commands().count(Command.HOLD) == 3


def test_a_ticket_is_refused_and_returned() -> None:
    bench = Bench("1A").enabled()
    (rejected,) = bench.hear("13 6F 31 32 33")
    assert isinstance(rejected, Rejected)
    assert rejected.reason is RejectReason.COUPON
    assert Command.RETURN in bench.puppet.commands()
    bench.hear("18")
    assert bench.hear("11", 1.0) == []


def test_settings_are_changed_only_where_the_device_allows_it() -> None:
    bench = Bench("1A")
    cycle = bench.in_escrow().cycle
    bench.puppet.heard.clear()
    bench.host.stop()
    for state in ("13 65", "12", "14", "16", "17 71"):
        bench.hear(state, 1.0)
    assert not SETTINGS & set(bench.puppet.commands())
    bench.host.settled(cycle)
    bench.hear("11", 1.0)
    assert Frame(code=Command.INHIBIT, data=b"\x01") in bench.puppet.heard


def test_only_known_notes_of_the_currency_are_let_in() -> None:
    bench = Bench("1A")
    bench.hear("1A", 2.0)
    bench.puppet.heard.clear()
    wanted = frozenset({rub(500), Note(minor=777, currency="RUB"), Note(minor=500, currency="EUR")})
    bench.host.accept(wanted)
    bench.hear("1A", 0.3)
    told = [f for f in bench.puppet.heard if f.code in SETTINGS]
    assert told[:2] == [
        Frame(code=Command.DENOMINATIONS, data=b"\xef\x00"),
        Frame(code=Command.INHIBIT, data=b"\x00"),
    ]


def test_a_device_that_inhibits_itself_after_each_note_is_opened_again() -> None:
    bench = Bench("1A").enabled()
    assert bench.hear("1A", 0.5) == []
    assert Frame(code=Command.INHIBIT, data=b"\x00") in bench.puppet.heard


def test_a_device_that_will_not_be_opened_is_a_fault_once_and_ready_when_nothing_is_wanted() -> (
    None
):
    bench = Bench("1A")
    bench.hear("1A", 2.0)
    bench.host.accept(ALL)
    assert bench.hear("1A", 12.0) == [Fault(number=FaultNumber.REFUSES_SET_UP, raw="")]
    bench.host.stop()
    assert kinds(bench.hear("1A", 3.0)) == [Disabled, Ready]


def test_disabled_is_told_while_the_stacker_is_out() -> None:
    bench = Bench("1A").enabled()
    bench.host.stop()
    assert kinds(bench.hear("44", 1.0)) == [CassetteOut, Disabled]


# --- faults -------------------------------------------------------------------------------------


def test_reject_and_validating_are_told_once_for_each_episode() -> None:
    bench = Bench("1A").enabled()
    assert kinds(bench.hear("12", 1.0)) == [Validating]
    assert bench.hear("17 76", 1.0) == [Rejected(reason=RejectReason.UNRECOGNISED, raw="17 76")]
    bench.hear("11")
    assert kinds(bench.hear("17 76", 1.0)) == [Rejected]
    assert bench.hear("17 99")[0] == Rejected(reason=RejectReason.OTHER, raw="17 99")


FAULTS = [
    ("43", FaultNumber.CASSETTE_FULL),
    ("45", FaultNumber.VALIDATOR_JAMMED),
    ("46", FaultNumber.CASSETTE_JAMMED),
    ("47", FaultNumber.PAUSED),
    ("48", FaultNumber.CHEAT_ATTEMPT),
    ("49 A2", FaultNumber.STACKING_MOTOR),
    ("49 A5", FaultNumber.TRANSPORT_SPEED),
    ("49 A6", FaultNumber.TRANSPORT_MOTOR),
    ("49 A7", FaultNumber.ALIGNING_MOTOR),
    ("49 A8", FaultNumber.DEVICE_FAILURE),
    ("49 AB", FaultNumber.CASSETTE_STATUS),
    ("49 AC", FaultNumber.OPTIC_SENSOR),
    ("49 AD", FaultNumber.MAGNETIC_SENSOR),
    ("49 AF", FaultNumber.HEAD_OPEN),
    ("49 B0", FaultNumber.ELECTRONICS),
    ("49 77", FaultNumber.DEVICE_FAILURE),
]


@pytest.mark.parametrize(("state", "number"), FAULTS)
def test_a_fault_is_told_once_and_ended_by_ready(state: str, number: FaultNumber) -> None:
    bench = Bench("1A").enabled()
    assert bench.hear(state, 3.0) == [Fault(number=number, raw=state)]
    bench.hear("1B", 2.0)
    assert kinds(bench.hear("1A", 2.0)) == [Ready]
    assert kinds(bench.hear("11", 1.0)) == [Enabled]


def test_a_failure_is_reset_a_few_times_only() -> None:
    bench = Bench("1A").enabled()
    bench.hear("49 A2", 400.0)
    assert bench.puppet.commands().count(Command.RESET) == 3


@pytest.mark.parametrize("jam", ["45", "46"])
def test_a_jam_is_never_reset(jam: str) -> None:
    bench = Bench("1A").enabled()
    bench.hear(jam, 100.0)
    assert Command.RESET not in bench.puppet.commands()


def test_stacker_out_and_in() -> None:
    bench = Bench("1A").enabled()
    assert kinds(bench.hear("44", 3.0)) == [CassetteOut]
    assert bench.hear("1B", 2.0) == []
    assert kinds(bench.hear("1A", 2.0)) == [CassetteIn, Ready]


@pytest.mark.parametrize("jam", ["45", "46", "49 A2", "43", "44"])
def test_trouble_while_stacking_is_disputed_after_a_grace_period(jam: str) -> None:
    bench = Bench("1A")
    cycle = bench.stacking().cycle
    assert Disputed not in kinds(bench.hear(jam, 7.0))
    (disputed,) = [e for e in bench.hear(jam, 3.0) if isinstance(e, Disputed)]
    assert (disputed.cycle, disputed.note) == (cycle, rub(500))
    assert {"14", jam, "stack ordered"} <= set(disputed.evidence)
    bench.host.settled(cycle)
    bench.hear(jam, 0.3)
    assert bench.hear(jam, 60.0) == []


def test_a_disputed_note_that_is_stacked_after_all_keeps_its_cycle() -> None:
    bench = Bench("1A")
    cycle = bench.stacking().cycle
    bench.hear("46", 12.0)
    bench.host.settled(cycle)
    bench.hear("1B", 2.0)
    (stacked,) = [e for e in bench.hear("15") if isinstance(e, Stacked)]
    assert stacked.cycle == cycle


def test_a_stack_that_a_reset_forgot_is_disputed_before_ready() -> None:
    bench = Bench("1A")
    cycle = bench.stacking().cycle
    for state in ("40", "1B"):
        bench.hear(state, 2.0)
    (disputed,) = bench.hear("1A", 10.0)
    assert isinstance(disputed, Disputed)
    assert disputed.cycle == cycle
    bench.host.settled(cycle)
    assert kinds(bench.hear("1A", 1.0)) == [Ready]


def test_stacking_for_too_long_is_a_fault_and_never_reset() -> None:
    bench = Bench("1A")
    bench.stacking()
    assert bench.hear("14", 100.0) == [Fault(number=FaultNumber.STACKING_OVERDUE, raw="14")]
    assert Command.RESET not in bench.puppet.commands()


@pytest.mark.parametrize("state", ["1C", "20", "4F", "13", "17"])
def test_a_state_of_other_firmware_or_half_of_one_means_nothing(state: str) -> None:
    bench = Bench("1A").enabled()
    assert bench.hear(state, 2.0) == []
    assert bench.puppet.commands() == []


# --- the line -----------------------------------------------------------------------------------


def test_silence_is_a_fault_once_and_the_device_is_reset_now_and_then() -> None:
    bench = Bench("1A").enabled()
    bench.puppet.raw = lambda _: b""
    assert bench.hear("11", 60.0) == [Fault(number=FaultNumber.NOT_ANSWERING, raw="")]
    assert 4 <= bench.puppet.commands().count(Command.RESET) <= 7
    bench.puppet.raw = lambda frame: frame
    assert kinds(bench.hear("1A", 4.0)) == [Ready]


def test_a_device_never_heard_is_reset_only_when_it_must_be_mute() -> None:
    bench = Bench("1A")
    bench.puppet.raw = lambda _: b""
    bench.hear("1A", 70.0)
    assert set(bench.puppet.commands()) == {Command.VERSION}
    bench.hear("1A", 10.0)
    assert Command.RESET in bench.puppet.commands()


@pytest.mark.parametrize("last", ["13 65", "14"])
def test_a_silent_device_with_a_note_is_reset_when_it_must_be_mute_and_the_note_disputed(
    last: str,
) -> None:
    bench = Bench("1A")
    cycle = bench.in_escrow().cycle
    bench.host.stack(cycle)
    bench.hear(last)
    bench.puppet.raw = lambda _: b""
    bench.hear(last, 70.0)
    assert Command.RESET not in bench.puppet.commands()
    bench.hear(last, 10.0)
    assert Command.RESET in bench.puppet.commands()
    bench.puppet.raw = lambda frame: frame
    bench.puppet.heard.clear()
    bench.hear("1B", 2.0)
    (disputed,) = bench.hear("1A", 10.0)
    assert isinstance(disputed, Disputed)
    assert (disputed.cycle, disputed.note) == (cycle, rub(500))
    bench.host.settled(cycle)
    assert kinds(bench.hear("1A", 1.0)) == [Ready]
    assert Command.RESET not in bench.puppet.commands()


def test_a_reset_whose_answer_is_lost_leaves_the_note_in_doubt() -> None:
    bench = Bench("1A")
    cycle = bench.stacking().cycle
    bench.puppet.raw = lambda _: b""
    bench.hear("14", 80.0)
    bench.puppet.raw = lambda frame: frame
    (disputed,) = bench.hear("1A", 10.0)
    assert isinstance(disputed, Disputed)
    assert disputed.cycle == cycle


def test_a_silent_device_is_never_reset_while_the_end_that_it_told_is_not_on_record() -> None:
    bench = Bench("1A")
    cycle = bench.stacking().cycle
    bench.hear("15")
    bench.puppet.raw = lambda _: b""
    bench.hear("15", 120.0)
    assert Command.RESET not in bench.puppet.commands()
    bench.host.settled(cycle)
    bench.hear("15", 10.0)
    assert Command.RESET in bench.puppet.commands()


@pytest.mark.parametrize(
    "raw", [lambda frame: frame[:-1] + bytes([frame[-1] ^ 1]), lambda _: encode(0x4A)]
)
def test_nothing_but_damage_on_either_side_is_another_fault(raw: Callable[[bytes], bytes]) -> None:
    bench = Bench("1A").enabled()
    bench.puppet.raw = raw
    assert bench.hear("11", 20.0) == [Fault(number=FaultNumber.LINE_GARBAGE, raw="")]


def test_a_loop_back_is_no_idle_device() -> None:
    bench = Bench("11")
    bench.puppet.echoes = True
    bench.puppet.raw = lambda _: b""
    assert bench.hear("11", 20.0) == [Fault(number=FaultNumber.NOT_ANSWERING, raw="echo")]
    assert set(bench.puppet.commands()) == {Command.VERSION}


def test_an_echoing_line_with_a_device_works() -> None:
    bench = Bench("40")
    bench.puppet.echoes = True
    bench.hear("40", 1.0)
    assert Command.RESET in bench.puppet.commands()
    bench.hear("1B", 2.0)
    assert kinds(bench.hear("1A", 2.0)) == [Ready]
    bench.host.accept(ALL)
    bench.hear("1A", 0.3)
    assert kinds(bench.hear("11", 1.0)) == [Enabled]


def test_an_enquiry_brings_the_next_poll_forward() -> None:
    bench = Bench("1A").enabled()
    bench.puppet.heard.clear()
    bench.rig.run(5.0)
    usual = len(bench.puppet.heard)
    bench.puppet.raw = lambda frame: frame + b"\x05"
    bench.rig.run(5.0)
    assert len(bench.puppet.heard) - usual > 1.5 * usual


def test_a_lost_port_is_told_once_and_found_again() -> None:
    bench = Bench("1A").enabled()
    assert bench.host.port_lost(bench.rig.now) == [Fault(number=FaultNumber.PORT_LOST, raw="")]
    assert bench.host.port_lost(bench.rig.now) == []
    assert bench.host.next_deadline() is None
    bench.rig.run(10)
    assert bench.host.data_to_send() == b""
    bench.puppet.heard.clear()
    bench.host.port_opened(bench.rig.now)
    assert kinds(bench.hear("1A", 3.0)) == [Ready]
    assert bench.puppet.heard[0] == Frame(code=Command.VERSION)
