"""Waits for what the terminal shall have, and fetches it: one look at a time, by long polls.

Bytes are handed on only when they are those that the desired state names, by their hash. What cannot
be fetched is asked for again, with growing pauses; what was refused by whoever takes it is not
fetched again before it changes. It must never hold up payments: it has a session and a thread of its
own.
"""

import random
import threading
from collections.abc import Callable
from typing import Final, Protocol

import structlog
from pydantic import ValidationError

from offline_queue.sync.backoff import SyncPolicy
from offline_queue.sync.exchange import Bounds, Session, TransportFailedError, exchange
from offline_queue.sync.messages import SyncRequest
from offline_queue.sync.signer import Signer
from terminal_api.content import MAX_CONTENT_BYTES, ContentKind, ContentName
from terminal_api.fleet import MAX_WAIT_S, DesiredAnswer, DesiredItem
from terminal_api.paths import CONTENT_PATH, DESIRED_PATH

_log = structlog.get_logger(__name__)

_BOUNDS: Final = Bounds(read_s=MAX_WAIT_S + 15.0, whole_s=600.0, answer_bytes=MAX_CONTENT_BYTES)


class Taker(Protocol):
    """Who takes contents."""

    def has(self, kind: str, sha256: str) -> bool:
        """True when these bytes are in use already."""

    def take(self, kind: ContentKind, version: str, content: bytes) -> bool:
        """Take it; False when it is of no use. Raises OSError when it should be brought again."""


class LookFailedError(Exception):
    """This look brought no answer that can be used; the reason quotes nothing of it."""


class ContentLook:
    """One look after another, by whoever calls.

    Args:
        session: for this alone.
        base_url: scheme, host and port of the backend, without a path.
        terminal_id: this terminal.
        taker: takes contents.
        clock: monotonic seconds.
        signer: signs every request; None towards a backend that takes anybody's word.
    """

    def __init__(
        self,
        session: Session,
        base_url: str,
        terminal_id: str,
        taker: Taker,
        clock: Callable[[], float],
        signer: Signer | None,
    ) -> None:
        self._session = session
        self._base_url = base_url.rstrip("/")
        self._terminal_id = terminal_id
        self._taker = taker
        self._clock = clock
        self._signer = signer
        self._known = 0
        self._refused: set[str] = set()
        self.applied: dict[str, int] = {}
        """The number of the desired item that is in use, by its kind."""

    def look(self, wait_s: int = MAX_WAIT_S) -> int:
        """Wait for a change, at most so long, and fetch what changed; how many were taken.

        Raises:
            LookFailedError: try again later; what was taken is taken.
            OSError: the disk cannot take it; try again later.
        """
        path = f"{DESIRED_PATH}?after={self._known}&wait={wait_s}"
        try:
            answer = DesiredAnswer.model_validate_json(self._get(path))
        except ValidationError:
            raise LookFailedError("no desired state") from None
        if answer.terminal_id != self._terminal_id:
            raise LookFailedError("the answer is for another terminal")
        taken = sum(self._fetch(item) for item in answer.items)
        # Only now: what failed on the way is told again.
        self._known = answer.version
        return taken

    def _fetch(self, item: DesiredItem) -> bool:
        try:
            kind, name = ContentKind(item.kind), ContentName.read(item.content)
        except ValueError:
            return False  # Something else that terminals may have.
        if self._taker.has(kind.value, name.sha256):
            self.applied[kind.value] = item.version
            return False
        if name.sha256 in self._refused:
            return False
        content = self._get(CONTENT_PATH.format(kind=kind.value, version=name.version))
        if not name.fits(content):
            raise LookFailedError(f"{kind} {name.version}: the bytes are not those that were named")
        if self._taker.take(kind, name.version, content):
            self.applied[kind.value] = item.version
            return True
        self._refused.add(name.sha256)
        return False

    def _get(self, path: str) -> bytes:
        request = SyncRequest(path=path, body=b"", method="GET")
        try:
            reply = exchange(
                self._session, self._base_url, request, _BOUNDS, self._clock, self._signer
            )
        except TransportFailedError as failed:
            raise LookFailedError(str(failed)) from None
        if reply.status_code != 200:
            raise LookFailedError(f"HTTP {reply.status_code}")
        return reply.body


class ContentThread:
    """Looks for as long as the terminal lives.

    Args:
        make_look: called on the thread, which then owns it.
        policy: how long to pause after failures.
        rng: draws the pauses.
    """

    def __init__(
        self, make_look: Callable[[], ContentLook], policy: SyncPolicy, rng: random.Random
    ) -> None:
        self._make_look = make_look
        self._policy = policy
        self._rng = rng
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._run, name="content", daemon=True)
        self._applied: dict[str, int] = {}

    @property
    def applied(self) -> dict[str, int]:
        """As `ContentLook.applied`, after the last look; from any thread."""
        return self._applied

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more; a look under way is not waited for, it changes nothing that lasts."""
        self._leaving.set()

    def _run(self) -> None:
        look, failures = self._make_look(), 0
        while not self._leaving.is_set():
            try:
                look.look()
                failures = 0
            except (LookFailedError, OSError) as error:
                failures += 1
                _log.warning("content_look_failed", reason=str(error), failures=failures)
            except Exception:
                failures += 1
                _log.exception("content_look_broke", alarm=True)
            self._applied = dict(look.applied)
            if failures:
                self._leaving.wait(self._policy.delay(failures, self._rng))
