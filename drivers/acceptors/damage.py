"""Received bytes that are no frame, and why; the same for every protocol on a serial line."""

from dataclasses import dataclass
from enum import StrEnum


class Damage(StrEnum):
    """Why received bytes were thrown away."""

    JUNK = "junk"
    CHECKSUM = "checksum"
    CUT_SHORT = "cut_short"


@dataclass(frozen=True, slots=True, kw_only=True)
class Damaged:
    """Received bytes that are no frame; a decoder says of what they are, raw or unstuffed."""

    why: Damage
    raw: bytes
