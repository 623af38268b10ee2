"""Copies of a journal in use: whole, proved, few, and never in the way."""

import shutil
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from offline_queue.journal import ChainKey, Journal
from offline_queue.journal import copies as copying
from offline_queue.journal.backup import back_up, backups, is_due, next_generation
from offline_queue.journal.copies import CopyFailedError
from offline_queue.journal.records import DeviceNoted
from offline_queue.journal.verify import verify

KEY = ChainKey(bytes(range(32)))
NOW = datetime(2026, 5, 2, 3, 4, 5, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "second disk"
    folder.mkdir()
    return folder


@pytest.fixture
def generation(path, folder):
    def make(now=NOW, keep=2, spare_bytes=0):
        return next_generation(
            folder, path, KEY, now=now, keep=keep, spare_bytes=spare_bytes
        ).path.name

    return make


def test_a_copy_beside_a_writer_holds_what_stands_in_the_log_too(
    journal, write, day, path, folder, key
):
    write(journal, day)
    assert path.with_name("journal.db-wal").stat().st_size > 0
    assert back_up(path, key, folder / "copy.db") == len(day)
    verdict = verify(folder / "copy.db", key)
    assert verdict.ok, verdict.findings
    assert verdict.records == len(day)


def test_the_writer_goes_on_and_folds_its_log_in_afterwards(journal, write, day, path, folder, key):
    write(journal, day)
    back_up(path, key, folder / "copy.db")
    journal.append(day[0], at=NOW)
    journal.close()
    assert not path.with_name("journal.db-wal").exists()
    assert verify(path, key).records == len(day) + 1


def test_a_copy_goes_on_as_a_journal(written, folder, key, open_journal, make, now):
    back_up(written, key, folder / "copy.db")
    journal = open_journal(folder / "copy.db")
    journal.append(make.session_opened("later"), at=now)
    journal.close()
    assert verify(folder / "copy.db", key).ok


def test_a_copy_is_one_file(written, folder, key):
    back_up(written, key, folder / "copy.db")
    assert [one.name for one in folder.iterdir() if not one.name.endswith("-shm")] == ["copy.db"]


def test_an_empty_journal_can_be_copied(journal, path, folder, key):
    assert back_up(path, key, folder / "copy.db") == 0


def test_a_file_that_is_there_is_never_overwritten(written, folder, key):
    (folder / "copy.db").write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        back_up(written, key, folder / "copy.db")
    assert (folder / "copy.db").read_bytes() == b"mine"
    assert [one.name for one in folder.iterdir()] == ["copy.db"]


def test_a_copy_with_another_key_is_no_copy(written, folder):
    with pytest.raises(CopyFailedError, match="chain"):
        back_up(written, ChainKey(bytes(32)), folder / "copy.db")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE record SET body = body || ' ' WHERE seq = (SELECT max(seq) FROM record)",
        "DELETE FROM record WHERE seq > 5",
        "UPDATE head SET seq = seq - 1",
        "DELETE FROM head",
    ],
)
def test_the_end_of_a_journal_that_was_changed_is_not_copied(
    written, folder, key, tampering, spoil
):
    with tampering(written) as file:
        file.execute(spoil)
    with pytest.raises(CopyFailedError):
        back_up(written, key, folder / "copy.db")
    assert list(folder.iterdir()) == []


def test_a_disk_that_fails_in_the_middle_leaves_no_copy(written, folder, key, monkeypatch):
    def broken(*_):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(copying, "_sync", broken)
    with pytest.raises(OSError, match="Input/output"):
        back_up(written, key, folder / "copy.db")
    assert list(folder.iterdir()) == []


def test_two_generations_are_kept(written, generation, folder):
    for days in range(4):
        generation(NOW + days * DAY)
    assert sorted(one.name for one in folder.iterdir() if one.suffix == ".db") == [
        "journal.backup-000003-20260504T030405Z.db",
        "journal.backup-000004-20260505T030405Z.db",
    ]


def test_a_clock_that_went_back_does_not_cost_the_newest_copy(written, generation, folder):
    generation(NOW)
    generation(NOW + DAY)
    newest = generation(NOW - 100 * DAY)
    assert newest in {one.path.name for one in backups(folder, written)}


def test_a_new_journal_does_not_push_out_the_copies_of_the_one_before(
    written, generation, folder, key, now, make
):
    """As after a journal that was set aside: its copies may be the last good ones."""
    old = {generation(NOW), generation(NOW + DAY)}
    written.unlink()
    journal = Journal(written, key)
    for days in range(2, 6):
        journal.append(make.session_opened(f"new-{days}"), at=now)
        newest = generation(NOW + days * DAY)
    journal.close()
    left = {one.path.name for one in backups(folder, written)}
    assert old <= left
    assert newest in left
    assert len(left) == 4


def test_what_a_copy_that_was_cut_off_has_left_is_removed(written, generation, folder):
    for name in ("journal.backup-000007-x.db.new", "journal.backup-000007-x.db.new-journal"):
        (folder / name).write_bytes(b"half a copy")
    generation()
    assert not list(folder.glob("*.new*"))


def test_a_copy_and_the_journal_itself_are_their_owners_alone(written, open_journal, generation):
    written.chmod(0o644)
    journal = open_journal(written)
    journal.append(DeviceNoted(device="test", event="here"), at=NOW)
    kept_by = [written.with_name(f"journal.db{suffix}") for suffix in ("", "-wal", "-shm")]
    copy = written.parent / "second disk" / generation()
    assert {oct(one.stat().st_mode & 0o777) for one in [*kept_by, copy]} == {"0o600"}


def test_files_of_others_are_left_alone(written, generation, folder):
    for name in ("other.backup-000001-20260504T030405Z.db", "journal.backup-x.db", "notes.txt"):
        (folder / name).write_bytes(b"mine")
    for days in range(3):
        generation(NOW + days * DAY)
    assert (folder / "other.backup-000001-20260504T030405Z.db").exists()
    assert (folder / "journal.backup-x.db").exists()
    assert (folder / "notes.txt").exists()


def test_when_no_copy_can_be_made_the_old_ones_stand(written, generation, folder):
    names = {generation(NOW), generation(NOW + DAY)}
    with pytest.raises(CopyFailedError, match="needed"):
        generation(NOW + 2 * DAY, spare_bytes=shutil.disk_usage(folder).total)
    assert {one.path.name for one in backups(folder, written)} == names


def test_a_folder_that_is_not_there_is_not_made(written, tmp_path, key):
    with pytest.raises(OSError, match="missing"):
        next_generation(tmp_path / "missing", written, key, now=NOW, keep=2, spare_bytes=0)
    assert not (tmp_path / "missing").exists()


@pytest.mark.parametrize(
    ("hours", "due"), [(0, False), (23.9, False), (24, True), (1000, True), (-1, True)]
)
def test_when_a_copy_is_due(written, generation, folder, hours, due):
    generation(NOW)
    assert is_due(backups(folder, written), NOW + timedelta(hours=hours), DAY) is due


def test_the_first_copy_is_due_at_once(folder, path):
    assert is_due(backups(folder, path), NOW, DAY)


def test_a_journal_that_cannot_be_read_gives_no_copy(path, folder, key):
    path.write_bytes(b"rubbish" * 1000)
    with pytest.raises(sqlite3.Error):
        back_up(path, key, folder / "copy.db")
    assert list(folder.iterdir()) == []


def test_a_journal_of_one_record_can_be_copied(path, folder, key, make, now):
    journal = Journal(path, key)
    journal.append(make.session_opened("one"), at=now)
    journal.close()
    assert back_up(path, key, folder / "copy.db") == 1
