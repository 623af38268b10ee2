"""The beginning of a life: whose journal it is, this life's record, and taking up the last one.

Each is done as soon as the journal allows it, and tried again by the caller after a journal that
failed in between. It must never write into another terminal's journal.
"""

from collections.abc import Sequence
from typing import Protocol

from kiosk.clock import Clock
from kiosk.terminal.books import Books
from kiosk.terminal.clock_keeper import tell_of
from kiosk.terminal.clock_watch import jump_before_start
from kiosk.terminal.second_chance import second_chance
from offline_queue.journal import cash_queries
from offline_queue.journal.cash_records import ClockJumped
from offline_queue.journal.records import TerminalStarted


class Heir(Protocol):
    """A part of the terminal that goes on from where the last life ended."""

    def start(self) -> None:
        """Take up what the journal holds. Raises JournalError."""


class Opening:
    """Opens the journal for one life after the other.

    Args:
        heirs: in the order in which they take up the last life.
    """

    def __init__(
        self, books: Books, clock: Clock, *, terminal_id: str, heirs: Sequence[Heir]
    ) -> None:
        self._books = books
        self._clock = clock
        self._terminal_id = terminal_id
        self._heirs = heirs
        self._books_open = False
        # This life's record while it is not yet in the journal.
        self._life: TerminalStarted | None = None
        self._lost_time: ClockJumped | None = None

    def name_life(self, *, boot: str, version: str) -> None:
        """A new life, to be recorded by `begin`."""
        self._life = TerminalStarted(boot=boot, version=version, terminal_id=self._terminal_id)

    def open_books(self) -> None:
        """See whose journal it is, and whether the clock has lost its time since the last record;
        once, as soon as the journal can be read and before anything is written.

        Raises:
            OtherTerminalError: it belongs to another terminal; nothing was written.
            JournalError: it cannot be opened or read.
        """
        if not self._books_open:
            self._books.open(self._terminal_id)
            last = self._books.ask(cash_queries.last_written)
            self._lost_time = jump_before_start(last, self._clock.now())
            self._books_open = True

    def begin(self) -> None:
        """Record this life and take up the last one; once, as soon as the journal can be written.
        Raises JournalError.
        """
        if self._life is not None:
            jump = self._lost_time
            again = second_chance(self._books, self._life.version)
            jumped = () if jump is None else (jump,)
            self._books.write([self._life, *jumped, *again])
            tell_of(jump)
            for heir in self._heirs:
                heir.start()
            self._life = None
