"""The terminal's key: drafted before anybody hears of it, its owner's alone, never shown."""

from pathlib import Path

import pytest

from config.journal_key import KeyFileError
from config.terminal_key import draft_key, draft_of, load_terminal_key, promote_draft

T = "10238898"


def made(size: int) -> bytes:
    return b"k" * size


def test_a_draft_is_made_once_and_becomes_the_key(tmp_path: Path) -> None:
    path = tmp_path / "var" / "terminal.key"
    draft = draft_key(path, T, made)
    assert load_terminal_key(path) is None
    assert draft_of(path).stat().st_mode & 0o777 == 0o600
    assert draft_key(path, T, lambda size: b"x" * size) == draft
    promote_draft(path)
    assert load_terminal_key(path) == draft
    assert path.stat().st_mode & 0o777 == 0o600
    assert [it.name for it in path.parent.iterdir()] == ["terminal.key"]


def test_a_draft_of_another_terminal_is_none_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "terminal.key"
    draft_key(path, "10000001", made)
    assert draft_key(path, T, lambda size: b"x" * size).private == b"x" * 32


def test_a_key_is_never_shown(tmp_path: Path) -> None:
    assert "6b6b" not in repr(draft_key(tmp_path / "terminal.key", T, made))
    assert "kkkk" not in repr(draft_key(tmp_path / "terminal.key", T, made))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        '{"terminal_id": "10238898", "private_key": "zz"}',
        '"x"',
        "\xff",
        '{"terminal_id": "10238898", "private_key": "00"}',
    ],
)
def test_a_file_that_holds_no_key_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "terminal.key"
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(KeyFileError, match=r"terminal\.key: "):
        load_terminal_key(path)


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "terminal.key"
    draft_key(path, T, made)
    promote_draft(path)
    path.chmod(0o640)
    with pytest.raises(KeyFileError, match="chmod 600"):
        load_terminal_key(path)
