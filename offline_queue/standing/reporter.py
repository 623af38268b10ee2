"""Tells the backend, once a minute, how the terminal stands, and then what happened since.

It has a thread and a session of its own, so that no payment ever waits for it; what cannot be told
now is told a minute later, events from the place that the backend has answered for. That place is
kept in a file: where it is lost everything is told again, and the backend knows the repeats. It must
never write into the journal.
"""

import threading
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Final, Protocol, TypeVar

import structlog
from pydantic import BaseModel, ValidationError

from offline_queue.standing.journal_reading import Happened, JournalUnreadableError
from offline_queue.sync.exchange import Bounds, Session, TransportFailedError, exchange
from offline_queue.sync.messages import SyncRequest
from offline_queue.sync.signer import Signer
from terminal_api import Verdict, canonical_bytes
from terminal_api.fleet import EventBatch, EventsAnswer, Heartbeat, HeartbeatAnswer
from terminal_api.paths import EVENTS_PATH, HEARTBEAT_PATH

_log = structlog.get_logger(__name__)

Answer = TypeVar("Answer", bound=BaseModel)

EVERY_S: Final = 60.0
_FIRST_WITHIN_S: Final = 15.0
"""A town's terminals start together when its power comes back."""
_LONGEST_PAUSE_S: Final = 3600.0
_MOST_LOOKS: Final = 20
"""Batches of events in one round."""
_BOUNDS: Final = Bounds(answer_bytes=262_144)


class Standing(Protocol):
    """Where it is known how the terminal stands. Both may block for a moment.

    Both raise `JournalUnreadableError` where the journal cannot be looked into now.
    """

    def heartbeat(self) -> Heartbeat | None:
        """How it stands; None before anybody knows."""

    def happened(self, after: int) -> Happened:
        """What happened after this place of the journal."""


class NotToldError(Exception):
    """The backend did not take it; the reason quotes nothing of an answer. `pause_s`: it asked to be
    left alone for so long.
    """

    def __init__(self, reason: str, pause_s: float = 0.0) -> None:
        super().__init__(reason)
        self.pause_s = pause_s


class ToldPlace:
    """The place up to which events were told, in a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> int:
        """The place; 0 where nothing usable says one."""
        try:
            told = self._path.read_bytes()[:32].strip()
        except OSError:
            return 0
        return int(told) if told.isdigit() and len(told) <= 18 else 0

    def keep(self, place: int) -> None:
        """Raises OSError: it is as before."""
        fresh = self._path.with_name(self._path.name + ".new")
        fresh.write_bytes(b"%d\n" % place)
        fresh.replace(self._path)


class Reporter:
    """One round after another, by whoever calls.

    Args:
        session: for this alone.
        base_url: scheme, host and port of the backend, without a path.
        terminal_id: this terminal.
        standing: what is told.
        place: up to which events were told.
        clock: monotonic seconds.
        signer: signs every request; None towards a backend that takes anybody's word.
    """

    def __init__(
        self,
        session: Session,
        base_url: str,
        terminal_id: str,
        standing: Standing,
        place: ToldPlace,
        clock: Callable[[], float],
        signer: Signer | None,
    ) -> None:
        self._session = session
        self._base_url = base_url.rstrip("/")
        self._terminal_id = terminal_id
        self._standing = standing
        self._place = place
        self._clock = clock
        self._signer = signer

    def round(self) -> int:
        """Tell how it stands, then what happened; how many events were told.

        Raises:
            NotToldError, JournalUnreadableError, OSError: the rest is told in a later round.
        """
        beat = self._standing.heartbeat()
        if beat is not None:
            answer = self._told(HEARTBEAT_PATH, beat, HeartbeatAnswer)
            self._must_be_mine(answer.terminal_id)
        place, told = self._place.read(), 0
        for _ in range(_MOST_LOOKS):
            found = self._tell_some(place)
            told += len(found.events)
            if found.up_to <= place:
                break
            self._place.keep(found.up_to)
            place = found.up_to
        return told

    def _tell_some(self, place: int) -> Happened:
        found = self._standing.happened(place)
        if found.events:
            batch = EventBatch(terminal_id=self._terminal_id, events=found.events)
            answer = self._told(EVENTS_PATH, batch, EventsAnswer)
            self._must_be_mine(answer.terminal_id)
            told = {one.sequence: one.verdict for one in answer.answers}
            if set(told) != {event.sequence for event in found.events}:
                raise NotToldError("the answer is not about these events")
            if Verdict.CONFLICT in told.values():
                # The first telling stays: this journal is not the one that told it.
                _log.error("events_conflict", alarm=True, after=place, up_to=found.up_to)
        return found

    def _told(self, path: str, body: BaseModel, answer: type[Answer]) -> Answer:
        request = SyncRequest(path=path, body=canonical_bytes(body))
        try:
            reply = exchange(
                self._session, self._base_url, request, _BOUNDS, self._clock, self._signer
            )
        except TransportFailedError as failed:
            raise NotToldError(str(failed)) from None
        if reply.status_code != 200:
            raise NotToldError(f"HTTP {reply.status_code}", reply.retry_after_s or 0.0)
        try:
            return answer.model_validate_json(reply.body)
        except ValidationError:
            raise NotToldError(f"the answer is no {answer.__name__}") from None

    def _must_be_mine(self, terminal_id: str) -> None:
        if terminal_id != self._terminal_id:
            raise NotToldError("the answer is for another terminal")


class ReporterThread:
    """Reports for as long as the terminal lives.

    Args:
        make_reporter: called on the thread, which then owns it.
        rng: spreads a fleet over the minute.
        every_s: between two rounds, on average.
    """

    def __init__(
        self, make_reporter: Callable[[], Reporter], rng: Random, every_s: float = EVERY_S
    ) -> None:
        self._make_reporter = make_reporter
        self._rng = rng
        self._every_s = every_s
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._run, name="reporter", daemon=True)

    def start(self) -> None:
        """Begin to report."""
        self._thread.start()

    def stop(self) -> None:
        """Report no more; a request under way is not waited for, it can be repeated."""
        self._leaving.set()

    def _run(self) -> None:
        reporter, silent = self._make_reporter(), False
        pause_s = self._rng.uniform(0.0, min(_FIRST_WITHIN_S, self._every_s))
        while not self._leaving.wait(pause_s):
            pause_s = self._every_s * self._rng.uniform(0.9, 1.1)
            try:
                reporter.round()
                silent = False
            except (NotToldError, JournalUnreadableError, OSError) as error:
                if not silent:
                    _log.warning("not_reported", reason=str(error))
                silent = True
                wanted = error.pause_s if isinstance(error, NotToldError) else 0.0
                pause_s = max(pause_s, min(wanted, _LONGEST_PAUSE_S))
            except Exception:
                _log.exception("reporter_broke", alarm=True)
