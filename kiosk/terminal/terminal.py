"""The terminal: one actor, one event at a time.

For each event it writes what must be durable, then commands devices, then publishes a snapshot; in
this order, without exception. It is single-threaded: whoever owns it calls `start` once and `handle`
for every event, and nothing else. It must never acknowledge, stack or show what is not yet in the
journal.
"""

from dataclasses import dataclass, replace
from typing import assert_never

import structlog

from drivers.acceptors import contract as acceptor
from drivers.acceptors.contract import BillAcceptor
from drivers.acceptors.faults import FaultNumber, fault_catalogue
from drivers.printers import contract as printer
from drivers.printers.contract import ReceiptPrinter
from kiosk.clock import Clock
from kiosk.ids import IdFactory
from kiosk.session import money
from kiosk.session.navigation import Shop
from kiosk.session.state import Home, Money, Visit
from kiosk.terminal import view
from kiosk.terminal.books import Books
from kiosk.terminal.cashier import Cashier, Tools
from kiosk.terminal.clock_watch import ClockWatch, jump_before_start
from kiosk.terminal.collector import Collector, CollectorTools
from kiosk.terminal.health import Health, reasons
from kiosk.terminal.housekeeping import Housekeeping
from kiosk.terminal.note_keeper import NoteKeeper, Told
from kiosk.terminal.outbox import Outbox
from kiosk.terminal.ports import Close, Courier, FreeSpace, Publish, TerminalEvent, Tick
from kiosk.terminal.print_desk import PrintDesk
from kiosk.terminal.report_desk import ReportDesk
from kiosk.terminal.rules import (
    FINAL_STATUS_LOOK_S,
    FIRST_FINAL_STATUS_LOOK_S,
    SETTLE_PATIENCE_S,
    SPACE_LOOK_S,
    STORAGE_RETRY_S,
    TerminalRules,
)
from kiosk.terminal.service import Collect, TellService, nobody
from kiosk.terminal.slips import SlipMaker
from kiosk.terminal.snapshot import Delivery, ServiceReason, SlipState, Snapshot
from kiosk.terminal.touch import Touch
from offline_queue.journal import JournalDamagedError, JournalError, cash_queries, queries
from offline_queue.journal.cash_records import ClockJumped
from offline_queue.journal.records import Decision, DeviceNoted, TerminalStarted
from offline_queue.sync import messages as sync
from terminal_api.payments import PaymentAnswer, PaymentStatus, Verdict

_log = structlog.get_logger(__name__)

_JAMS = frozenset({FaultNumber.VALIDATOR_JAMMED, FaultNumber.CASSETTE_JAMMED})

_TellsAnEnd = (
    acceptor.Stacked
    | acceptor.Returned
    | acceptor.Disputed
    | printer.SlipPrinted
    | printer.SlipFailed
)

