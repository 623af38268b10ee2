"""What a banknote machine can be busy with, and how long it takes: names that no vendor uses.

Every protocol has its own words for these; its device half has the table.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Phase(StrEnum):
    """What the machine is doing."""

    POWER_UP = "power_up"
    """Just powered, nothing found inside; waits for the host's reset."""
    POWER_UP_NOTE_IN_PATH = "power_up_note_in_path"
    """The same, with a note that will be given back by the reset."""
    POWER_UP_NOTE_IN_STACKER = "power_up_note_in_stacker"
    """The same, with a note too far in to come back, or whose end nobody acknowledged."""
    INITIALISING = "initialising"
    DISABLED = "disabled"
    IDLING = "idling"
    ACCEPTING = "accepting"
    ESCROW = "escrow"
    HOLDING = "holding"
    STACKING = "stacking"
    PAUSED = "paused"
    """A second note was pushed in behind one that is being stacked."""
    RETURNING = "returning"
    REJECTING = "rejecting"
    CHEATED = "cheated"
    PATH_JAMMED = "path_jammed"
    STACKER_JAMMED = "stacker_jammed"
    CASSETTE_OUT = "cassette_out"
    CASSETTE_FULL = "cassette_full"
    FAILED = "failed"


class Ending(StrEnum):
    """How a recognised note's way ended."""

    STACKED = "stacked"
    RETURNED = "returned"


POWER_UPS: Final = frozenset(
    {Phase.POWER_UP, Phase.POWER_UP_NOTE_IN_PATH, Phase.POWER_UP_NOTE_IN_STACKER}
)
STARTING: Final = POWER_UPS | {Phase.INITIALISING}
"""Phases that are shown even while a note's end waits for its acknowledgement."""
JAMS: Final = frozenset({Phase.PATH_JAMMED, Phase.STACKER_JAMMED})
IN_ESCROW: Final = frozenset({Phase.ESCROW, Phase.HOLDING})
RETURNABLE: Final = IN_ESCROW | {Phase.ACCEPTING, Phase.RETURNING, Phase.REJECTING}
RESTING: Final = frozenset({Phase.IDLING, Phase.DISABLED})
MOVING: Final = frozenset({Phase.ACCEPTING, Phase.STACKING, Phase.RETURNING, Phase.INITIALISING})


@dataclass(frozen=True, slots=True, kw_only=True)
class MechanismTiming:
    """How long the machine takes, in seconds."""

    initialise_s: float = 1.5
    accepting_s: float = 0.9
    stacking_s: float = 0.9
    returning_s: float = 0.8
    rejecting_s: float = 0.6
    cheated_s: float = 1.0
    escrow_s: float = 10.0
    """Patience with a note that nobody decides about; a hold begins it anew."""
    pause_s: float = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectCodes:
    """The vendor's codes for what the mechanism refuses by itself."""

    unrecognised: int
    counterfeit: int
    inhibited: int
    pulled: int
