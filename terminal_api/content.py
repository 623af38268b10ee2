"""What a terminal is sent whole: catalogue, fee table, receipt templates, by kind and version.

The desired state names a content (`ContentName`); the bytes are fetched by kind and version and are
the right ones only by their hash. What a version holds never changes.
"""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

MAX_CONTENT_BYTES: Final = 16_777_216
"""More is no catalogue."""

VERSION_PATTERN: Final = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
_VERSION: Final = re.compile(VERSION_PATTERN, re.ASCII)
_WRITTEN: Final = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]{0,63}) sha256:([0-9a-f]{64})", re.ASCII)


class ContentKind(StrEnum):
    """What can be sent."""

    CATALOGUE = "catalogue"
    FEES = "fees"
    TEMPLATES = "templates"


@dataclass(frozen=True, slots=True)
class ContentName:
    """A version and the hash of its bytes, written `VERSION sha256:HEX`."""

    version: str
    sha256: str

    @classmethod
    def of(cls, version: str, content: bytes) -> Self:
        """The name of these bytes.

        Raises:
            ValueError: no version that can be named.
        """
        if not _VERSION.fullmatch(version):
            raise ValueError(f"{version!r} is no version: letters, digits, dot, dash, underscore")
        return cls(version, hashlib.sha256(content).hexdigest())

    @classmethod
    def read(cls, written: str) -> Self:
        """The name that was written.

        Raises:
            ValueError: it is none.
        """
        told = _WRITTEN.fullmatch(written)
        if told is None:
            raise ValueError("not a name of a content: VERSION sha256:HEX")
        return cls(told[1], told[2])

    def __str__(self) -> str:
        return f"{self.version} sha256:{self.sha256}"

    def fits(self, content: bytes) -> bool:
        """True when these are the bytes."""
        return hashlib.sha256(content).hexdigest() == self.sha256
