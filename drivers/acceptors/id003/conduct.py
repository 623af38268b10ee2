"""What the states of an ID-003 device call for: set-up, orders for a note, what is let in.

| phase | device says | next |
|---|---|---|
| setting up | 40 41 42 | table, then RESET (41: once it is on record that the note goes back) |
| setting up | 1B 1A | settings of `set_up`; Ready at 1A once nothing about a note is open |
| setting up | 11 | INHIBIT |
| ready | 11 1A | DENOMINATIONS and INHIBIT as wanted |
| any | 13 19 | STACK-2, RETURN or HOLD as decided |
| any | 15 | ACK once settled |
| any | 43-49 | fault; set up again when it is over |

It knows nothing of the line. It must never order a reset while a note's end may still be told, and
leaves a jam alone: paper moves there only when a technician's hands are out of it.
"""

from typing import Final

from drivers.acceptors.contract import AcceptorEvent, Fault, Ready
from drivers.acceptors.faults import FaultNumber
from drivers.acceptors.id003.acceptance import CLOSE, Acceptance
from drivers.acceptors.id003.codes import POWER_UPS, SETTINGS, Command, Status
from drivers.acceptors.id003.cycle import Stage
from drivers.acceptors.id003.endings import DISTURBING, FAILED
from drivers.acceptors.id003.episodes import Episodes
from drivers.acceptors.id003.link import Answered, Outcome, Refused, Request, Unanswered
from drivers.acceptors.id003.note_cycle import CycleBook
from drivers.acceptors.id003.set_up import SetUp
from drivers.acceptors.id003.timing import HostTiming

RESET: Final = Request(command=Command.RESET)
_TABLE: Final = Request(command=Command.CURRENCY)
_MARK: Final = Request(command=Command.READ_SECURITY)
_BEGINS_ANEW: Final = POWER_UPS | FAILED | {Status.CHEATED, Status.PAUSE}
_PROVES_NOTHING: Final = POWER_UPS | DISTURBING | {Status.INITIALIZE}
"""States after which it is unknown what happened before this life."""
_UNSAFE_TO_RESET: Final = frozenset(
    {
        Status.ACCEPTING,
        Status.ESCROW,
        Status.HOLDING,
        Status.STACKING,
        Status.VEND_VALID,
        Status.REJECTING,
        Status.RETURNING,
        Status.PAUSE,
        Status.ACCEPTOR_JAM,
        Status.STACKER_JAM,
    }
)


