"""A journal that was open is found again as it was, or the terminal stays out of service."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from offline_queue.journal import (
    ChainKey,
    Journal,
    JournalDamagedError,
    JournalUnavailableError,
    queries,
)
from offline_queue.journal.chain import GENESIS
from offline_queue.journal.chain_end import ChainEnd
from offline_queue.journal.door import JournalDoor
from offline_queue.journal.number_mark import NumberGivenError, NumberMark
from offline_queue.journal.numbering import PAYMENT_NUMBER
from offline_queue.journal.opening import open_for_service

KEY = ChainKey(bytes(range(32)))
NOWHERE = ChainEnd(0, GENESIS)


@pytest.fixture
def door(path, history, now):
    """The door of a terminal that has given two numbers."""
    one = JournalDoor(path, lambda: open_for_service(path, KEY, set_aside=True, now=lambda: now))
    one.reopen()
    for record in history:
        one.append(record, at=now)
    yield one
    one.close()


def drop_out(path, pattern):
    """The disk is away: what it held is elsewhere, and its mount point is an empty folder."""
    hidden = path.parent / "hidden"
    hidden.mkdir()
    for file in list(path.parent.glob(pattern)):
        file.rename(hidden / file.name)
    return hidden


@pytest.mark.parametrize("pattern", ["journal*", "journal.db*"])
def test_where_its_disk_was_nothing_is_begun(door, path, make, now, pattern):
    hidden = drop_out(path, pattern)
    left = sorted(path.parent.iterdir())
    for _ in range(3):
        with pytest.raises(JournalUnavailableError, match="not there any more"):
            door.reopen()
    with pytest.raises(JournalUnavailableError):
        door.append(make.session_opened("s9"), at=now)
    assert sorted(path.parent.iterdir()) == left
    for file in hidden.iterdir():
        file.rename(path.parent / file.name)
    door.reopen()
    assert door.journal.next_number(PAYMENT_NUMBER) == 3


def test_an_empty_file_in_its_place_keeps_the_log_that_lies_beside_it(door, path):
    drop_out(path, "journal.db*")
    path.touch()
    path.with_name("journal.db-wal").write_bytes(b"what was written last")
    with pytest.raises(JournalUnavailableError, match="empty file"):
        door.reopen()
    assert path.with_name("journal.db-wal").read_bytes() == b"what was written last"


def test_a_file_without_a_journal_in_its_place_stays_as_it_is(door, path):
    drop_out(path, "journal.db*")
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA journal_mode=WAL")
    with pytest.raises(JournalUnavailableError, match="not there any more"):
        door.reopen()
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


def test_an_earlier_copy_in_its_place_is_not_gone_on_with(door, path, make, now):
    door.journal.at_rest(lambda driver: driver.execute("PRAGMA wal_checkpoint(TRUNCATE)"))
    earlier = path.with_name("earlier")
    shutil.copyfile(path, earlier)
    door.append(make.session_opened("s9"), make.stacked("s9", "x1"), at=now)
    drop_out(path, "journal.db*")
    earlier.rename(path)
    with pytest.raises(JournalUnavailableError, match="another file"):
        door.reopen()


def test_a_journal_that_was_begun_anew_in_its_place_is_not_gone_on_with(door, path, history, now):
    drop_out(path, "journal.db*")
    with closing(Journal(path, KEY)) as other:
        other.append(*history, at=now.replace(year=2030))
    with pytest.raises(JournalUnavailableError, match="another file"):
        door.reopen()


def test_a_number_is_not_marked_where_the_journal_is_gone(door, path, make, now):
    door.append(make.session_opened("s9"), make.stacked("s9", "x1"), at=now)
    drop_out(path, "journal*")
    with pytest.raises(JournalUnavailableError):
        door.append(make.formed(3, "s9", "x1"), at=now)
    assert not path.with_name("journal.numbers").exists()


def test_a_number_below_the_mark_is_never_given(door, path, make, now):
    door.append(make.session_opened("s9"), make.stacked("s9", "x1"), at=now)
    with pytest.raises(JournalDamagedError, match="payment_number 1 was given before"):
        door.append(make.formed(1, "s9", "x1"), at=now)
    with door.journal.reading() as connection:
        assert len(queries.payments(connection)) == 2


def test_the_last_number_may_be_given_again_for_want_of_its_record(path, key):
    mark = NumberMark(path, key)
    mark.give({PAYMENT_NUMBER: 7}, NOWHERE)
    mark.give({PAYMENT_NUMBER: 7}, NOWHERE)
    with pytest.raises(NumberGivenError):
        NumberMark(path, key).give({PAYMENT_NUMBER: 6}, NOWHERE)
    mark.settle({PAYMENT_NUMBER})
    with pytest.raises(NumberGivenError):
        NumberMark(path, key).give({PAYMENT_NUMBER: 7}, NOWHERE)
    assert mark.read() == {PAYMENT_NUMBER: 7}
