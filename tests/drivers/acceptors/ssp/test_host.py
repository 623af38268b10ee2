"""The SSP host half, wire by wire: what it says, when, and what it makes of odd answers."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drivers.acceptors.code_texts import code_text
from drivers.acceptors.contract import (
    AcceptorEvent,
    CassetteIn,
    CassetteOut,
    Disputed,
    Enabled,
    Escrowed,
    Fault,
    Note,
    Ready,
    Rejected,
    RejectReason,
    Returned,
    ReturnReason,
    Stacked,
    StackedHow,
    Validating,
)
from drivers.acceptors.faults import FaultNumber
from drivers.acceptors.ssp.codes import POLLS, Command, Generic
from drivers.acceptors.ssp.device_model import DeviceModel, counters, setup_answer
from drivers.acceptors.ssp.greeting import VERSIONS, Encryption
from drivers.acceptors.ssp.host import SspHost
from drivers.acceptors.ssp.memory import Remembered
from drivers.acceptors.ssp.packets import Packet, PacketDecoder, encode
from simulation.acceptor.bench import Bench, undecided
from simulation.acceptor.protocols import Build
from simulation.acceptor.rig import Rig
from simulation.acceptor.ssp_kit import ESSP, PLAIN, kit, make_host

ALL = frozenset(
    Note(minor=v * 100, currency="RUB") for v in (10, 50, 100, 200, 500, 1000, 2000, 5000)
)
RUB_500 = Note(minor=50_000, currency="RUB")
OK = bytes([Generic.OK])
REFUSED = bytes([Generic.CANNOT_PROCESS])


class Puppet:
    """A plain device that says exactly what a test puts into its mouth."""

    def __init__(self, says: str) -> None:
        self.says = bytes.fromhex(says)
        self.heard: list[bytes] = []
        self.repeated = 0
        self.answers: dict[int, bytes | None] = {
            Command.SETUP_REQUEST: OK + setup_answer(DeviceModel(), 8),
            Command.SET_GENERATOR: bytes([Generic.UNKNOWN_COMMAND]),
            Command.HOLD: REFUSED,
            Command.COUNTERS: OK + counters(7, 0),
            Command.LAST_REJECT: OK + b"\x06",
        }
        self.echoes = False
        self._last: tuple[bytes, bytes] | None = None
        self._decoder = PacketDecoder()
        self._out = bytearray()

    def receive(self, data: bytes, now: float) -> None:
        self._out += data if self.echoes else b""
        for part in self._decoder.feed(data, now):
            assert isinstance(part, Packet)
            if self._last is not None and self._last[0] == data and part.data[0] != Command.SYNC:
                self.repeated += 1
                self._out += self._last[1]
                continue
            self.heard.append(part.data)
            code = part.data[0]
            body = OK + self.says if code in POLLS else self.answers.get(code, OK)
            if body is not None:
                raw = encode(Packet(sequence=part.sequence, data=body))
                self._last = (data, raw)
                self._out += raw

    def tick(self, now: float) -> None:
        pass

    def data_to_send(self) -> bytes:
        data = bytes(self._out)
        self._out.clear()
        return data

    def next_deadline(self) -> float | None:
        return None

    def commands(self) -> list[int]:
        """What was ordered or asked, without polls."""
        return [data[0] for data in self.heard if data[0] not in POLLS]


class Table:
    """A host with a puppet on the line; settles nothing by itself."""

    def __init__(
        self,
        says: str = "E8",
        *,
        encryption: Encryption = Encryption.PREFERRED,
        known: bytes | None = None,
    ) -> None:
        self.puppet = Puppet(says)
        self.host = SspHost(
            "b", "RUB", entropy=Random(1).randbytes, encryption=encryption, known=known
        )
        self.rig = Rig(self.host, self.puppet)

    def hear(self, says: str, seconds: float = 0.45) -> list[AcceptorEvent]:
        """Let the device say this for a while; returns what is new."""
        told = len(self.rig.events)
        self.puppet.says = bytes.fromhex(says)
        self.rig.run(seconds)
        return self.rig.events[told:]

    def enabled(self) -> "Table":
        assert kinds(self.hear("E8", 5.0))[-1:] == [Ready]
        self.host.accept(ALL)
        assert kinds(self.hear("", 1.5))[-1:] == [Enabled]
        self.puppet.heard.clear()
        return self

    def in_escrow(self) -> Escrowed:
        self.enabled()
        assert kinds(self.hear("EF 00")) == [Validating]
        self.puppet.answers[Command.HOLD] = OK
        (event,) = self.hear("EF 05")
        assert isinstance(event, Escrowed)
        return event

    def stacking(self) -> Escrowed:
        event = self.in_escrow()
        self.host.stack(event.cycle)
        assert self.hear("CC") == []
        self.puppet.answers[Command.HOLD] = REFUSED
        return event


def kinds(events: list[AcceptorEvent]) -> list[type]:
    return [type(event) for event in events]


# --- start ------------------------------------------------------------------------------------


def test_the_first_words_are_in_their_order_and_none_is_a_reset() -> None:
    table = Table()
    (ready,) = table.hear("E8", 6.0)
    assert isinstance(ready, Ready)
    assert ready.device_count == 7
    assert table.puppet.commands()[:6] == [
        Command.SYNC,
        Command.HOST_PROTOCOL,
        Command.SET_GENERATOR,
        Command.SETUP_REQUEST,
        Command.HOLD,
        Command.SERIAL_NUMBER,
    ]
    first_poll = next(i for i, data in enumerate(table.puppet.heard) if data[0] in POLLS)
    assert first_poll == 5, "polled before it was seen that no note waits"
    assert Command.RESET not in table.puppet.commands()


@pytest.mark.parametrize("refusal", [Generic.FAIL, Generic.OUT_OF_RANGE])
def test_protocol_versions_are_asked_for_downwards(refusal: Generic) -> None:
    table = Table()
    table.puppet.answers[Command.HOST_PROTOCOL] = bytes([refusal])
    table.hear("E8", 6.0)
    asked = [data[1] for data in table.puppet.heard if data[0] == Command.HOST_PROTOCOL]
    assert tuple(asked) == VERSIONS
    assert kinds(table.rig.events) == [Ready]


@pytest.mark.parametrize(
    ("setup", "number"),
    [
        (REFUSED, FaultNumber.REFUSES_SET_UP),
        (OK + b"\x00\x01", FaultNumber.REFUSES_SET_UP),
        (OK + setup_answer(DeviceModel(currency="EUR"), 8), FaultNumber.NO_USABLE_NOTES),
    ],
)
def test_without_usable_notes_there_is_a_fault_once_and_no_ready(
    setup: bytes, number: FaultNumber
) -> None:
    table = Table()
    table.puppet.answers[Command.SETUP_REQUEST] = setup
    events = table.hear("E8", 20.0)
    assert events == [Fault(number=number, raw="")]


@pytest.mark.parametrize("kind", [3, 6, 7])
def test_another_kind_of_unit_is_not_used_and_the_fault_says_which_it_is(kind: int) -> None:
    table = Table()
    setup = setup_answer(DeviceModel(unit_type=kind), 8)
    table.puppet.answers[Command.SETUP_REQUEST] = OK + setup
    raw = f"05 0{kind}"
    assert table.hear("E8", 20.0) == [Fault(number=FaultNumber.REFUSES_SET_UP, raw=raw)]
    assert code_text("ssp", raw, "en")


@pytest.mark.parametrize("command", [Command.SERIAL_NUMBER, Command.UNIT_DATA, Command.COUNTERS])
def test_questions_that_are_refused_are_left_empty(command: Command) -> None:
    table = Table()
    table.puppet.answers[command] = REFUSED
    assert kinds(table.hear("E8", 6.0)) == [Ready]


def test_a_device_that_cannot_encrypt_is_not_used_where_encryption_is_required() -> None:
    table = Table(encryption=Encryption.REQUIRED)
    assert table.hear("E8", 12.0) == [Fault(number=FaultNumber.NO_ENCRYPTION, raw="")]
    assert not [data for data in table.puppet.heard if data[0] in POLLS]


OTHER = DeviceModel(channels={5: 1000, 6: 2000})
"""A validator whose channels carry other notes than those of the puppet."""


@pytest.mark.parametrize("event", ["EE", "E2", "E1"])
def test_a_validator_in_the_place_of_another_names_its_notes_itself(event: str) -> None:
    packet = encode(Packet(sequence=0, data=bytes([Command.POLL])))
    known = Remembered(setup=setup_answer(OTHER, 8), packet=packet)
    table = Table(f"F1 {event} 05 E8", known=known.to_bytes())
    (end, *_) = table.hear(f"F1 {event} 05 E8", 2.0)
    assert isinstance(end, Stacked | Returned)
    assert end.note == RUB_500
    assert table.puppet.heard[0] == bytes([Command.POLL])
    table.host.settled(end.cycle)
    assert kinds(table.hear("E8", 8.0))[-1:] == [Ready]


def test_a_validator_that_was_not_reset_still_has_the_names_that_are_remembered() -> None:
    packet = encode(Packet(sequence=0, data=bytes([Command.POLL])))
    known = Remembered(setup=setup_answer(DeviceModel(), 8), packet=packet)
    table = Table("EE 05", known=known.to_bytes())
    (stacked, *_) = table.hear("EE 05", 0.3)
    assert isinstance(stacked, Stacked)
    assert stacked.note == RUB_500
    assert Command.SETUP_REQUEST not in table.puppet.commands()


def test_a_device_that_is_found_enabled_is_disabled_first() -> None:
    table = Table("")
    table.hear("", 1.0)
    assert Command.DISABLE in table.puppet.commands()
    assert table.rig.events == []


def test_a_note_that_waits_since_nobody_knows_when_goes_back_unseen() -> None:
    table = Table()
    table.puppet.answers[Command.HOLD] = OK
    table.hear("ED", 1.0)
    assert Command.REJECT in table.puppet.commands()
    (returned,) = [e for e in table.hear("EC E8") if isinstance(e, Returned)][:1]
    assert returned.note is None


# --- one note ---------------------------------------------------------------------------------


def test_nothing_is_polled_while_nobody_has_decided() -> None:
    table = Table()
    event = table.in_escrow()
    table.puppet.heard.clear()
    table.hear("EF 05", 5.0)
    assert {data[0] for data in table.puppet.heard} == {Command.HOLD}
    table.host.stack(event.cycle)
    table.hear("CC", 0.3)
    assert table.puppet.heard[-1][0] in POLLS


def test_an_undecided_note_is_given_back_after_a_while() -> None:
    table = Table()
    table.in_escrow()
    table.hear("ED", 11.0)
    assert Command.REJECT in table.puppet.commands()
    returned = table.hear("EC")[0]
    assert isinstance(returned, Returned)
    assert returned.why is ReturnReason.TIMED_OUT


def test_a_hold_that_is_refused_ends_in_a_reject_never_in_consent() -> None:
    table = Table()
    table.in_escrow()
    table.puppet.answers[Command.HOLD] = REFUSED
    table.puppet.heard.clear()
    table.hear("ED", 2.0)
    ordered = [data[0] for data in table.puppet.heard if data[0] != Command.HOLD]
    assert ordered[0] == Command.REJECT


def test_give_back_is_a_reject() -> None:
    table = Table()
    event = table.in_escrow()
    table.host.give_back(event.cycle)
    table.hear("ED")
    assert table.puppet.commands()[-1] == Command.REJECT
    returned = table.hear("EC")[0]
    assert returned == Returned(cycle=event.cycle, note=RUB_500, why=ReturnReason.ORDERED)


def test_a_credit_is_repeated_to_the_byte_until_it_is_settled() -> None:
    table = Table()
    event = table.stacking()
    events = table.hear("EE 05 EB", 1.5)
    assert kinds(events) == [Stacked] * len(events)
    assert len(events) > 3
    assert table.puppet.repeated > 3
    heard = len(table.puppet.heard)
    table.host.settled(event.cycle)
    table.hear("", 0.3)
    assert len(table.puppet.heard) > heard


def test_events_behind_an_unsettled_one_wait() -> None:
    table = Table()
    first = table.stacking()
    events = table.hear("EE 05 EB EF 03", 0.9)
    assert {type(event) for event in events} == {Stacked}
    table.host.settled(first.cycle)
    (second,) = table.hear("EF 03", 0.3)
    assert isinstance(second, Escrowed)
    assert second.note == Note(minor=10_000, currency="RUB")


@pytest.mark.parametrize(
    ("says", "kind"),
    [
        ("EE 05", Stacked),
        ("EE 05 EB", Stacked),
        ("EB", Stacked),
        ("EC", Returned),
        ("F1 E8 E1 05", Returned),
        ("F1 E8 E1 00", Returned),
        ("F1 E8 E2 05", Stacked),
        ("F1 E8 E2 00", Stacked),
        ("CC EE 05", Stacked),
    ],
)
def test_every_end_of_a_note_that_was_ordered_to_be_stacked(says: str, kind: type) -> None:
    table = Table()
    event = table.stacking()
    told = table.hear(says)[0]
    assert isinstance(told, Stacked | Returned)
    assert type(told) is kind
    assert (told.cycle, told.note) == (event.cycle, RUB_500)


def test_another_value_than_the_escrow_said_is_what_the_credit_says() -> None:
    table = Table()
    event = table.stacking()
    stacked = table.hear("EE 03")[0]
    assert isinstance(stacked, Stacked)
    assert (stacked.cycle, stacked.note.minor) == (event.cycle, 10_000)


@pytest.mark.parametrize(
    ("counted", "kind"), [(7, Returned), (8, Stacked), (9, Disputed), (None, Disputed)]
)
def test_at_rest_without_a_word_the_counter_decides(counted: int | None, kind: type) -> None:
    table = Table()
    event = table.stacking()
    answer = REFUSED if counted is None else OK + counters(counted, 0)
    table.puppet.answers[Command.COUNTERS] = answer
    told = table.hear("", 6.0)[0]
    assert isinstance(told, Stacked | Returned | Disputed)
    assert type(told) is kind
    assert told.cycle == event.cycle


@pytest.mark.parametrize("jam", ["E9", "EA"])
@pytest.mark.parametrize(("after", "kind"), [("F1 E8 E2 05", Stacked), ("F1 E8 E1 05", Returned)])
def test_a_jam_is_a_dispute_until_it_is_cleared(jam: str, after: str, kind: type) -> None:
    table = Table()
    event = table.stacking()
    events = table.hear(jam, 12.0)
    assert kinds(events) == [Fault, Disputed]
    told = table.hear(after)[0]
    assert isinstance(told, Stacked | Returned)
    assert (type(told), told.cycle) == (kind, event.cycle)


def test_a_credit_that_comes_again_after_a_reset_is_the_same_note() -> None:
    table = Table()
    event = table.stacking()
    table.hear("EE 05", 0.2)
    table.host.settled(event.cycle)
    assert table.hear("CC", 0.5) == []
    assert not [e for e in table.hear("F1 E8 E2 05", 1.0) if isinstance(e, Stacked)]


def test_a_note_that_comes_out_after_its_credit_is_a_cheat() -> None:
    table = Table()
    event = table.stacking()
    table.hear("EE 05", 0.2)
    table.host.settled(event.cycle)
    faults = [e.number for e in table.hear("F1 E8 E1 05", 1.0) if isinstance(e, Fault)]
    assert faults == [FaultNumber.CHEAT_ATTEMPT]


def test_a_credit_out_of_the_blue_is_recovered_and_told_once_by_name() -> None:
    table = Table().enabled()
    first, *more = table.hear("EE 05", 1.0)
    assert isinstance(first, Stacked)
    assert first.how is StackedHow.RECOVERED
    assert {e.cycle for e in more if isinstance(e, Stacked)} == {first.cycle}


def test_a_credit_of_a_channel_without_a_note_is_disputed() -> None:
    table = Table().enabled()
    disputed = table.hear("EE 0F", 0.2)[0]
    assert isinstance(disputed, Disputed)
    assert disputed.note is None


# --- what is no money -------------------------------------------------------------------------


def test_a_reject_is_told_with_its_reason() -> None:
    table = Table().enabled()
    table.hear("EF 00")
    table.hear("ED")
    rejected = table.hear("EC", 0.25)[-1]
    assert rejected == Rejected(reason=RejectReason.INHIBITED, raw="EC 06")


def test_a_channel_without_a_note_is_given_back() -> None:
    table = Table().enabled()
    table.puppet.answers[Command.HOLD] = OK
    (rejected,) = table.hear("EF 0F", 0.3)
    assert isinstance(rejected, Rejected)
    assert Command.REJECT in table.puppet.commands()


@pytest.mark.parametrize(
    ("says", "number"),
    [
        ("E7 E8", FaultNumber.CASSETTE_FULL),
        ("E9", FaultNumber.VALIDATOR_JAMMED),
        ("EA", FaultNumber.CASSETTE_JAMMED),
        ("E0 E8", FaultNumber.HEAD_OPEN),
        ("E6 00", FaultNumber.CHEAT_ATTEMPT),
        ("99 EE 05", FaultNumber.DEVICE_FAILURE),
    ],
)
def test_faults_are_told_once_and_ready_when_they_are_over(says: str, number: FaultNumber) -> None:
    table = Table().enabled()
    faults = [event for event in table.hear(says, 2.0) if isinstance(event, Fault)]
    assert [fault.number for fault in faults] == [number]
    if number is not FaultNumber.DEVICE_FAILURE:
        assert kinds(table.hear("E8", 4.0))[:1] == [Ready]


def test_a_cashbox_that_goes_and_comes() -> None:
    table = Table().enabled()
    assert kinds(table.hear("E8 E3", 1.0)) == [CassetteOut]
    assert kinds(table.hear("E8", 4.0))[:2] == [CassetteIn, Ready]


def test_a_device_that_stays_disabled_is_a_fault() -> None:
    table = Table()
    table.hear("E8", 5.0)
    table.host.accept(ALL)
    assert table.hear("E8", 7.0) == [Fault(number=FaultNumber.REFUSES_SET_UP, raw="")]


def test_stacking_for_too_long_is_a_fault() -> None:
    table = Table()
    table.stacking()
    assert Fault(number=FaultNumber.STACKING_OVERDUE, raw="CC") in table.hear("CC", 45.0)


# --- the line ---------------------------------------------------------------------------------


def test_an_unheard_poll_is_repeated_to_the_byte_and_never_followed_by_a_sync() -> None:
    table = Table()
    table.stacking()
    wire = len(table.rig.wire)
    table.puppet.receive, told = lambda data, now: None, len(table.rig.events)  # type: ignore[method-assign]
    table.rig.run(8.0)
    said = {data for to_device, data in table.rig.wire[wire:] if to_device}
    assert len(said) == 1
    assert kinds(table.rig.events[told:]) == [Fault]


def test_echo_of_the_line_is_no_answer() -> None:
    table = Table()
    table.puppet.echoes = True
    assert kinds(table.hear("E8", 6.0)) == [Ready]


def test_answers_of_another_address_and_sequence_are_not_ours() -> None:
    table = Table().enabled()
    for packet in (
        Packet(sequence=0, address=0x10, data=OK + b"\xee\x05"),
        Packet(sequence=0, data=OK + b"\xee\x05"),
        Packet(sequence=1, data=OK + b"\xee\x05"),
    ):
        assert table.host.receive(encode(packet), table.rig.now) == []


# --- any bytes in any state ---------------------------------------------------------------------


STATES = ["new", "greeted", "enabled", "reading", "escrow", "stacking", "unsettled"]
NOISE = st.one_of(
    st.binary(max_size=60),
    st.builds(
        lambda sequence, data: encode(Packet(sequence=sequence, data=data)),
        st.integers(0, 1),
        st.binary(min_size=1, max_size=20),
    ),
)


@pytest.mark.parametrize("state", STATES)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(noise=st.lists(st.tuples(NOISE, st.floats(0, 2)), max_size=12))
def test_any_bytes_on_an_encrypted_line_raise_nothing_and_credit_nothing(
    state: str, noise: list[tuple[bytes, float]]
) -> None:
    """Not even well-formed packets of a forger: on an encrypted line they are nobody's word."""
    bench = Bench(kit(ESSP), Build(rng=Random(1)), make_host=make_host)
    bench.settles = False
    bench.decide = undecided
    if state != "new":
        bench.rig.run(1.0)
    if state not in ("new", "greeted"):
        bench.start()
    if state in ("reading", "escrow", "stacking", "unsettled"):
        bench.insert(500)
        bench.rig.run(0.5 if state == "reading" else 2.0)
    if state in ("stacking", "unsettled"):
        (escrowed,) = bench.told(Escrowed)
        assert isinstance(escrowed, Escrowed)
        bench.host.stack(escrowed.cycle)
        bench.rig.run(0.5 if state == "stacking" else 2.5)
    host, now, told = bench.host, bench.rig.now, []
    before = {e.cycle for e in bench.told(Stacked) if isinstance(e, Stacked)}
    host.data_to_send()
    for data, seconds in noise:
        told += host.receive(data, now)
        now += seconds
        told += host.tick(now)
        assert len(host.data_to_send()) < 5000
    assert {e.cycle for e in told if isinstance(e, Stacked)} <= before


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(noise=st.lists(st.tuples(st.binary(max_size=60), st.floats(0, 2)), max_size=15))
def test_any_bytes_on_a_plain_line_raise_nothing_and_credit_nothing(
    noise: list[tuple[bytes, float]],
) -> None:
    bench = Bench(kit(PLAIN), make_host=make_host)
    bench.start()
    host, now, told = bench.host, bench.rig.now, []
    for data, seconds in noise:
        told += host.receive(data, now)
        now += seconds
        told += host.tick(now)
        host.data_to_send()
    assert not [event for event in told if isinstance(event, Stacked | Escrowed)]
