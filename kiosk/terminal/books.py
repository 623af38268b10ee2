"""The terminal's hand on the journal: writes with the time of the clock, numbers, and questions.

The one place where the terminal writes. When a write fails it says so by `JournalError`; the caller
must then not do what depended on the record.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection

from kiosk.clock import Clock
from offline_queue.journal import Journal, JournalDamagedError, queries
from offline_queue.journal.door import JournalDoor
from offline_queue.journal.numbering import PAYMENT_NUMBER, RECEIPT_NUMBER
from offline_queue.journal.records import DeviceNoted, JournalRecord

_T = TypeVar("_T")


class OtherTerminalError(Exception):
    """The settings name another terminal than the journal's."""

    def __init__(self, path: Path, owner: str, asked: str) -> None:
        super().__init__(
            f"{path} is the journal of terminal {owner}, not of {asked}: restore terminal.id, "
            "or begin a new journal once everything in this one is delivered"
        )


class Books:
    """Writes and reads the journal for the terminal's thread.

    Args:
        journal: an open journal, or the door to one that may not be open yet.
        first_payment_number: the number of the very first payment of this terminal.
    """

    def __init__(
        self, journal: Journal | JournalDoor, clock: Clock, *, first_payment_number: int
    ) -> None:
        if isinstance(journal, Journal):
            journal = JournalDoor.standing_open(journal)
        self._door = journal
        self._clock = clock
        self._first_payment_number = first_payment_number

    def write(self, records: Sequence[JournalRecord]) -> None:
        """Make the records durable; nothing to do without records.

        Raises:
            JournalError: they are not durable.
        """
        if records:
            self._door.append(*records, at=self._clock.now())

    def ask(self, question: Callable[[Connection], _T]) -> _T:
        """Answer a question of `offline_queue.journal.queries`.

        Raises:
            JournalError: the journal cannot be read.
        """
        with self._door.journal.reading() as connection:
            return question(connection)

    def must_belong_to(self, terminal_id: str) -> None:
        """A journal is one terminal's for ever: its payments are known by the terminal's number.

        Raises:
            OtherTerminalError: an earlier life of this journal had another number.
            JournalError: the journal cannot be read.
        """
        owner = self.ask(queries.terminal_of)
        if owner not in ("", terminal_id):
            raise OtherTerminalError(self._door.path, owner, terminal_id)

    def must_know(self, session: str) -> None:
        """The journal must have heard of this session.

        Raises:
            JournalDamagedError: it has not, so it is not the one in which the session was opened.
            JournalError: the journal cannot be read.
        """
        if not self.ask(lambda connection: queries.knows_session(connection, session)):
            why = f"it does not know session {session}, which was recorded in it"
            raise JournalDamagedError(self._door.path, why)

    def next_payment_number(self) -> int:
        """The number that the next payment gets."""
        return max(self._first_payment_number, self._door.journal.next_number(PAYMENT_NUMBER))

    def next_receipt_number(self) -> int:
        """The number that the next slip gets."""
        return self._door.journal.next_number(RECEIPT_NUMBER)

    @property
    def is_open(self) -> bool:
        """True from the first time in this life that the journal could be opened."""
        return self._door.is_open

    def open(self, terminal_id: str) -> None:
        """Open the journal, unless it is open, and see that it is this terminal's.

        Raises:
            OtherTerminalError: it belongs to another one; nothing was written.
            JournalError: it cannot be opened or read.
        """
        if not self._door.is_open:
            self._door.reopen()
        self.must_belong_to(terminal_id)

    def try_again(self) -> None:
        """After a failure: reopen the file and prove that it can be written.

        Raises:
            JournalError: it still cannot.
        """
        self._door.reopen()
        self.write([DeviceNoted(device="journal", event="writable again")])