class Conduct:
    """Times in monotonic seconds."""

    def __init__(
        self, set_up: SetUp, book: CycleBook, acceptance: Acceptance, timing: HostTiming, mark: int
    ) -> None:
        self._set_up = set_up
        self._book = book
        self._acceptance = acceptance
        self._timing = timing
        self._episodes = Episodes(timing)
        self._is_ready = False
        self._status: Status | None = None
        self._is_fresh = False
        """The last answer to a poll still holds: nothing was ordered since."""
        self._reset_at = 0.0
        self._mark = mark
        self._mark_is_asked = not set_up.mark
        self._is_marked = False

    # --- what is called for -----------------------------------------------------------------------

    @property
    def may_acknowledge(self) -> bool:
        """The device shows a credit now, and it is on record."""
        shown = self._is_fresh and self._status is Status.VEND_VALID
        return shown and self._book.may_acknowledge

    @property
    def has_nothing_open(self) -> bool:
        """No note's whereabouts are undecided and every end is on record."""
        return not self._book.is_open and not self._book.owes

    @property
    def owes_an_end(self) -> bool:
        """The device told a note's end that is not on record yet."""
        return self._book.owes

    @property
    def is_safe_to_reset(self) -> bool:
        """Nothing was inside when the device was heard last."""
        return self._status not in _UNSAFE_TO_RESET

    def order(self, now: float) -> Request | None:
        """What the device should be told now, besides being polled."""
        status = self._status
        if not self._mark_is_asked:
            return _MARK
        if status is None or not self._is_fresh:
            return None
        if self._set_up.asks_ahead(status):
            return _TABLE
        match status:
            case _ if status in POWER_UPS:
                may_reset = now >= self._reset_at and self._book.may_reset_power_up(now)
                return RESET if may_reset else None
            case Status.ESCROW | Status.HOLDING:
                return self._escrow_order(now)
            case Status.FAILURE:
                wanted = self.has_nothing_open and self._episodes.failure_wants_reset(now)
                return RESET if wanted else None
            case Status.INITIALIZE:
                return None if self._set_up.has_told_all else self._set_up.next_request(now)
            case Status.DISABLED if self._is_ready and not self._is_marked:
                self._is_marked = True
                return self._set_up.mark_request(self._mark)
            case _ if self._is_ready:
                return self._acceptance.request(status, self._mask())
            case Status.IDLING:
                return CLOSE
            case Status.DISABLED:
                return self._set_up.next_request(now)
            case _:
                return None

    def _escrow_order(self, now: float) -> Request | None:
        cycle = self._book.current
        if cycle is None or cycle.stage is not Stage.OPEN:
            return Request(command=Command.RETURN)  # Of a note that never was seen in escrow.
        command = cycle.order(now, self._timing.hold_every_s)
        return Request(command=command) if command else None

    def _mask(self) -> bytes | None:
        """The mask of what is wanted; None where nothing of it can be let in."""
        wish = self._acceptance.wanted
        lets_in = self._is_ready and self._set_up.wanted(wish)
        return self._set_up.inhibited(wish) if lets_in else None

    # --- what happened ----------------------------------------------------------------------------

    def lost_sight(self) -> None:
        """What the device said last may no longer hold."""
        self._is_fresh = False

    def lost_touch(self) -> None:
        """The device is out of hearing: it may have been reset, and what it says next is new."""
        self._is_fresh = self._set_up.kept_its_power = False
        self._begin_set_up()
        self._episodes.forget()

    def sent(self, request: Request, now: float) -> None:
        """This is on its way to the device."""
        if request.is_order or request.command is Command.INHIBIT:
            self._is_fresh = False
        if request.command is Command.RESET:
            self._reset_at = now + self._timing.power_up_reset_s
        if self._book.current is not None:
            self._book.current.sent(request.command, now)

    def answered(self, outcome: Outcome, now: float) -> list[AcceptorEvent]:
        """What became of a request that was no poll."""
        command = outcome.request.command
        if isinstance(outcome, Refused | Unanswered):
            self._is_fresh = False  # Not in this state, or nobody knows: look again.
        if command is Command.READ_SECURITY:
            self._mark_is_asked = True
            told = outcome.data[1:] if isinstance(outcome, Answered) else b""
            self._set_up.kept_its_power = told == bytes((self._set_up.mark,))
            return []
        if command in SETTINGS and self._is_ready:
            self._acceptance.answered(outcome.request, accepted=isinstance(outcome, Answered))
            return []
        fault = self._set_up.take(outcome, now)
        if command is Command.CURRENCY:
            self._is_fresh = False  # What could not be named before can be named now.
        # A table that is not told while the device starts is asked for again when it is at rest.
        is_late = self._status is Status.INITIALIZE and command is not Command.CURRENCY
        is_meant = is_late or self._status is Status.DISABLED
        return self._episodes.set_up_fault(fault) if fault and is_meant else []

    def see(self, status: Status, detail: int | None, now: float) -> list[AcceptorEvent]:
        """Take one answer to a poll."""
        before, self._status = self._status, status
        self._is_fresh = True
        if self._set_up.asks_ahead(status) and status not in POWER_UPS:
            return []
        from_escrow = self._book.is_open or not self._book.knows_everything
        events = self._episodes.see(status, detail, now, from_escrow=from_escrow)
        if status in DISTURBING and self._book.is_open:
            self._set_up.unmark()
        if status in _PROVES_NOTHING:
            self._set_up.kept_its_power = False
        if status in _BEGINS_ANEW or (status is Status.INITIALIZE and status is not before):
            self._begin_set_up()
        elif self._episodes.shown_for(Status.INITIALIZE, now) >= self._timing.initialise_s:
            self._set_up.tell_the_rest()
        events += self._book.see(status, detail, now)
        if self._episodes.is_stacking_overdue(now):
            self._begin_set_up()
            events.append(Fault(number=FaultNumber.STACKING_OVERDUE, raw="14"))
        if self._set_up.kept_its_power and self._comes_to_rest(status):
            events += self._book.conclude()
        events += self._become_ready(status)
        return events + self._acceptance_events(status, now)

    def _begin_set_up(self) -> None:
        """Whatever the device was told before may be forgotten."""
        self._is_ready = self._is_marked = False
        self._set_up.restart()
        self._acceptance.forget()

    def _become_ready(self, status: Status) -> list[AcceptorEvent]:
        if not self._comes_to_rest(status):
            return []
        self._is_ready = True
        self._book.knows_everything = True
        self._episodes.all_well()
        return [Ready(identity=self._set_up.identity, denominations=self._set_up.denominations)]

    def _comes_to_rest(self, status: Status) -> bool:
        """Set up, and every end that was told is on record."""
        at_rest = status is Status.DISABLED and self.has_nothing_open
        return at_rest and not self._is_ready and self._set_up.is_done

    def _acceptance_events(self, status: Status, now: float) -> list[AcceptorEvent]:
        mask = self._mask()
        inside = not self.has_nothing_open
        events = self._acceptance.announce(status, mask, note_inside=inside)
        if self._acceptance.stays_closed(status, mask, now, self._timing.enable_s):
            events += self._episodes.set_up_fault(FaultNumber.REFUSES_SET_UP)
        elif self._is_ready and self._episodes.is_told_of_set_up:
            # Told while ready, and over: nothing is wanted of it now, or it takes notes after all.
            # Only another `Ready` lets the terminal know.
            self._begin_set_up()
        return events
