"""Habits of some makes of CCNET devices, for their device half (sheet ccnet, sections 4 and 9)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Quirks:
    """Habits that were seen on some makes (facts sheet ccnet sections 4, 8.1 and 9)."""

    disabled_after_note: bool = False
    busy_after_reset: bool = False
    mute_on_unknown: bool = False
    """Says nothing where the specification wants ILLEGAL COMMAND."""
