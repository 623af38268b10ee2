"""An error at commit means unknown: what the journal finds out, and what it must leave open."""

import sqlite3

import pytest

from offline_queue.journal import (
    JournalDamagedError,
    JournalUnavailableError,
    JournalWriteError,
    engine,
    queries,
)
from offline_queue.journal import journal as writer
from offline_queue.journal.verify import verify

BROKEN = sqlite3.OperationalError("disk I/O error")


@pytest.fixture
def failing_commit(monkeypatch, journal):
    """Makes the journal's next commit raise, after or instead of the real one."""

    def arm(*, really: bool) -> None:
        def fail(driver):
            monkeypatch.setattr(writer, "commit", engine.commit)
            if really:
                engine.commit(driver)
            raise BROKEN

        monkeypatch.setattr(writer, "commit", fail)

    return arm


@pytest.fixture
def unreadable(monkeypatch, journal):
    """The file cannot be opened until the switch is called again with False."""

    def switch(off: bool) -> None:
        if off:

            def refuse(*_arguments, **_named):
                raise BROKEN

            monkeypatch.setattr(journal._engine.dialect, "connect", refuse)
        else:
            monkeypatch.undo()

    return switch


def test_a_commit_that_raised_and_was_stored_is_a_success(
    journal, failing_commit, make, now, path, key
):
    failing_commit(really=True)
    journal.append(make.stacked("s1", "n1"), at=now)
    journal.append(make.stacked("s1", "n2"), at=now)
    assert verify(path, key).records == 2
    assert verify(path, key).ok


def test_a_commit_that_raised_and_was_not_stored_is_a_failure(
    journal, failing_commit, make, now, path, key
):
    failing_commit(really=False)
    with pytest.raises(JournalWriteError, match="disk I/O error.*free space"):
        journal.append(make.stacked("s1", "n1"), at=now)
    with journal.reading() as connection:
        assert queries.note(connection, "n1") is None
    journal.append(make.stacked("s1", "n1"), at=now)
    assert verify(path, key).records == 1
    assert verify(path, key).ok


@pytest.mark.parametrize("really", [True, False])
def test_while_the_file_cannot_be_read_nobody_claims_to_know(
    journal, failing_commit, unreadable, make, now, path, key, really
):
    failing_commit(really=really)
    unreadable(True)
    with pytest.raises(JournalUnavailableError):
        journal.append(make.stacked("s1", "n1"), at=now)
    with pytest.raises(JournalUnavailableError):
        journal.append(make.stacked("s1", "n1"), at=now)
    with pytest.raises(JournalUnavailableError), journal.reading():
        pass
    unreadable(False)
    with journal.reading() as connection:
        assert (queries.note(connection, "n1") is not None) is really
    assert verify(path, key).ok


def test_a_note_told_again_after_an_unknown_commit_is_counted_once(
    journal, failing_commit, unreadable, make, now, path, key
):
    """The acceptor keeps telling what was not acknowledged, with the same cycle."""
    journal.append(make.session_opened("s1"), make.escrowed("s1", "n1"), at=now)
    failing_commit(really=True)
    unreadable(True)
    with pytest.raises(JournalUnavailableError):
        journal.append(make.stacked("s1", "n1"), at=now)
    unreadable(False)
    journal.append(make.stacked("s1", "n1"), at=now)
    with journal.reading() as connection:
        assert queries.cash(connection) == {10_000: 1}
        assert [note.cycle for note in queries.session_notes(connection, "s1")] == ["n1"]
    assert verify(path, key).ok


def test_a_file_that_broke_meanwhile_is_told_apart(journal, make, now, tampering):
    journal.append(make.stacked("s1", "n1"), at=now)
    with tampering(journal.path) as file:
        file.execute("UPDATE head SET seq = 7")
    with pytest.raises(JournalDamagedError):
        journal.append(make.stacked("s1", "n2"), at=now)


def test_an_error_without_words_still_names_itself(journal, monkeypatch, make, now):
    def fail(driver):
        raise OSError

    monkeypatch.setattr(writer, "commit", fail)
    monkeypatch.setattr(journal, "reopen", lambda: None)
    with pytest.raises(JournalWriteError, match="OSError"):
        journal.append(make.stacked("s1", "n1"), at=now)


def test_an_error_while_reading_is_the_journals_own(journal):
    with pytest.raises(JournalUnavailableError, match="no such table"), journal.reading() as it:
        it.exec_driver_sql("SELECT * FROM elsewhere")
    with journal.reading() as connection:
        assert queries.cash(connection) == {}


def test_a_damaged_page_met_while_reading_is_called_damage(journal):
    error = sqlite3.DatabaseError("database disk image is malformed")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    with pytest.raises(JournalDamagedError), journal.reading():
        raise error
