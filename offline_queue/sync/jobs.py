"""A job is one request in the making: what it is for, its fixed bytes, and its own failures.

The bytes are made once and kept, so that every attempt sends the same. A job decides nothing.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from offline_queue.sync.messages import SyncRequest
from terminal_api import (
    MAX_BATCH,
    NOTES_PATH,
    PAYMENTS_PATH,
    STATUS_PATH,
    NoteReport,
    NoteReportBatch,
    PaymentBatch,
    PaymentItem,
    StatusQuestion,
    canonical_bytes,
)
from terminal_api.collections import CollectionBatch, CollectionItem
from terminal_api.paths import COLLECTIONS_PATH


class Purpose(StrEnum):
    """What a request is for."""

    SEND = "send"
    ASK_FIRST = "ask_first"
    POLL = "poll"
    REPORT = "report"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One request with its numbers; `payments` is empty for a poll, and both for a report of notes.

    `failures` counts failures that this very request may have caused (not those of the line);
    `not_before` is a monotonic second. A `fixed` job was sent before, or was cut from one that
    was: its bytes stay as they are, nothing is added to it.
    """

    purpose: Purpose
    numbers: tuple[int, ...]
    payments: tuple[PaymentItem, ...] = ()
    request: SyncRequest = field(repr=False)
    failures: int = 0
    not_before: float = 0.0
    fixed: bool = False

    def only(self, numbers: set[int]) -> tuple[PaymentItem, ...]:
        """The payments of this job with these numbers."""
        return tuple(payment for payment in self.payments if payment.number in numbers)

    def takes(self, purpose: Purpose, payments: tuple[PaymentItem, ...], limit: int) -> bool:
        """True when these payments can travel in this job too, within `limit` payments."""
        return (
            not self.fixed
            and self.purpose is purpose
            and len(self.numbers) + len(payments) <= limit
            and not set(self.numbers) & {payment.number for payment in payments}
        )

    def later(self, *, failures: int, not_before: float) -> "Job":
        """The same request with another turn."""
        return replace(self, failures=failures, not_before=not_before)

    def as_fixed(self) -> "Job":
        """The same request, from now on with these very bytes."""
        return replace(self, fixed=True)


def payments_job(
    purpose: Purpose, terminal_id: str, payments: tuple[PaymentItem, ...], not_before: float
) -> Job:
    """A job that sends these payments, or asks for their status before sending."""
    numbers = tuple(payment.number for payment in payments)
    if purpose is Purpose.ASK_FIRST:
        request = _question(terminal_id, numbers)
    else:
        batch = PaymentBatch(terminal_id=terminal_id, payments=payments)
        request = SyncRequest(path=PAYMENTS_PATH, body=canonical_bytes(batch))
    return Job(
        purpose=purpose,
        numbers=numbers,
        payments=payments,
        request=request,
        not_before=not_before,
    )


def poll_job(terminal_id: str, numbers: set[int]) -> Job:
    """A question about the lowest of these numbers, as many as one question holds."""
    asked = tuple(sorted(numbers)[:MAX_BATCH])
    return Job(purpose=Purpose.POLL, numbers=asked, request=_question(terminal_id, asked))


def report_job(terminal_id: str, notes: tuple[NoteReport, ...]) -> Job:
    """A job that tells of notes in no payment."""
    batch = NoteReportBatch(terminal_id=terminal_id, notes=notes)
    request = SyncRequest(path=NOTES_PATH, body=canonical_bytes(batch))
    return Job(purpose=Purpose.REPORT, numbers=(), request=request)


def collections_job(terminal_id: str, periods: tuple[CollectionItem, ...]) -> Job:
    """A job that tells of closed periods of the cash box."""
    batch = CollectionBatch(terminal_id=terminal_id, collections=periods)
    request = SyncRequest(path=COLLECTIONS_PATH, body=canonical_bytes(batch))
    return Job(purpose=Purpose.REPORT, numbers=(), request=request)


def _question(terminal_id: str, numbers: tuple[int, ...]) -> SyncRequest:
    question = StatusQuestion(terminal_id=terminal_id, numbers=numbers)
    return SyncRequest(path=STATUS_PATH, body=canonical_bytes(question))
