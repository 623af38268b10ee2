"""One life of the terminal's process: the real actor with everything real that it owns.

A life ends when the gate cuts it, when somebody kills it, or when it cannot start. Whatever it leaves
behind lies on the disk, in the devices and on the wire.
"""

from collections.abc import Callable
from datetime import datetime
from random import Random

from kiosk.terminal.books import Books
from kiosk.terminal.housekeeping import JournalKeeper
from kiosk.terminal.ports import TerminalEvent, Tick
from kiosk.terminal.snapshot import Snapshot
from kiosk.terminal.terminal import Outside, Terminal
from offline_queue.journal import Journal
from offline_queue.journal.cash_records import CashCollected
from offline_queue.journal.records import JournalRecord
from offline_queue.sync import SyncMachine, SyncPolicy
from simulation.acceptor.protocols import HostBuild
from simulation.proof.blank import KEY
from simulation.proof.courier import SimulatedCourier
from simulation.proof.shopfront import TERMINAL_ID, shopfront
from simulation.proof.surroundings import Surroundings
from simulation.proof.validator import HostSide

SOONEST_TICK_S = 0.01


class WatchedJournal(Journal):
    """The real journal; what was recorded goes into the trace."""

    watch: Callable[[str], None] | None = None
    period_closes: Callable[[int], None] | None = None

    def append(self, *records: JournalRecord, at: datetime) -> None:
        for record in records:
            if isinstance(record, CashCollected) and self.period_closes is not None:
                self.period_closes(record.number)
        super().append(*records, at=at)
        if self.watch is not None:
            for record in records:
                self.watch(_brief(record))


class Life:
    """Built, then begun by `start`; the world hands it events and time."""

    def __init__(self, around: Surroundings, number: int, show: Callable[[Snapshot], None]) -> None:
        self._around = around
        self._show = show
        self.boot = f"boot{number}"
        self.alive = True
        self._free_at = 0.0
        self._ticked_at = -1.0
        self.tick_at = 0.0
        """When the terminal wants to look at its deadlines."""
        self._ids = 0
        build = HostBuild(boot=self.boot, known=around.bill_table, remember=around.remember_table)
        self.acceptor = HostSide(around.kit.make_host(build), around, self.post)
        self.courier = SimulatedCourier(
            SyncMachine(
                SyncPolicy(), Random(f"{self.boot}/{around.seed}"), terminal_id=TERMINAL_ID
            ),
            around.network,
            around.clock,
            around.gate,
            self.post,
        )
        self.journal = WatchedJournal(around.disk.path, KEY)
        self.archive = around.housekeeping.archive
        self.journal.period_closes = around.collector.period_closes
        if around.trace.wanted:
            self.journal.watch = lambda what: around.trace.note("journal", what)
        self.terminal = self._terminal()

    def _terminal(self) -> Terminal:
        around, front = self._around, shopfront()
        outside = Outside(
            books=Books(self.journal, around.clock, first_payment_number=1),
            acceptor=self.acceptor,
            printer=around.printer,
            courier=self.courier,
            clock=around.clock,
            ids=self,
            publish=self._publish,
            free_space_mb=lambda: around.free_mb,
            tell_service=around.collector.answered,
            housekeeping=JournalKeeper(self.journal, around.clock, around.housekeeping),
        )
        return Terminal(
            outside, shop=front.shop, maker=front.maker, rules=front.rules, batch_size=20
        )

    def new(self) -> str:
        """`IdFactory`: an identity that no other life gives."""
        self._ids += 1
        return f"{self.boot}-session-{self._ids}"

    def start(self) -> None:
        """Begin. Raises JournalError, PowerCut."""
        self.terminal.start(boot=self.boot, version="simulated")
        self._plan_tick()
        self._around.printer.attach(self.post)
        self.acceptor.plug()

    def post(self, event: TerminalEvent) -> None:
        """Put an event into the mailbox; the terminal takes it when it has time."""
        around = self._around
        now = around.clock.monotonic()
        self._free_at = max(now + around.sluggishness(), self._free_at)
        self.tick_at = max(self.tick_at, self._free_at)
        around.agenda.plan(self._free_at, lambda: self.take(event))

    def take(self, event: TerminalEvent) -> None:
        """Let the terminal handle one event now. Raises PowerCut."""
        if self.alive:
            self._around.gate.taken_up(type(event).__name__)
            self._handle(event)

    def tick(self) -> None:
        """Let it look. Raises PowerCut."""
        self._ticked_at = self._around.clock.monotonic()
        self._handle(Tick())

    def _handle(self, event: TerminalEvent) -> None:
        self.terminal.handle(event)
        self._plan_tick()

    def _plan_tick(self) -> None:
        deadline = self.terminal.next_deadline()
        self.tick_at = max(deadline, self._ticked_at + SOONEST_TICK_S, self._free_at)

    def end(self) -> None:
        """It is over: nothing that is still on its way reaches it."""
        self.alive = False
        self.acceptor.end()
        self.courier.end()
        self._around.printer.detach()

    def _publish(self, snapshot: Snapshot) -> None:
        self._around.gate.passing("before the screen")
        self._show(snapshot)


def _brief(record: JournalRecord) -> str:
    parts: list[str] = [record.kind]
    for name in ("session", "cycle", "minor", "decision", "how", "why", "number", "numbers"):
        value = getattr(record, name, None)
        if value is not None:
            parts.append(f"{name}={value}")
    item = getattr(record, "item", None)
    if item is not None:
        parts.append(f"number={item.number} inserted={item.inserted_minor} session={item.session}")
    status = getattr(record, "status", None)
    if status is not None:
        parts.append(f"status={status}")
    return " ".join(parts)
