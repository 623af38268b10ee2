"""The journal's key is made once, whole, private, and never replaced."""

import os
import secrets
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from config.journal_key import KEY_BYTES, KeyFileError, load_or_create_key


def fixed(count: int) -> bytes:
    return bytes(range(count))


def test_a_missing_key_is_made_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "var" / "journal.key"
    key = load_or_create_key(path, fixed)
    assert key == bytes(range(KEY_BYTES))
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_text("ascii").strip() == key.hex()
    assert [file.name for file in path.parent.iterdir()] == ["journal.key"]


def test_the_key_is_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        load_or_create_key(tmp_path / "k", fixed)
    finally:
        os.umask(before)
    assert (tmp_path / "k").stat().st_mode & 0o777 == 0o600


def test_an_existing_key_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "k"
    first = load_or_create_key(path, secrets.token_bytes)
    assert load_or_create_key(path, secrets.token_bytes) == first


def test_a_draft_that_a_power_cut_left_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / f"k.{os.getpid()}.new").write_text("00", "ascii")
    assert load_or_create_key(tmp_path / "k", fixed) == fixed(KEY_BYTES)


def test_many_at_once_get_the_same_key(tmp_path: Path) -> None:
    path = tmp_path / "k"
    load_or_create_key(path, fixed)
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: load_or_create_key(path, secrets.token_bytes), range(32)))
    assert keys == {fixed(KEY_BYTES)}


def test_a_key_that_appears_meanwhile_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "k"

    def slow(count: int) -> bytes:
        load_or_create_key(path, fixed)
        return b"\xff" * count

    assert load_or_create_key(path, slow) == fixed(KEY_BYTES)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "0 bytes"),
        ("ab" * 31, "31 bytes"),
        ("zz" * 32, "in hex"),
        ("ключ", "in hex"),
    ],
)
def test_a_damaged_key_is_an_error_and_stays(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "k"
    path.write_text(text, "utf-8")
    path.chmod(0o600)
    with pytest.raises(KeyFileError, match=reason):
        load_or_create_key(path, fixed)
    assert path.read_text("utf-8") == text


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "k"
    load_or_create_key(path, fixed)
    path.chmod(0o640)
    with pytest.raises(KeyFileError, match="chmod 600"):
        load_or_create_key(path, fixed)


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "ascii")
    with pytest.raises(KeyFileError):
        load_or_create_key(tmp_path / "file" / "k", fixed)
