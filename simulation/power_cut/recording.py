"""Records what SQLite does to the files of a folder, while the real files are written as ever.

A thin layer on SQLite's own Unix file layer: only opening, deleting, writing, resizing, syncing and
closing pass through Python; reading, locks and shared memory stay as they are, so that any program
runs unmodified with its own settings, write-ahead log included. It must never change what a program
reads, nor the outcome of a call. For one thread at a time; not for a running terminal.
"""

import ctypes
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from simulation.power_cut import sqlite_library as c
from simulation.power_cut.lossy_disk import Image, LossyDisk
from simulation.power_cut.operations import (
    FolderSynced,
    Linked,
    Operation,
    Resized,
    Synced,
    Unlinked,
    Written,
)

_JOURNALS: Final = c.OPEN_MAIN_JOURNAL | c.OPEN_SUPER_JOURNAL | c.OPEN_WAL


class Tape:
    """What was done to the files of one folder since the recording began.

    Args:
        folder: where they lie.
        before: what lay there when it began.
        operations: what was done since, elsewhere.
    """

    def __init__(self, folder: Path, before: Image, operations: Sequence[Operation] = ()) -> None:
        self.folder = str(folder.absolute())
        self.before = before
        self.operations = list(operations)
        self._numbers = self.disk().names

    def moved(self, folder: Path) -> "Tape":
        """As this one, for copies of the files in another folder; it goes its own way from here."""
        return Tape(folder, self.before, self.operations)

    def disk(self, operations: int | None = None) -> LossyDisk:
        """The disk after so many operations (default: now)."""
        disk = LossyDisk(self.before)
        for operation in self.operations[:operations]:
            disk.take(operation)
        return disk

    def opened(self, name: str) -> int:
        """The number of the file that has this name now; it gets one if it is new."""
        if name not in self._numbers:
            # No operation of this folder has a number like it: each adds at least one operation.
            self._numbers[name] = len(self.operations)
            self.operations.append(Linked(name, self._numbers[name]))
        return self._numbers[name]

    def deleted(self, name: str) -> None:
        """The name is gone."""
        if self._numbers.pop(name, None) is not None:
            self.operations.append(Unlinked(name))


@contextmanager
def recorded(folder: Path, before: Tape | None = None) -> Iterator[Tape]:
    """While this holds, files that SQLite opens in this folder are recorded.

    Args:
        folder: holds no other folders.
        before: the recording of the folder from which the files were copied as they were there;
            what was not synced there is not synced here.

    Raises:
        NoSqliteLibraryError: Python's SQLite is out of reach.
    """
    layer = _layer()
    tape = Tape(folder, files_in(folder)) if before is None else before.moved(folder)
    layer.tapes[tape.folder] = tape
    layer.install()
    try:
        yield tape
    finally:
        del layer.tapes[tape.folder]
        layer.remove()


def files_in(folder: Path) -> Image:
    """The files of a folder as they are now."""
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}


@dataclass(slots=True)
class _Open:
    tape: Tape
    file: int
    methods: c.Methods
    syncs_folder: bool
    """SQLite syncs the folder, too, with the first sync of a journal or log that it might make."""


@dataclass(slots=True)
class _Layer:
    """The one layer of this process; ctypes needs everything in it alive for as long as SQLite."""

    native: c.Vfs
    vfs: c.Vfs
    tapes: dict[str, Tape] = field(default_factory=dict)
    open: dict[int, _Open] = field(default_factory=dict)
    methods: dict[int, c.Methods] = field(default_factory=dict)
    callbacks: dict[str, Any] = field(default_factory=dict)
    users: int = 0

    def install(self) -> None:
        self.users += 1
        if self.users == 1:
            c.library().sqlite3_vfs_register(ctypes.addressof(self.vfs), 1)

    def remove(self) -> None:
        self.users -= 1
        if self.users == 0:
            c.library().sqlite3_vfs_unregister(ctypes.addressof(self.vfs))

    def x_open(self, vfs: int, path: int | None, file: int, flags: int, out: Any) -> int:
        tape, name = self._tape_of(path)
        code: int = self.native.xOpen(vfs, path, file, flags, out)
        handle = c.File.from_address(file)
        if tape is None or code != c.OK or not handle.pMethods:
            return code
        methods = c.Methods.from_address(handle.pMethods)
        syncs_folder = bool(flags & c.OPEN_CREATE) and bool(flags & _JOURNALS)
        self.open[file] = _Open(tape, tape.opened(name), methods, syncs_folder)
        handle.pMethods = ctypes.addressof(self._recording(handle.pMethods))
        return code

    def x_delete(self, vfs: int, path: bytes, sync_folder: int) -> int:
        code: int = self.native.xDelete(vfs, path, sync_folder)
        place = Path(os.fsdecode(path))
        tape = self.tapes.get(str(place.parent))
        if tape is not None and code == c.OK:
            tape.deleted(place.name)
            if sync_folder:
                tape.operations.append(FolderSynced())
        return code

    def x_write(self, file: int, data: int, size: int, offset: int) -> int:
        one = self.open[file]
        code: int = one.methods.xWrite(file, data, size, offset)
        if code == c.OK:
            one.tape.operations.append(Written(one.file, offset, ctypes.string_at(data, size)))
        return code

    def x_truncate(self, file: int, size: int) -> int:
        one = self.open[file]
        code: int = one.methods.xTruncate(file, size)
        if code == c.OK:
            one.tape.operations.append(Resized(one.file, size))
        return code

    def x_sync(self, file: int, flags: int) -> int:
        one = self.open[file]
        code: int = one.methods.xSync(file, flags)
        if code == c.OK:
            one.tape.operations.append(Synced(one.file))
            if one.syncs_folder:
                one.syncs_folder = False
                one.tape.operations.append(FolderSynced())
        return code

    def x_close(self, file: int) -> int:
        code: int = self.open.pop(file).methods.xClose(file)
        return code

    def _tape_of(self, path: int | None) -> tuple[Tape | None, str]:
        if path is None:
            return None, ""
        place = Path(os.fsdecode(ctypes.string_at(path)))
        return self.tapes.get(str(place.parent)), place.name

    def _recording(self, native: int) -> c.Methods:
        """A copy of a file's methods in which the calls that matter come here first."""
        if native not in self.methods:
            methods = c.Methods.from_buffer_copy(c.Methods.from_address(native))
            methods.xWrite = self._kept("write", c.X_WRITE(self.x_write))
            methods.xTruncate = self._kept("truncate", c.X_TRUNCATE(self.x_truncate))
            methods.xSync = self._kept("sync", c.X_SYNC(self.x_sync))
            methods.xClose = self._kept("close", c.X_CLOSE(self.x_close))
            self.methods[native] = methods
        return self.methods[native]

    def _kept(self, name: str, callback: Any) -> Any:
        return self.callbacks.setdefault(name, callback)


@cache
def _layer() -> _Layer:
    address = c.library().sqlite3_vfs_find(None)
    native = c.Vfs.from_address(address)
    vfs = c.Vfs.from_buffer_copy(native)
    layer = _Layer(native=native, vfs=vfs)
    vfs.zName = b"recording"
    vfs.pNext = None
    vfs.xOpen = layer.callbacks.setdefault("open", c.X_OPEN(layer.x_open))
    vfs.xDelete = layer.callbacks.setdefault("delete", c.X_DELETE(layer.x_delete))
    return layer
