"""The sync client: carries payments to the backend until each has an answer.

`SyncMachine` decides without I/O; `SyncThread` gives it a line and a clock. Neither reads nor
writes the journal: they are given payments and report events.
"""

from offline_queue.sync.backoff import SyncPolicy
from offline_queue.sync.exchange import Bounds, Session, plain_session
from offline_queue.sync.machine import SyncMachine
from offline_queue.sync.messages import (
    Answered,
    CollectionsAnswered,
    CollectionsParked,
    Idle,
    LinkChanged,
    LocalSyncError,
    Missing,
    NotesAnswered,
    NotesParked,
    Parked,
    Send,
    Step,
    SyncEvent,
    SyncRequest,
    TransportTrouble,
    Wait,
)
from offline_queue.sync.secure_session import secure_session
from offline_queue.sync.signer import Signer
from offline_queue.sync.thread import SyncThread

__all__ = [
    "Answered",
    "CollectionsAnswered",
    "CollectionsParked",
    "Bounds",
    "Idle",
    "LinkChanged",
    "LocalSyncError",
    "Missing",
    "NotesAnswered",
    "NotesParked",
    "Parked",
    "Send",
    "Session",
    "Signer",
    "Step",
    "SyncEvent",
    "SyncMachine",
    "SyncPolicy",
    "SyncRequest",
    "SyncThread",
    "TransportTrouble",
    "Wait",
    "plain_session",
    "secure_session",
]
