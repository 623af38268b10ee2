"""What goes in and out of the sync machine: requests, steps, events, kinds of line trouble.

Values only. No event here may say that a payment failed because of the line: a line can only leave
an outcome unknown, and what is unknown stays inside the machine and is tried again.
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from terminal_api import LooseState, NoteReportAnswer, PaymentAnswer
from terminal_api.collections import CollectionAnswer


class LocalSyncError(Exception):
    """Our own caller used the machine wrongly; nothing came from the wire."""


class TransportTrouble(StrEnum):
    """Why no answer was read. Whether the request arrived is unknown in each of these cases."""

    CONNECT = "connect"
    TIMEOUT = "timeout"
    TLS = "tls"
    BROKEN = "broken"
    """The connection ended, or what came was not HTTP."""
    OVERSIZED = "oversized"
    """The answer was longer than any answer of the backend can be."""
    UNEXPECTED = "unexpected"
    """A fault of our own around the request; see the log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncRequest:
    """One request, mostly a POST. One that is tried again has exactly the same bytes.

    `name` is what logs call it; none = a hash of the body. A body that is little more than an account
    needs a name of chance: from its hash the account could be found by trying.
    """

    path: str
    body: bytes
    method: Literal["GET", "POST"] = "POST"
    name: str = ""

    @property
    def request_id(self) -> str:
        """The same for every attempt, so that both logs show attempts of one request together."""
        if self.name:
            return self.name
        return hashlib.sha256(self.body).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """Send this now, then tell the machine `on_answer` or `on_transport_error`."""

    request: SyncRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Nothing to do before this monotonic second; infinity while an answer is awaited."""

    until: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Idle:
    """Nothing to do until something is submitted or asked."""


Step = Send | Wait | Idle


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The backend answered for these payments, to a batch or to a question about their status.

    Told after a question, the verdict is `duplicate`: the backend has had the payment all along.
    """

    answers: tuple[PaymentAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """The backend knows no payments of these numbers, though they were asked about by `ask`.

    Submit them again: the backend has lost them, or never had them.
    """

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """The backend refuses a request that carries this payment alone, as no request it can read.

    The payment left the machine; its money is still owed. A person has to look at it.
    """

    numbers: tuple[int, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkChanged:
    """Whether payments get through to the backend, told when first known and at each change."""

    online: bool
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesAnswered:
    """The backend answered for these notes that stand in no payment."""

    answers: tuple[NoteReportAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesParked:
    """The backend cannot read a report about this note alone. A person has to look at it."""

    notes: tuple[tuple[str, LooseState], ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionsAnswered:
    """The backend answered for these closed periods of the cash box."""

    answers: tuple[CollectionAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionsParked:
    """The backend cannot read a report about this period alone. A person has to look at it."""

    periods: tuple[int, ...]
    why: str


SyncEvent = (
    Answered
    | Missing
    | Parked
    | LinkChanged
    | NotesAnswered
    | NotesParked
    | CollectionsAnswered
    | CollectionsParked
)
