"""What a program does to a folder of files, as values in order: the write log of a disk.

Only what matters for what survives a power cut; nothing here touches a real file. Offsets and sizes
are bytes; a file is a number, because a name may be given to another file later.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Linked:
    """A file has got a name in the folder."""

    name: str
    file: int


@dataclass(frozen=True, slots=True)
class Unlinked:
    """A name is gone from the folder."""

    name: str


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes went to a place in a file."""

    file: int
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Resized:
    """A file was cut off, or made longer with zeros."""

    file: int
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """What a file holds is durable from here on."""

    file: int


@dataclass(frozen=True, slots=True)
class FolderSynced:
    """Which names the folder has is durable from here on."""


Operation = Linked | Unlinked | Written | Resized | Synced | FolderSynced
