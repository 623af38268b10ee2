"""Decides what to send to the backend and when, and what an answer means. No I/O, no clock.

===========  =============================  =================================================
In flight    What comes                     What follows
===========  =============================  =================================================
any          no connection                  the same bytes again after the back-off
any          401, 403, 429 by the backend   the same bytes again after the back-off
any          other transport error, 5xx,    the same bytes again, behind the other jobs; a batch
             3xx, other 4xx, garbage        that keeps failing is cut in halves
send         200                            `Answered`; numbers without an answer go again
send         400, 413, 422 by the backend   halves at once; a single payment is `Parked`
ask first    200                            known: `Answered`; unknown or other content: send
ask first    400, 413, 422 by the backend   send without asking: idempotency decides
poll         200                            known: `Answered`; unknown: `Missing`
report       200                            `NotesAnswered`, `CollectionsAnswered`
report       400, 413, 422 by the backend   one by one at once; a single one is parked
report       anything else                  again after a back-off; the backend spoke: line good
===========  =============================  =================================================

It must never drop a payment without an event, and never turn trouble of the line into an outcome.
"""

import math
from collections import deque
from random import Random

from offline_queue.sync.answers import (
    UnusableAnswerError,
    read_batch_answer,
    read_error,
    read_status_answer,
)
from offline_queue.sync.backoff import SyncPolicy
from offline_queue.sync.jobs import Job, Purpose, payments_job, poll_job
from offline_queue.sync.line import Line
from offline_queue.sync.messages import (
    Answered,
    Idle,
    LocalSyncError,
    Missing,
    Parked,
    Send,
    Step,
    SyncEvent,
    TransportTrouble,
    Wait,
)
from offline_queue.sync.reports import Report, Reports
from terminal_api import (
    MAX_NUMBER,
    ErrorBody,
    PaymentAnswer,
    PaymentBatch,
    PaymentItem,
    PaymentState,
    PaymentStatus,
    Verdict,
    body_hash,
)

_REFUSALS = frozenset({400, 413, 422})
_TOO_LARGE = 413
_NOT_ADMITTED = frozenset({401, 403, 429})
"""The backend looked at no payment: who asks, or how often, is the trouble."""
_NOT_REACHED = frozenset({TransportTrouble.CONNECT, TransportTrouble.TLS})
"""Troubles that the request itself cannot have caused: too long for a slow line, or poison."""


