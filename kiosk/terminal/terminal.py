"""The terminal: one actor, one event at a time.

For each event it writes what must be durable, then commands devices, then publishes a snapshot; in
this order, without exception. Its parts do the work, here is the story. It is single-threaded:
whoever owns it calls `start` once and `handle` for every event, and nothing else. It must never
acknowledge, stack or show what is not yet in the journal.
"""

from dataclasses import replace
from typing import assert_never

import structlog

from drivers.acceptors import contract as acceptor
from drivers.printers import contract as printer
from kiosk.session.navigation import Shop
from kiosk.session.state import Attract, Home, Money, Visit
from kiosk.terminal import view
from kiosk.terminal.crew import Crew, Knowledge, Outside
from kiosk.terminal.customer import Attention
from kiosk.terminal.health import Health, reasons
from kiosk.terminal.ports import Close, TerminalEvent, Tick
from kiosk.terminal.reprint import Reprint
from kiosk.terminal.rules import TerminalRules
from kiosk.terminal.service import Collect
from kiosk.terminal.slip_orders import PrintSlip
from kiosk.terminal.slips import SlipMaker
from kiosk.terminal.snapshot import Screen, ServiceReason, SlipState, Snapshot
from kiosk.terminal.touch import Touch
from offline_queue.enquiry.messages import AccountTold
from offline_queue.journal import JournalError
from offline_queue.sync import messages as sync

__all__ = ["Outside", "Terminal"]

