"""Times of the host half, in seconds, with the values of facts sheet id003 section 9 as defaults.

Where practice is more patient than the nominal value, the default follows practice.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HostTiming:
    """When the host speaks, how long it waits, and when it gives up."""

    poll_period_s: float = 0.200
    poll_soonest_s: float = 0.100
    """Least time between two polls, also when there is a reason to hurry."""
    quiet_s: float = 0.010
    """Silence on the line between what was heard or acknowledged and the next command."""
    answer_s: float = 0.300
    long_answer_s: float = 1.500
    """Patience with version and currency table, which are long."""
    tries: int = 3
    silent_s: float = 5.0
    """No valid answer for this long is a fault."""
    reset_every_s: float = 10.0
    """Period of resets of a device that fell silent and holds nothing."""
    mute_s: float = 75.0
    """A device that was not acknowledged goes mute after about 60 s and only a RESET wakes it; one
    that is silent for longer than that has lost its word about a note, so a RESET loses nothing."""
    power_up_reset_s: float = 5.0
    """Time that a device gets to leave its power-up state before it is reset once more (2-3 s)."""
    initialise_s: float = 6.0
    """A device that stays in INITIALIZE for this long after its set-up is given the rest of it."""
    return_record_s: float = 15.0
    """How long a note found in the path waits there for the record that it goes back."""
    hold_every_s: float = 5.0
    """Half of the time that a note may wait in escrow."""
    resting_grace_s: float = 2.0
    """A device at rest for this long, without having shown the note's way back, has not stacked."""
    disturbed_grace_s: float = 8.0
    """The same after a jam, a failure or a reset, where the end may still be told."""
    recovery_grace_s: float = 5.0
    """Wait for the credit of a note that a power-up found in the stacker."""
    stacking_s: float = 40.0
    """Stacking for longer is a fault (usual are 2 s)."""
    enable_s: float = 5.0
    """A device that stays disabled for this long after being enabled is a fault."""
    failure_resets_s: tuple[float, ...] = (10.0, 30.0, 120.0)
    """Pauses before each reset of a device that reports a failure; none after the last."""
