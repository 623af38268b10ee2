"""The bill table outlives the process."""

import os
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from drivers.acceptors.ccnet.memory import TableMemory


def test_what_is_written_is_read_by_the_next_life(tmp_path: Path) -> None:
    path = tmp_path / "acceptor.table"
    assert TableMemory(path).read() is None
    TableMemory(path).write(b"one")
    TableMemory(path).write(b"two")
    assert TableMemory(path).read() == b"two"
    assert [file.name for file in path.parent.iterdir()] == ["acceptor.table"]


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    """It may be a disk that is still to come; what is written before it comes would be hidden."""
    TableMemory(tmp_path / "disk" / "acceptor.table").write(b"one")
    assert not (tmp_path / "disk").exists()


def test_a_new_file_is_synced_with_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    fsync = os.fsync

    def watched(descriptor: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        fsync(descriptor)

    monkeypatch.setattr("os.fsync", watched)
    TableMemory(tmp_path / "acceptor.table").write(b"one")
    assert synced == [str(tmp_path / "acceptor.new"), str(tmp_path)]


def test_a_file_that_cannot_be_written_is_a_warning_and_no_more(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("a file where the folder should be")
    with capture_logs() as logs:
        TableMemory(tmp_path / "folder" / "acceptor.table").write(b"one")
    assert [(log["event"], log["log_level"]) for log in logs] == [
        ("bill_table_not_kept", "warning")
    ]
    assert "folder" in logs[0]["error"]


def test_a_file_that_cannot_be_read_is_a_table_not_known(tmp_path: Path) -> None:
    with capture_logs() as logs:
        assert TableMemory(tmp_path).read() is None
    assert [log["event"] for log in logs] == ["bill_table_not_read"]
