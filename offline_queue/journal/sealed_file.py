"""A small file beside the journal, sealed with the journal's key.

Two lines: JSON of one object, and the seal in hex. It is replaced as a whole and durably; what was
cut short, changed, or sealed with another key is told from a file that is not there.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from offline_queue.journal.chain import ChainKey, same
from offline_queue.journal.folders import sync_folder

_OWNER_ONLY = 0o600


class SealBrokenError(Exception):
    """The file is not what was written under this key."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: its seal does not fit: changed, or sealed with another key")


@dataclass(frozen=True, slots=True)
class SealedFile:
    """The file at `path`; `purpose` tells kinds of files apart under one key."""

    path: Path
    key: ChainKey
    purpose: str

    def read(self) -> dict[str, Any] | None:
        """What was written last; None where there is no file.

        Raises:
            SealBrokenError: the file is not what was written.
            OSError: it cannot be read.
        """
        try:
            stored = self.path.read_bytes()
        except FileNotFoundError:
            return None
        try:
            text, seal, rest = stored.decode().split("\n")
            sound = not rest and same(bytes.fromhex(seal), self.key.vouch(self.purpose, text))
        except ValueError:
            sound = False
        if not sound:
            raise SealBrokenError(self.path)
        content: dict[str, Any] = json.loads(text)
        return content

    def write(self, content: dict[str, Any]) -> None:
        """Replace the file; durable when this returns. Raises OSError: the old file stands."""
        text = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
        seal = self.key.vouch(self.purpose, text).hex()
        draft = self.path.with_name(f"{self.path.name}.new")
        draft.unlink(missing_ok=True)
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{text}\n{seal}\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.path)
        sync_folder(self.path.parent)

    def remove(self) -> None:
        """Remove it, durably; nothing to do where it is not. Raises OSError."""
        self.path.unlink(missing_ok=True)
        sync_folder(self.path.parent)
