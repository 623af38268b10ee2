"""What may be left of a folder when the power goes: a model of a disk with a volatile cache.

Each sector of 512 bytes may hold any of the contents it had since its file was last synced, each
file any of the sizes, and the folder any beginning of the changes of its names since it was last
synced (facts sheet storage B1). It must never lose anything that was synced: a disk that lies about
that cannot be helped by any program.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Final, Protocol, assert_never

from simulation.power_cut.operations import (
    FolderSynced,
    Linked,
    Operation,
    Resized,
    Synced,
    Unlinked,
    Written,
)

SECTOR: Final = 512
Image = dict[str, bytes]
"""Content by name, as the next life finds it."""


class Fate(Protocol):
    """Decides what of the volatile cache reached the disk."""

    def pick(self, count: int) -> int:
        """Which of `count` states, the oldest (0, synced) to the newest, is the one that is left."""
        ...


class NothingMore:
    """Nothing is left but what was synced."""

    def pick(self, count: int) -> int:
        """See `Fate`."""
        del count
        return 0


class Everything:
    """All has reached the disk, as when only the process was killed."""

    def pick(self, count: int) -> int:
        """See `Fate`."""
        return count - 1


class Torn:
    """Some of it has, in no order: sectors of one write part company."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._newest = chance.choice((0.1, 0.5, 0.9))

    def pick(self, count: int) -> int:
        """See `Fate`."""
        if count > 1 and self._chance.random() < self._newest:
            return count - 1
        return self._chance.randrange(count)


@dataclass(slots=True)
class _File:
    durable: bytes = b""
    since: list[Written | Resized] = field(default_factory=list)

    def now(self) -> bytes:
        """What the running program reads."""
        content = bytearray(self.durable)
        for change in self.since:
            _change(content, change)
        return bytes(content)

    def left(self, fate: Fate) -> bytes:
        sizes = [len(self.durable)]
        states: dict[int, list[bytes]] = {}
        content = bytearray(self.durable)
        for change in self.since:
            touched = _sectors(change, len(content))
            for sector in touched:
                states.setdefault(sector, [_sector(content, sector)])
            _change(content, change)
            for sector in touched:
                states[sector].append(_sector(content, sector))
            if len(content) != sizes[-1]:
                sizes.append(len(content))
        size = sizes[fate.pick(len(sizes))]
        left = bytearray(self.durable[:size].ljust(size, b"\0"))
        for sector, contents in sorted(states.items()):
            begin = sector * SECTOR
            if begin < size:
                left[begin : begin + SECTOR] = contents[fate.pick(len(contents))][: size - begin]
        return bytes(left)


class LossyDisk:
    """One folder. Begins with files that are durable; takes operations one after the other."""

    def __init__(self, durable: Mapping[str, bytes]) -> None:
        # Files that are there before have numbers below zero: a recorder counts from zero.
        self._files = {-n: _File(content) for n, content in enumerate(durable.values(), start=1)}
        self._names = {name: -n for n, name in enumerate(durable, start=1)}
        self._renamed: list[Linked | Unlinked] = []

    def take(self, operation: Operation) -> None:
        """The program does this to the disk."""
        match operation:
            case Written(file) | Resized(file):
                self._files[file].since.append(operation)
            case Synced(file):
                self._files[file] = _File(self._files[file].now())
            case Linked(_, file):
                self._files.setdefault(file, _File())
                self._renamed.append(operation)
            case Unlinked():
                self._renamed.append(operation)
            case FolderSynced():
                self._names = self._folder(len(self._renamed))
                self._renamed.clear()
            case _ as never:
                assert_never(never)

    @property
    def names(self) -> dict[str, int]:
        """The files by the names that the running program sees."""
        return self._folder(len(self._renamed))

    @property
    def volatile(self) -> bool:
        """True when a power cut could take anything."""
        return bool(self._renamed) or any(file.since for file in self._files.values())

    def left(self, fate: Fate) -> Image:
        """What a power cut at this moment leaves."""
        names = self._folder(fate.pick(len(self._renamed) + 1))
        return {name: self._files[file].left(fate) for name, file in sorted(names.items())}

    def _folder(self, changes: int) -> dict[str, int]:
        names = dict(self._names)
        for change in self._renamed[:changes]:
            if isinstance(change, Linked):
                names[change.name] = change.file
            else:
                names.pop(change.name, None)
        return names


def _change(content: bytearray, change: Written | Resized) -> None:
    if isinstance(change, Resized):
        content[change.size :] = bytes(max(0, change.size - len(content)))
        return
    end = change.offset + len(change.data)
    content.extend(bytes(max(0, end - len(content))))
    content[change.offset : end] = change.data


def _sectors(change: Written | Resized, size: int) -> range:
    if isinstance(change, Resized):
        begin, end = sorted((change.size, size))
    else:
        begin, end = min(change.offset, size), change.offset + len(change.data)
    return range(begin // SECTOR, -(-end // SECTOR))


def _sector(content: bytearray, sector: int) -> bytes:
    return bytes(content[sector * SECTOR : (sector + 1) * SECTOR]).ljust(SECTOR, b"\0")
