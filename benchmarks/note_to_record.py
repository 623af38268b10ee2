"""From the last byte of "stacked" on the wire to the durable record, and to the credit on the screen.

The real driver thread on a real pseudo-terminal, the real terminal on its own thread, the real
journal; the validator is another process. Beside every note stands one bare durable write on the same
disk. The screen is taken as far as the snapshot that shows the sum: from there it is one frame.
"""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.acceptor_process import AcceptorProcess, acceptor_process
from benchmarks.journal_write import MAC, PRAGMAS, STAMP
from benchmarks.measure import Comparison, Pair, compare
from drivers.acceptors.ccnet.codes import State
from drivers.acceptors.ccnet.frames import Direction, Frame, FrameDecoder
from drivers.acceptors.open_acceptor import AcceptorProtocol, open_acceptor
from drivers.acceptors.options import AcceptorOptions
from drivers.printers.contract import Paper, PrinterChanged, PrinterState
from kiosk.clock import SystemClock
from kiosk.ids import RandomIds
from kiosk.terminal.books import Books
from kiosk.terminal.runner import Mailbox, TerminalThread
from kiosk.terminal.snapshot import Screen, Snapshot
from kiosk.terminal.terminal import Outside, Terminal
from kiosk.terminal.touch import Action, Touch
from offline_queue.journal import ChainKey, Journal
from offline_queue.journal.records import JournalRecord, NoteStacked, to_text
from simulation.proof.shopfront import shopfront
from terminal_api.collections import CollectionBatch
from terminal_api.notes import NoteReportBatch
from terminal_api.payments import PaymentBatch

NOTES: Final = 500
REPETITIONS: Final = 5
PATIENCE_S: Final = 20.0
RECORD: Final = "from the read of the last byte of BILL STACKED to its durable record"
SHOWN: Final = "the same to the published snapshot with the new sum; a frame more to the eye"
BASELINE: Final = "sqlite3, same pragmas, same disk: one commit of one equally large row"


