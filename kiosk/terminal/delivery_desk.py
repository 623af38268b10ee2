"""What the backend says, on its way to the books and to the customer who is still there.

Asks now and then for what has no end yet. It must never hold up a payment, and never tell a customer
that a payment failed of which nobody knows that it did.
"""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from kiosk.clock import Clock
from kiosk.terminal.cashier import Cashier
from kiosk.terminal.health import Condition
from kiosk.terminal.outbox import Outbox
from kiosk.terminal.report_desk import ReportDesk
from kiosk.terminal.rules import DISPUTES_LOOK_S, FINAL_STATUS_LOOK_S, FIRST_FINAL_STATUS_LOOK_S
from kiosk.terminal.slip_clerk import SlipClerk
from kiosk.terminal.snapshot import Delivery
from offline_queue.sync import messages as sync
from terminal_api.payments import PaymentAnswer, PaymentStatus, Verdict


class DeliveryDesk:
    """Stands between the sync thread's events and `Outbox`, `ReportDesk` and `Cashier`.

    Attributes:
        look_at: when open ends are asked for next (monotonic seconds).
    """

    def __init__(
        self,
        outbox: Outbox,
        reports: ReportDesk,
        cashier: Cashier,
        condition: Condition,
        clock: Clock,
        clerk: SlipClerk,
    ) -> None:
        self._outbox = outbox
        self._reports = reports
        self._cashier = cashier
        self._condition = condition
        self._clock = clock
        self._clerk = clerk
        self.look_at = 0.0
        self._disputes_at = 0.0

    def start(self, now: float) -> None:
        """Nothing is asked for until some time after a start."""
        self.look_at = now + FINAL_STATUS_LOOK_S

    def pump(self) -> None:
        """Hand over what waits for the backend. Raises JournalError."""
        self._outbox.pump()
        self._reports.pump()

    def start_over(self) -> None:
        """The journal can be written again: hand everything over anew. Raises JournalError."""
        self._outbox.start_over()
        self._reports.start_over()

    def time_passed(self, now: float) -> None:
        """Ask for open ends, if it is time. Raises JournalError."""
        if now >= self.look_at:
            self.look_at = now + FINAL_STATUS_LOOK_S
            self._outbox.pump()
            self._outbox.ask_for_final()
            if now >= self._disputes_at:
                self._disputes_at = now + DISPUTES_LOOK_S
                self._outbox.ask_about_disputes()
            self._reports.pump()
            self._look_at_progress()

    def heard(self, event: sync.SyncEvent) -> None:
        """The sync thread said something. Raises JournalError."""
        match event:
            case sync.Answered():
                self._answered(event)
            case sync.Missing():
                self._outbox.missing(event)
            case sync.Parked():
                self._outbox.parked(event)
            case sync.NotesAnswered():
                self._reports.answered(event)
            case sync.NotesParked():
                self._reports.parked(event)
            case sync.CollectionsAnswered():
                self._reports.collections.answered(event)
            case sync.CollectionsParked():
                self._reports.collections.parked(event)
            case sync.LinkChanged():
                self._condition.health = replace(self._condition.health, online=event.online)
            case _ as never:
                assert_never(never)

    def _answered(self, event: sync.Answered) -> None:
        self._outbox.answered(event)
        self._look_at_progress(success_at=self._clock.now())
        for answer in event.answers:
            self._cashier.delivered(answer.number, delivery_of(answer))
            if _is_refused(answer):
                self._clerk.refused(answer.number)
        if any(_just_taken(answer) for answer in event.answers):
            soon = self._clock.monotonic() + FIRST_FINAL_STATUS_LOOK_S
            self.look_at = min(self.look_at, soon)

    def _look_at_progress(self, success_at: datetime | None = None) -> None:
        health = self._condition.health
        before = health.delivery
        now = replace(before, success_at=success_at or before.success_at)
        self._condition.health = replace(health, delivery=self._outbox.progress(now))


def delivery_of(answer: PaymentAnswer) -> Delivery:
    """What the customer is shown of an answer."""
    if answer.verdict in (Verdict.CONFLICT, Verdict.REJECTED):
        # The money is a claim for the support desk now; the customer keeps "will be delivered".
        return Delivery.QUEUED
    match answer.status:
        case PaymentStatus.CREDITED:
            return Delivery.CREDITED
        case PaymentStatus.REFUSED:
            return Delivery.REFUSED
        case PaymentStatus.DISPUTED:
            return Delivery.DISPUTED
        case PaymentStatus.ACCEPTED:
            return Delivery.ACCEPTED
        case PaymentStatus.UNKNOWN:
            return Delivery.QUEUED
        case _ as never:
            assert_never(never)


def _is_refused(answer: PaymentAnswer) -> bool:
    """The backend has it, and will not credit it: not one that it could not take at all."""
    taken = answer.verdict not in (Verdict.CONFLICT, Verdict.REJECTED)
    return taken and answer.status is PaymentStatus.REFUSED


def _just_taken(answer: PaymentAnswer) -> bool:
    """Stored a moment ago and on its way to the provider: its end is near."""
    return answer.verdict is Verdict.ACCEPTED and answer.status is PaymentStatus.ACCEPTED
