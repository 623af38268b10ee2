"""A terminal without threads: real journal and real rules, devices that only write down orders."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from config.catalogue import load_catalogue
from config.settings import load_settings
from drivers.acceptors.contract import (
    CycleId,
    Disabled,
    Enabled,
    Escrowed,
    Identity,
    Note,
    Ready,
    Returned,
    ReturnReason,
    Stacked,
    StackedHow,
)
from drivers.printers.contract import Paper, PrinterChanged, PrinterState, SlipPrinted
from drivers.printers.models import find_model
from kiosk.receipts.issuer import SlipIssuer
from kiosk.receipts.wording import load_wording
from kiosk.session.navigation import Shop
from kiosk.terminal.books import Books
from kiosk.terminal.ports import Tick
from kiosk.terminal.rules import rules_of
from kiosk.terminal.slips import SlipMaker
from kiosk.terminal.snapshot import Screen, Snapshot
from kiosk.terminal.terminal import Outside, Terminal
from kiosk.terminal.touch import Action, Touch
from offline_queue.journal import (
    ChainKey,
    Journal,
    JournalUnavailableError,
    JournalWriteError,
    queries,
)
from offline_queue.journal.verify import verify
from offline_queue.sync.messages import Answered
from terminal_api.payments import PaymentAnswer, PaymentStatus, Verdict

KEY = ChainKey(bytes(range(32)))


built_in_catalogue = cache(load_catalogue)


class FakeClock:
    def __init__(self):
        self.seconds = 1000.0
        self.wall = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def monotonic(self):
        return self.seconds

    def now(self):
        return self.wall

    def pass_time(self, seconds):
        self.seconds += seconds
        self.wall += timedelta(seconds=seconds)


class CountingIds:
    def __init__(self):
        self.count = 0

    def new(self):
        self.count += 1
        return f"session-{self.count}"


@dataclass
class Orders:
    """Everything the terminal asked of the outside, in order, in one list."""

    log: list = field(default_factory=list)

    def accept(self, denominations):
        self.log.append(("accept", len(denominations)))

    def stop(self):
        self.log.append(("stop",))

    def stack(self, cycle):
        self.log.append(("stack", cycle))

    def give_back(self, cycle):
        self.log.append(("give_back", cycle))

    def hold(self, cycle):
        self.log.append(("hold", cycle))

    def settled(self, cycle):
        self.log.append(("settled", cycle))

    def part_from_the_last(self):
        self.log.append(("part from the last",))

    def print_slip(self, slip, data):
        self.log.append(("print", slip, data))

    def submit(self, batch, *, ask_first):
        self.log.append(("submit", tuple(p.number for p in batch.payments), ask_first))

    def ask(self, numbers):
        self.log.append(("ask", numbers))

    def report(self, batch):
        self.log.append(("report", batch))

    def named(self, name):
        return [order for order in self.log if order[0] == name]


class BrittleJournal(Journal):
    """The real journal with switches: `broken` makes writing fail as a full disk does; with
    `doubtful` the record is written, and nobody learns of it before the disk fails altogether.
    """

    def __init__(self, path, key, log):
        self.broken = False
        self.doubtful = False
        self._log = log
        super().__init__(path, key)

    def append(self, *records, at):
        if self.broken:
            raise JournalWriteError("database or disk is full")
        super().append(*records, at=at)
        self._log.extend(("written", record.kind) for record in records)
        if self.doubtful:
            self.doubtful, self.broken = False, True
            raise JournalUnavailableError(self.path, "disk I/O error")


class Bench:
    """One terminal on a workbench."""

    def __init__(self, folder: Path, *, enquirer=None, catalogue=None, **sections):
        self.enquirer = enquirer
        self.catalogue = catalogue or built_in_catalogue()
        sections.setdefault("journal", {})["path"] = str(folder / "journal.db")
        sections["journal"]["key_file"] = str(folder / "journal.key")
        # Whoever waits long at the start screen of a bench waits for something else.
        sections.setdefault("session", {}).setdefault("attract_s", 3600)
        self.folder = folder
        self.version = "test"
        self.settings = load_settings(None, overrides=sections)
        self.clock = FakeClock()
        self.ids = CountingIds()
        self.free_mb = 10_000
        self.lives = 0
        self.orders = self.new_orders()
        self.snapshots: list[Snapshot] = []
        self.answers = []
        self.start()

    def start(self, *, broken=False):
        """A new life on the same journal; `broken`: on a disk that is full."""
        self.lives += 1
        self.cycles = 0
        self.orders.log.clear()
        self.journal = BrittleJournal(self.folder / "journal.db", KEY, self.orders.log)
        self.journal.broken = broken
        catalogue = self.catalogue
        issuer = SlipIssuer(
            agent_name="Агент",
            inn="0000099991",
            agent_address="Город",
            terminal_id=self.settings.terminal.id,
            terminal_address="Улица",
            hotlines=("8-800-707-77-59",),
            demo=True,
        )
        self.terminal = Terminal(
            Outside(
                books=Books(self.journal, self.clock, first_payment_number=1),
                acceptor=self.orders,
                printer=self.orders,
                courier=self.orders,
                clock=self.clock,
                ids=self.ids,
                publish=self.snapshots.append,
                free_space_mb=self.free_space_mb,
                tell_service=self.answers.append,
                housekeeping=self.housekeeping(),
                enquirer=self.enquirer,
            ),
            shop=Shop(catalogue),
            maker=SlipMaker(
                issuer=issuer,
                wording=load_wording("ru"),
                model=find_model("generic_epson"),
                zone=ZoneInfo("Europe/Moscow"),
                catalogue=catalogue,
            ),
            rules=rules_of(self.settings),
            batch_size=self.settings.backend.batch_size,
        )
        self.terminal.start(boot=f"boot-{self.lives}", version=self.version)

    def new_orders(self):
        return Orders()

    def housekeeping(self):
        """Who keeps the journal while nobody is there; here nobody does."""

    def free_space_mb(self):
        if isinstance(self.free_mb, OSError):
            raise self.free_mb
        return self.free_mb

    def verdict(self):
        """What the auditor's check says of this journal."""
        return verify(self.folder / "journal.db", KEY)

    def cut_power(self):
        """This life ends here; only the journal's file is left."""
        self.journal.close()

    @property
    def shown(self):
        return self.snapshots[-1]

    def tell(self, *events):
        for event in events:
            self.terminal.handle(event)

    def ready(self, count=None, values=(10, 50, 100, 200, 500, 1000, 2000, 5000)):
        self.tell(
            Ready(
                identity=Identity(protocol="ccnet", model="SM", serial="1"),
                denominations=tuple(rub(value) for value in values),
                device_count=count,
            ),
            PrinterChanged(state=PrinterState(reachable=True, online=True, paper=Paper.OK)),
        )

    def touch(self, action, value=""):
        if self.shown.screen is Screen.ATTRACT:
            self.tell(Touch(screen=Screen.ATTRACT, action=Action.BEGIN))
        self.tell(Touch(screen=self.shown.screen, action=action, value=value))

    def go_to_money(self, provider="mts", account="9161234567"):
        self.touch(Action.OPEN_PROVIDER, provider)
        for char in account:
            self.touch(Action.KEY, char)
        self.touch(Action.FORWARD)
        if self.shown.screen is Screen.ENQUIRY:
            self.wait(self.settings.session.answer_s)
        self.touch(Action.FORWARD)
        self.tell(Enabled())
        assert self.shown.screen is Screen.MONEY

    def new_cycle(self):
        self.cycles += 1
        return CycleId(f"boot-{self.lives}-{self.cycles}")

    def escrow(self, roubles, count=None):
        cycle = self.new_cycle()
        self.tell(Escrowed(cycle=cycle, note=rub(roubles), device_count=count))
        return cycle

    def stacked(self, cycle, roubles, how=StackedHow.NORMAL):
        self.tell(Stacked(cycle=cycle, note=rub(roubles), how=how))

    def feed(self, roubles):
        cycle = self.escrow(roubles)
        self.stacked(cycle, roubles)
        return cycle

    def returned(self, cycle, roubles, why=ReturnReason.ORDERED):
        self.tell(Returned(cycle=cycle, note=rub(roubles), why=why))

    def pay(self):
        self.touch(Action.PAY)
        self.tell(Disabled())

    def wait(self, seconds):
        self.clock.pass_time(seconds)
        self.tell(Tick())

    def printed(self):
        self.tell(SlipPrinted(slip=self.orders.named("print")[-1][1]))

    def credited(self, number):
        answer = PaymentAnswer(
            number=number,
            verdict=Verdict.ACCEPTED,
            status=PaymentStatus.CREDITED,
            uid=f"uid-{number}",
        )
        self.tell(Answered(answers=(answer,)))

    def ask(self, question, *args):
        with self.journal.reading() as connection:
            return question(connection, *args)

    @property
    def payments(self):
        return self.ask(queries.payments)

    @property
    def cash(self):
        return self.ask(queries.cash)


def rub(roubles):
    return Note(minor=roubles * 100, currency="RUB")


@pytest.fixture
def make_bench(tmp_path):
    benches = []

    def make(**sections):
        bench = Bench(tmp_path, **sections)
        benches.append(bench)
        return bench

    yield make
    for bench in benches:
        bench.journal.close()


@pytest.fixture
def bench_class():
    """For tests that need many benches, one after the other."""
    return Bench


@pytest.fixture
def bench(make_bench):
    bench = make_bench()
    bench.ready()
    return bench


@pytest.fixture
def rng():
    return random.Random(7)
