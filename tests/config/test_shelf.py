"""Contents on disk: whole or not at all, and the one before kept."""

import errno
import os
from pathlib import Path

import pytest

from config.shelf import Kept, Shelf


def test_what_was_put_is_kept_with_the_one_before(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "content")
    assert shelf.kept("catalogue") == []
    for version in ("1", "2", "3"):
        shelf.put("catalogue", version, f"content {version}".encode())
    assert Shelf(tmp_path / "content").kept("catalogue") == [
        Kept("3", b"content 3"),
        Kept("2", b"content 2"),
    ]
    assert len(list((tmp_path / "content" / "catalogue").iterdir())) == 3


def test_going_back_puts_the_old_one_in_use(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    for version in ("1", "2", "1"):
        shelf.put("fees", version, version.encode())
    assert [it.version for it in shelf.kept("fees")] == ["1", "2"]


def test_only_what_is_in_use_counts_as_there(tmp_path: Path) -> None:
    import hashlib

    shelf = Shelf(tmp_path)
    shelf.put("fees", "1", b"one")
    shelf.put("fees", "2", b"two")
    assert shelf.has("fees", hashlib.sha256(b"two").hexdigest())
    assert not shelf.has("fees", hashlib.sha256(b"one").hexdigest())


@pytest.mark.parametrize("names", [b"", b"{", b"[1]", b'[["1", "../../etc/passwd"]]', b"\xff"])
def test_a_spoilt_list_of_names_is_an_empty_shelf(tmp_path: Path, names: bytes) -> None:
    shelf = Shelf(tmp_path)
    shelf.put("fees", "1", b"one")
    (tmp_path / "fees" / "names.json").write_bytes(names)
    assert shelf.kept("fees") == []
    shelf.put("fees", "1", b"one")
    assert shelf.kept("fees") == [Kept("1", b"one")]


def test_spoilt_bytes_are_left_out(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.put("fees", "1", b"one")
    shelf.put("fees", "2", b"two")
    for file in (tmp_path / "fees").glob("*"):
        if file.read_bytes() == b"two":
            file.write_bytes(b"tw")
    assert shelf.kept("fees") == [Kept("1", b"one")]


def test_a_full_disk_leaves_what_was_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf(tmp_path)
    shelf.put("fees", "1", b"one")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    for allowed in range(4):
        calls = iter([True] * allowed)
        real = os.fsync
        monkeypatch.setattr(
            os, "fsync", lambda fd, c=calls, r=real: r(fd) if next(c, 0) else full(fd)
        )
        try:
            shelf.put("fees", "2", b"two")
        except OSError:
            kept = Shelf(tmp_path).kept("fees")
            assert kept[0] in (Kept("1", b"one"), Kept("2", b"two"))
        monkeypatch.setattr(os, "fsync", real)
