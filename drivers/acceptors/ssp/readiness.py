"""When an SSP device is ready, and what it confirms of accepting.

`Ready` is a promise: the device is set up and disabled, nothing about a note is open, and one that
was switched on has had time to tell what it found inside. This file must never order anything.
"""

from collections.abc import Iterable, Set
from typing import Final

from drivers.acceptors.contract import AcceptorEvent, Fault, Ready
from drivers.acceptors.faults import FaultNumber
from drivers.acceptors.ssp.acceptance import Acceptance
from drivers.acceptors.ssp.codes import Event
from drivers.acceptors.ssp.conversation import Conversation
from drivers.acceptors.ssp.episodes import Episodes
from drivers.acceptors.ssp.greeting import Greeting
from drivers.acceptors.ssp.meanings import MOVING, OUT_OF_ORDER
from drivers.acceptors.ssp.next_word import NextWord
from drivers.acceptors.ssp.note_cycle import CycleBook
from drivers.acceptors.ssp.set_up import SetUp
from drivers.acceptors.ssp.timing import HostTiming

_ENDS_READINESS: Final = OUT_OF_ORDER | {Event.FRAUD_ATTEMPT}
_FAULTS_THAT_END_IT: Final = frozenset({FaultNumber.STACKING_OVERDUE, FaultNumber.DEVICE_FAILURE})


class Readiness:
    """Times in monotonic seconds."""

    def __init__(
        self,
        timing: HostTiming,
        talk: Conversation,
        greeting: Greeting,
        book: CycleBook,
        acceptance: Acceptance,
        set_up: SetUp,
        episodes: Episodes,
        next_word: NextWord,
    ) -> None:
        self._timing = timing
        self._talk = talk
        self._greeting = greeting
        self._book = book
        self._acceptance = acceptance
        self._set_up = set_up
        self._episodes = episodes
        self._next = next_word
        self._told_all_at: float | None = None
        """When a device that was just switched on will have told what it found inside."""

    def lose(self) -> None:
        """The device has to be set up again."""
        self._next.is_ready = False
        self._set_up.restart()
        self._acceptance.forget()

    def was_reset(self, now: float) -> None:
        """The device was reset, and what it found inside it may tell later."""
        self.lose()
        self._told_all_at = now + self._timing.recovery_grace_s

    def see(
        self, shown: Set[int], told: Iterable[AcceptorEvent], now: float
    ) -> list[AcceptorEvent]:
        """All that the device is at this moment, and what was just told of it."""
        if shown & _ENDS_READINESS or _is_serious(told):
            self.lose()
        if not self._talk.is_up:
            return []
        return self._become_ready(shown, now) + self._acceptance_events(shown, now)

    def _become_ready(self, shown: Set[int], now: float) -> list[AcceptorEvent]:
        if self._told_all_at is None:
            self._told_all_at = now + self._timing.recovery_grace_s
        at_rest = Event.DISABLED in shown and not shown & (MOVING | OUT_OF_ORDER)
        done = self._set_up.is_done and bool(self._greeting.denominations)
        done = done and now >= self._told_all_at and not self._book.is_open
        if self._next.is_ready or not at_rest or not done:
            return []
        self._next.is_ready = True
        self._book.knows_everything = True
        self._episodes.all_well()
        return [
            Ready(
                identity=self._set_up.identity,
                denominations=self._greeting.denominations,
                device_count=self._book.count,
            )
        ]

    def _acceptance_events(self, shown: Set[int], now: float) -> list[AcceptorEvent]:
        mask = self._next.mask()
        inside = self._book.is_open or bool(shown & MOVING) or self._next.asks_reject
        events = self._acceptance.announce(shown, mask, note_inside=inside)
        if self._acceptance.stays_closed(shown, mask, now, self._timing.enable_s):
            events += self._episodes.set_up_fault(FaultNumber.REFUSES_SET_UP)
        elif self._next.is_ready and self._episodes.is_told_of_set_up:
            # Told while ready, and over. Only another `Ready` lets the terminal know.
            self.lose()
        return events


def _is_serious(told: Iterable[AcceptorEvent]) -> bool:
    return any(isinstance(one, Fault) and one.number in _FAULTS_THAT_END_IT for one in told)
