"""The tables of the journal file: the records, the head of the chain, and the projections.

`record` is never updated; its beginning goes only by pruning, which seals what followed from it. Such
sets stand in `sealed`. The other tables are projections: derived, stored for speed, and compared
with what the records say at every start and by `kiosk journal verify`. A column of type `Text` in a
projection is stored and given back, and nothing asks what stands in it. A commit writes every page
that it changes: so tables with a key of their own have no second one (`sqlite_with_rowid=False`), and
no index holds what changes without need.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)

SCHEMA_VERSION = 3
"""Stored in `PRAGMA user_version`; a file of a later version is refused."""

metadata = MetaData()

# Conditions of partial indexes. A question must use the very same text: SQLite takes such an index
# only when it can see that the condition holds, and in a bound value it often cannot.
SESSION_IS_OPEN = text("state = 'open'")
NOTE_IS_OPEN = text("state = 'escrowed'")
NOTE_HAS_ENDED = text("state <> 'escrowed'")
PAYMENT_IN_OUTBOX = text("state IN ('queued', 'sent')")
NOTE_OF_NOBODY = text("session IS NULL AND state <> 'returned'")
NOTE_OF_OPEN_SESSION = text("session IN (SELECT id FROM session WHERE state = 'open')")
NOTE_ENDED_LAST = text(
    "state <> 'escrowed' AND seq = (SELECT max(seq) FROM note WHERE state <> 'escrowed')"
)
NOTE_IS_DISPUTED = text("state = 'disputed'")
PAYMENT_NOT_FINAL = text("state = 'accepted'")
PAYMENT_IS_PARKED = text("state = 'parked'")
NOTE_IN_QUESTION = text("(state = 'disputed' OR (state = 'stacked' AND session IS NULL))")
REPORT_QUEUED = text("state = 'queued'")
SLIP_UNFINISHED = text("state IN ('stored', 'started')")

record = Table(
    "record",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("mac", LargeBinary, nullable=False),
)

head = Table(
    "head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("seal", LargeBinary, nullable=False),
)

sealed = Table(
    "sealed",
    metadata,
    Column("purpose", String, primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    Column("mac", LargeBinary, nullable=False),
)

counter = Table(
    "counter",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Integer, nullable=False),
    sqlite_with_rowid=False,
)

session = Table(
    "session",
    metadata,
    Column("id", String, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("opened", Text, nullable=False),
    Column("payment_number", Integer),
    sqlite_with_rowid=False,
)
Index("session_open", session.c.seq, sqlite_where=SESSION_IS_OPEN)
Index("session_by_place", session.c.seq)

note = Table(
    "note",
    metadata,
    Column("cycle", String, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("session", String),
    Column("minor", Integer),
    Column("currency", String),
    Column("state", String, nullable=False),
    Column("decision", String),
    Column("device_count", Integer),
    Column("was_disputed", Boolean, nullable=False, default=False),
    Column("payment_number", Integer),
    sqlite_with_rowid=False,
)
Index("note_open", note.c.seq, sqlite_where=NOTE_IS_OPEN)
Index("note_ended", note.c.seq, sqlite_where=NOTE_HAS_ENDED)
Index("note_by_session", note.c.session)
Index("note_disputed", note.c.seq, sqlite_where=NOTE_IS_DISPUTED)
Index("note_in_question", note.c.seq, sqlite_where=NOTE_IN_QUESTION)

payment = Table(
    "payment",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("session", String, nullable=False),
    Column("item", Text, nullable=False),
    Column("trigger", String, nullable=False),
    Column("state", String, nullable=False),
    Column("uid", String),
    Column("message", String, nullable=False, default=""),
)
Index("payment_outbox", payment.c.number, sqlite_where=PAYMENT_IN_OUTBOX)
Index("payment_of_session", payment.c.session, unique=True)
Index("payment_waiting", payment.c.number, sqlite_where=PAYMENT_NOT_FINAL)
Index("payment_parked", payment.c.number, sqlite_where=PAYMENT_IS_PARKED)

slip = Table(
    "slip",
    metadata,
    Column("receipt_number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False),
    Column("payment_number", Integer),
    Column("text", Text, nullable=False),
    Column("template", String, nullable=False),
    Column("online", Boolean, nullable=False),
    Column("state", String, nullable=False),
    Column("why", String, nullable=False, default=""),
)
Index("slip_unfinished", slip.c.receipt_number, sqlite_where=SLIP_UNFINISHED)
Index("slip_of_payment", slip.c.payment_number)

cash = Table(
    "cash",
    metadata,
    Column("currency", String, primary_key=True),
    Column("minor", Integer, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
    sqlite_with_rowid=False,
)

collection = Table(
    "collection",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("request", String, nullable=False, unique=True),
    Column("receipt_number", Integer, nullable=False, unique=True),
    Column("last_payment", Integer, nullable=False),
    # The record itself: it outlives the records of its period.
    Column("body", Text, nullable=False),
)

# What was in the box when a period was closed; `cash` holds the present period alone.
collected_cash = Table(
    "collected_cash",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("currency", String, primary_key=True),
    Column("minor", Integer, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Notes that stand in no payment, and how far the backend knows of them.
note_report = Table(
    "note_report",
    metadata,
    Column("cycle", String, primary_key=True),
    Column("loose", String, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("disputed_minor", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("message", String, nullable=False, default=""),
    sqlite_with_rowid=False,
)
Index("note_report_queued", note_report.c.seq, sqlite_where=REPORT_QUEUED)

PROJECTIONS = (
    counter,
    session,
    note,
    payment,
    slip,
    cash,
    collection,
    collected_cash,
    note_report,
)
"""Tables that `projections` derives from `record`, compared by the verifier."""
