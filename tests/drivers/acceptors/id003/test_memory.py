"""What is remembered of a device: never something older than what was let in."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.acceptors.id003.memory import DeviceMemory, Kept

KEPT = Kept(table=b"\x61\x27\x01\x01", escrow=0x63, mark=7)


def test_what_is_kept_is_read(tmp_path: Path) -> None:
    memory = DeviceMemory(tmp_path / "new" / "notes")
    assert memory.read() is None
    assert memory.write(KEPT.to_bytes())
    assert Kept.from_bytes(memory.read()) == KEPT
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["notes"]


def test_what_cannot_be_written_is_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = DeviceMemory(tmp_path / "notes")
    memory.write(KEPT.to_bytes())

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        real = os.fsync
        calls: list[int] = []

        def full_at_first(descriptor: int) -> None:
            calls.append(descriptor)
            full(descriptor) if len(calls) == 1 else real(descriptor)

        patch.setattr(os, "fsync", full_at_first)
        assert memory.write(Kept(escrow=0x64).to_bytes())
    assert memory.read() is None


def test_what_can_neither_be_written_nor_taken_away_is_said_to_be_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = DeviceMemory(tmp_path / "notes")
    memory.write(KEPT.to_bytes())

    def broken(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", broken)
        patch.setattr(Path, "unlink", broken)
        assert not memory.write(Kept(escrow=0x64).to_bytes())
    assert Kept.from_bytes(memory.read()) == KEPT


def test_a_file_that_cannot_be_read_is_nothing(tmp_path: Path) -> None:
    assert DeviceMemory(tmp_path).read() is None


@pytest.mark.parametrize(
    "raw",
    [
        None,
        b"",
        b"{}",
        b"[]",
        b'{"table": "61", "escrow": 1}',
        b'{"table": "zz", "escrow": 1, "mark": 0}',
        b'{"table": "61", "escrow": true, "mark": 0}',
        b'{"table": "61", "escrow": 256, "mark": 0}',
        b'{"table": "61", "escrow": 1, "mark": null}',
        b'{"table": 61, "escrow": 1, "mark": 0}',
        b"\xff",
        b"[" * 5000,
    ],
)
def test_a_damaged_file_is_nothing(raw: bytes | None) -> None:
    assert Kept.from_bytes(raw) == Kept()


@given(st.binary(max_size=100))
def test_any_file_is_something_or_nothing(raw: bytes) -> None:
    Kept.from_bytes(raw)
