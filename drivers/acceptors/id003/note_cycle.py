"""From what an ID-003 device says, poll by poll, to the life of each banknote.

VEND VALID is the one irrevocable word: the device repeats it until it is acknowledged, and replays it
after a power cut. It has no number and on many devices no denomination, but a note always stands in
escrow before it is stacked, so a credit hangs on the escrow: whatever VEND VALID comes before the
next escrow is about the same note (facts sheet id003 section 8). STACKED (16) credits nothing. This
book must never turn doubt into a credit or into silence: what stays open becomes `Disputed`.

| device says | no cycle | open cycle | ended cycle |
|---|---|---|---|
| 13 | new cycle, Escrowed | same, or old one resolved and new | new cycle, Escrowed |
| 15 | new cycle, Stacked recovered | Stacked | same cycle; a return or dispute becomes Stacked |
| 17 18 | (earlier life) new, on its way back | on its way back | – |
| 41 | (earlier life) new, as an open one | Returning; Returned after RESET | – |
| 42 | 15 must follow, else Disputed | 15 must follow, else Disputed | same note again |
| at rest, undisturbed | – | Returned: a stacked note would still be told | – |
| at rest after jam, failure, reset | – | after a grace period Disputed | – |

Every end is told with each poll until the terminal has settled it, whatever the device says by then.
"""

from collections.abc import Callable

from drivers.acceptors.contract import (
    AcceptorEvent,
    CycleId,
    Escrowed,
    Note,
    Rejected,
    RejectReason,
    Returning,
)
from drivers.acceptors.id003 import endings
from drivers.acceptors.id003.codes import POWER_UPS, TICKET, Reject, Status
from drivers.acceptors.id003.cycle import Cycle, Decision, Stage
from drivers.acceptors.id003.endings import AT_REST, DISTURBING, FAILED, JAMS, WAY_BACK
from drivers.acceptors.id003.meanings import raw_text
from drivers.acceptors.id003.timing import HostTiming