class SyncMachine:
    """Carries payments of one terminal to its backend. One request is in flight at a time.

    Args:
        policy: the pace.
        rng: the only source of chance.
        terminal_id: eight digits; an answer for another terminal is no answer.
    """

    def __init__(self, policy: SyncPolicy, rng: Random, *, terminal_id: str) -> None:
        self._policy = policy
        self._rng = rng
        self._terminal_id = terminal_id
        self._jobs: deque[Job] = deque()
        self._polls: set[int] = set()
        self._poll_not_before = -math.inf
        self._in_flight: Job | None = None
        self._line = Line(policy, rng)
        self._reports = Reports(policy, rng, terminal_id)

    @property
    def terminal_id(self) -> str:
        """Whose payments this machine carries."""
        return self._terminal_id

    @property
    def online(self) -> bool | None:
        """What the last `LinkChanged` said; None before the first."""
        return self._line.online

    @property
    def in_flight(self) -> bool:
        """True between `Send` and the answer or transport error that ends it."""
        return self._in_flight is not None

    @property
    def carried(self) -> tuple[int, ...]:
        """Numbers of the payments that have no answer yet, ascending."""
        return tuple(sorted({payment.number for payment in self._carried_payments()}))

    def submit(self, batch: PaymentBatch, *, ask_first: bool, now: float) -> None:
        """Carry these payments; a payment that is carried already is not taken twice.

        Args:
            batch: payments of this terminal.
            now: monotonic seconds.
            ask_first: ask which of them the backend has before sending. For payments whose
                sending an earlier life of the terminal may have begun.

        Raises:
            LocalSyncError: the batch belongs to another terminal.
        """
        if batch.terminal_id != self._terminal_id:
            raise LocalSyncError("the batch belongs to another terminal")
        carried = {payment.number: payment for payment in self._carried_payments()}
        fresh = tuple(item for item in batch.payments if carried.get(item.number) != item)
        if fresh:
            purpose = Purpose.ASK_FIRST if ask_first else Purpose.SEND
            self._append(purpose, fresh, now)

    def ask(self, numbers: tuple[int, ...]) -> None:
        """Ask once how these payments stand, when nothing has to be sent and not too often.

        Raises:
            LocalSyncError: a number that no payment can have.
        """
        check_numbers(numbers)
        self._polls.update(numbers)

    def report(self, batch: Report) -> None:
        """Tell of notes in no payment, or of closed periods, behind what is about payments.

        Raises:
            LocalSyncError: the batch belongs to another terminal.
        """
        self._reports.submit(batch)

    def link_returned(self, now: float) -> None:
        """Something says that the line is back: try at once, unless the server asked to wait."""
        self._line.returned(now)
        self._jobs = deque(
            job.later(failures=job.failures, not_before=min(job.not_before, now))
            for job in self._jobs
        )

    def next_step(self, now: float) -> Step:
        """What to do now. After `Send` the machine waits for the outcome of that request."""
        if self._in_flight is not None:
            return Wait(until=math.inf)
        if not self._jobs and not self._polls and self._reports.turn is None:
            return Idle()
        turn = max(self._line.opens_at, self._next_turn())
        if turn > now:
            return Wait(until=turn)
        self._in_flight = self._take_ready(now)
        return Send(request=self._in_flight.request)

    def on_answer(
        self, status_code: int, body: bytes, now: float, *, retry_after_s: float | None = None
    ) -> tuple[SyncEvent, ...]:
        """An HTTP answer to the request in flight, whoever wrote it.

        Raises:
            LocalSyncError: no request is in flight.
        """
        job = self._landed()
        try:
            return self._judge(job, status_code, body, now, retry_after_s)
        except BaseException:
            self._in_flight = job  # a bug of ours must not make a payment vanish
            raise

    def on_transport_error(self, kind: TransportTrouble, now: float) -> tuple[SyncEvent, ...]:
        """No answer came. The request may or may not have arrived: the same bytes go again.

        Raises:
            LocalSyncError: no request is in flight.
        """
        job = self._landed()
        if kind not in _NOT_REACHED:
            return self._on_stumble(job, str(kind), now, None)
        self._keep_as_it_is(job)
        return self._line.bad(str(kind), now, None)

    def _keep_as_it_is(self, job: Job) -> None:
        """The request cannot have caused the trouble: it goes first, whole, once the line is good."""
        if job.purpose is Purpose.POLL:
            self._polls.update(job.numbers)
        elif job.purpose is not Purpose.REPORT:
            self._jobs.appendleft(job)

    # What an answer means

    def _judge(
        self, job: Job, status_code: int, body: bytes, now: float, retry_after_s: float | None
    ) -> tuple[SyncEvent, ...]:
        if status_code == 200:
            try:
                return self._on_success(job, body, now)
            except UnusableAnswerError as reason:
                return self._on_stumble(job, str(reason), now, retry_after_s)
        if status_code in _REFUSALS:
            return self._on_refusal(job, status_code, read_error(body), now, retry_after_s)
        error = read_error(body)
        if status_code in _NOT_ADMITTED and error is not None:
            self._keep_as_it_is(job)
            why = f"status {status_code}: {error.error}"
            return self._line.bad(why, now, retry_after_s)
        if job.purpose is Purpose.REPORT and error is not None:
            # The backend itself, and perhaps an older one: that says nothing against the line.
            self._reports.later(now)
            return self._line.good()
        return self._on_stumble(job, f"status {status_code}", now, retry_after_s)

    def _on_success(self, job: Job, body: bytes, now: float) -> tuple[SyncEvent, ...]:
        if job.purpose is Purpose.REPORT:
            told: tuple[SyncEvent, ...] = self._reports.answered(body)
        elif job.purpose is Purpose.SEND:
            answers = read_batch_answer(body, self._terminal_id, job.numbers)
            self._again(job, set(job.numbers) - set(answers), now)
            told = (Answered(answers=tuple(answers.values())),)
        else:
            states = read_status_answer(body, self._terminal_id, job.numbers)
            self._again(job, set(job.numbers) - set(states), now)
            told = self._on_states(job, states, now)
        return self._line.good() + told

    def _on_states(
        self, job: Job, states: dict[int, PaymentState], now: float
    ) -> tuple[SyncEvent, ...]:
        if job.purpose is Purpose.POLL:
            unknown = {
                number for number, it in states.items() if it.status is PaymentStatus.UNKNOWN
            }
        else:
            unknown = {it.number for it in job.payments if _has_to_be_sent(it, states)}
            if unknown:
                self._jobs.appendleft(self._job(Purpose.SEND, job.only(unknown), now))
        known = tuple(_as_answer(it) for it in states.values() if it.number not in unknown)
        told: tuple[SyncEvent, ...] = (Answered(answers=known),) if known else ()
        if unknown and job.purpose is Purpose.POLL:
            told += (Missing(numbers=tuple(sorted(unknown))),)
        return told

    def _on_refusal(
        self,
        job: Job,
        status_code: int,
        error: ErrorBody | None,
        now: float,
        retry_after_s: float | None,
    ) -> tuple[SyncEvent, ...]:
        if error is not None and job.purpose is Purpose.REPORT:
            return self._line.good() + self._reports.refused(error)
        many = len(job.numbers) > 1
        if error is None or job.purpose is Purpose.POLL:
            # Somebody else's page proves nothing about a payment; only its size may be the cause.
            cut = many and status_code == _TOO_LARGE
            return self._on_stumble(job, f"status {status_code}", now, retry_after_s, cut=cut)
        events: tuple[SyncEvent, ...] = self._line.good()
        if job.purpose is Purpose.ASK_FIRST:
            self._jobs.appendleft(self._job(Purpose.SEND, job.payments, now))
        elif many:
            self._jobs.extendleft(reversed(self._halves(job, now)))
        else:
            events += (Parked(numbers=job.numbers, why=_reason(status_code, error)),)
        return events

    def _on_stumble(
        self,
        job: Job,
        why: str,
        now: float,
        retry_after_s: float | None,
        *,
        cut: bool = False,
    ) -> tuple[SyncEvent, ...]:
        """What came settles nothing, and the request itself may be why."""
        failures = job.failures + 1
        not_before = now + self._policy.delay(failures, self._rng)
        if job.purpose is Purpose.POLL:
            self._polls.update(job.numbers)
        elif job.purpose is Purpose.REPORT:
            self._reports.later(now)
        elif len(job.numbers) > 1 and (cut or failures >= self._policy.split_after):
            self._jobs.extend(self._halves(job, not_before))
        else:
            self._jobs.append(job.later(failures=failures, not_before=not_before))
        return self._line.bad(why, now, retry_after_s)

    # Jobs

    def _append(self, purpose: Purpose, fresh: tuple[PaymentItem, ...], now: float) -> None:
        """After hours without a line many small batches wait: let them travel together."""
        last = self._jobs[-1] if self._jobs else None
        if last is not None and last.takes(purpose, fresh, self._policy.together):
            self._jobs.pop()
            both = sorted((*last.payments, *fresh), key=lambda payment: payment.number)
            fresh, now = tuple(both), max(now, last.not_before)
        self._jobs.append(self._job(purpose, fresh, now))

    def _job(self, purpose: Purpose, payments: tuple[PaymentItem, ...], not_before: float) -> Job:
        return payments_job(purpose, self._terminal_id, payments, not_before)

    def _halves(self, job: Job, not_before: float) -> tuple[Job, Job]:
        middle = len(job.payments) // 2
        return (
            self._job(job.purpose, job.payments[:middle], not_before).as_fixed(),
            self._job(job.purpose, job.payments[middle:], not_before).as_fixed(),
        )

    def _again(self, job: Job, numbers: set[int], now: float) -> None:
        """These numbers of a job got no answer: their outcome is unknown still."""
        if not numbers:
            return
        if job.purpose is Purpose.POLL:
            self._polls.update(numbers)
            return
        not_before = now + self._policy.delay(job.failures + 1, self._rng)
        rest = self._job(job.purpose, job.only(numbers), not_before).as_fixed()
        self._jobs.append(rest.later(failures=job.failures + 1, not_before=not_before))

    def _landed(self) -> Job:
        if self._in_flight is None:
            raise LocalSyncError("no request is in flight")
        job, self._in_flight = self._in_flight, None
        return job

    def _take_ready(self, now: float) -> Job:
        for index, job in enumerate(self._jobs):
            if job.not_before <= now:
                del self._jobs[index]
                return job.as_fixed()
        turn = self._reports.turn
        if turn is not None and turn <= now:
            return self._reports.job()
        poll = poll_job(self._terminal_id, self._polls)
        self._polls.difference_update(poll.numbers)
        self._poll_not_before = now + self._policy.poll_every_s
        return poll

    def _next_turn(self) -> float:
        turns = [job.not_before for job in self._jobs]
        if self._polls:
            turns.append(self._poll_not_before)
        if self._reports.turn is not None:
            turns.append(self._reports.turn)
        return min(turns)

    def _carried_payments(self) -> list[PaymentItem]:
        jobs = [*self._jobs, self._in_flight] if self._in_flight else self._jobs
        return [payment for job in jobs for payment in job.payments]


def check_numbers(numbers: tuple[int, ...]) -> None:
    """Refuse what would poison every later question.

    Raises:
        LocalSyncError: a number that no payment can have.
    """
    if not all(1 <= number <= MAX_NUMBER for number in numbers):
        raise LocalSyncError("a payment number is out of range")


def _has_to_be_sent(payment: PaymentItem, states: dict[int, PaymentState]) -> bool:
    """True when the backend has no such payment, or has other content under its number.

    Sending the latter gets the verdict `conflict`; taking the stranger's status for ours would
    lose the customer's money (a terminal restored from an old disk counts from an old number).
    """
    state = states.get(payment.number)
    if state is None:
        return False
    if state.status is PaymentStatus.UNKNOWN:
        return True
    return state.body_hash is not None and state.body_hash != body_hash(payment)


def _as_answer(state: PaymentState) -> PaymentAnswer:
    return PaymentAnswer(
        number=state.number, verdict=Verdict.DUPLICATE, status=state.status, uid=state.uid
    )


def _reason(status_code: int, error: ErrorBody) -> str:
    details = "; ".join(f"{detail.where}: {detail.problem}" for detail in error.details)
    return f"status {status_code} {error.error}: {error.message}" + (
        f" ({details})" if details else ""
    )
