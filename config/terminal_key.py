"""The key by which the backend knows this terminal: 32 bytes that never leave this machine.

Kept beside the journal's secret, readable by its owner alone, with the number of the terminal it was
made for. A new key stands in a draft beside the file until the backend has agreed to it, so that
neither a crash nor a lost answer loses it. It must never be shown.
"""

import json
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from config.journal_key import KeyFileError

KEY_BYTES = 32
_OWNER_ONLY = 0o600
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalKey:
    """A raw Ed25519 private key and whose it is."""

    terminal_id: str
    private: bytes = field(repr=False)


def load_terminal_key(path: Path) -> TerminalKey | None:
    """The key in this file; None when there is no file.

    Raises:
        KeyFileError: the file cannot be used.
    """
    try:
        if not path.exists():
            return None
        if path.stat().st_mode & _OTHERS:
            raise KeyFileError(f"{path}: others than its owner may read it; chmod 600 it")
        told: Any = json.loads(path.read_text("ascii"))
        key = TerminalKey(
            terminal_id=str(told["terminal_id"]),
            private=bytes.fromhex(told["private_key"]),
        )
    except OSError as error:
        raise KeyFileError(f"{path}: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError):
        raise KeyFileError(f"{path}: does not hold a terminal's key; enrol anew") from None
    if len(key.private) != KEY_BYTES:
        raise KeyFileError(f"{path}: holds {len(key.private)} bytes, not {KEY_BYTES}")
    return key


def draft_of(path: Path) -> Path:
    """Where a key stands that the backend has not agreed to yet."""
    return path.with_name(path.name + ".next")


def draft_key(path: Path, terminal_id: str, random_bytes: Callable[[int], bytes]) -> TerminalKey:
    """The draft of this terminal; made at the first call, durable before this returns.

    Raises:
        KeyFileError: it cannot be read or written.
    """
    key = load_terminal_key(draft_of(path))
    if key is None or key.terminal_id != terminal_id:
        key = TerminalKey(terminal_id=terminal_id, private=random_bytes(KEY_BYTES))
        _save(draft_of(path), key)
    return key


def promote_draft(path: Path) -> None:
    """The backend has agreed: the draft is the terminal's key from now on, durably.

    Raises:
        KeyFileError: it could not be moved.
    """
    try:
        draft_of(path).replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise KeyFileError(f"{path}: {error.strerror or error}") from error


def _save(path: Path, key: TerminalKey) -> None:
    told = {"terminal_id": key.terminal_id, "private_key": key.private.hex()}
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(json.dumps(told) + "\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise KeyFileError(f"{path}: {error.strerror or error}") from error


def _sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
