"""From what an SSP device says, event by event, to the life of each banknote.

SSP numbers no notes: CREDIT is told once, or with POLL WITH ACK until it is acknowledged, and a
power cut may tell it again as CLEARED TO CASHBOX (facts sheet ssp sections 7 and 10). So this book
gives every note's way an identity and decides for each event whether it is this note or another
one. It must never turn doubt into a credit or into silence: what stays open becomes `Disputed`.

| device says | no cycle | open cycle | ended cycle |
|---|---|---|---|
| EF ch | new, Escrowed | same while in escrow; else old one disputed or returned, and new | new |
| EE ch | new, Stacked recovered | Stacked | same note on an unbroken line, else new |
| EB | – | Stacked | same note, now out of the path |
| EC | a reject | Returned | a reject |
| E1 ch | (earlier life) Returned | Returned | disputed: Returned |
| E2 ch | new, Stacked recovered | Stacked | same note if it was in the path or unheard, else new |
| at rest | – | after a grace period by the counter, else Disputed or Returned | – |
"""

from collections.abc import Callable
from typing import Final

from drivers.acceptors.contract import (
    AcceptorEvent,
    CycleId,
    Fault,
    Note,
    Rejected,
    RejectReason,
)
from drivers.acceptors.faults import FaultNumber
from drivers.acceptors.ssp.codes import UNKNOWN_CHANNEL, Event
from drivers.acceptors.ssp.cycle import COUNTER_SIZE, Cycle, Decision, Stage
from drivers.acceptors.ssp.cycle_events import (
    disputed_event,
    end_event,
    escrowed_event,
)
from drivers.acceptors.ssp.memory import Underway
from drivers.acceptors.ssp.poll_answer import Said

_ENDED: Final = (Stage.STACKED, Stage.RETURNED)


