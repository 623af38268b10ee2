"""What the technician's acceptor commands must know of the terminal before they touch its line.

A note whose end is not yet in the journal is the device's to tell and the terminal's to hear: until
the terminal has heard it, no tool may speak to that device in a way that could make it forget.
"""

from pathlib import Path

from sqlalchemy.exc import DBAPIError

from config.settings import Settings
from offline_queue.journal import queries
from offline_queue.journal.engine import reading_engine


def note_in_doubt(settings: Settings, port: str) -> bool:
    """Whether the terminal of these settings has a note on this port whose end it does not know.

    A journal that cannot be read may hold one.
    """
    if not same_port(port, settings.acceptor.port) or not settings.journal.path.exists():
        return False
    engine = reading_engine(settings.journal.path)
    try:
        with engine.connect() as connection:
            return bool(queries.open_notes(connection))
    except DBAPIError:
        return True
    finally:
        engine.dispose()


def same_port(one: str, other: str) -> bool:
    """Whether two names lead to one port."""
    if "://" in one or "://" in other:
        return one == other
    return Path(one).resolve() == Path(other).resolve()
