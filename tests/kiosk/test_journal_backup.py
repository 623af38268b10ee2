"""The terminal copies its journal by itself: when it is due, and when nobody is there."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from config.settings import load_settings
from kiosk.journal_backup import RETRY_S, BackupThread, JournalBackups
from offline_queue.journal import ChainKey, Journal
from offline_queue.journal.records import DeviceNoted

KEY = ChainKey(bytes(range(32)))


class Around:
    """A clock, a customer, and a folder."""

    def __init__(self, folder):
        self.folder = folder
        self.wall = datetime(2026, 5, 1, tzinfo=UTC)
        self.seconds = 0.0
        self.alone = True
        self.key = KEY
        overrides = {
            "path": str(folder / "journal.db"),
            "key_file": str(folder / "journal.key"),
            "backup_folder": str(folder / "copies"),
            "min_free_mb": 1,
        }
        self.settings = load_settings(None, overrides={"journal": overrides}).journal
        self.backups = self.using(self.settings)

    def using(self, settings):
        return JournalBackups(settings, lambda: self.key, self, lambda: self.alone)

    def now(self):
        return self.wall

    def monotonic(self):
        return self.seconds

    def wait(self, hours):
        self.wall += timedelta(hours=hours)
        self.seconds += hours * 3600

    def look(self):
        with capture_logs() as logs:
            self.backups.look()
        return [one["event"] for one in logs]

    @property
    def copies(self):
        return sorted(one.name for one in (self.folder / "copies").glob("*.db"))


@pytest.fixture
def around(tmp_path):
    journal = Journal(tmp_path / "journal.db", KEY)
    journal.append(DeviceNoted(device="test", event="x"), at=datetime(2026, 5, 1, tzinfo=UTC))
    (tmp_path / "copies").mkdir()
    yield Around(tmp_path)
    journal.close()


def test_a_copy_a_day_while_nobody_is_there(around):
    assert around.look() == ["journal_backed_up"]
    assert around.look() == []
    around.wait(23)
    assert around.look() == []
    around.wait(1)
    assert around.look() == ["journal_backed_up"]
    assert len(around.copies) == 2


def test_a_customer_is_not_disturbed(around):
    around.alone = False
    assert around.look() == []
    around.alone = True
    assert around.look() == ["journal_backed_up"]


def test_a_journal_that_is_not_open_yet_is_waited_for(around):
    around.key = None
    assert around.look() == []


def test_without_a_folder_nothing_is_copied(around):
    around.backups = around.using(around.settings.model_copy(update={"backup_folder": None}))
    assert around.look() == []
    assert around.copies == []


def test_a_failure_is_an_alarm_and_is_tried_again_later(around):
    (around.folder / "copies").rmdir()
    assert around.look() == ["journal_backup_failed"]
    assert around.look() == []
    (around.folder / "copies").mkdir()
    around.seconds += RETRY_S
    assert around.look() == ["journal_backed_up"]


def test_the_thread_looks_until_it_is_stopped():
    looked = threading.Event()
    thread = BackupThread(looked.set, every_s=0.001)
    thread.start()
    assert looked.wait(10)
    thread.stop()
    looked.clear()
    assert not looked.is_set()


def test_a_bug_in_looking_ends_no_thread():
    looks = []
    again = threading.Event()

    def look():
        looks.append(1)
        if len(looks) > 1:
            again.set()
        raise ZeroDivisionError

    thread = BackupThread(look, every_s=0.001)
    with capture_logs():
        thread.start()
        assert again.wait(10)
        thread.stop()
