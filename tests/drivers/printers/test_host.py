"""The driver and the simulated printer of each model, coupled in simulated time."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.printers.contract import (
    Paper,
    Presenter,
    PrinterChanged,
    PrinterEvent,
    PrinterState,
    Removal,
    SlipFailed,
    SlipFailure,
    SlipNotTaken,
    SlipPrinted,
    SlipTaken,
)
from drivers.printers.host import PrinterHost
from drivers.printers.models import find_model, load_models
from drivers.printers.timing import PrinterTiming
from simulation.printer.device import SimulatedPrinter
from simulation.printer.paper import PaperSlip

MODELS = sorted(load_models())
HOLDERS = [name for name in MODELS if load_models()[name].has_presenter]
ORDERED = [name for name in HOLDERS if load_models()[name].retract]
TIMING = PrinterTiming()


class Coupled:
    """A host half and a printer on a line without length; time jumps to the next deadline."""

    def __init__(self, model: str, untaken: Removal | None = None) -> None:
        self.model = find_model(model)
        self.printer = SimulatedPrinter(self.model)
        self.host = PrinterHost(self.model, untaken=untaken)
        self.now = 100.0
        self.events: list[PrinterEvent] = []
        self.sent = bytearray()
        self.paper: list[PaperSlip] = []
        self.on_bytes: Callable[[bytes], None] = lambda _: None
        self.deaf = False
        """It does not know the fence: its answers are lost."""
        self.open()

    def open(self) -> None:
        self.events += self.host.port_opened(self.now)

    @property
    def slip(self) -> bytes:
        page = bytes([self.model.code_page])
        text = "Привет".encode(self.model.encoding)
        feed = bytes([self.model.feed_lines])
        return b"\x1b@\x1bt" + page + (text + b"\n") * 3 + b"\x1bd" + feed + self.model.finish

    @property
    def state(self) -> PrinterState:
        return next(e.state for e in reversed(self.events) if isinstance(e, PrinterChanged))

    def told(self) -> list[PrinterEvent]:
        """What was told of slips."""
        return [event for event in self.events if not isinstance(event, PrinterChanged)]

    def run(self, seconds: float) -> None:
        end = self.now + seconds
        while True:
            while data := self.host.data_to_send():
                self.sent += data
                self.on_bytes(data)
                self.hear(self.printer.receive(data))
            due = self.host.next_deadline()
            if due > end:
                break
            self.now = max(self.now, due)
            self.events += self.host.tick(self.now)
        self.now = end

    def hear(self, data: bytes) -> None:
        self.paper += self.printer.take_slips()
        if self.deaf:
            data = data.replace(b"\0", b"")
        if data:
            self.events += self.host.receive(data, self.now)

    def print(self, number: int) -> None:
        self.host.print_slip(number, self.slip)
        self.events += self.host.tick(self.now)

    def proceed(self) -> None:
        self.hear(self.printer.proceed())


@pytest.mark.parametrize("model", MODELS)
def test_a_slip_comes_out_and_no_byte_of_it_is_strange(model: str) -> None:
    coupled = Coupled(model)
    coupled.run(1)
    assert coupled.state.can_print
    coupled.print(7)
    coupled.run(3)
    assert coupled.told()[0] == SlipPrinted(slip=7)
    assert coupled.paper[0].data == coupled.slip
    assert coupled.printer.complaints == []


@pytest.mark.parametrize("model", MODELS)
def test_every_fault_is_seen_and_nothing_is_sent(model: str) -> None:
    for fault in ("cover_open", "cutter_error", "jam", "overheated", "low_voltage", "broken"):
        coupled = Coupled(model)
        setattr(coupled.printer.faults, fault, True)
        coupled.printer.faults.cutter_stuck = fault == "cutter_error"
        coupled.run(1)
        assert coupled.state.reachable, fault
        assert not coupled.state.can_print, fault
        assert coupled.state.has_fault, fault
        coupled.print(1)
        coupled.run(2)
        assert coupled.told() == [SlipFailed(slip=1, why=SlipFailure.NOT_READY, sent=False)]
        assert coupled.paper == []
        assert coupled.printer.complaints == []


@pytest.mark.parametrize("model", MODELS)
def test_paper_that_ends_in_the_middle_is_told_at_once_and_cut_off_later(model: str) -> None:
    coupled = Coupled(model)
    coupled.run(1)
    coupled.printer.faults.lines_left = 2
    coupled.print(9)
    coupled.run(3)
    assert coupled.told() == [SlipFailed(slip=9, why=SlipFailure.NOT_CONFIRMED, sent=True)]
    assert coupled.state.paper is Paper.OUT
    coupled.printer.faults.paper = Paper.OK
    coupled.proceed()
    coupled.run(8)
    rest, cut_off = coupled.paper
    assert rest.data == coupled.slip
    assert b"Pr" not in cut_off.data
    assert cut_off.data.endswith(coupled.model.finish)
    coupled.print(10)
    coupled.run(8)
    assert coupled.told()[-1] == SlipPrinted(slip=10) or SlipPrinted(slip=10) in coupled.told()
    assert len(coupled.paper) == 3
    assert coupled.printer.complaints == []


@pytest.mark.parametrize("model", MODELS)
def test_power_that_goes_in_the_middle_leaves_a_piece_that_is_cut_off(model: str) -> None:
    coupled = Coupled(model)
    coupled.run(1)
    coupled.printer.faults.lines_left = 2
    coupled.print(9)
    coupled.run(0.1)
    coupled.printer.switch_power(on=False)
    coupled.printer.faults.paper = Paper.OK
    coupled.run(20)
    assert coupled.told() == [SlipFailed(slip=9, why=SlipFailure.NOT_CONFIRMED, sent=True)]
    assert not coupled.state.reachable
    coupled.printer.switch_power(on=True)
    coupled.run(15)
    (piece,) = coupled.paper
    assert len(piece.marks) > 2
    assert coupled.state.can_print
    coupled.print(10)
    coupled.run(3)
    assert coupled.told()[1] == SlipPrinted(slip=10)
    assert coupled.paper[1].data == coupled.slip


@pytest.mark.parametrize("model", MODELS)
def test_silence_and_garbage_are_not_reachable_and_heal(model: str) -> None:
    for fault in ("silent", "garbage"):
        coupled = Coupled(model)
        setattr(coupled.printer.faults, fault, True)
        coupled.run(3)
        assert not coupled.state.can_print
        coupled.print(1)
        coupled.run(3)
        assert isinstance(coupled.told()[0], SlipFailed)
        assert coupled.paper == []
        setattr(coupled.printer.faults, fault, False)
        coupled.run(6)
        assert coupled.state.can_print


@pytest.mark.parametrize("model", MODELS)
def test_silence_within_a_slip_is_no_confirmation(model: str) -> None:
    coupled = Coupled(model)
    coupled.run(1)

    def hush(data: bytes) -> None:
        coupled.printer.faults.silent = coupled.printer.faults.silent or b"\x1b@" in data

    coupled.on_bytes = hush
    coupled.print(3)
    coupled.run(30)
    assert coupled.told() == [SlipFailed(slip=3, why=SlipFailure.NOT_CONFIRMED, sent=True)]


@pytest.mark.parametrize("model", MODELS)
def test_a_printer_that_asks_for_silence_gets_nothing_until_it_allows(model: str) -> None:
    coupled = Coupled(model)
    coupled.run(1)
    coupled.hear(coupled.printer.set_xoff(True))
    coupled.print(4)
    coupled.run(5)
    assert coupled.told() == []
    assert coupled.paper == []
    coupled.hear(coupled.printer.set_xoff(False))
    coupled.run(5)
    assert coupled.told()[0] == SlipPrinted(slip=4)


def test_a_printer_that_asks_for_silence_too_long_is_not_ready_and_takes_no_slip() -> None:
    coupled = Coupled("generic_epson")
    coupled.run(1)
    coupled.hear(coupled.printer.set_xoff(True))
    coupled.print(4)
    coupled.run(20)
    assert coupled.told() == [SlipFailed(slip=4, why=SlipFailure.WRITE_TIMED_OUT, sent=False)]
    assert not coupled.state.can_print
    coupled.hear(coupled.printer.set_xoff(False))
    coupled.run(6)
    assert coupled.state.can_print


@pytest.mark.parametrize("model", MODELS)
def test_a_printer_whose_permission_got_lost_is_there_again_after_a_while(model: str) -> None:
    coupled = Coupled(model)
    coupled.run(1)
    coupled.hear(coupled.printer.set_xoff(True))
    coupled.printer.set_xoff(False)  # switched off and on: it takes bytes, and nobody says so
    coupled.run(40)
    assert not coupled.state.can_print
    coupled.run(60)
    assert coupled.state.can_print
    coupled.print(4)
    coupled.run(5)
    assert coupled.told()[0] == SlipPrinted(slip=4)


def test_a_printer_that_keeps_its_buffer_closed_is_never_ready() -> None:
    coupled = Coupled("generic_epson")
    coupled.run(1)
    coupled.hear(coupled.printer.set_xoff(True))
    coupled.deaf = True  # says that it is well, and works nothing off
    coupled.run(20)
    looked = len(coupled.events)
    coupled.run(200)
    after = [one for one in coupled.events[looked:] if isinstance(one, PrinterChanged)]
    assert not any(one.state.can_print for one in after)


def test_a_full_buffer_within_a_slip_leaves_half_a_slip() -> None:
    coupled = Coupled("generic_epson")
    coupled.run(1)

    def full(data: bytes) -> None:
        if b"\x1b@" in data and not coupled.paper:
            coupled.hear(coupled.printer.set_xoff(True))

    coupled.on_bytes = full
    coupled.host.print_slip(5, b"\x1b@" + b"a\n" * 400 + coupled.model.finish)
    coupled.events += coupled.host.tick(coupled.now)
    coupled.run(20)
    assert coupled.told() == [SlipFailed(slip=5, why=SlipFailure.WRITE_TIMED_OUT, sent=True)]
    coupled.on_bytes = lambda _: None
    coupled.hear(coupled.printer.set_xoff(False))
    coupled.run(10)
    assert len(coupled.paper) == 1


def test_a_stuck_knife_is_tried_a_few_times_and_mends_when_it_is_free() -> None:
    coupled = Coupled("generic_epson")
    coupled.printer.faults.cutter_error = coupled.printer.faults.cutter_stuck = True
    coupled.run(120)
    assert coupled.sent.count(b"\x10\x05\x02") == 3
    coupled.printer.faults.cover_open = True
    coupled.run(20)
    coupled.printer.faults.cutter_stuck = (
        False  # somebody has freed it; the printer waits for an order
    )
    coupled.printer.faults.cover_open = False
    coupled.run(20)
    assert coupled.state.can_print
    coupled.printer.faults.cutter_error = True
    coupled.run(20)
    assert coupled.state.can_print


@pytest.mark.parametrize("model", ["custom_vkp80ii", "citizen_ppu700"])
def test_a_make_that_may_not_know_the_order_is_not_ordered_to_recover(model: str) -> None:
    coupled = Coupled(model)
    coupled.printer.faults.cutter_error = coupled.printer.faults.jam = True
    coupled.run(60)
    assert b"\x10\x05" not in coupled.sent


def test_a_printer_that_never_confirms_is_not_ready_any_more() -> None:
    coupled = Coupled("generic_epson")
    coupled.run(1)
    coupled.deaf = True
    coupled.print(1)
    coupled.run(60)
    assert coupled.told() == [SlipFailed(slip=1, why=SlipFailure.NOT_CONFIRMED, sent=True)]
    assert not coupled.state.can_print
    coupled.print(2)
    coupled.run(30)
    assert coupled.told()[1] == SlipFailed(slip=2, why=SlipFailure.NOT_READY, sent=False)
    coupled.deaf = False
    coupled.run(30)
    assert coupled.state.can_print


def test_no_knife_is_driven_while_somebody_has_the_cover_open() -> None:
    coupled = Coupled("generic_epson")
    coupled.printer.faults.cutter_error = coupled.printer.faults.cover_open = True
    coupled.run(60)
    assert b"\x10\x05" not in coupled.sent


@pytest.mark.parametrize("model", HOLDERS)
def test_a_slip_that_is_taken_is_told(model: str) -> None:
    coupled = Coupled(model, Removal.RETRACTED)
    coupled.printer.faults.left_untaken = True
    coupled.run(1)
    coupled.print(1)
    coupled.run(20)
    assert coupled.state.presenter is Presenter.HOLDING
    assert coupled.state.can_print
    assert coupled.told() == [SlipPrinted(slip=1)]
    coupled.printer.take_slip()
    coupled.run(2)
    assert coupled.told() == [SlipPrinted(slip=1), SlipTaken(slip=1)]


@pytest.mark.parametrize("model", ORDERED)
@pytest.mark.parametrize("removal", Removal)
def test_a_slip_that_nobody_takes_is_removed_as_configured(model: str, removal: Removal) -> None:
    coupled = Coupled(model, removal)
    coupled.printer.faults.left_untaken = True
    coupled.run(1)
    coupled.print(1)
    coupled.run(TIMING.untaken_s - 5)
    assert coupled.printer.holding
    coupled.run(15)
    assert not coupled.printer.holding
    assert coupled.told()[-1] == SlipNotTaken(slip=1, removal=removal)
    assert coupled.printer.retracted == (removal is Removal.RETRACTED)
    assert coupled.printer.complaints == []


@pytest.mark.parametrize("model", ORDERED)
def test_the_next_slip_does_not_lie_upon_a_strangers(model: str) -> None:
    coupled = Coupled(model, Removal.RETRACTED)
    coupled.printer.faults.left_untaken = True
    coupled.run(1)
    coupled.print(1)
    coupled.run(3)
    coupled.print(2)
    coupled.run(3)
    removed = SlipNotTaken(slip=1, removal=Removal.RETRACTED)
    assert coupled.told() == [SlipPrinted(slip=1), removed, SlipPrinted(slip=2)]
    assert coupled.printer.retracted == 1


@pytest.mark.parametrize("model", HOLDERS)
def test_left_to_itself_a_held_slip_stays(model: str) -> None:
    coupled = Coupled(model, None)
    coupled.printer.faults.left_untaken = True
    coupled.run(1)
    coupled.print(1)
    coupled.run(300)
    assert coupled.printer.holding
    assert coupled.told() == [SlipPrinted(slip=1)]


def test_a_jam_behind_the_knife_is_no_printed_slip() -> None:
    coupled = Coupled("custom_vkp80ii")
    coupled.run(1)

    def jam(data: bytes) -> None:
        coupled.printer.faults.jam = coupled.printer.faults.jam or b"\x1dr\x01" in data

    coupled.on_bytes = jam
    coupled.print(1)
    coupled.run(2)
    assert coupled.told() == [SlipFailed(slip=1, why=SlipFailure.NOT_CONFIRMED, sent=True)]


def test_what_an_earlier_life_left_is_cut_off_before_the_first_slip() -> None:
    coupled = Coupled("generic_epson")
    coupled.host.part_from_the_last()
    coupled.print(2)
    coupled.run(5)
    assert coupled.told() == [SlipPrinted(slip=2)]
    assert [slip.data == coupled.slip for slip in coupled.paper] == [False, True]


def test_a_lost_line_fails_the_slip_at_hand_and_those_that_wait_go_on() -> None:
    coupled = Coupled("generic_epson")
    coupled.run(1)
    coupled.printer.faults.silent = True
    coupled.print(1)
    coupled.print(2)
    coupled.host.data_to_send()
    coupled.events += coupled.host.port_lost(coupled.now)
    assert not coupled.state.reachable
    coupled.printer.faults.silent = False
    coupled.open()
    coupled.run(15)
    numbers = [e.slip for e in coupled.told() if isinstance(e, SlipPrinted)]
    assert numbers[-1] == 2


def test_a_line_that_is_never_there_fails_every_slip() -> None:
    host = PrinterHost(find_model("generic_epson"))
    host.print_slip(1, b"a")
    host.print_slip(2, b"b")
    events = host.port_lost(0.0)
    assert [e for e in events if isinstance(e, SlipFailed)] == [
        SlipFailed(slip=n, why=SlipFailure.NOT_REACHABLE, sent=False) for n in (1, 2)
    ]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=40), st.sampled_from(MODELS), st.integers(0, 30))
def test_garbage_on_the_line_prints_nothing_twice_and_ends_nothing(
    garbage: bytes, model: str, when: int
) -> None:
    coupled = Coupled(model)
    coupled.run(1)
    coupled.print(1)
    heard = 0

    def disturb(_: bytes) -> None:
        nonlocal heard
        heard += 1
        if heard == when:
            coupled.hear(garbage.replace(b"\x13", b""))

    coupled.on_bytes = disturb
    coupled.run(60)
    coupled.on_bytes = lambda _: None
    coupled.run(60)
    slips = [event for event in coupled.told() if isinstance(event, SlipPrinted | SlipFailed)]
    assert len(slips) == 1
    assert sum(slip.data == coupled.slip for slip in coupled.paper) <= 1
    assert coupled.state.can_print
