"""A terminal in a hostile world: customers, banknotes, devices, line, disk and power by hypothesis.

The world knows where each banknote physically is. The device keeps the contract of
`drivers.acceptors.contract` and nothing more: it repeats what was not acknowledged, forgets names
with each life, falls silent, jams. After every step, and once everything has recovered, the books of
the terminal are compared with the truth.
"""

import json
import shutil
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from drivers.acceptors.contract import (
    CassetteIn,
    CassetteOut,
    Disabled,
    Disputed,
    Enabled,
    Escrowed,
    Fault,
    Identity,
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
from drivers.printers.contract import (
    Paper,
    PrinterChanged,
    PrinterState,
    SlipFailed,
    SlipFailure,
    SlipPrinted,
)
from kiosk.terminal.ports import Tick
from kiosk.terminal.service import Collect
from kiosk.terminal.snapshot import Screen
from kiosk.terminal.touch import Action, Touch
from offline_queue.journal import cash_queries, queries, schema
from offline_queue.journal.records import Decision
from offline_queue.sync.messages import Answered, LinkChanged, Missing, Parked
from terminal_api.payments import PaymentAnswer, PaymentStatus, Verdict

WORKS = PrinterState(reachable=True, online=True, paper=Paper.OK)
NO_PAPER = PrinterState(reachable=True, online=True, paper=Paper.OUT)
ACCOUNTS = {"mts": "9161234567", "troika": "1234567890", "vk_votes": "12345"}
ROUBLES = st.sampled_from([10, 50, 100, 100, 100, 500, 2000, 5000])


TROUBLES = (
    "finger",
    "bezel",
    "jam",
    "fault",
    "power",
    "disk",
    "printer",
    "backend",
    "slow",
    "collector",
    "clock",
)
"""Each run has some of these: a world with all of them at once sells nothing."""


def is_stacked(row):
    return row.state == "stacked"


def trouble(kind):
    return precondition(lambda self: kind in self.troubles)


@dataclass
class Banknote:
    """One physical note. `stage` is what the device would say of it."""

    minor: int
    stage: str = "validating"  # escrow, stacking, stacked, returned, limbo
    in_cassette: bool = False
    names: list = field(default_factory=list)
    """The cycles under which the device spoke of it, one for each life at most."""
    named: bool = False
    """It has a name in this life."""
    order: str | None = None
    settled: bool = False
    in_doubt: bool = False
    """The device could not say, or did not say, what became of it."""

    @property
    def money(self):
        return Note(minor=self.minor, currency="RUB")


class World(RuleBasedStateMachine):
    """`bench_class` and `folder` come from the test below."""

    bench_class = None
    folder = None
    count = 0

    @initialize(
        counts=st.booleans(), troubles=st.sets(st.sampled_from(TROUBLES), min_size=1, max_size=4)
    )
    def begin(self, counts, troubles):
        self.troubles = troubles
        World.count += 1
        self.home = self.folder / str(World.count)
        self.home.mkdir()
        self.notes = []
        self.note = None
        self.counter = 7 if counts else None
        self.device_ready = False
        self.wanted = False
        self.stop_due = False
        self.unprinted = []
        self.unanswered = set()
        self.asked = set()
        self.collections_ordered = 0
        self.bench = watched_bench(self.bench_class, self)
        self.tell(PrinterChanged(state=WORKS), LinkChanged(online=True))
        self.become_ready()

    def teardown(self):
        if not hasattr(self, "bench"):
            return
        try:
            self.recover()
            self.compare()
        finally:
            self.bench.journal.close()
            shutil.rmtree(self.home)

    # --- what the terminal orders (called from inside `handle`) ---------------------------------

    def ordered(self, name, cycle=None):
        match name:
            case "accept":
                self.wanted, self.stop_due = True, False
            case "stop":
                self.wanted, self.stop_due = False, True
            case "stack":
                row = self.bench.ask(queries.note, cycle)
                assert row is not None, "a stack order without a record"
                assert (row.state, row.decision) == ("escrowed", Decision.STACK)
                self.obey(cycle, "stack")
            case "give_back":
                self.obey(cycle, "return")
            case "settled":
                self.settle(cycle)

    def obey(self, cycle, order):
        if self.note is not None and self.note.names[-1:] == [cycle] and self.note.named:
            self.note.order = order

    def settle(self, cycle):
        note = self.note
        if note is None or not note.named or note.names[-1] != cycle:
            return
        if note.stage == "stacked":
            assert len(self.stacked_rows(note)) == 1, "acknowledged without a record"
        note.settled = True

    def rows(self):
        """Every note of the journal by its cycle."""
        columns = (schema.note.c.cycle, schema.note.c.state, schema.note.c.minor)
        found = self.bench.ask(lambda connection: connection.execute(select(*columns)).all())
        return {row.cycle: row for row in found}

    def stacked_rows(self, note, rows=None):
        rows = self.rows() if rows is None else rows
        return [rows[name] for name in note.names if name in rows and is_stacked(rows[name])]

    # --- telling the terminal -------------------------------------------------------------------

    def tell(self, *events):
        for event in events:
            self.bench.tell(event)
            self.look_at_the_time()

    def look_at_the_time(self):
        for _ in range(4):
            if self.bench.terminal.next_deadline() > self.bench.clock.monotonic():
                return
            self.bench.tell(Tick())
        raise AssertionError("the terminal runs in circles")

    def name(self):
        note = self.note
        if not note.named:
            note.names.append(self.bench.new_cycle())
            note.named = True
        return note.names[-1]

    def tell_stacked(self):
        known = len(self.note.names) == 1 and self.note.named
        cycle = self.name()
        how = StackedHow.NORMAL if known else StackedHow.RECOVERED
        self.tell(Stacked(cycle=cycle, note=self.note.money, how=how, device_count=self.counter))

    def tell_returned(self, why, *, named=True):
        money = self.note.money if named else None
        self.tell(Returned(cycle=self.name(), note=money, why=why))

    def goes_in(self):
        self.note.in_cassette = True
        if self.counter is not None:
            self.counter += 1

    def become_ready(self):
        self.device_ready, self.wanted = True, False
        self.tell(
            Ready(
                identity=Identity(protocol="ccnet", model="SM", serial="1"),
                denominations=tuple(
                    Note(minor=value * 100, currency="RUB")
                    for value in (10, 50, 100, 200, 500, 1000, 2000, 5000)
                ),
                device_count=self.counter,
            )
        )

    def at(self, *stages):
        return self.note is not None and self.note.stage in stages

    # --- the customer ---------------------------------------------------------------------------

    @rule(provider=st.sampled_from(sorted(ACCOUNTS)))
    def goes_to_the_money(self, provider):
        """A new customer comes when the one before is gone and the device has its peace."""
        if self.bench.shown.screen is Screen.MONEY:
            return
        if self.bench.shown.screen is Screen.PROCESSING:
            self.time_passes(21)
        self.help_the_note()
        if not self.device_ready:
            self.the_device_sets_itself_up()
        if self.bench.shown.screen not in (Screen.HOME, Screen.CONFIRM, Screen.THANKS):
            return
        self.bench.touch(Action.HOME)
        self.bench.touch(Action.OPEN_PROVIDER, provider)
        for char in ACCOUNTS[provider]:
            self.bench.touch(Action.KEY, char)
        self.bench.touch(Action.FORWARD)
        self.bench.touch(Action.FORWARD)
        if self.wanted and self.device_ready:
            self.tell(Enabled())

    @rule(provider=st.sampled_from(sorted(ACCOUNTS)), pays=st.booleans(), roubles=ROUBLES)
    def comes_and_feeds_notes(self, provider, pays, roubles):
        self.goes_to_the_money(provider)
        for value in (100, roubles):
            if self.may_feed:
                self.a_note_is_taken(value)
        if pays and self.bench.shown.screen is Screen.MONEY:
            self.touches_the_money_screen(Action.PAY)
            if self.stop_due and self.note is None:
                self.the_device_is_closed()

    def brings_a_note_to(self, stage):
        """A note of the present customer, as far as that, where it can be."""
        self.goes_to_the_money("mts")
        if not self.may_feed:
            return
        self.a_note_goes_in(100, "escrow")
        if stage != "escrow" and self.at("escrow") and self.note.order == "stack":
            self.the_order_is_carried_out(stage)

    @property
    def may_feed(self):
        return self.wanted and self.device_ready and self.note is None

    @precondition(lambda self: self.bench.shown.screen is Screen.MONEY)
    @rule(action=st.sampled_from([Action.PAY, Action.PAY, Action.BACK, Action.HOME]))
    def touches_the_money_screen(self, action):
        self.tell(Touch(screen=Screen.MONEY, action=action))

    @trouble("finger")
    @rule(
        action=st.sampled_from(list(Action)),
        value=st.sampled_from(["", "mts", "mobile", "9", "Да"]),
    )
    def touches_anything(self, action, value):
        self.tell(Touch(screen=self.bench.shown.screen, action=action, value=value))

    @trouble("slow")
    @rule(seconds=st.sampled_from([11, 36, 125]))
    def much_time_passes(self, seconds):
        self.time_passes(seconds)

    @rule(seconds=st.sampled_from([0.5, 3]))
    def time_passes(self, seconds):
        self.bench.clock.pass_time(seconds)
        self.tell(Tick())

    # --- banknotes ------------------------------------------------------------------------------

    @precondition(lambda self: self.may_feed)
    @rule(roubles=ROUBLES)
    def a_note_is_taken(self, roubles):
        self.a_note_goes_in(roubles, "escrow")
        if self.at("escrow") and self.note.order is not None:
            self.the_order_is_carried_out("stacked")
        if self.at("stacked", "returned") and self.note.settled:
            self.note = None

    @precondition(lambda self: self.may_feed)
    @rule(roubles=ROUBLES, how=st.sampled_from(["escrow", "escrow", "escrow", "slow", "refused"]))
    def a_note_goes_in(self, roubles, how):
        self.tell(Validating())
        if how == "refused":
            self.tell(Rejected(reason=RejectReason.UNRECOGNISED, raw="1C 66"))
            return
        self.note = Banknote(minor=roubles * 100)
        self.notes.append(self.note)
        if how == "escrow":
            self.is_recognised()

    @precondition(lambda self: self.at("validating") and self.device_ready)
    @rule()
    def is_recognised(self):
        self.note.stage = "escrow"
        self.tell(Escrowed(cycle=self.name(), note=self.note.money, device_count=self.counter))

    @precondition(lambda self: self.at("escrow") and self.note.order is not None)
    @rule(how=st.sampled_from(["stacked", "starts"]))
    def the_order_is_carried_out(self, how):
        if self.note.order == "return":
            self.note.stage = "returned"
            self.tell_returned(ReturnReason.ORDERED)
            return
        self.note.stage = "stacking"
        if how != "starts":
            self.stacking_ends(how, inside=False)

    @trouble("jam")
    @precondition(lambda self: self.at("stacking") and self.note.named)
    @rule(inside=st.booleans())
    def a_note_jams(self, inside):
        self.stacking_ends("jam", inside=inside)

    @precondition(lambda self: self.at("stacking") and self.note.named)
    @rule(how=st.sampled_from(["stacked", "back"]))
    def stacking_ends(self, how, inside=True):
        match how:
            case "stacked":
                self.goes_in()
                self.note.stage = "stacked"
                self.tell_stacked()
            case "back":
                self.note.stage = "returned"
                self.tell_returned(ReturnReason.DEVICE)
            case "jam":
                self.jams(inside)

    def jams(self, inside):
        if inside:
            self.goes_in()
        self.note.stage, self.note.in_doubt = "limbo", True
        told = Disputed(cycle=self.name(), note=self.note.money, evidence=("44",))
        self.tell(Fault(number=113, raw="44"), told)
        self.device_ready = False

    @trouble("jam")
    @rule(pays=st.booleans(), ready=st.booleans())
    def a_note_jams_and_turns_up(self, pays, ready):
        self.brings_a_note_to("starts")
        if not (self.at("stacking") and self.note.named):
            return
        self.jams(inside=True)
        if pays:
            self.tell(Touch(screen=Screen.MONEY, action=Action.PAY))
        if ready:
            self.become_ready()
        self.a_jammed_note_is_told_after_all()

    @precondition(lambda self: self.at("limbo") and self.note.in_cassette and self.note.named)
    @rule()
    def a_jammed_note_is_told_after_all(self):
        self.note.stage, self.note.settled = "stacked", False
        self.tell_stacked()

    @precondition(lambda self: self.at("escrow") and self.note.named)
    @rule()
    def the_device_gives_the_note_back_by_itself(self):
        self.note.stage = "returned"
        self.tell_returned(ReturnReason.TIMED_OUT)

    @precondition(lambda self: self.at("stacked", "returned") and self.note.named)
    @rule()
    def an_end_is_told_again(self):
        if self.note.stage == "stacked":
            self.tell_stacked()
        else:
            self.tell_returned(ReturnReason.DEVICE)

    @precondition(lambda self: self.at("stacked", "returned", "limbo") and self.note.settled)
    @rule()
    def the_acknowledgement_arrives(self):
        self.note = None

    # --- the device -----------------------------------------------------------------------------

    @precondition(lambda self: self.stop_due and self.note is None)
    @rule()
    def the_device_is_closed(self):
        self.stop_due = False
        self.tell(Disabled())

    @precondition(lambda self: self.wanted and self.device_ready)
    @rule()
    def the_device_is_open(self):
        self.tell(Enabled())

    @trouble("bezel")
    @rule()
    def something_is_refused_at_the_bezel(self):
        self.tell(Rejected(reason=RejectReason.INSERTION, raw="1C 60"))

    @trouble("fault")
    @rule(number=st.sampled_from([100, 100, 110, 113, 114, 999]))
    def a_fault(self, number):
        self.device_ready = False
        self.tell(Fault(number=number, raw="raw"))

    @trouble("fault")
    @rule()
    def the_cassette_is_taken_out(self):
        self.device_ready = False
        self.tell(CassetteOut())
        self.tell(CassetteIn())

    @trouble("collector")
    @rule(
        stage=st.sampled_from(["nobody", "nobody", "money", "escrow", "starts"]),
        again=st.booleans(),
        change=st.sampled_from(["after", "after", "before", "never"]),
    )
    def a_collection_is_ordered(self, stage, again, change):
        if stage == "money":
            self.comes_and_feeds_notes("mts", pays=False, roubles=100)
        elif stage != "nobody":
            self.brings_a_note_to(stage)
        if change == "before" and self.note is None:
            self.the_cassette_is_changed()
        if not again:
            self.collections_ordered += 1
        before = len(self.collections())
        self.tell(Collect(request=f"order-{self.collections_ordered}", operator="Петров"))
        if self.stop_due and self.note is None:
            self.the_device_is_closed()
        if change == "after" and self.note is None and len(self.collections()) > before:
            self.the_cassette_is_changed()

    def the_cassette_is_changed(self):
        self.device_ready = False
        self.tell(CassetteOut(), CassetteIn())
        self.become_ready()

    def collections(self):
        if self.bench.journal.broken:
            return ()
        return self.bench.ask(cash_queries.collections)

    @trouble("clock")
    @rule(seconds=st.sampled_from([-1_700_000_000, -7200, -30, 30, 7200, 300_000_000]))
    def the_clock_jumps(self, seconds):
        with suppress(OverflowError):
            self.bench.clock.wall += timedelta(seconds=seconds)
        self.tell(Tick())

    @precondition(lambda self: not self.device_ready)
    @rule()
    def the_device_sets_itself_up(self):
        """A note that is still in its way goes back; what is unsettled is told first."""
        if self.at("validating"):
            self.note = None
        elif self.at("escrow") and self.note.named:
            self.note.stage = "returned"
            self.tell_returned(ReturnReason.DEVICE)
        elif self.note is None:
            self.become_ready()

    # --- power ----------------------------------------------------------------------------------

    @trouble("power")
    @rule(fate=st.sampled_from(["told", "told", "silent", "waits"]), inside=st.booleans())
    def the_power_fails(self, fate, inside):
        rows = self.rows()
        self.bench.cut_power()
        self.device_ready = self.wanted = self.stop_due = False
        self.unprinted.clear()
        self.unanswered.clear()
        self.asked.clear()
        self.carry_over(fate, inside, rows)
        self.bench.start()
        self.tell(PrinterChanged(state=WORKS))

    @trouble("power")
    @rule(
        stage=st.sampled_from(["escrow", "starts", "stacked", "stacked"]),
        fate=st.sampled_from(["told", "told", "silent", "waits"]),
        inside=st.booleans(),
        seconds=st.sampled_from([0, 0, 125]),
    )
    def the_power_fails_on_a_note(self, stage, fate, inside, seconds):
        self.brings_a_note_to(stage)
        self.the_power_fails(fate, inside)
        if seconds:
            self.much_time_passes(seconds)
        if self.note is not None:
            self.a_note_of_an_earlier_life_is_told(named=inside)

    def carry_over(self, fate, inside, rows):
        """What becomes of the note in the device while nobody listens."""
        note = self.note
        if note is None:
            return
        note.named = note.settled = False
        order, note.order = note.order, None
        if note.stage == "validating":
            self.note = None
        elif note.stage == "escrow" and not (order == "stack" and inside):
            if fate != "waits":
                note.stage = "returned"
        elif note.stage in ("escrow", "stacking"):
            note.stage = "stacked"
            self.goes_in()
        elif note.stage == "limbo":
            self.note = None
            return
        if self.note is not None and fate == "silent" and not self.must_be_told(rows):
            self.note.in_doubt = True
            self.note = None

    def must_be_told(self, rows):
        """A note that is recorded as open may be missing from the device's story; one that waits
        for its acknowledgement may not.
        """
        known = [rows[name].state for name in self.note.names if name in rows]
        return self.note.stage == "stacked" and "escrowed" not in known

    @precondition(lambda self: self.note is not None and not self.note.named)
    @rule(named=st.booleans())
    def a_note_of_an_earlier_life_is_told(self, named=True):
        match self.note.stage:
            case "escrow":
                told = Escrowed(cycle=self.name(), note=self.note.money, device_count=self.counter)
                self.tell(told)
            case "stacked":
                self.tell_stacked()
            case "returned":
                self.tell_returned(ReturnReason.DEVICE, named=named)

    # --- disk, printer, backend -----------------------------------------------------------------

    @trouble("disk")
    @rule(how=st.sampled_from(["fails", "doubt", "doubt", "works", "works", "works"]))
    def the_disk(self, how):
        self.bench.journal.broken = how == "fails"
        self.bench.journal.doubtful = how == "doubt"

    @trouble("disk")
    @rule(
        stage=st.sampled_from(["before", "escrow", "starts", "stacked"]),
        how=st.sampled_from(["fails", "doubt", "doubt"]),
        back=st.booleans(),
    )
    def the_disk_fails_on_a_note(self, stage, how, back):
        if stage == "before":
            self.goes_to_the_money("mts")
            self.the_disk(how)
            if self.may_feed:
                self.a_note_goes_in(100, "escrow")
        else:
            self.brings_a_note_to("escrow")
            self.the_disk(how)
        if stage in ("starts", "stacked") and self.at("escrow") and self.note.order is not None:
            self.the_order_is_carried_out(stage)
        elif self.at("escrow") and self.note.named:
            self.the_device_gives_the_note_back_by_itself()
        if back:
            self.the_disk("works")
            self.time_passes(3)

    @trouble("disk")
    @precondition(lambda self: self.bench.shown.screen is Screen.MONEY and self.note is None)
    @rule(how=st.sampled_from(["fails", "doubt", "doubt"]))
    def the_disk_fails_on_a_payment(self, how):
        self.touches_the_money_screen(Action.PAY)
        self.the_disk(how)
        if self.stop_due:
            self.the_device_is_closed()
        self.time_passes(3)
        self.the_disk("works")

    @trouble("disk")
    @rule(free_mb=st.sampled_from([1, 10_000, OSError("no disk")]))
    def space(self, free_mb):
        self.bench.free_mb = free_mb

    @precondition(lambda self: self.unprinted)
    @rule(printed=st.booleans())
    def the_printer_answers(self, printed):
        slip = self.unprinted.pop(0)
        failed = SlipFailed(slip=slip, why=SlipFailure.NOT_CONFIRMED, sent=True)
        self.tell(SlipPrinted(slip=slip) if printed else failed)

    @trouble("printer")
    @rule(state=st.sampled_from([WORKS, WORKS, NO_PAPER]))
    def the_printer_changes(self, state):
        self.tell(PrinterChanged(state=state))

    @trouble("backend")
    @precondition(lambda self: self.unanswered)
    @rule(verdict=st.sampled_from(list(Verdict)), status=st.sampled_from(list(PaymentStatus)))
    def the_backend_answers(self, verdict, status):
        number = min(self.unanswered)
        if status is not PaymentStatus.UNKNOWN or verdict is Verdict.ACCEPTED:
            self.unanswered.discard(number)
        self.answer(number, verdict, status)

    def answer(self, number, verdict, status):
        said = PaymentAnswer(number=number, verdict=verdict, status=status, uid="u", message="")
        self.tell(Answered(answers=(said,)))

    @trouble("backend")
    @precondition(lambda self: self.asked)
    @rule(known=st.booleans())
    def the_backend_is_asked(self, known):
        numbers = tuple(sorted(self.asked))
        self.asked.clear()
        if known:
            for number in numbers:
                self.answer(number, Verdict.DUPLICATE, PaymentStatus.CREDITED)
        else:
            self.tell(Missing(numbers=numbers))

    @trouble("backend")
    @precondition(lambda self: self.unanswered)
    @rule()
    def the_backend_cannot_read_it(self):
        self.tell(Parked(numbers=(self.unanswered.pop(),), why="unreadable"))

    @trouble("backend")
    @rule(online=st.booleans())
    def the_link_changes(self, online):
        self.tell(LinkChanged(online=online))

    # --- truths ---------------------------------------------------------------------------------

    @invariant()
    def no_note_is_credited_that_went_back_or_twice(self):
        if not hasattr(self, "bench"):
            return
        known = self.rows()
        for note in self.notes:
            rows = self.stacked_rows(note, known)
            assert len(rows) <= (1 if note.in_cassette else 0), (note, rows)

    @invariant()
    def the_screen_shows_what_is_recorded(self):
        if not hasattr(self, "bench") or self.bench.shown.money is None:
            return
        opened = self.bench.ask(queries.open_session)
        if opened is None or self.bench.journal.broken:
            return
        rows = self.bench.ask(queries.session_notes, opened.session)
        inside = sum(row.minor for row in rows if row.state == "stacked")
        assert self.bench.shown.money.inserted_minor == inside

    def recover(self):
        """All trouble ends and time passes: everything must come to an end by itself."""
        self.bench.journal.broken = self.bench.journal.doubtful = False
        self.bench.free_mb = 10_000
        self.tell(PrinterChanged(state=WORKS), LinkChanged(online=True))
        for _ in range(12):
            self.time_passes(3)
            self.help_the_note()
            if not self.device_ready and self.note is None:
                self.become_ready()
            if self.stop_due and self.note is None:
                self.the_device_is_closed()
            while self.unprinted:
                self.the_printer_answers(printed=True)
            while self.unanswered:
                number = self.unanswered.pop()
                self.answer(number, Verdict.ACCEPTED, PaymentStatus.CREDITED)
            if self.asked:
                self.the_backend_is_asked(known=True)
            self.time_passes(36)

    def help_the_note(self):
        if self.note is None:
            return
        if not self.note.named and self.note.stage != "validating":
            self.a_note_of_an_earlier_life_is_told(named=True)
        if self.at("validating"):
            self.note = None
        elif self.at("escrow"):
            self.the_device_gives_the_note_back_by_itself()
        elif self.at("stacking"):
            self.stacking_ends("stacked", inside=True)
        elif self.at("stacked", "returned") and not self.note.settled:
            self.an_end_is_told_again()
        if self.at("stacked", "returned", "limbo") and self.note.settled:
            self.note = None

    def compare(self):
        bench = self.bench
        assert bench.shown.screen is Screen.HOME, bench.shown
        assert bench.ask(queries.open_session) is None
        assert bench.ask(queries.open_notes) == ()
        self.compare_notes()
        self.compare_payments()
        assert all(slip.state in ("printed", "failed") for slip in bench.ask(queries.slips))
        assert bench.verdict().findings == ()

    def compare_notes(self):
        cash = 0
        known = self.rows()
        for note in self.notes:
            rows = self.stacked_rows(note, known)
            cash += sum(row.minor for row in rows)
            if note.in_cassette and not note.in_doubt:
                assert len(rows) == 1, note
            if note.in_cassette and note.in_doubt and not rows:
                assert "disputed" in [known[name].state for name in note.names], note
            if not note.in_cassette:
                assert rows == [], note
        self.compare_periods(cash)

    def compare_periods(self, cash):
        """Every note of the box stands in one period, and every note of nobody in one list."""
        closed = self.collections()
        assert [one.number for one in closed] == list(range(1, len(closed) + 1))
        assert len({one.request for one in closed}) == len(closed)
        period = self.bench.ask(cash_queries.period)
        everything = [*closed, period]
        counts = [one for each in everything for one in each.counts]
        assert sum(one.minor * one.count for one in counts) == cash
        listed = [note.cycle for each in everything for note in each.suspense]
        assert sorted(listed) == sorted(row.cycle for row in self.bench.ask(queries.suspense))
        assert period.payments + sum(one.payments for one in closed) == len(self.bench.payments)

    def compare_payments(self):
        bench = self.bench
        items = [payment.item for payment in bench.payments]
        numbers = list(range(1, len(items) + 1))
        assert [item.number for item in items] == numbers
        self.compare_slips(len(items))
        assert len({item.session for item in items}) == len(items)
        for item in items:
            assert item.inserted_minor == item.credited_minor + item.fee_minor + item.change_minor
        assert {payment.state for payment in bench.payments} <= {
            "credited",
            "refused",
            "disputed",
            "parked",
        }
        self.compare_owners(items)

    def compare_slips(self, payments):
        """One slip for each payment and collection; of notes and refusals at most one, of true ones;
        all in one row of numbers without a gap.
        """
        slips = self.bench.ask(queries.slips)
        assert [slip.receipt_number for slip in slips] == list(range(1, len(slips) + 1))
        kinds = Counter(slip.kind for slip in slips)
        assert kinds.pop("payment", 0) == payments
        assert kinds.pop("collection", 0) == len(self.collections())
        made = self.slips_made()
        assert Counter(one["slip"] for one in made) == kinds
        assert len({(one["slip"], one["about"]) for one in made}) == len(made)
        known = self.rows()
        refused = {payment.number for payment in self.bench.payments if payment.state == "refused"}
        for one in made:
            what, name = one["about"].split()
            match one["slip"]:
                case "refused":
                    assert (what, int(name) in refused) == ("payment", True)
                case "error":
                    assert (what, known[name].state) == ("note", "stacked")
                case "disputed":
                    # It may have been found in the cassette since.
                    assert (what, known[name].state in ("disputed", "stacked")) == ("note", True)
                case _:
                    raise AssertionError(one)

    def slips_made(self):
        bodies = self.bench.ask(
            lambda connection: connection.scalars(select(schema.record.c.body)).all()
        )
        records = [json.loads(body) for body in bodies]
        return [one for one in records if one["kind"] == "slip_made"]

    def compare_owners(self, items):
        credited = [note.cycle for item in items for note in item.notes if not note.disputed]
        suspense = [row.cycle for row in self.bench.ask(queries.suspense)]
        owned = credited + suspense
        assert len(set(owned)) == len(owned), "a note has two owners"
        known = self.rows()
        stacked = [row.cycle for note in self.notes for row in self.stacked_rows(note, known)]
        assert sorted(stacked) == sorted(owned)


def watched_bench(bench_class, world):
    """A bench whose orders move the world."""

    class Watched(bench_class):
        def new_orders(self):
            orders = super().new_orders()
            for name in ("accept", "stop", "stack", "give_back", "settled"):
                setattr(orders, name, self.watched(name))
            orders.print_slip = lambda slip, _data: world.unprinted.append(slip)
            orders.submit = lambda batch, ask_first: world.unanswered.update(
                payment.number for payment in batch.payments
            )
            orders.ask = world.asked.update
            return orders

        def watched(self, name):
            return lambda argument=None: world.ordered(name, argument)

    world.bench = Watched.__new__(Watched)
    world.bench.__init__(world.home)
    return world.bench


def test_books_and_world_agree(bench_class, tmp_path):
    World.bench_class, World.folder = bench_class, tmp_path
    run_state_machine_as_test(
        World,
        settings=settings(
            max_examples=60,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
