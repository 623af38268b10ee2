"""What another try may mend is tried again; what it may not is told."""

import pytest

from config.journal_key import KeyFileError
from config.settings import load_settings
from kiosk import journal_opening
from kiosk.clock import SystemClock
from kiosk.journal_opening import JournalOpening, was_begun
from kiosk.single_instance import AlreadyRunningError
from offline_queue.journal import JournalUnavailableError
from offline_queue.journal.opening import open_for_service


class StandingClock(SystemClock):
    """Its seconds pass when a test says so."""

    seconds = 1000.0

    def monotonic(self):
        return self.seconds


@pytest.fixture
def make(tmp_path):
    """Openings of a journal in a folder of its own; closed at the end."""
    made = []

    def opening(*, begins=True, clock=None):
        journal = {
            "path": str(tmp_path / "disk" / "journal.db"),
            "key_file": str(tmp_path / "disk" / "journal.key"),
        }
        settings = load_settings(None, overrides={"journal": journal})
        made.append(JournalOpening(settings.journal, clock or SystemClock(), begins=begins))
        return made[-1]

    yield opening
    for one in made:
        one.close()


@pytest.fixture
def disk(tmp_path):
    return tmp_path / "disk"


def test_a_disk_that_is_not_there_is_waited_for_and_nothing_is_made(make, disk):
    opening = make(begins=False)
    with pytest.raises(JournalUnavailableError, match="mount"):
        opening()
    assert not disk.exists()
    disk.mkdir()
    with pytest.raises(JournalUnavailableError, match="kiosk journal begin"):
        opening()
    assert not list(disk.iterdir())
    begun = make()
    begun().journal.close()
    begun.close()
    opening().journal.close()


def test_a_key_elsewhere_does_not_begin_a_journal_in_an_empty_place(make, disk):
    disk.mkdir()
    (disk / "journal.key").write_text("00" * 32)
    (disk / "journal.key").chmod(0o600)
    with pytest.raises(JournalUnavailableError, match="kiosk journal begin"):
        make(begins=False)()
    assert [one.name for one in disk.iterdir()] == ["journal.key"]


@pytest.mark.parametrize("left", ["journal.numbers", "journal.db-wal", "journal.set-aside"])
def test_where_a_journal_has_left_something_the_place_is_the_right_one(disk, left):
    disk.mkdir()
    assert not was_begun(disk / "journal.db")
    (disk / left).touch()
    assert was_begun(disk / "journal.db")


def test_a_demo_makes_its_folder(make, disk):
    make()().journal.close()
    assert (disk / "journal.db").exists()


def test_a_key_that_cannot_be_made_now_may_be_made_later(make, disk):
    disk.mkdir()
    opening = make()
    in_the_way = [disk / "journal.key", disk / "blocked"]
    in_the_way[0].symlink_to(disk / "blocked" / "key")
    with pytest.raises(JournalUnavailableError, match=r"journal\.key"):
        opening()
    in_the_way[0].unlink()
    opening().journal.close()


@pytest.mark.parametrize("left", ["journal.db", "journal.numbers"])
def test_no_key_is_made_where_there_was_a_journal(make, disk, left):
    disk.mkdir()
    first = make()
    first().journal.close()
    first.close()
    (disk / "journal.key").unlink()
    for one in list(disk.iterdir()):
        if one.name not in (left, "journal.db.lock"):
            one.unlink()
    with pytest.raises(KeyFileError, match="restore it"):
        make()()
    assert not (disk / "journal.key").exists()


def test_the_lock_is_held_from_the_first_try_that_gets_it(make, disk):
    disk.mkdir()
    first = make()
    first().journal.close()
    with pytest.raises(AlreadyRunningError):
        make()()
    first.close()
    make()().journal.close()


def test_it_is_under_way_from_its_begin_to_its_end_and_not_for_ever(make, monkeypatch):
    clock, seen = StandingClock(), []

    def slowly(path, key, **how):
        clock.seconds += 600.0
        seen.append([opening.is_under_way(within_s=limit) for limit in (600.0, 599.0)])
        return open_for_service(path, key, **how)

    monkeypatch.setattr(journal_opening, "open_for_service", slowly)
    opening = make(clock=clock)
    assert not opening.is_under_way(within_s=600.0)
    opening().journal.close()
    assert seen == [[True, False]]
    assert not opening.is_under_way(within_s=600.0)


def test_one_that_failed_is_not_under_way(make):
    opening = make(begins=False)
    with pytest.raises(JournalUnavailableError):
        opening()
    assert not opening.is_under_way(within_s=600.0)
