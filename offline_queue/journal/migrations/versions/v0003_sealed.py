"""Sets of rows under seal (snapshots, and what outlives pruned records), and the indexes to find what
is still live, or has ended, without reading the rest.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the table and the indexes; nothing that is stored changes."""
    op.create_table(
        "sealed",
        sa.Column("purpose", sa.String, primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("part", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("mac", sa.LargeBinary, nullable=False),
    )
    op.create_index("session_by_place", "session", ["seq"])
    op.create_index("slip_of_payment", "slip", ["payment_number"])
    for name, table, column, condition in (
        ("note_disputed", "note", "seq", "state = 'disputed'"),
        ("payment_parked", "payment", "number", "state = 'parked'"),
    ):
        op.create_index(name, table, [column], sqlite_where=sa.text(condition))
