"""Contents that the backend sent, on the terminal's disk: whole or not at all, the last good kept.

Of each kind there is one in use and the one before it. Both are named by a small file that is
replaced in one step, after the bytes are on the disk; bytes are only given out when their hash is
right. Who puts something here has checked it. A shelf that cannot be read is an empty one: the
terminal then sells what it was shipped with.
"""

import contextlib
import hashlib
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_KEPT: Final = 2
_NAME: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Kept:
    """One content: its version and its bytes."""

    version: str
    content: bytes


class Shelf:
    """The folder. One thread writes; others may read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, kind: str, version: str, content: bytes) -> None:
        """Let this be in use from now on.

        Raises:
            OSError: the disk cannot take it; what was in use still is.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        before = [it for it in self._named(kind) if it[1] != sha256]
        named = [(version, sha256), *before][:_KEPT]
        home = self._folder / kind
        home.mkdir(parents=True, exist_ok=True)
        _replace(home / sha256, content)
        _replace(home / "names.json", json.dumps(named).encode())
        for old in home.iterdir():
            if _NAME.fullmatch(old.name) and old.name not in {it[1] for it in named}:
                with contextlib.suppress(OSError):
                    old.unlink()

    def has(self, kind: str, sha256: str) -> bool:
        """True when these bytes are in use."""
        return any(it[1] == sha256 for it in self._named(kind)[:1])

    def kept(self, kind: str) -> list[Kept]:
        """What is kept of this kind, the one in use first; what is spoilt is left out."""
        found = []
        for version, sha256 in self._named(kind):
            try:
                content = (self._folder / kind / sha256).read_bytes()
            except OSError:
                continue
            if hashlib.sha256(content).hexdigest() == sha256:
                found.append(Kept(version, content))
        return found

    def _named(self, kind: str) -> list[tuple[str, str]]:
        try:
            told = json.loads((self._folder / kind / "names.json").read_bytes())
            return [(str(version), sha256) for version, sha256 in told if _NAME.fullmatch(sha256)]
        except (OSError, ValueError, TypeError):
            return []


def _replace(path: Path, content: bytes) -> None:
    """Write a file in one step: after a power cut it is the old one or the new one."""
    temporary = path.with_name(f".{path.name}.new")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
