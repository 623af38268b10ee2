"""The tables of terminals: tokens, keys, nonces, how each stands, what it told, what it shall have.

Every key begins with the distribution key. The two tables about the whole fleet are reference tables:
some rows, held whole by every node. Tokens are kept as hashes; no private key was ever here.
"""

from sqlalchemy import BigInteger, Column, Index, String, Table, Text

from wallet.storage.metadata import REFERENCE, Instant, metadata

tokens = Table(
    "terminal_tokens",
    metadata,
    Column("terminal_id", String(8), primary_key=True),
    Column("token_hash", String(64), primary_key=True),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    # The key that the token was used for: the same key may ask again after a lost answer.
    Column("used_by", String(32)),
    sqlite_with_rowid=False,
)

keys = Table(
    "terminal_keys",
    metadata,
    Column("terminal_id", String(8), primary_key=True),
    Column("key_id", String(32), primary_key=True),
    Column("public_key", String(64), nullable=False),
    Column("added_at", Instant, nullable=False),
    # The key that brought this one; null for one that an enrolment brought.
    Column("replaces", String(32)),
    Column("ended_at", Instant),
    Column("ended_by", String(16)),
    sqlite_with_rowid=False,
)

nonces = Table(
    "terminal_nonces",
    metadata,
    Column("terminal_id", String(8), primary_key=True),
    Column("nonce", String(64), primary_key=True),
    Column("created_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
Index("terminal_nonces_by_age", nonces.c.created_at)

states = Table(
    "terminal_states",
    metadata,
    Column("terminal_id", String(8), primary_key=True),
    Column("seen_at", Instant, nullable=False),
    Column("report", Text, nullable=False),
    sqlite_with_rowid=False,
    # Every minute every row changes: room for the new one beside the old, and no index to follow.
    postgresql_with={"fillfactor": 50},
)

events = Table(
    "terminal_events",
    metadata,
    Column("terminal_id", String(8), primary_key=True),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("body_hash", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("kind", String(64), nullable=False),
    Column("told_at", Instant, nullable=False),
    Column("received_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

desired = Table(
    "terminal_desired",
    metadata,
    Column("terminal_id", String(8), primary_key=True),
    Column("kind", String(64), primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("content", Text, nullable=False),
    sqlite_with_rowid=False,
)

fleet_desired = Table(
    "fleet_desired",
    metadata,
    Column("kind", String(64), primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("content", Text, nullable=False),
    info=REFERENCE,
    sqlite_with_rowid=False,
)

desired_clock = Table(
    "desired_clock",
    metadata,
    # One row: the number given last to anything that is desired of anybody.
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("version", BigInteger, nullable=False),
    info=REFERENCE,
    sqlite_with_rowid=False,
)
