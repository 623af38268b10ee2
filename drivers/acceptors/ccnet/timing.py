"""Times of the host half, in seconds, with the values of facts sheet ccnet section 8.2 as defaults.

Where practice is more patient than the specification, the default follows practice.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HostTiming:
    """When the host speaks, how long it waits, and when it gives up."""

    poll_period_s: float = 0.200
    poll_soonest_s: float = 0.100
    """Least time between two polls, also when there is a reason to hurry."""
    ack_patience_s: float = 0.010
    """How long an answer may wait for its acknowledgement before the device calls it lost."""
    quiet_s: float = 0.020
    """Silence on the line between an acknowledgement and the next command."""
    answer_s: float = 0.300
    long_answer_s: float = 1.500
    """Patience with identification and bill table."""
    tries: int = 3
    silent_s: float = 5.0
    """No valid answer for this long is a fault."""
    reset_every_s: float = 10.0
    """Period of resets of a device that does not answer."""
    passing_s: float = 60.0
    """A device that fell silent while a note came in, before it was recognised, holds it no longer
    after this: a decision may take 10 s, the way back 30 s. Only then is it reset.
    """
    power_up_reset_s: float = 3.0
    """Time that a device gets to leave its power-up state before it is reset once more."""
    return_record_s: float = 15.0
    """How long a note found in the path waits there for the record that it goes back."""
    hold_every_s: float = 5.0
    resting_grace_s: float = 5.0
    """A device at rest for this long without a word about an open note will not say it any more."""
    failed_grace_s: float = 10.0
    """The same for a jam or a failure."""
    recovery_grace_s: float = 3.0
    """Wait for the credit of a note that a power-up found in the stacker."""
    stacking_s: float = 40.0
    """Stacking for longer is a fault (the device has 30 s)."""
    enable_s: float = 5.0
    """A device that stays disabled for this long after being enabled is a fault."""
    failure_resets_s: tuple[float, ...] = (10.0, 30.0, 120.0)
    """Pauses before each reset of a device that reports a failure; none after the last."""
