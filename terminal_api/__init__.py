"""The wire contract between terminal and backend: data models, their canonical bytes, and paths.

Both sides import this package and nothing else of each other. It holds no I/O, no clock and no rule
about what to do with an answer; it must never import another package of the project.
"""

from terminal_api.canonical import body_hash, canonical_bytes
from terminal_api.errors import ErrorBody, ErrorCode, ErrorDetail
from terminal_api.notes import (
    MAX_NOTE_REPORTS,
    LooseState,
    NoteReport,
    NoteReportAnswer,
    NoteReportBatch,
    NoteReportsAnswer,
)
from terminal_api.paths import NOTES_PATH, PAYMENTS_PATH, STATUS_PATH
from terminal_api.payments import (
    MAX_BATCH,
    MAX_NUMBER,
    BatchAnswer,
    NoteItem,
    PaymentAnswer,
    PaymentBatch,
    PaymentItem,
    PaymentState,
    PaymentStatus,
    StatusAnswer,
    StatusQuestion,
    Verdict,
)

__all__ = [
    "MAX_BATCH",
    "MAX_NOTE_REPORTS",
    "MAX_NUMBER",
    "NOTES_PATH",
    "PAYMENTS_PATH",
    "STATUS_PATH",
    "BatchAnswer",
    "ErrorBody",
    "ErrorCode",
    "ErrorDetail",
    "LooseState",
    "NoteItem",
    "NoteReport",
    "NoteReportAnswer",
    "NoteReportBatch",
    "NoteReportsAnswer",
    "PaymentAnswer",
    "PaymentBatch",
    "PaymentItem",
    "PaymentState",
    "PaymentStatus",
    "StatusAnswer",
    "StatusQuestion",
    "Verdict",
    "body_hash",
    "canonical_bytes",
]
