"""A driver's small file: whole or not there, and never a reason to stop."""

import os
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from drivers.acceptors.kept_file import read_kept, remove_kept, replace_kept, warn


def test_a_file_whose_replacement_fails_says_what_it_said_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kept"
    replace_kept(path, b"one")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            replace_kept(path, b"two")
    assert read_kept(path, or_warn="not_read") == b"one"


def test_what_is_taken_away_is_gone_with_its_name_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kept"
    replace_kept(path, b"one")
    synced: list[str] = []
    fsync = os.fsync

    def watched(descriptor: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        fsync(descriptor)

    monkeypatch.setattr("os.fsync", watched)
    remove_kept(path)
    assert read_kept(path, or_warn="not_read") is None
    assert synced == [str(tmp_path)]


def test_nothing_is_taken_away_from_a_folder_that_is_not_there(tmp_path: Path) -> None:
    remove_kept(tmp_path / "disk" / "kept")
    assert not (tmp_path / "disk").exists()


def test_only_a_file_that_is_there_and_cannot_be_read_is_warned_of(tmp_path: Path) -> None:
    with capture_logs() as logs:
        assert read_kept(tmp_path / "kept", or_warn="not_read") is None
        assert read_kept(tmp_path, or_warn="not_read") is None
    assert [(log["event"], log["log_level"]) for log in logs] == [("not_read", "warning")]


def test_a_full_disk_under_the_log_too_is_survived(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def warning(self, *_: object, **__: object) -> None:
            raise OSError("no space left on device")

    monkeypatch.setattr("drivers.acceptors.kept_file._log", Full())
    warn("not_kept", OSError("read-only"))
