"""The table of what was published: a reference table, some rows, the same on every node."""

from sqlalchemy import Column, LargeBinary, String, Table

from wallet.storage.metadata import REFERENCE, Instant, append_only, metadata

publications = Table(
    "publications",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("version", String(64), primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("operator", String(64), nullable=False),
    Column("published_at", Instant, nullable=False),
    info=dict(REFERENCE),
    sqlite_with_rowid=False,
)
append_only(publications)
