"""Asks the backend about an account before cash is taken, on threads and sessions of its own.

Only the newest question counts: whoever asks anew has no use for what was asked before. Every
question that is taken up ends in one `AccountTold`, whatever the line does. It must never hold up a
payment, never try again (the customer waits), and never let an account or an answer into a log.
"""

import threading
from collections.abc import Callable
from typing import Final, Protocol

import structlog
from pydantic import ValidationError

from offline_queue.enquiry.messages import AccountTold
from offline_queue.sync.exchange import Bounds, Session, TransportFailedError, exchange
from offline_queue.sync.messages import SyncRequest
from offline_queue.sync.signer import Signer
from terminal_api import canonical_bytes
from terminal_api.accounts import AccountAnswer, AccountQuestion
from terminal_api.paths import ACCOUNT_CHECK_PATH

_log = structlog.get_logger(__name__)

_ANSWER_BYTES: Final = 65_536
_LONGEST_CONNECT_S: Final = 5.0
_LINES: Final = 4


class Enquiry:
    """One question after another, by whoever calls.

    Args:
        session: for this alone.
        base_url: scheme, host and port of the backend, without a path.
        clock: monotonic seconds.
        signer: signs every request; None towards a backend that takes anybody's word.
        patience_s: the longest one question may take.
        name: a name of chance for each request, for the logs of both sides.
    """

    def __init__(
        self,
        session: Session,
        base_url: str,
        clock: Callable[[], float],
        signer: Signer | None,
        *,
        patience_s: float,
        name: Callable[[], str],
    ) -> None:
        self._session = session
        self._base_url = base_url.rstrip("/")
        self._clock = clock
        self._signer = signer
        self._name = name
        self._bounds = Bounds(
            connect_s=min(_LONGEST_CONNECT_S, patience_s),
            read_s=patience_s,
            whole_s=patience_s,
            answer_bytes=_ANSWER_BYTES,
        )

    def ask(self, question: AccountQuestion) -> AccountAnswer | None:
        """The backend's answer; None where none came that can be used."""
        body = canonical_bytes(question)
        request = SyncRequest(path=ACCOUNT_CHECK_PATH, body=body, name=self._name())
        try:
            return self._answered(request, question.terminal_id)
        except (TransportFailedError, _NoAnswerError) as failed:
            _log.info("account_not_answered", why=str(failed), request_id=request.request_id)
            return None

    def _answered(self, request: SyncRequest, terminal_id: str) -> AccountAnswer:
        reply = exchange(
            self._session, self._base_url, request, self._bounds, self._clock, self._signer
        )
        if reply.status_code != 200:
            raise _NoAnswerError(f"status {reply.status_code}")
        try:
            answer = AccountAnswer.model_validate_json(reply.body)
        except ValidationError:
            raise _NoAnswerError("the answer is no AccountAnswer") from None
        if answer.terminal_id != terminal_id:
            raise _NoAnswerError("the answer is for another terminal")
        return answer


class _NoAnswerError(Exception):
    """What came is no answer; the reason quotes nothing of it."""


class Asks(Protocol):
    """Whoever can be asked: `Enquiry`, or what stands in for it."""

    def ask(self, question: AccountQuestion) -> AccountAnswer | None:
        """As `Enquiry.ask`."""


class EnquiryThread:
    """Asks for as long as the terminal lives.

    A question does not wait behind one that nobody has a use for any more: while that is under way on
    its line, a further line takes up the new one. A line is a thread with a session of its own, made
    when it is first needed.

    Args:
        make_enquiry: called on each line, which then owns it.
        post: takes each end of a question, on its line; it must only put it somewhere.
        lines: as many questions may be under way at once; a slow backend is not asked by more,
            however often a customer goes back and forth.
    """

    def __init__(
        self,
        make_enquiry: Callable[[], Asks],
        post: Callable[[AccountTold], None],
        *,
        lines: int = _LINES,
    ) -> None:
        self._make_enquiry = make_enquiry
        self._post = post
        self._lines = lines
        self._changed = threading.Condition()
        self._next: tuple[int, AccountQuestion] | None = None
        self._leaving = False
        self._begun = 0
        self._idle = 0

    def start(self) -> None:
        """Begin to ask."""
        with self._changed:
            self._begin_line()

    def stop(self) -> None:
        """Ask no more; a question under way is not waited for, it changes nothing."""
        with self._changed:
            self._leaving = True
            self._next = None
            self._changed.notify_all()

    def ask(self, ticket: int, question: AccountQuestion) -> None:
        """Ask this instead of whatever still waits to be asked; returns at once, from any thread."""
        with self._changed:
            if self._leaving:
                return
            self._next = (ticket, question)
            if self._idle == 0 and 0 < self._begun < self._lines:
                self._begin_line()
            self._changed.notify()

    def _begin_line(self) -> None:
        """One more line. It is idle from the start, so that none is begun for it again."""
        self._begun += 1
        self._idle += 1
        threading.Thread(target=self._run, name=f"enquiry-{self._begun}", daemon=True).start()

    def _run(self) -> None:
        enquiry: Asks | None = None
        while not self._leaving:
            enquiry = self._served(enquiry)

    def _served(self, enquiry: Asks | None) -> Asks | None:
        """One question to its end; with this call nothing of the customer stays on the line."""
        asked = self._taken()
        if asked is None:
            return enquiry
        ticket, question = asked
        answer = None
        try:
            enquiry = enquiry or self._make_enquiry()
            answer = enquiry.ask(question)
        except Exception as error:
            # Its text might quote the question; its kind does not.
            enquiry = None
            _log.error("enquiry_broke", alarm=True, error=type(error).__name__)
        with self._changed:
            self._idle += 1
        self._post(AccountTold(ticket=ticket, answer=answer))
        return enquiry

    def _taken(self) -> tuple[int, AccountQuestion] | None:
        """The newest question, once there is one; None when it is time to end."""
        with self._changed:
            self._changed.wait_for(lambda: self._leaving or self._next is not None)
            self._idle -= 1
            taken, self._next = self._next, None
            return None if self._leaving else taken
