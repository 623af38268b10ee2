"""What clumsy people, technicians and bad luck do to a simulated acceptor.

Second notes, jams, failures, the cassette, power. Facts sheet ccnet sections 8.1, 8.3 and 8.4.
Each function moves the paper as metal would; none of them tells a host anything.
"""

from drivers.acceptors.device_half.mechanism import Mechanism
from drivers.acceptors.device_half.phases import (
    IN_ESCROW,
    POWER_UPS,
    RETURNABLE,
    STARTING,
    Ending,
    Phase,
)


def push_second(body: Mechanism, now: float) -> bool:
    """A customer pushes a second note behind one that is being stacked; False when none is."""
    if not body.powered or body.phase is not Phase.STACKING or body.until is None:
        return False
    body.left_s = body.until - now
    body.begin(Phase.PAUSED, now, body.timing.pause_s)
    return True


def pull_second(body: Mechanism, now: float) -> bool:
    """The second note is pulled out again; False when there is none."""
    if not body.powered or body.phase is not Phase.PAUSED:
        return False
    body.begin(Phase.STACKING, now, body.left_s)
    return True


def cheat(body: Mechanism, now: float) -> bool:
    """Something is done to the note's way that no honest customer does; False if unnoticed."""
    if not body.powered or body.phase is not Phase.IDLING:
        return False
    body.begin(Phase.CHEATED, now, body.timing.cheated_s)
    return True


def stall(body: Mechanism, now: float, *, on: bool) -> None:
    """Keep a note in STACKING for as long as wanted."""
    body.stalled = on
    if not on and body.powered and body.phase is Phase.STACKING and body.until is None:
        body.until = now + body.timing.stacking_s


def jam(body: Mechanism, where: Phase, now: float) -> None:
    """Something is stuck, at one of JAMS; the note stays where it is."""
    body.jam_at = where
    moving = body.phase in (Phase.STACKING, Phase.PAUSED)
    body.in_stacker = body.paper is not None and (body.in_stacker or moving)
    if body.powered and body.phase not in POWER_UPS:
        body.rest(now)


def clear_jam(body: Mechanism, now: float, *, into_cassette: bool) -> bool:
    """A technician frees the way: the note goes on into the cassette, or into his hand.

    False when nothing was jammed.
    """
    was_jammed, body.jam_at = body.jam_at is not None, None
    if body.paper is not None and not (into_cassette and body.in_stacker):
        body.places.removed.append(body.paper)
        body.paper, body.in_stacker = None, False
    body.start_again(now)
    return was_jammed


def fail(body: Mechanism, code: int, now: float) -> None:
    """Break something, by the vendor's failure code."""
    body.failure = code
    if body.powered and body.paper is None and body.phase not in STARTING:
        body.rest(now)


def repair(body: Mechanism, now: float) -> bool:
    """What `fail` broke works again; False when nothing was broken.

    A note under way goes its way: the machine never came to rest with its failure.
    """
    was_broken, body.failure = body.failure is not None, None
    if body.paper is None or body.phase not in RETURNABLE:
        body.start_again(now)
    return was_broken


def take_cassette_out(body: Mechanism, now: float) -> bool:
    """The cassette is pulled; a note on its way stays in the way, one in escrow comes back.

    False when it was out already.
    """
    was_in, body.cassette_is_in = body.cassette_is_in, False
    if not body.powered or body.phase in STARTING:
        return was_in
    if body.phase in IN_ESCROW or body.phase is Phase.RETURNING:
        body.end_returned(now)
    elif body.phase in RETURNABLE:
        body.out_to_customer()
    body.rest(now)
    return was_in


def put_cassette_in(body: Mechanism, now: float, *, empty: bool) -> bool:
    """A cassette is put in, the same one or an empty one; False when one is in already."""
    if body.cassette_is_in:
        return False
    if empty:
        body.places.collected += body.places.cassette
        body.places.cassette.clear()
    body.cassette_is_in = True
    body.start_again(now)
    return True


def power_cut(body: Mechanism) -> None:
    """The lights go out. What is in a motor's grip stays there."""
    body.powered = False
    body.until = None
    body.enabled = body.escrowed = frozenset()
    if body.end is not None and body.end.how is Ending.RETURNED:
        body.end = None  # A validator remembers what it stacked, not what it gave back.
    if body.phase is Phase.POWER_UP_NOTE_IN_PATH or body.phase in RETURNABLE:
        body.in_stacker = False


def usual_power_up(body: Mechanism) -> Phase:
    """The power-up phase that fits what is in the machine."""
    if body.end is not None or (body.paper is not None and body.in_stacker):
        return Phase.POWER_UP_NOTE_IN_STACKER
    return Phase.POWER_UP if body.paper is None else Phase.POWER_UP_NOTE_IN_PATH


def power_on(body: Mechanism, outcome: Phase | None = None) -> None:
    """Power is back. `outcome` forces one of POWER_UPS on a machine that could show it.

    A forced POWER_UP forgets: a note in the stacker falls into the cassette without a word.
    """
    phase = outcome or usual_power_up(body)
    if phase is Phase.POWER_UP:
        body.end = None
        body.into_cassette() if body.in_stacker else body.out_to_customer()
    elif phase is Phase.POWER_UP_NOTE_IN_PATH:
        phase = phase if body.paper is not None else usual_power_up(body)
        body.in_stacker = body.in_stacker and phase is not Phase.POWER_UP_NOTE_IN_PATH
    elif phase is Phase.POWER_UP_NOTE_IN_STACKER:
        phase = usual_power_up(body)
    body.powered = True
    body.phase = phase
