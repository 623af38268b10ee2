"""Watches an acceptor for a technician: takes notes or gives them back, and never credits anything.

An end of a note that began before the watch belongs to the terminal: it is told and never settled,
so that the device keeps it. Pure but for the commands it gives; time and line are the caller's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from drivers.acceptors.code_texts import code_text
from drivers.acceptors.contract import (
    AcceptorEvent,
    BillAcceptor,
    CassetteIn,
    CassetteOut,
    CycleId,
    Disabled,
    Disputed,
    Enabled,
    Escrowed,
    Fault,
    Ready,
    Rejected,
    Returned,
    Returning,
    Stacked,
    StackedHow,
    Validating,
)
from drivers.acceptors.faults import fault_catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One thing for the technician to read; `facts` is the same for programs."""

    words: str
    facts: dict[str, object]


class Watch:
    """Reacts to events.

    Args:
        acceptor: obeys the commands.
        stacks: True to put notes into the cassette, False to give every note back.
        language: of the advice on faults: ru, en or kk.
        show: takes what there is to read.
    """

    def __init__(
        self, acceptor: BillAcceptor, *, stacks: bool, language: str, show: Callable[[Seen], None]
    ) -> None:
        self._acceptor = acceptor
        self._stacks = stacks
        self._language = language
        self._show = show
        self._seen_in_escrow: set[CycleId] = set()
        self._told: set[tuple[CycleId, str]] = set()
        self._protocol = ""
        self._ending = False
        self.is_at_rest = True
        """Nothing is inside and nothing more is accepted."""

    def take(self, event: AcceptorEvent) -> None:
        """Tell of an event and do what follows from it."""
        match event:
            case Ready():
                self._ready(event)
            case Escrowed():
                self._escrowed(event)
            case Stacked() | Returned() | Disputed():
                self._ended(event)
            case Returning():
                # Told again and again until the driver's patience ends; it is not ours to settle.
                self._once(event.cycle, "gives the note in its path back", "returning")
            case Fault():
                self._fault(event)
            case Validating():
                self.is_at_rest = False
                self._tell("a note is being checked", "validating")
            case Rejected():
                self._rejected(event)
            case Enabled():
                self.is_at_rest = False
                self._tell("accepts notes", "enabled")
            case Disabled():
                self.is_at_rest = True
                self._tell("accepts nothing, nothing is inside", "disabled")
            case CassetteOut():
                self._tell("the cassette is out", "cassette_out")
            case CassetteIn():
                self._tell("the cassette is in", "cassette_in")
            case _ as never:
                assert_never(never)

    def end(self) -> None:
        """Accept nothing more; a note in escrow goes back."""
        self._ending = True
        self._acceptor.stop()

    def _ready(self, event: Ready) -> None:
        device = event.identity
        self._protocol = device.protocol
        values = ", ".join(str(note) for note in event.denominations)
        counted = "" if event.device_count is None else f"; has stacked {event.device_count} notes"
        words = (
            f"ready: {device.protocol} {device.model} {device.serial} {device.firmware}".rstrip()
        )
        self._tell(
            f"{words}; takes {values}{counted}",
            "ready",
            model=device.model,
            serial=device.serial,
            firmware=device.firmware,
            denominations=[note.minor for note in event.denominations],
            device_count=event.device_count,
        )
        if not self._ending:
            self._acceptor.accept(frozenset(event.denominations))

    def _escrowed(self, event: Escrowed) -> None:
        self.is_at_rest = False
        self._seen_in_escrow.add(event.cycle)
        stacks = self._stacks and not self._ending
        order = "STACKING IT WITHOUT CREDIT" if stacks else "giving it back"
        self._tell(
            f"{event.note} in escrow: {order}",
            "escrowed",
            minor=event.note.minor,
            currency=event.note.currency,
            stacks=stacks,
        )
        if stacks:
            self._acceptor.stack(event.cycle)
        else:
            self._acceptor.give_back(event.cycle)

    def _ended(self, event: Stacked | Returned | Disputed) -> None:
        recovered = isinstance(event, Stacked) and event.how is StackedHow.RECOVERED
        ours = event.cycle in self._seen_in_escrow and not recovered
        if ours:
            self._acceptor.settled(event.cycle)
        what = type(event).__name__.lower()
        value = "a note" if event.note is None else str(event.note)
        more = ""
        if not ours:
            more = (
                ", from before this watch: it is the terminal's to record. Nothing is acknowledged; "
                "start the terminal, then watch again"
            )
        elif isinstance(event, Stacked):
            more = ": in the cassette, credited to nobody"
        self._once(
            event.cycle,
            f"{value} {what}{more}",
            what,
            minor=None if event.note is None else event.note.minor,
            belongs_to_terminal=not ours,
        )

    def _rejected(self, event: Rejected) -> None:
        advice = code_text(self._protocol, event.raw, self._language) or ""
        words = f"refused: {event.reason} (code {event.raw}) {advice}".rstrip()
        self._tell(words, "rejected", reason=event.reason, raw=event.raw, advice=advice)

    def _fault(self, event: Fault) -> None:
        entry = fault_catalogue().get(event.number)
        name = "unknown" if entry is None else entry.name
        general = "" if entry is None else entry.technician[self._language]
        advice = code_text(self._protocol, event.raw, self._language) or general
        self._tell(
            f"fault {event.number} {name} ({event.raw}): {advice}".replace(" ()", ""),
            "fault",
            number=event.number,
            name=name,
            raw=event.raw,
            advice=advice,
        )

    def _once(self, cycle: CycleId, words: str, event: str, **facts: object) -> None:
        """Tell what is repeated until it is settled, or for ever."""
        if (cycle, event) not in self._told:
            self._told.add((cycle, event))
            self._tell(words, event, **facts)

    def _tell(self, words: str, event: str, **facts: object) -> None:
        self._show(Seen(words=words, facts={"event": event, **facts}))