def run(*, quick: bool, folder: Path | None) -> tuple[Comparison, ...]:
    """Feed notes of 10 roubles, one after the other."""
    with ExitStack() as stack:
        made = Path(stack.enter_context(TemporaryDirectory(dir=folder)))
        acceptor = stack.enter_context(acceptor_process(made))
        watch = Stopwatch()
        kiosk = stack.enter_context(_terminal(made, acceptor, watch))
        bare = stack.enter_context(closing(_bare(made / "bare.db")))
        taken = _measure(kiosk, acceptor, watch, bare, 30 if quick else NOTES)
    parts = [taken[at::REPETITIONS] for at in range(REPETITIONS)]
    record = [Pair(tuple(t.record for t in part), tuple(t.raw for t in part)) for part in parts]
    shown = [Pair(tuple(t.shown for t in part), tuple(t.raw for t in part)) for part in parts]
    return (
        compare("note_to_record.record", RECORD, BASELINE, record),
        compare("note_to_record.shown", SHOWN, BASELINE, shown),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Seconds that one note took, and the bare write beside it."""

    record: float
    shown: float
    raw: float


class Stopwatch:
    """Moments of one note, in seconds: read from the wire, durable, shown."""

    def __init__(self) -> None:
        self._answers = FrameDecoder(Direction.ANSWER)
        self._sum = 0
        self.read = self.durable = self.shown = 0.0
        self.screen = threading.Condition()
        self.snapshot: Snapshot | None = None
        self.ended = threading.Event()

    def begin(self) -> None:
        """The next note."""
        self.read = self.durable = self.shown = 0.0
        self.ended.clear()

    def crossed(self, data: bytes, *, to_device: bool) -> None:
        """See `Tap`."""
        now = time.perf_counter()
        if to_device:
            return
        for part in self._answers.feed(data, now):
            if isinstance(part, Frame) and part.body[0] == State.BILL_STACKED and not self.read:
                self.read = now

    def publish(self, snapshot: Snapshot) -> None:
        """See `Publish`."""
        now = time.perf_counter()
        inserted = snapshot.money.inserted_minor if snapshot.money else 0
        if inserted > self._sum and self.durable:
            self.shown = now
            self.ended.set()
        self._sum = inserted
        with self.screen:
            self.snapshot = snapshot
            self.screen.notify_all()


class TimedJournal(Journal):
    """The real journal; tells when a stacked note is durable."""

    watch: Stopwatch

    def append(self, *records: JournalRecord, at: datetime) -> None:
        super().append(*records, at=at)
        if any(isinstance(record, NoteStacked) for record in records):
            self.watch.durable = time.perf_counter()


class _Nobody:
    """A printer and a courier that have nothing to do here."""

    def part_from_the_last(self) -> None:
        """See `ReceiptPrinter`."""

    def print_slip(self, slip: int, data: bytes) -> None:
        """See `ReceiptPrinter`."""

    def submit(self, batch: PaymentBatch, *, ask_first: bool) -> None:
        """See `Courier`."""

    def ask(self, numbers: tuple[int, ...]) -> None:
        """See `Courier`."""

    def report(self, batch: NoteReportBatch | CollectionBatch) -> None:
        """See `Courier`."""


class Kiosk:
    """The terminal, as a customer's finger meets it."""

    def __init__(self, mailbox: Mailbox, watch: Stopwatch) -> None:
        self._mailbox = mailbox
        self._watch = watch

    def touch(self, screen: Screen, action: Action, value: str = "") -> None:
        """Touch once this screen is shown."""
        self.wait_for(screen)
        self._mailbox.post(Touch(screen=screen, action=action, value=value))

    def wait_for(self, screen: Screen) -> None:
        """Until the terminal shows it."""
        watch = self._watch
        with watch.screen:
            came = watch.screen.wait_for(
                lambda: watch.snapshot is not None and watch.snapshot.screen is screen, PATIENCE_S
            )
        if not came:
            raise TimeoutError(f"the screen {screen} did not come")


@contextmanager
def _terminal(folder: Path, acceptor: AcceptorProcess, watch: Stopwatch) -> Iterator[Kiosk]:
    """A terminal without a window, its threads running."""
    clock, mailbox, nobody, front = SystemClock(), Mailbox(), _Nobody(), shopfront()
    journal = TimedJournal(folder / "journal.db", ChainKey(bytes(32)))
    journal.watch = watch
    options = AcceptorOptions(boot="bench", port=acceptor.line, baud=9600, currency="RUB")
    driver = open_acceptor(AcceptorProtocol.CCNET, options, mailbox.post, clock.monotonic, watch)
    outside = Outside(
        books=Books(journal, clock, first_payment_number=1),
        acceptor=driver,
        printer=nobody,
        courier=nobody,
        clock=clock,
        ids=RandomIds(),
        publish=watch.publish,
        free_space_mb=lambda: 100_000,
    )
    terminal = Terminal(
        outside, shop=front.shop, maker=front.maker, rules=front.rules, batch_size=20
    )
    terminal.start(boot="bench", version="bench")
    thread = TerminalThread(terminal, mailbox, clock, driver, on_crash=lambda: None)
    mailbox.post(PrinterChanged(state=PrinterState(reachable=True, online=True, paper=Paper.OK)))
    driver.start()
    thread.start()
    try:
        yield Kiosk(mailbox, watch)
    finally:
        thread.stop()
        driver.stop_thread()
        journal.close()


def _measure(
    kiosk: Kiosk,
    acceptor: AcceptorProcess,
    watch: Stopwatch,
    bare: sqlite3.Connection,
    notes: int,
) -> list[Taken]:
    kiosk.touch(Screen.HOME, Action.OPEN_PROVIDER, "mts")
    for digit in "9161234567":
        kiosk.touch(Screen.ENTRY, Action.KEY, digit)
    kiosk.touch(Screen.ENTRY, Action.FORWARD)
    kiosk.touch(Screen.CONFIRM, Action.FORWARD)
    kiosk.wait_for(Screen.MONEY)
    body = to_text(
        NoteStacked(session="0" * 36, cycle="0" * 16, minor=1000, currency="RUB", how="normal")
    )
    places = count(1)
    taken: list[Taken] = []
    for _ in range(notes):
        _feed(acceptor, watch)
        began = time.perf_counter()
        bare.execute("BEGIN IMMEDIATE")
        bare.execute("INSERT INTO row VALUES (?, ?, ?, ?)", (next(places), STAMP, body, MAC))
        bare.execute("COMMIT")
        raw = time.perf_counter() - began
        taken.append(
            Taken(record=watch.durable - watch.read, shown=watch.shown - watch.read, raw=raw)
        )
    return taken


def _feed(acceptor: AcceptorProcess, watch: Stopwatch) -> None:
    watch.begin()
    give_up_at = time.monotonic() + PATIENCE_S
    while not acceptor.obey("insert 10")["ok"]:
        if time.monotonic() > give_up_at:
            raise TimeoutError("the acceptor does not take notes")
        time.sleep(0.02)
    if not watch.ended.wait(PATIENCE_S):
        raise TimeoutError("a note was not shown")


def _bare(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE row (seq INTEGER PRIMARY KEY, at TEXT, body TEXT, mac BLOB)")
    return connection
