"""The journal as its first version writes it: `record`, `head` and six projections.

A new file is made by `schema.metadata`, never by walking through revisions; so this one is only where
the walk begins.
"""

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Nothing comes before the first version."""
