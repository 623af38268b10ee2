"""What can be wrong with a database before anything is asked of it, and in its own words."""

from sqlalchemy.exc import DBAPIError


class DatabaseUnusableError(Exception):
    """The database cannot be opened, is of another version, or will not be durable."""


def cause_of(error: BaseException) -> str:
    """What the database itself says, in one line, without the statement that it was asked."""
    said = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    return " ".join(said.split())
