"""Collections close periods: `collection`, `collected_cash`; `note_report` for notes in no payment.

What earlier records say of such notes must be told, too: the projections are made anew.
"""

revision, down_revision = "0002", "0001"
REBUILD = True


def upgrade() -> None:
    """All of it follows from the records."""