_DeviceEvent = (
    _TellsAnEnd
    | acceptor.Validating
    | acceptor.Rejected
    | acceptor.Fault
    | acceptor.Ready
    | acceptor.Enabled
    | acceptor.Disabled
    | acceptor.CassetteOut
    | acceptor.CassetteIn
)
"""What is kept while the journal cannot be written. Not `Escrowed`: such a note goes back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """Everything the terminal reaches beyond itself."""

    books: Books
    acceptor: BillAcceptor
    printer: ReceiptPrinter
    courier: Courier
    clock: Clock
    ids: IdFactory
    publish: Publish
    free_space_mb: FreeSpace
    tell_service: TellService = nobody
    housekeeping: Housekeeping | None = None


class Terminal:
    """See the module. `boot` and `version` name this life of the program in the journal."""

    def __init__(
        self,
        outside: Outside,
        *,
        shop: Shop,
        maker: SlipMaker,
        rules: TerminalRules,
        batch_size: int,
    ) -> None:
        self._outside = outside
        self._shop = shop
        self._rules = rules
        self._health = Health(printer_required=rules.printer_required)
        self._keeper = NoteKeeper(outside.books, outside.acceptor)
        self._outbox = Outbox(
            outside.books, outside.courier, terminal_id=rules.terminal_id, batch_size=batch_size
        )
        self._reports = ReportDesk(outside.books, outside.courier, terminal_id=rules.terminal_id)
        self._desk = PrintDesk(outside.books, outside.printer, maker)
        self._cashier = Cashier(self._tools(maker))
        self._collector = Collector(self._collector_tools(maker))
        self._books_open = False
        # This life's record while it is not yet in the journal.
        self._life: TerminalStarted | None = None
        self._lost_time: ClockJumped | None = None
        self._watch = self._clocks()
        # What devices said and could not be recorded, in order.
        self._unrecorded: list[_DeviceEvent] = []
        self._settle_by = 0.0
        self._storage_retry_at = 0.0
        self._space_look_at = 0.0
        self._final_look_at = 0.0
        self._shown: Snapshot | None = None
        self._drawn: tuple[Visit, Health] | None = None
        self._told_reasons: tuple[ServiceReason, ...] = ()

    def start(self, *, boot: str, version: str) -> None:
        """Take up what the journal holds. The acceptor stays closed until it has told what it knows
        of earlier lives. While the journal cannot be opened or written the terminal is out of service
        and tries again by itself.

        Raises:
            OtherTerminalError: the journal belongs to another terminal; nothing was written.
        """
        now = self._outside.clock.monotonic()
        self._settle_by = now + SETTLE_PATIENCE_S
        self._final_look_at = now + FINAL_STATUS_LOOK_S
        self._watch = self._clocks()
        self._life = TerminalStarted(
            boot=boot, version=version, terminal_id=self._rules.terminal_id
        )
        try:
            self._open_books()
            self._begin()
            self._outbox.pump()
            self._reports.pump()
        except JournalError as error:
            self._journal_failed(error)
        self._publish()

    def _open_books(self) -> None:
        """See whose journal it is, and whether the clock has lost its time since the last record;
        once, as soon as the journal can be read and before anything is written.
        """
        if not self._books_open:
            self._outside.books.open(self._rules.terminal_id)
            last = self._outside.books.ask(cash_queries.last_written)
            self._lost_time = jump_before_start(last, self._clocks().wall)
            self._books_open = True

    def _begin(self) -> None:
        """Record this life and take up the last one; once, as soon as the journal can be written."""
        if self._life is not None:
            jump = self._lost_time
            self._outside.books.write([self._life] if jump is None else [self._life, jump])
            _tell_of(jump)
            self._keeper.start()
            self._desk.start()
            self._collector.start()
            self._life = None

    def handle(self, event: TerminalEvent) -> None:
        """Deal with one event completely. Never raises for trouble of devices, disk or line."""
        try:
            self._take(event)
            self._time_passed()
            self._collect()
            self._serve_or_not()
        except JournalError as error:
            self._journal_failed(error)
        self._publish()

    def next_deadline(self) -> float:
        """When `handle(Tick())` is due at the latest (monotonic seconds)."""
        if self._health.storage_writable:
            due = [self._space_look_at, self._final_look_at]
            if self._outside.housekeeping is not None and self._at_rest:
                due.append(self._outside.housekeeping.next_at())
            if not self._health.settled:
                due.append(self._settle_by)
            if self._collector.deadline is not None:
                due.append(self._collector.deadline)
        else:
            due = [self._storage_retry_at]
        if self._cashier.deadline is not None and self._customer_has_time:
            due.append(self._cashier.deadline)
        return min(due)

    @property
    def _at_rest(self) -> bool:
        """Nobody is there, and no note is in the machine."""
        return (
            isinstance(self._cashier.visit, Home)
            and self._health.settled
            and self._health.storage_writable
            and not self._collector.busy
            and self._keeper.nothing_open
        )

    @property
    def _customer_has_time(self) -> bool:
        """While money may be inside, time stands still until the journal can be written."""
        return self._health.storage_writable or not isinstance(self._cashier.visit, Money)

    def _take(self, event: TerminalEvent) -> None:
        """Dispatch, or keep for later what a device says only once and must be recorded."""
        if isinstance(event, acceptor.Escrowed) and not self._health.storage_writable:
            self._outside.acceptor.give_back(event.cycle)
        elif isinstance(event, acceptor.Returning) and not self._health.storage_writable:
            pass  # It waits for its record and is told again.
        elif isinstance(event, _DeviceEvent) and not self._health.storage_writable:
            self._keep(event)
        else:
            try:
                self._dispatch(event)
            except JournalError:
                if isinstance(event, _DeviceEvent):
                    self._keep(event)
                raise

    def _keep(self, event: _DeviceEvent) -> None:
        """Repeats are kept once: the end of a note where it was first told, a state of the device
        where it was told last.
        """
        if event not in self._unrecorded:
            self._unrecorded.append(event)
        elif not isinstance(event, _TellsAnEnd):
            self._unrecorded.remove(event)
            self._unrecorded.append(event)

    def _dispatch(self, event: TerminalEvent) -> None:
        match event:
            case Touch():
                self._touched(event)
            case Tick():
                pass
            case Collect():
                self._collector.asked(event)
            case Close():
                self._health = replace(self._health, closing=True)
                self._outside.acceptor.stop()
                if self._outside.housekeeping is not None and self._at_rest:
                    self._outside.housekeeping.finish()
            case (
                acceptor.Validating()
                | acceptor.Escrowed()
                | acceptor.Stacked()
                | acceptor.Returning()
                | acceptor.Returned()
                | acceptor.Rejected()
                | acceptor.Disputed()
            ):
                self._note_event(event)
            case (
                acceptor.Fault()
                | acceptor.Ready()
                | acceptor.Enabled()
                | acceptor.Disabled()
                | acceptor.CassetteOut()
                | acceptor.CassetteIn()
            ):
                self._acceptor_event(event)
            case printer.PrinterChanged() | printer.SlipPrinted() | printer.SlipFailed():
                self._printer_event(event)
            case (
                sync.Answered()
                | sync.Missing()
                | sync.Parked()
                | sync.LinkChanged()
                | sync.NotesAnswered()
                | sync.NotesParked()
            ):
                self._sync_event(event)
            case _ as never:
                assert_never(never)

    def _touched(self, touch: Touch) -> None:
        # A touch on a screen that is no longer shown was meant for something else.
        if self._shown is not None and touch.screen is self._shown.screen:
            self._cashier.touch(touch)

    def _note_event(
        self,
        event: acceptor.Validating
        | acceptor.Escrowed
        | acceptor.Stacked
        | acceptor.Returning
        | acceptor.Returned
        | acceptor.Rejected
        | acceptor.Disputed,
    ) -> None:
        match event:
            case acceptor.Validating():
                self._cashier.money_event(money.NoteEntered())
            case acceptor.Rejected():
                self._cashier.money_event(money.NoteRefused(event.reason))
            case acceptor.Escrowed():
                self._hear(self._keeper.escrowed(event, *self._decision(event)))
            case acceptor.Stacked():
                self._hear(self._keeper.stacked(event, self._open_session))
            case acceptor.Returning():
                self._keeper.returning(event)
            case acceptor.Returned():
                self._hear(self._keeper.returned(event))
            case acceptor.Disputed():
                self._hear(self._keeper.disputed(event, self._open_session))
            case _ as never:
                assert_never(never)

    def _hear(self, told: Told | None) -> None:
        if told is not None:
            self._cashier.told(told)

    @property
    def _open_session(self) -> str | None:
        """The session whose payment is still to be formed, also one of an earlier life."""
        visit = self._cashier.visit
        if isinstance(visit, Money):
            return visit.opened.session
        if self._health.settled:
            return None
        opened = self._outside.books.ask(queries.open_session)
        return None if opened is None else opened.session

    def _decision(self, event: acceptor.Escrowed) -> tuple[str | None, Decision]:
        """Whose note this is and what becomes of it; without a session it goes back."""
        visit = self._cashier.visit
        if not isinstance(visit, Money) or event.note.currency != self._rules.currency:
            return None, Decision.RETURN
        rules = self._rules.of(visit.provider)
        return visit.opened.session, money.decide(visit, event.note.minor, rules)

    def _acceptor_event(
        self,
        event: acceptor.Fault
        | acceptor.Ready
        | acceptor.Enabled
        | acceptor.Disabled
        | acceptor.CassetteOut
        | acceptor.CassetteIn,
    ) -> None:
        match event:
            case acceptor.Ready():
                self._acceptor_ready(event)
            case acceptor.Fault():
                self._acceptor_fault(event)
            case acceptor.CassetteOut():
                self._cassette_out()
            case acceptor.CassetteIn():
                self._note_device("cassette in")
                self._collector.cassette_in()
            case acceptor.Enabled():
                self._cashier.money_event(money.AcceptorOn())
            case acceptor.Disabled():
                # A note whose end is not recorded is not at rest, whatever the device says.
                if self._keeper.nothing_open:
                    self._cashier.money_event(money.AcceptorOff())
            case _ as never:
                assert_never(never)

    def _acceptor_ready(self, event: acceptor.Ready) -> None:
        for told in self._keeper.settle(event.device_count):
            self._cashier.told(told)
        if not self._health.settled:
            self._end_interrupted_sessions()
        known = frozenset(
            note.minor for note in event.denominations if note.currency == self._rules.currency
        )
        if lacking := self._rules.denominations - known:
            _log.warning("acceptor_lacks_notes", minor=sorted(lacking))
        usable = not known.isdisjoint(self._rules.denominations)
        self._health = replace(
            self._health,
            acceptor_ready=usable,
            acceptor_known=True,
            acceptor_fault=0 if usable else FaultNumber.NO_USABLE_NOTES,
            denominations=known,
            cassette_full=False,
            cassette_out=False,
            settled=True,
        )
        self._collector.acceptor_ready()
        if usable:
            self._cashier.money_event(money.AcceptorBack())

    def _cassette_out(self) -> None:
        self._health = replace(
            self._health, cassette_out=True, acceptor_ready=False, acceptor_known=True
        )
        self._collector.cassette_out()
        self._acceptor_gone()

    def _end_interrupted_sessions(self) -> None:
        # One, unless a failing disk hid from an earlier life that it had opened one before.
        while (opened := self._outside.books.ask(queries.open_session)) is not None:
            self._cashier.recover(opened)

    def _acceptor_fault(self, event: acceptor.Fault) -> None:
        _log.warning("acceptor_fault", number=event.number, raw=event.raw)
        if event.number in _JAMS:
            self._keeper.jam_told()
        if _stops(event.number):
            self._health = replace(
                self._health,
                acceptor_ready=False,
                acceptor_known=True,
                acceptor_fault=event.number,
                cassette_full=event.number == FaultNumber.CASSETTE_FULL,
            )
            self._acceptor_gone()
        self._note_device("fault", f"{event.number} {event.raw}".strip())

    def _acceptor_gone(self) -> None:
        self._cashier.money_event(money.AcceptorGone())
        if not isinstance(self._cashier.visit, Money):
            # The driver would open again by itself after a fault; nobody is there to pay.
            self._outside.acceptor.stop()

    def _note_device(self, what: str, detail: str = "") -> None:
        self._outside.books.write([DeviceNoted(device="acceptor", event=what, detail=detail)])

    def _printer_event(
        self, event: printer.PrinterChanged | printer.SlipPrinted | printer.SlipFailed
    ) -> None:
        match event:
            case printer.PrinterChanged():
                self._health = replace(self._health, printer=event.state)
                if event.state.can_print:
                    self._desk.go_on()
            case printer.SlipPrinted():
                self._cashier.slip_settled(event.slip, SlipState.PRINTED)
                self._desk.done(event)
            case printer.SlipFailed():
                self._cashier.slip_settled(event.slip, SlipState.FAILED)
                self._desk.done(event)
            case _ as never:
                assert_never(never)

    def _sync_event(self, event: sync.SyncEvent) -> None:
        match event:
            case sync.Answered():
                self._outbox.answered(event)
                for answer in event.answers:
                    self._cashier.delivered(answer.number, _delivery(answer))
                if any(_just_taken(answer) for answer in event.answers):
                    self._final_look_at = min(
                        self._final_look_at,
                        self._outside.clock.monotonic() + FIRST_FINAL_STATUS_LOOK_S,
                    )
            case sync.Missing():
                self._outbox.missing(event)
            case sync.Parked():
                self._outbox.parked(event)
            case sync.NotesAnswered():
                self._reports.answered(event)
            case sync.NotesParked():
                self._reports.parked(event)
            case sync.LinkChanged():
                self._health = replace(self._health, online=event.online)
            case _ as never:
                assert_never(never)

    def _time_passed(self) -> None:
        now = self._outside.clock.monotonic()
        if self._customer_has_time:
            self._cashier.time_passed()
        if not self._health.storage_writable:
            if now >= self._storage_retry_at:
                self._try_journal_again()
            return
        self._look_at_the_clock()
        if now >= self._space_look_at:
            self._space_look_at = now + SPACE_LOOK_S
            self._look_at_space()
        if not self._health.settled and now >= self._settle_by:
            self._settle_without_the_acceptor()
        if now >= self._final_look_at:
            self._final_look_at = now + FINAL_STATUS_LOOK_S
            self._outbox.pump()
            self._outbox.ask_for_final()
            self._reports.pump()
        keeping = self._outside.housekeeping
        if keeping is not None and self._at_rest and now >= keeping.next_at():
            keeping.step()

    def _clocks(self) -> ClockWatch:
        clock = self._outside.clock
        return ClockWatch(monotonic=clock.monotonic(), wall=clock.now())

    def _look_at_the_clock(self) -> None:
        now = self._clocks()
        jump = self._watch.jump(now, self._rules.clock_jump_s)
        self._outside.books.write([] if jump is None else [jump])
        _tell_of(jump)
        self._watch = now

    def _collect(self) -> None:
        if self._health.storage_writable:
            self._collector.go_on()
        self._health = replace(self._health, collecting=self._collector.busy)

    def _look_at_space(self) -> None:
        enough = self._has_space()
        if not enough and self._health.space_enough:
            _log.error("disk_low", needed_mb=self._rules.min_free_mb)
            self._outside.acceptor.stop()
        if enough and not self._health.space_enough:
            self._health = replace(self._health, space_enough=True)
            self._cashier.journal_is_back()
        self._health = replace(self._health, space_enough=enough)

    def _has_space(self) -> bool:
        try:
            return self._outside.free_space_mb() >= self._rules.min_free_mb
        except OSError as error:
            _log.error("disk_not_readable", why=str(error))  # noqa: TRY400 - no bug of ours
            return False

    def _settle_without_the_acceptor(self) -> None:
        """It has not answered since the start: what is open is disputed, the session is paid."""
        self._keeper.give_up("the acceptor did not answer after a restart")
        self._end_interrupted_sessions()
        self._health = replace(self._health, settled=True, acceptor_known=True)

    def _serve_or_not(self) -> None:
        why = reasons(self._health)
        if why != self._told_reasons:
            _log.info("service", taken=not why, reasons=[str(one) for one in why])
            self._told_reasons = why
        if why:
            self._cashier.service_ended()

    def _journal_failed(self, error: JournalError) -> None:
        """Close the acceptor at once; what was not recorded is neither acknowledged nor shown."""
        if self._health.storage_writable:
            damaged = isinstance(error, JournalDamagedError)
            _log.error("journal_failed", damaged=damaged, why=str(error))
        self._health = replace(self._health, storage_writable=False)
        self._storage_retry_at = self._outside.clock.monotonic() + STORAGE_RETRY_S
        self._outside.acceptor.stop()

    def _try_journal_again(self) -> None:
        self._open_books()
        self._outside.books.try_again()
        _log.info("journal_back")
        self._health = replace(self._health, storage_writable=True)
        self._begin()
        if (told := self._keeper.look_again()) is not None:
            self._cashier.told(told)
        self._outbox.start_over()
        self._reports.start_over()
        while self._unrecorded:
            self._dispatch(self._unrecorded[0])
            del self._unrecorded[0]
        self._desk.go_on()
        self._cashier.journal_is_back()

    def _publish(self) -> None:
        visit, health = self._cashier.visit, self._health
        if self._drawn is not None and self._drawn[0] is visit and self._drawn[1] == health:
            return  # Equal values make an equal picture; most events change neither.
        self._drawn = (visit, health)
        serial = 0 if self._shown is None else self._shown.serial
        snapshot = view.snapshot(visit, health, self._shop, self._rules, serial=serial)
        if snapshot != self._shown:
            self._shown = replace(snapshot, serial=serial + 1)
            self._outside.publish(self._shown)

    def _tools(self, maker: SlipMaker) -> Tools:
        return Tools(
            books=self._outside.books,
            keeper=self._keeper,
            outbox=self._outbox,
            desk=self._desk,
            maker=maker,
            acceptor=self._outside.acceptor,
            clock=self._outside.clock,
            ids=self._outside.ids,
            shop=self._shop,
            rules=self._rules,
            health=lambda: self._health,
        )

    def _collector_tools(self, maker: SlipMaker) -> CollectorTools:
        return CollectorTools(
            books=self._outside.books,
            cashier=self._cashier,
            keeper=self._keeper,
            desk=self._desk,
            maker=maker,
            clock=self._outside.clock,
            rules=self._rules,
            health=lambda: self._health,
            tell=self._outside.tell_service,
        )


def _tell_of(jump: ClockJumped | None) -> None:
    if jump is not None:
        _log.error("clock_jump", alarm="clock jump", difference_ms=jump.difference_ms)


def _stops(number: int) -> bool:
    """Whether a fault stops acceptance; one that the catalogue does not know does."""
    entry = fault_catalogue().get(number)
    return entry is None or entry.stops_acceptance


def _just_taken(answer: PaymentAnswer) -> bool:
    """Stored a moment ago and on its way to the provider: its end is near."""
    return answer.verdict is Verdict.ACCEPTED and answer.status is PaymentStatus.ACCEPTED


def _delivery(answer: PaymentAnswer) -> Delivery:
    if answer.verdict in (Verdict.CONFLICT, Verdict.REJECTED):
        # The money is a claim for the support desk now; the customer keeps "will be delivered".
        return Delivery.QUEUED
    match answer.status:
        case PaymentStatus.CREDITED:
            return Delivery.CREDITED
        case PaymentStatus.REFUSED | PaymentStatus.DISPUTED:
            return Delivery.REFUSED
        case PaymentStatus.ACCEPTED:
            return Delivery.ACCEPTED
        case PaymentStatus.UNKNOWN:
            return Delivery.QUEUED
        case _ as never:
            assert_never(never)