class CycleBook:
    """The one note that the device may still have something to say about, and what is still owed.

    Args:
        boot: unique for each start of the process, so that no cycle identity is ever used twice.
        note_of: names an escrow code, None for one that is no note.
        keep: makes an escrow code durable for the next life; False when that may have failed.
        kept: the code that an earlier life saw in escrow last.
    """

    def __init__(
        self,
        boot: str,
        note_of: Callable[[int], Note | None],
        timing: HostTiming,
        *,
        keep: Callable[[int], bool],
        kept: int | None,
    ) -> None:
        self._boot = boot
        self._note_of = note_of
        self._timing = timing
        self._keep = keep
        self._kept = kept
        self._numbered = 0
        self._unexplained = False
        self._resting_since: float | None = None
        self._owed: list[Cycle] = []
        """Ends of earlier cycles that are not settled."""
        self.current: Cycle | None = None
        self.recovering = False
        """A power-up found a note in the stacker and its credit may still come."""
        self.knows_everything = False
        """The device has told all that it knows of earlier lives."""

    @property
    def is_open(self) -> bool:
        """True while the whereabouts of a note are undecided."""
        return self.recovering or (self.current is not None and self.current.stage is Stage.OPEN)

    @property
    def owes(self) -> bool:
        """True while an end is not on record."""
        return bool(self._owed) or (self.current is not None and self.current.is_owed)

    @property
    def may_acknowledge(self) -> bool:
        """The credit that the device shows is on record."""
        return bool(self.current and self.current.stage is Stage.STACKED and self.current.settled)

    def in_escrow(self, cycle: CycleId) -> Cycle | None:
        """The open cycle of this identity, on which an order makes sense."""
        found = self.current
        return found if found and found.id == cycle and found.stage is Stage.OPEN else None

    def settle(self, cycle: CycleId) -> None:
        """What was told last of this cycle is on record: its end, or that it goes back."""
        for known in (*self._owed, self.current):
            if known is None or known.id != cycle:
                continue
            if known.stage is Stage.OPEN:
                known.may_go_back = known.in_path_since is not None
            else:
                known.settled = True
        self._owed = [known for known in self._owed if not known.settled]

    def may_reset_power_up(self, now: float) -> bool:
        """False while a note found in the path waits for the record that it goes back."""
        cycle = self.current
        if cycle is None or cycle.stage is not Stage.OPEN or cycle.in_path_since is None:
            return True
        return cycle.may_go_back or now >= cycle.in_path_since + self._timing.return_record_s

    def see(self, status: Status, detail: int | None, now: float) -> list[AcceptorEvent]:
        """Take one answer to a poll. Whatever is owed is told again."""
        if self.current is not None and self.current.stage is Stage.OPEN:
            self.current.remember(raw_text(status, detail))
        self._watch_rest(status, now)
        events = self._understand(status, detail, now)  # First: an end is told as it is now.
        return self.tell_owed() + events

    def tell_owed(self) -> list[AcceptorEvent]:
        """Every end that is not on record; a device that went mute cannot repeat it."""
        owing = [*self._owed, *([self.current] if self.current and self.current.is_owed else [])]
        return [endings.told(cycle) for cycle in owing]

    def _understand(self, status: Status, detail: int | None, now: float) -> list[AcceptorEvent]:
        """Take in an answer; returns what is told besides the ends that `see` tells."""
        match status:
            case Status.ESCROW:
                return self._escrow(detail or 0)
            case Status.VEND_VALID:
                self._vend_valid(detail)
            case Status.INITIALIZE:
                self._reset_is_done()
            case _ if status in POWER_UPS:
                return self._powered_up(status, now)
            case _ if status in WAY_BACK:
                self._on_its_way_back(status, detail)
            case _ if status in AT_REST:
                self._at_rest(status, now)
            case _ if status in DISTURBING:
                self._disturbed(status, now)
            case _:
                pass
        return []

    def conclude(self) -> list[AcceptorEvent]:
        """The device kept its power since an earlier life and has nothing to tell: a note whose end
        that life did not record came back, for a stacked one would still be told.
        """
        if not self.knows_everything and self.current is None:
            self._end_returned(self._open(None, seen_escrow=False))
        return self.tell_owed()

    # --- words of the device ----------------------------------------------------------------------

    def _escrow(self, code: int) -> list[AcceptorEvent]:
        current = self.current
        if current is not None and current.stage is Stage.OPEN:
            if current.code == code and not current.left_escrow:
                return []
            self._resolve(current)
        if current is not None and current.is_owed:
            self._owed.append(current)
        self.recovering = self._unexplained = False
        cycle = self._open(code, seen_escrow=True)
        if cycle.note is not None and self._keep(code):
            return [Escrowed(cycle=cycle.id, note=cycle.note)]
        cycle.decision = Decision.RETURN
        cycle.note = None
        reason = RejectReason.COUPON if code == TICKET else RejectReason.OTHER
        return [Rejected(reason=reason, raw=raw_text(Status.ESCROW, code))]

    def _vend_valid(self, code: int | None) -> None:
        self.recovering = self._unexplained = False
        cycle = self.current
        if cycle is not None and cycle.stage is Stage.STACKED:
            return
        if cycle is None or (cycle.stage is Stage.RETURNED and code not in (None, cycle.code)):
            kept = None if self.knows_everything else self._kept
            cycle = self._open(kept if code is None else code, seen_escrow=False)
        elif cycle.code is None:
            cycle.code = self._kept if code is None else code
            cycle.note = None if cycle.code is None else self._note_of(cycle.code)
        elif code not in (None, cycle.code):
            cycle.note = None  # Escrow and credit must agree; which is right, nobody knows.
        cycle.remember(raw_text(Status.VEND_VALID, code))
        cycle.end(Stage.STACKED)

    def _on_its_way_back(self, status: Status, detail: int | None) -> None:
        cycle = self.current
        if cycle is None and not self.knows_everything:
            # RETURNING, or 79: a note that an earlier life saw in escrow comes back by itself.
            if status is Status.RETURNING or detail == Reject.INHIBITED:
                self._open(None, seen_escrow=False).going_back = True
        elif cycle is not None and cycle.stage is Stage.OPEN:
            cycle.left_escrow = cycle.going_back = True

    def _powered_up(self, status: Status, now: float) -> list[AcceptorEvent]:
        cycle = self.current
        if status is Status.POWER_UP_BILL_IN_STACKER:
            self.recovering = True
            self._unexplained = cycle is None
            if cycle is not None:
                cycle.in_path_since = None
        if status is Status.POWER_UP:
            self._reset_is_done()
        if status is Status.POWER_UP_BILL_IN_ACCEPTOR:
            if cycle is None and not self.knows_everything:
                cycle = self._open(None, seen_escrow=False)
            if cycle is not None and cycle.stage is Stage.OPEN:
                return self._in_the_path(cycle, now)
        self._mark_reset()
        return []

    def _in_the_path(self, cycle: Cycle, now: float) -> list[AcceptorEvent]:
        """The RESET that follows gives it back; it waits until that is on record."""
        self._mark_reset()
        if cycle.in_path_since is None:
            cycle.in_path_since = now
        return [] if cycle.may_go_back else [Returning(cycle=cycle.id, note=cycle.note)]

    def _reset_is_done(self) -> None:
        """A note that a power-up found in the path was given back by the reset."""
        self._mark_reset()
        cycle = self.current
        if cycle is not None and cycle.stage is Stage.OPEN and cycle.in_path_since is not None:
            self._end_returned(cycle)

    def _mark_reset(self) -> None:
        if self.current is not None:
            self.current.left_escrow = self.current.was_reset = True

    def _at_rest(self, status: Status, now: float) -> None:
        cycle = self.current
        if cycle is not None and cycle.stage is Stage.OPEN:
            cycle.left_escrow = True
            patience = endings.patience(cycle, self._timing, recovering=self.recovering)
            if self._rested(now, patience):
                self._resolve(cycle)
        elif self.recovering and status is not Status.ACCEPTING:
            self._end_recovery(now)

    def _disturbed(self, status: Status, now: float) -> None:
        cycle = self.current
        if cycle is None or cycle.stage is not Stage.OPEN:
            return
        if cycle.stack_sent or status in JAMS:
            cycle.disturbed = True
            if status in FAILED and self._rested(now, self._timing.disturbed_grace_s):
                self._resolve(cycle)

    # --- decisions and bookkeeping ----------------------------------------------------------------

    def _resolve(self, cycle: Cycle) -> None:
        """Close an open cycle about which the device says nothing more."""
        if endings.end_at_rest(cycle, recovering=self.recovering) is Stage.RETURNED:
            self._end_returned(cycle)
        else:
            self._dispute(cycle)

    def _end_returned(self, cycle: Cycle) -> None:
        cycle.why = cycle.why_returned()
        cycle.end(Stage.RETURNED)
        # A note that could not be named was told as rejected when it was seen.
        cycle.settled = cycle.seen_escrow and cycle.note is None

    def _dispute(self, cycle: Cycle, *evidence: str) -> None:
        self.recovering = False
        cycle.evidence += evidence
        cycle.end(Stage.DISPUTED)

    def _end_recovery(self, now: float) -> None:
        if not self._rested(now, self._timing.recovery_grace_s):
            return
        if self._unexplained:
            found = raw_text(Status.POWER_UP_BILL_IN_STACKER, None)
            self._dispute(self._open(None, seen_escrow=False), found)
        self.recovering = False

    def _open(self, code: int | None, *, seen_escrow: bool) -> Cycle:
        self._numbered += 1
        self._resting_since = None
        self.current = Cycle(
            id=CycleId(f"{self._boot}-{self._numbered}"),
            code=code,
            note=None if code is None else self._note_of(code),
            seen_escrow=seen_escrow,
        )
        return self.current

    def _watch_rest(self, status: Status, now: float) -> None:
        if status not in AT_REST and status not in FAILED:
            self._resting_since = None
        elif self._resting_since is None:
            self._resting_since = now

    def _rested(self, now: float, grace_s: float) -> bool:
        return self._resting_since is not None and now - self._resting_since >= grace_s
