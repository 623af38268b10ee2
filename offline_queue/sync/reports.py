"""The part of the sync machine that tells what is no payment, behind everything about payments: notes
that stand in none, and closed periods of the cash box.

One batch at a time; telling it again changes nothing at the backend, so whatever goes wrong it is
told again, after a back-off of its own: an older backend that does not know this path must not make
the line look bad. It must never drop anything without an event.
"""

from collections import deque
from collections.abc import Iterator
from random import Random

from offline_queue.sync.answers import read_collection_answers, read_note_answers
from offline_queue.sync.backoff import SyncPolicy
from offline_queue.sync.jobs import Job, collections_job, report_job
from offline_queue.sync.messages import (
    CollectionsAnswered,
    CollectionsParked,
    LocalSyncError,
    NotesAnswered,
    NotesParked,
    SyncEvent,
)
from terminal_api import ErrorBody, NoteReport, NoteReportBatch
from terminal_api.collections import CollectionBatch, CollectionItem

Report = NoteReportBatch | CollectionBatch
_Part = tuple[NoteReport, ...] | tuple[CollectionItem, ...]


class Reports:
    """What one terminal is to tell. Times are monotonic seconds."""

    def __init__(self, policy: SyncPolicy, rng: Random, terminal_id: str) -> None:
        self._policy = policy
        self._rng = rng
        self._terminal_id = terminal_id
        self._waiting: deque[_Part] = deque()
        self._failures = 0
        self._not_before = 0.0

    @property
    def turn(self) -> float | None:
        """When the next report may go; None when there is none."""
        return self._not_before if self._waiting else None

    def submit(self, batch: Report) -> None:
        """Tell of these; those that wait already are not taken twice.

        Raises:
            LocalSyncError: the batch belongs to another terminal.
        """
        if batch.terminal_id != self._terminal_id:
            raise LocalSyncError("the batch belongs to another terminal")
        waiting = {one for part in self._waiting for one in part}
        fresh: _Part
        if isinstance(batch, NoteReportBatch):
            fresh = tuple(note for note in batch.notes if note not in waiting)
        else:
            fresh = tuple(one for one in batch.collections if one not in waiting)
        if fresh:
            self._waiting.append(fresh)

    def job(self) -> Job:
        """The request to send now; it stays here until `answered` or `refused`."""
        notes, periods = _sorted(self._waiting[0])
        if periods:
            return collections_job(self._terminal_id, periods)
        return report_job(self._terminal_id, notes)

    def answered(self, body: bytes) -> tuple[SyncEvent, ...]:
        """A success. What got no answer is left to whoever submitted it.

        Raises:
            UnusableAnswerError: the body is no answer to this request.
        """
        notes, periods = _sorted(self._waiting[0])
        told: SyncEvent
        if periods:
            asked = {one.period for one in periods}
            answers = read_collection_answers(body, self._terminal_id, asked)
            told = CollectionsAnswered(answers=answers)
        else:
            known = {(note.cycle, note.state) for note in notes}
            told = NotesAnswered(answers=read_note_answers(body, self._terminal_id, known))
        self._landed()
        return (told,)

    def refused(self, error: ErrorBody) -> tuple[SyncEvent, ...]:
        """The backend cannot read this request: its parts go one by one, a single one is parked."""
        landed = self._landed()
        if len(landed) > 1:
            self._waiting.extendleft(_one_by_one(landed))
            return ()
        notes, periods = _sorted(landed)
        why = f"{error.error}: {error.message}"
        if periods:
            return (CollectionsParked(periods=tuple(one.period for one in periods), why=why),)
        return (NotesParked(notes=tuple((it.cycle, it.state) for it in notes), why=why),)

    def later(self, now: float) -> None:
        """It did not get through, or nobody can say: again after a while."""
        self._failures += 1
        self._not_before = now + self._policy.delay(self._failures, self._rng)

    def _landed(self) -> _Part:
        self._failures, self._not_before = 0, 0.0
        return self._waiting.popleft()


def _one_by_one(part: _Part) -> Iterator[_Part]:
    """The last first, as they are put in front."""
    notes, periods = _sorted(part)
    yield from ((note,) for note in reversed(notes))
    yield from ((period,) for period in reversed(periods))


def _sorted(part: _Part) -> tuple[tuple[NoteReport, ...], tuple[CollectionItem, ...]]:
    """Notes and periods; one of them is empty."""
    notes = tuple(one for one in part if isinstance(one, NoteReport))
    periods = tuple(one for one in part if isinstance(one, CollectionItem))
    return notes, periods
