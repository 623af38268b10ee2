"""The secret that chains the journal: 32 random bytes, kept as hex in a file of the terminal's own.

A key is made once and never replaced: with another key the whole journal would look forged. So an
existing file that cannot be used is an error for a person, never a reason to make a new one.
"""

import os
import stat
from collections.abc import Callable
from pathlib import Path

KEY_BYTES = 32
_OWNER_ONLY = 0o600
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class KeyFileError(Exception):
    """The key file cannot be used or made; the message names the file and never shows the key."""


def load_or_create_key(path: Path, random_bytes: Callable[[int], bytes]) -> bytes:
    """The journal's key; made at the first call, durable before this returns.

    Two processes that call this at once get the same key. `random_bytes` must be fit for secrets
    (`secrets.token_bytes`). Raises KeyFileError.
    """
    try:
        if not path.exists():
            _create(path, random_bytes(KEY_BYTES))
        return _load(path)
    except OSError as error:
        raise KeyFileError(f"{path}: {error.strerror or error}") from error


def _load(path: Path) -> bytes:
    if path.stat().st_mode & _OTHERS:
        raise KeyFileError(f"{path}: others than its owner may read it; chmod 600 it")
    try:
        key = bytes.fromhex(path.read_text("ascii"))
    except ValueError:
        raise KeyFileError(f"{path}: does not hold a key in hex") from None
    if len(key) != KEY_BYTES:
        raise KeyFileError(f"{path}: holds {len(key)} bytes, not {KEY_BYTES}")
    return key


def _create(path: Path, key: bytes) -> None:
    """Write beside the place and link into it: the name appears whole or not at all, and a key
    that another process made first stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    draft.unlink(missing_ok=True)
    try:
        _write_synced(draft, key.hex() + "\n")
        path.hardlink_to(draft)
    except FileExistsError:
        return
    finally:
        draft.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _write_synced(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
