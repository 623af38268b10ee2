"""The part of the sync machine that tells of notes in no payment, behind everything about payments.

One batch at a time; telling it again changes nothing at the backend, so whatever goes wrong it is
told again, after a back-off of its own: an older backend that does not know this path must not make
the line look bad. It must never drop a note without an event.
"""

from collections import deque
from random import Random

from offline_queue.sync.answers import read_note_answers
from offline_queue.sync.backoff import SyncPolicy
from offline_queue.sync.jobs import Job, report_job
from offline_queue.sync.messages import LocalSyncError, NotesAnswered, NotesParked, SyncEvent
from terminal_api import ErrorBody, NoteReport, NoteReportBatch


class NoteReports:
    """Notes of one terminal that are to be told. Times are monotonic seconds."""

    def __init__(self, policy: SyncPolicy, rng: Random, terminal_id: str) -> None:
        self._policy = policy
        self._rng = rng
        self._terminal_id = terminal_id
        self._waiting: deque[tuple[NoteReport, ...]] = deque()
        self._failures = 0
        self._not_before = 0.0

    @property
    def turn(self) -> float | None:
        """When the next report may go; None when there is none."""
        return self._not_before if self._waiting else None

    def submit(self, batch: NoteReportBatch) -> None:
        """Tell of these notes; those that wait already are not taken twice.

        Raises:
            LocalSyncError: the batch belongs to another terminal.
        """
        if batch.terminal_id != self._terminal_id:
            raise LocalSyncError("the batch belongs to another terminal")
        waiting = {note for part in self._waiting for note in part}
        fresh = tuple(note for note in batch.notes if note not in waiting)
        if fresh:
            self._waiting.append(fresh)

    def job(self) -> Job:
        """The request to send now; it stays here until `answered` or `refused`."""
        return report_job(self._terminal_id, self._waiting[0])

    def answered(self, body: bytes) -> tuple[SyncEvent, ...]:
        """A success. A note without an answer is left to whoever submitted it.

        Raises:
            UnusableAnswerError: the body is no answer to this request.
        """
        asked = {(note.cycle, note.state) for note in self._waiting[0]}
        answers = read_note_answers(body, self._terminal_id, asked)
        self._landed()
        return (NotesAnswered(answers=answers),)

    def refused(self, error: ErrorBody) -> tuple[SyncEvent, ...]:
        """The backend cannot read this request: its notes go one by one, a single one is parked."""
        notes = self._landed()
        if len(notes) > 1:
            self._waiting.extendleft((note,) for note in reversed(notes))
            return ()
        parked = tuple((note.cycle, note.state) for note in notes)
        return (NotesParked(notes=parked, why=f"{error.error}: {error.message}"),)

    def later(self, now: float) -> None:
        """It did not get through, or nobody can say: again after a while."""
        self._failures += 1
        self._not_before = now + self._policy.delay(self._failures, self._rng)

    def _landed(self) -> tuple[NoteReport, ...]:
        self._failures, self._not_before = 0, 0.0
        return self._waiting.popleft()
