"""Watches an acceptor for a technician: takes notes or gives them back, and never credits anything.

An end of a note that began before the watch belongs to the terminal: it is told and never settled,
so that the device keeps it. Pure but for the commands it gives; time and line are the caller's.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
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


@cache
def watch_texts() -> Mapping[str, Mapping[str, str]]:
    """Every text of a watch by language and name."""
    text = files("drivers.acceptors").joinpath("watch.toml").read_text(encoding="utf-8")
    table: dict[str, dict[str, str]] = tomllib.loads(text)
    return table


class Watch:
    """Reacts to events.

    Args:
        acceptor: obeys the commands.
        stacks: True to put notes into the cassette, False to give every note back.
        language: ru, en or kk.
        show: takes what there is to read.
    """

    def __init__(
        self, acceptor: BillAcceptor, *, stacks: bool, language: str, show: Callable[[Seen], None]
    ) -> None:
        self._acceptor = acceptor
        self._stacks = stacks
        self._language = language
        self._texts = watch_texts()[language]
        self._show = show
        self._seen_in_escrow: set[CycleId] = set()
        self._told: set[tuple[CycleId, str]] = set()
        self._protocol = ""
        self._state = ""
        self._ending = False
        self.was_ready = False
        """The device was set up at least once."""
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
                self._once(event.cycle, self._texts["returning"], "returning")
            case Fault():
                self._fault(event)
            case Validating():
                self.is_at_rest = False
                self._tell(self._texts["validating"], "validating")
            case Rejected():
                self._rejected(event)
            case Enabled():
                self.is_at_rest = False
                self._tell(self._texts["enabled"], "enabled")
            case Disabled():
                self.is_at_rest = True
                self._tell(self._texts["disabled"], "disabled")
            case CassetteOut():
                self._tell(self._texts["cassette_out"], "cassette_out")
            case CassetteIn():
                self._tell(self._texts["cassette_in"], "cassette_in")
            case _ as never:
                assert_never(never)

    def says(self, state: str) -> None:
        """The device reports this state, in the words of its protocol; told when it changes."""
        if state != self._state:
            self._state = state
            self._tell(self._texts["state"].format(state=state), "state", state=state)

    def end(self) -> None:
        """Accept nothing more; a note in escrow goes back."""
        self._ending = True
        self._acceptor.stop()

    def _ready(self, event: Ready) -> None:
        device = event.identity
        self.was_ready = True
        self._protocol = device.protocol
        parts = (device.protocol, device.model, device.serial, device.firmware)
        words = self._texts["ready"].format(
            device=" ".join(part for part in parts if part),
            values=", ".join(str(note) for note in event.denominations),
        )
        if event.device_count is not None:
            words += self._texts["counted"].format(count=event.device_count)
        self._tell(
            words,
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
        text = self._texts["escrowed_stack" if stacks else "escrowed_back"]
        self._tell(
            text.format(note=event.note),
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
        end = type(event).__name__.lower()
        note = self._texts["a_note"] if event.note is None else str(event.note)
        text = self._texts[end] if ours else self._texts["foreign"]
        self._once(
            event.cycle,
            text.format(note=note, end=end),
            end,
            minor=None if event.note is None else event.note.minor,
            belongs_to_terminal=not ours,
        )

    def _rejected(self, event: Rejected) -> None:
        advice = code_text(self._protocol, event.raw, self._language) or ""
        words = self._texts["rejected"].format(reason=event.reason, raw=event.raw, advice=advice)
        self._tell(words.rstrip(), "rejected", reason=event.reason, raw=event.raw, advice=advice)

    def _fault(self, event: Fault) -> None:
        entry = fault_catalogue().get(event.number)
        name = "unknown" if entry is None else entry.name
        general = "" if entry is None else entry.technician[self._language]
        advice = code_text(self._protocol, event.raw, self._language) or general
        raw = f" ({event.raw})" if event.raw else ""
        self._tell(
            self._texts["fault"].format(number=event.number, name=name, raw=raw, advice=advice),
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
