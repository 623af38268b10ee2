"""The revisions; Alembic reads this folder."""
