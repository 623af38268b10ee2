"""The beginning of a life: nothing before the journal is known as ours, everything once."""

from datetime import UTC, datetime

import pytest

from kiosk.terminal.books import OtherTerminalError
from kiosk.terminal.opening import Opening
from offline_queue.journal import JournalWriteError, cash_queries
from offline_queue.journal.cash_records import ClockJumped, JumpSeen

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Books:
    """Writes down what is done with it; `last` is the time of the journal's last record."""

    def __init__(self, last=""):
        self.last = last
        self.log = []
        self.trouble = None

    def open(self, terminal_id):
        if self.trouble is not None:
            raise self.trouble
        self.log.append(("open", terminal_id))

    def ask(self, question):
        # The last record's time is asked for by name; what is parked, by a question of its own.
        return self.last if question is cash_queries.last_written else ()

    def write(self, records):
        self.log.append(("write", *(type(one).__name__ for one in records)))
        self.records = records


class Clock:
    def now(self):
        return NOON


class Heir:
    def __init__(self, name, log):
        self.name = name
        self.log = log
        self.trouble = None

    def start(self):
        if self.trouble is not None:
            raise self.trouble
        self.log.append(self.name)


def opening(books, *heirs):
    made = Opening(books, Clock(), terminal_id="00000001", heirs=heirs)
    made.name_life(boot="boot", version="1")
    return made


def test_the_life_is_recorded_before_its_heirs_take_up_the_last_one():
    books = Books()
    begun = opening(books, Heir("first", books.log), Heir("second", books.log))
    for _ in range(2):
        begun.open_books()
        begun.begin()
    assert books.log == [("open", "00000001"), ("write", "TerminalStarted"), "first", "second"]


def test_a_clock_that_has_lost_its_time_is_recorded_with_the_life():
    books = Books(last="2026-11-22T13:00:00.000+00:00")
    begun = opening(books)
    begun.open_books()
    begun.begin()
    jump = books.records[1]
    assert isinstance(jump, ClockJumped)
    assert jump.seen is JumpSeen.START


def test_a_journal_of_another_terminal_is_asked_again_and_never_written(tmp_path):
    books = Books()
    books.trouble = OtherTerminalError(tmp_path, "99999999", "00000001")
    begun = opening(books)
    for _ in range(2):
        with pytest.raises(OtherTerminalError):
            begun.open_books()
    assert books.log == []


def test_a_life_that_could_not_be_taken_up_is_begun_again():
    books = Books()
    heir = Heir("heir", books.log)
    begun = opening(books, heir)
    begun.open_books()
    heir.trouble = JournalWriteError("database or disk is full")
    with pytest.raises(JournalWriteError):
        begun.begin()
    heir.trouble = None
    begun.begin()
    assert books.log[-2:] == [("write", "TerminalStarted"), "heir"]
