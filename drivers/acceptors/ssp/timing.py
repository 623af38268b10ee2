"""Times of the host half, in seconds, with the values of facts sheet ssp section 10 as defaults.

Where sources differ the more careful value is taken.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HostTiming:
    """When the host speaks, how long it waits, and when it gives up."""

    poll_period_s: float = 0.200
    poll_soonest_s: float = 0.050
    """Least time between two polls, also when there is a reason to hurry."""
    quiet_s: float = 0.010
    """Silence on the line between an answer and the next packet."""
    answer_s: float = 1.0
    """Patience with one packet before the identical one is sent again."""
    tries: int = 3
    """Packets without answer after which other ways are looked for; where an event could be lost
    the identical packet goes on being sent.
    """
    sync_after_s: float = 10.0
    """How long the identical packet is repeated before SYNC, which may lose an unheard event: a
    device that was switched off and on may wait for it.
    """
    repeat_s: float = 0.200
    """How often an unsettled event is asked for again."""
    silent_s: float = 5.0
    """No valid answer for this long is a fault."""
    retry_s: float = 3.0
    """Pause before a set-up that was refused is tried again; less than `silent_s`."""
    hold_first_s: float = 0.150
    """A note without decision is held after this; some devices take two seconds of silence for
    consent.
    """
    hold_every_s: float = 1.0
    undecided_s: float = 10.0
    """A note that nobody decides about and nobody wants held is given back after this."""
    resting_grace_s: float = 5.0
    """A device at rest for this long without a word about an open note will not say it any more."""
    failed_grace_s: float = 10.0
    """The same for a jam."""
    recovery_grace_s: float = 3.0
    """Wait for the note that a power-up may find; also when a life begins."""
    stacking_s: float = 40.0
    """Stacking for longer is a fault."""
    enable_s: float = 5.0
    """A device that stays disabled for this long after being enabled is a fault."""