class CycleBook:
    """The one note that the device may still have something to say about.

    `note_of` names a channel, None for one that is no note. `boot` must be unique for each start of
    the process, so that no cycle identity is ever used twice.
    """

    def __init__(self, boot: str, note_of: Callable[[int], Note | None]) -> None:
        self._boot = boot
        self._note_of = note_of
        self._numbered = 0
        self.current: Cycle | None = None
        self.count: int | None = None
        """The device's counter of stacked notes now, None while not known."""
        self.knows_everything = False
        """The device has told all it knows of notes from before this life."""

    @property
    def is_open(self) -> bool:
        """True while the whereabouts of a note are undecided."""
        return self.current is not None and self.current.stage is Stage.OPEN

    @property
    def unsettled(self) -> Cycle | None:
        """A note whose end was told and is not on record yet."""
        cycle = self.current
        return cycle if cycle and cycle.stage in _ENDED and not cycle.settled else None

    def in_escrow(self, cycle: CycleId) -> Cycle | None:
        """The cycle of this identity, while an order still makes sense."""
        current = self.current if self.is_open else None
        if current is None or current.id != cycle or current.return_sent:
            return None
        return current if current.in_escrow else None

    def settle(self, cycle: CycleId) -> None:
        """The end of this cycle is on record: the device may be told so."""
        if self.current is not None and self.current.id == cycle:
            self.current.settled = True

    def acknowledged(self) -> None:
        """EVENT ACK was answered: the device will not tell the end again."""
        if self.current is not None and self.current.settled:
            self.current.acknowledged = True

    def went_on(self) -> None:
        """A new plain POLL was answered, so the device has heard that its answer before arrived;
        unless it was reset in between, which it may tell only later.
        """
        cycle = self.current
        if cycle is not None and not (cycle.stage is Stage.STACKED and cycle.was_broken_off):
            self.acknowledged()

    def told_again(self) -> list[AcceptorEvent]:
        """What the terminal has not settled yet."""
        cycle = self.unsettled
        return [] if cycle is None else [end_event(cycle)]

    # --- events of the device -------------------------------------------------------------------

    def take(self, said: Said, now: float) -> list[AcceptorEvent] | None:
        """One event of a poll answer; None for a reject of a note that never was in escrow."""
        if self.is_open and self.current is not None:
            self.current.remember(said.raw)
        match said.code:
            case Event.READ if said.channel:
                return self._escrow(said.channel, now)
            case Event.CREDIT:
                return self._credit(said.channel, now)
            case Event.STACKED:
                return self._in_cassette()
            case Event.REJECTED:
                return self._rejected()
            case Event.CLEARED_TO_FRONT:
                return self._cleared_to_front(said, now)
            case Event.CLEARED_TO_CASHBOX:
                return self._cleared_to_cashbox(said.channel, now)
            case Event.SLAVE_RESET:
                self.broken_off(escrow_is_over=True)
                return []
            case _:
                return []

    def broken_off(self, *, escrow_is_over: bool) -> None:
        """The device was reset, or the line had to begin anew."""
        if self.current is not None:
            self.current.was_broken_off = True
            if escrow_is_over:
                self.current.in_escrow = False

    def _escrow(self, channel: int, now: float) -> list[AcceptorEvent]:
        current = self.current
        events: list[AcceptorEvent] = []
        if current is not None and current.stage is Stage.OPEN:
            if current.channel == channel and (current.in_escrow or current.return_sent):
                current.in_escrow = True
                return []
            events = self._resolve(current, None)
        cycle = self._open(channel, now, seen_escrow=True)
        if cycle.note is None:
            cycle.decision = Decision.RETURN
            return [*events, Rejected(reason=RejectReason.OTHER, raw=f"EF {channel:02X}")]
        return [*events, escrowed_event(cycle, cycle.note)]

    def _credit(self, channel: int, now: float) -> list[AcceptorEvent]:
        cycle = self.current
        if cycle is not None and cycle.stage is Stage.STACKED:
            unheard = not cycle.acknowledged or not cycle.was_broken_off or not cycle.in_cassette
            if cycle.channel == channel and unheard:
                return []  # The same credit once more: every new note is read first.
        return self._stack(channel, now)

    def _cleared_to_cashbox(self, channel: int, now: float) -> list[AcceptorEvent]:
        cycle = self.current
        if cycle is not None and cycle.stage is Stage.STACKED:
            in_path = not cycle.acknowledged or not cycle.in_cassette
            if in_path and channel in (UNKNOWN_CHANNEL, cycle.channel):
                cycle.in_cassette, cycle.acknowledged = True, False
                return []
        events = self._stack(channel, now)
        self.broken_off(escrow_is_over=True)  # A reset came before it, and it may be told again.
        return events

    def _stack(self, channel: int, now: float) -> list[AcceptorEvent]:
        cycle = self.current
        if cycle is None or cycle.is_over:
            cycle = self._open(channel, now, seen_escrow=False)
        if channel != UNKNOWN_CHANNEL:
            # There is one path and one note in it, so an unknown channel is that of the cycle.
            cycle.channel, cycle.note = channel, self._note_of(channel)
        return self._ended_stacked(cycle)

    def _ended_stacked(self, cycle: Cycle) -> list[AcceptorEvent]:
        if self.count is not None and cycle.stage is not Stage.DISPUTED:
            self.count = (self.count + 1) % COUNTER_SIZE
        cycle.count_after = self.count
        cycle.stage = Stage.STACKED
        cycle.in_escrow = cycle.settled = cycle.acknowledged = False
        return [end_event(cycle)]

    def _in_cassette(self) -> list[AcceptorEvent]:
        cycle = self.current
        if cycle is None:
            return []  # The end of a note that an earlier life has credited.
        cycle.in_cassette = True
        if cycle.stage not in (Stage.OPEN, Stage.DISPUTED):
            return []
        return self._ended_stacked(cycle)

    def _rejected(self) -> list[AcceptorEvent] | None:
        cycle = self.current
        if cycle is not None and cycle.stage in (Stage.OPEN, Stage.DISPUTED):
            return self._ended_returned(cycle)
        told = cycle is not None and cycle.stage is Stage.RETURNED and not cycle.acknowledged
        return [] if told else None

    def _cleared_to_front(self, said: Said, now: float) -> list[AcceptorEvent]:
        cycle = self.current
        if cycle is not None and cycle.stage in (Stage.OPEN, Stage.DISPUTED):
            return self._ended_returned(cycle)
        if cycle is not None and cycle.stage is Stage.STACKED and not cycle.in_cassette:
            # It was credited, past recovery by the device's own word, and came out all the same.
            told, cycle.came_out = cycle.came_out, True
            return (
                []
                if told
                else [Fault(number=FaultNumber.CHEAT_ATTEMPT, raw=f"EE, then {said.raw}")]
            )
        if cycle is not None and not cycle.acknowledged:
            return []
        if self.knows_everything:
            return [Rejected(reason=RejectReason.OTHER, raw=said.raw)]
        cycle = self._open(said.channel, now, seen_escrow=False)
        cycle.was_broken_off = True
        return self._ended_returned(cycle)

    def _ended_returned(self, cycle: Cycle) -> list[AcceptorEvent]:
        cycle.stage = Stage.RETURNED
        cycle.in_escrow = cycle.settled = cycle.acknowledged = False
        return [end_event(cycle)]

    # --- escrow ---------------------------------------------------------------------------------

    def polled(self, *, reads: bool) -> None:
        """A poll was answered: without a note in the answer, none waits in escrow any more."""
        if self.current is not None and not reads:
            self.current.in_escrow = False

    def rejected(self) -> None:
        """REJECT was answered: the note is on its way out, or never was in escrow."""
        if self.current is not None:
            self.current.in_escrow = False

    def found_in_escrow(self, now: float) -> list[AcceptorEvent]:
        """The device holds a note, and it is not sure that it is the one in the book."""
        cycle = self.current
        events: list[AcceptorEvent] = []
        if cycle is not None and self.is_open and cycle.seen_escrow and not cycle.in_escrow:
            events = self._resolve(cycle, None)  # That one left escrow before.
            cycle = None
        if cycle is None or cycle.stage is not Stage.OPEN:
            cycle = self._open(UNKNOWN_CHANNEL, now, seen_escrow=False)
        known, cycle.in_escrow, cycle.opened_at = cycle.in_escrow, True, now
        if cycle.note is None:
            cycle.decision = Decision.RETURN  # Nobody knows what it is worth.
            return events
        return events if known else [*events, escrowed_event(cycle, cycle.note)]

    # --- what nobody tells ----------------------------------------------------------------------

    def jammed(self) -> None:
        """The device shows a jam: rest after it does not prove that the note came back."""
        if self.is_open and self.current is not None:
            self.current.jammed = True

    def resolve(self, counted: int | None) -> list[AcceptorEvent]:
        """The device says nothing more of the open note; `counted` is its counter now."""
        self.count = counted
        cycle = self.current
        return self._resolve(cycle, counted) if cycle and self.is_open else []

    def _resolve(self, cycle: Cycle, counted: int | None) -> list[AcceptorEvent]:
        cycle.by_guess = True
        cycle.remember(f"counter before {cycle.count_before}, now {counted}")
        more = cycle.more_than_before(counted)
        if counted is not None and more == 1 and cycle.note is not None:
            self.count = (counted - 1) % COUNTER_SIZE
            return self._ended_stacked(cycle)
        if not cycle.jammed and (more == 0 or not cycle.stack_sent):
            return self._ended_returned(cycle)
        if not cycle.seen_escrow:
            self.current = None  # The terminal knows its open notes and settles them itself.
            return []
        cycle.stage, cycle.in_escrow = Stage.DISPUTED, False
        return [disputed_event(cycle)]

    # --- bookkeeping ----------------------------------------------------------------------------

    def recall(self, underway: Underway, now: float) -> None:
        """Go on with the note that an earlier life left on its way."""
        cycle = self._open(underway.channel, now, seen_escrow=False)
        cycle.stack_sent = underway.ordered
        cycle.count_before = underway.count
        cycle.was_broken_off = True

    def underway(self) -> Underway | None:
        """What a later life has to know of the note on its way."""
        return self.current.underway if self.current else None

    def _open(self, channel: int, now: float, *, seen_escrow: bool) -> Cycle:
        self._numbered += 1
        self.current = Cycle(
            id=CycleId(f"{self._boot}-{self._numbered}"),
            channel=channel,
            note=self._note_of(channel),
            seen_escrow=seen_escrow,
            opened_at=now,
            in_escrow=seen_escrow,
            count_before=self.count,
        )
        return self.current
