"""After an upgrade: payments that the backend did not take are offered to it once more.

What made the last version's payments unreadable may have been mended by this one. Once for each
upgrade, and in the record of the new life's own transaction, so that no crash makes it twice or
never. It must never offer a payment that contradicts what the backend holds: that takes a person.
"""

import structlog

from kiosk.terminal.books import Books
from offline_queue.journal.delivery_records import PaymentsOfferedAgain
from offline_queue.journal.parked import worth_another_try

_log = structlog.get_logger(__name__)

PROGRAM = "the program"
"""Stands for a person's name where nobody ordered it."""


def second_chance(books: Books, version: str) -> tuple[PaymentsOfferedAgain, ...]:
    """What to record with the beginning of a life of this version; nothing where nothing is parked
    or the version is not new. Raises JournalError.
    """
    numbers = books.ask(lambda connection: worth_another_try(connection, version))
    if not numbers:
        return ()
    _log.info("payments_offered_again", numbers=numbers, why="another version", version=version)
    why = f"version {version} after another one"
    return (PaymentsOfferedAgain(numbers=numbers, by=PROGRAM, why=why),)