_log = structlog.get_logger(__name__)


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
        crew = Crew(outside, Knowledge(shop=shop, maker=maker, rules=rules, batch_size=batch_size))
        self._condition = crew.condition
        self._opening = crew.opening
        self._outage = crew.outage
        self._keeper = crew.keeper
        self._notes = crew.notes
        self._acceptor = crew.acceptor
        self._cashier = crew.cashier
        self._collector = crew.collector
        self._desk = crew.desk
        self._clerk = crew.clerk
        self._delivery = crew.delivery
        self._clocks = crew.clocks
        self._disk = crew.disk
        self._restocking = crew.restocking
        self._shown: Snapshot | None = None
        self._drawn: tuple[Visit, Health, Attention] | None = None
        self._told_reasons: tuple[ServiceReason, ...] = ()

    def start(self, *, boot: str, version: str) -> None:
        """Take up what the journal holds. The acceptor stays closed until it has told what it knows
        of earlier lives. While the journal cannot be opened or written the terminal is out of service
        and tries again by itself.

        Raises:
            OtherTerminalError: the journal belongs to another terminal; nothing was written.
        """
        now = self._outside.clock.monotonic()
        self._acceptor.start(now)
        self._delivery.start(now)
        self._clocks.start()
        self._opening.name_life(boot=boot, version=version)
        self._clerk.version = version
        try:
            self._opening.open_books()
            self._opening.begin()
            self._delivery.pump()
        except JournalError as error:
            self._outage.begin(error)
        self._publish()

    def handle(self, event: TerminalEvent) -> None:
        """Deal with one event completely. Never raises for trouble of devices, disk or line.

        Raises:
            DamageStandsError: the journal is damaged for good; only a new start can go on.
        """
        try:
            self._take(event)
            self._time_passed()
            self._collect()
            self._serve_or_not()
        except JournalError as error:
            self._outage.begin(error)
            if self._outside.books.is_open:
                self._outage.must_not_stand(error)
        self._publish()

    def next_deadline(self) -> float:
        """When `handle(Tick())` is due at the latest (monotonic seconds)."""
        due: list[float | None]
        if self._health.storage_writable:
            due = [
                self._disk.look_at,
                self._delivery.look_at,
                self._acceptor.deadline,
                self._collector.deadline,
            ]
            if self._outside.housekeeping is not None and self._at_rest:
                due.append(self._outside.housekeeping.next_at())
        else:
            due = [self._outage.retry_at]
        if self._customer_has_time:
            due.append(self._cashier.deadline)
        return min(at for at in due if at is not None)

    @property
    def _health(self) -> Health:
        return self._condition.health

    @property
    def _at_rest(self) -> bool:
        """Nobody is there, and no note is in the machine."""
        return (
            isinstance(self._cashier.visit, Attract | Home)
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
        if self._outage.withholds(event):
            return
        try:
            self._dispatch(event)
        except JournalError:
            self._outage.keep(event)
            raise

    def _dispatch(self, event: TerminalEvent) -> None:
        match event:
            case Touch():
                self._touched(event)
            case Tick():
                pass
            case Collect():
                self._collector.asked(event)
            case Reprint():
                self._desk.reprint(event)
            case PrintSlip():
                self._clerk.ordered(event)
            case Close():
                self._close()
            case (
                acceptor.Validating()
                | acceptor.Escrowed()
                | acceptor.Stacked()
                | acceptor.Returning()
                | acceptor.Returned()
                | acceptor.Rejected()
                | acceptor.Disputed()
            ):
                self._notes.heard(event)
            case (
                acceptor.Fault()
                | acceptor.Ready()
                | acceptor.Enabled()
                | acceptor.Disabled()
                | acceptor.CassetteOut()
                | acceptor.CassetteIn()
            ):
                self._acceptor.heard(event)
            case (
                printer.PrinterChanged()
                | printer.SlipPrinted()
                | printer.SlipFailed()
                | printer.SlipTaken()
                | printer.SlipNotTaken()
            ):
                self._printer_event(event)
            case (
                sync.Answered()
                | sync.Missing()
                | sync.Parked()
                | sync.LinkChanged()
                | sync.NotesAnswered()
                | sync.NotesParked()
                | sync.CollectionsAnswered()
                | sync.CollectionsParked()
            ):
                self._delivery.heard(event)
            case AccountTold():
                self._cashier.account_told(event)
            case _ as never:
                assert_never(never)

    def _touched(self, touch: Touch) -> None:
        # A touch on a screen that is no longer shown was meant for something else.
        if self._shown is not None and touch.screen is self._shown.screen:
            self._cashier.touch(touch)

    def _close(self) -> None:
        self._condition.health = replace(self._health, closing=True)
        self._outside.acceptor.stop()
        if self._outside.housekeeping is not None and self._at_rest:
            self._outside.housekeeping.finish()

    def _printer_event(self, event: printer.PrinterEvent) -> None:
        match event:
            case printer.PrinterChanged():
                self._condition.health = replace(self._health, printer=event.state)
                self._cashier.printer_changed()
                if event.state.can_print:
                    self._desk.go_on()
            case printer.SlipPrinted():
                self._cashier.slip_settled(event.slip, SlipState.PRINTED)
                self._desk.done(event)
            case printer.SlipFailed():
                self._cashier.slip_settled(event.slip, SlipState.FAILED)
                self._desk.done(event)
            case printer.SlipTaken() | printer.SlipNotTaken():
                self._desk.left(event)
            case _ as never:
                assert_never(never)

    def _time_passed(self) -> None:
        now = self._outside.clock.monotonic()
        if self._customer_has_time:
            self._cashier.time_passed()
        if not self._health.storage_writable:
            if now >= self._outage.retry_at:
                self._try_journal_again()
            return
        self._clocks.look()
        self._disk.time_passed(now)
        self._acceptor.time_passed(now)
        self._delivery.time_passed(now)
        if self._at_rest and self._restocking.take_up():
            self._drawn = None
        keeping = self._outside.housekeeping
        if keeping is not None and self._at_rest and now >= keeping.next_at():
            keeping.step()

    def _try_journal_again(self) -> None:
        self._opening.open_books()
        self._outside.books.try_again()
        self._outage.end()
        self._opening.begin()
        self._notes.journal_is_back()
        self._clerk.journal_is_back()
        self._delivery.start_over()
        self._outage.tell_what_was_kept(self._dispatch)
        self._desk.go_on()
        self._cashier.journal_is_back()

    def _collect(self) -> None:
        if self._health.storage_writable:
            self._collector.go_on()
        if self._health.collecting is not self._collector.busy:
            self._condition.health = replace(self._health, collecting=self._collector.busy)

    def _serve_or_not(self) -> None:
        why = reasons(self._health)
        if why != self._told_reasons:
            _log.info("service", taken=not why, reasons=[str(one) for one in why])
            self._told_reasons = why
        if why:
            self._cashier.service_ended()

    def _publish(self) -> None:
        visit, health, attention = self._cashier.visit, self._health, self._cashier.attention
        drawn = self._drawn
        if drawn is not None and drawn[0] is visit and drawn[1:] == (health, attention):
            return  # Equal values make an equal picture; most events change neither.
        self._drawn = (visit, health, attention)
        serial = 0 if self._shown is None else self._shown.serial
        drawn_now = view.snapshot(visit, health, self._shop, self._rules, serial=serial)
        snapshot = replace(
            drawn_now,
            manner=attention.manner,
            seconds_left=attention.seconds_left,
            asking=attention.asking and drawn_now.screen is not Screen.OUT_OF_SERVICE,
            delivery=health.delivery,
        )
        if snapshot != self._shown:
            self._shown = replace(snapshot, serial=serial + 1)
            self._outside.publish(self._shown)
