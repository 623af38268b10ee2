"""What a simulated SSP validator has to say: events that wait to be polled, and what it is doing.

Facts sheet ssp sections 7 and 9. It looks at the mechanism and says it in SSP's words; it must never
move paper.
"""

from collections.abc import Mapping
from typing import Final

from drivers.acceptors.device_half.mechanism import End, Mechanism
from drivers.acceptors.device_half.paper import Paper
from drivers.acceptors.device_half.phases import IN_ESCROW, STARTING, Ending, Phase, RejectCodes
from drivers.acceptors.ssp.codes import Event, LastReject
from drivers.acceptors.ssp.device_model import DeviceModel

REJECT_CODES: Final = RejectCodes(
    unrecognised=LastReject.RECOGNITION_2,
    counterfeit=LastReject.RECOGNITION_3,
    inhibited=LastReject.INHIBITED,
    pulled=LastReject.STRIMMING,
)
POWER_UP_WORDS: Final[Mapping[str, Phase]] = {
    "f1": Phase.POWER_UP,
    "e1": Phase.POWER_UP_NOTE_IN_PATH,
    "e2": Phase.POWER_UP_NOTE_IN_STACKER,
}
LEVELS: Final[Mapping[Phase, bytes]] = {
    Phase.ACCEPTING: bytes([Event.READ, 0]),
    Phase.STACKING: bytes([Event.STACKING]),
    Phase.PAUSED: bytes([Event.STACKING]),
    Phase.RETURNING: bytes([Event.REJECTING]),
    Phase.REJECTING: bytes([Event.REJECTING]),
    Phase.PATH_JAMMED: bytes([Event.UNSAFE_JAM]),
    Phase.STACKER_JAMMED: bytes([Event.SAFE_JAM]),
    Phase.CASSETTE_OUT: bytes([Event.CASHBOX_REMOVED]),
    Phase.CASSETTE_FULL: bytes([Event.STACKER_FULL]),
    Phase.FAILED: bytes([Event.NOTE_PATH_OPEN]),
}
"""Said with every poll for as long as it lasts."""


class EventQueue:
    """Collects events as the mechanism moves."""

    def __init__(self, model: DeviceModel) -> None:
        self._model = model
        self._phase = Phase.POWER_UP
        self._once: list[bytes] = []
        """Events that are told once, or until they are acknowledged."""
        self._told = 0
        """How many of them are in the last answer."""
        self._told_end: End | None = None
        self._is_recovered = False
        """The next end is that of a note which a power-up found."""
        self.read_at: float | None = None
        """Since when the host may know of the note in escrow."""
        self.covered = False
        """HOLD was said since the last poll."""
        self.ordered_back = False
        self.last_reject = int(LastReject.ACCEPTED)
        self.rejected = 0

    def watch(self, phase: Phase) -> None:
        """A phase begins."""
        before, self._phase = self._phase, phase
        if before in (Phase.REJECTING, Phase.ACCEPTING) and phase not in IN_ESCROW | {
            Phase.REJECTING,
            Phase.STACKING,
        }:
            self._once.append(bytes([Event.REJECTED]))
            self.rejected += 1
        if phase is Phase.ESCROW:
            self.read_at, self.covered, self.ordered_back = None, False, False
            self._is_recovered = False
        elif phase is Phase.RETURNING:
            self.rejected += 1
            by_host = self.ordered_back
            self.last_reject = int(LastReject.BY_HOST if by_host else LastReject.ESCROW_TIMEOUT)
        elif phase is Phase.CHEATED:
            self._once.append(bytes([Event.FRAUD_ATTEMPT, 0]))
        elif phase is Phase.INITIALISING:
            replaced = before is Phase.CASSETTE_OUT
            self._once.append(bytes([Event.CASHBOX_REPLACED if replaced else Event.SLAVE_RESET]))

    def power_cut(self) -> None:
        """Nothing of this survives but what the mechanism knows."""
        self._phase = Phase.POWER_UP
        self._once.clear()
        self._told, self._told_end = 0, None
        self.read_at = None

    def booted(self, found: Paper | None, phase: Phase) -> None:
        """A power-up begins, with this note where `phase` says."""
        self._is_recovered = phase is Phase.POWER_UP_NOTE_IN_STACKER
        if found is not None and phase is Phase.POWER_UP_NOTE_IN_PATH:
            self._once.append(bytes([Event.CLEARED_TO_FRONT, self._cleared(found)]))

    # --- telling --------------------------------------------------------------------------------

    def answer(self, body: Mechanism, now: float, *, with_ack: bool) -> bytes:
        """Everything there is to say, and note that it was said."""
        said = b"".join(self._once)
        self._told = len(self._once)
        end = body.shown_end
        self._told_end = end
        if end is not None:
            said += self._end(end)
        if body.phase in IN_ESCROW and body.paper is not None and end is None:
            if self.read_at is None:
                self.read_at = now
            said += bytes([Event.READ, self.channel(body.paper)])
        said += b"" if end is not None else LEVELS.get(body.phase, b"")
        if body.phase in STARTING and with_ack:
            said += bytes([Event.INITIALISING])
        return said + self._closed(body)

    @staticmethod
    def _closed(body: Mechanism) -> bytes:
        works = body.enabled and body.phase not in STARTING
        return b"" if works else bytes([Event.DISABLED])

    @property
    def holds_end(self) -> bool:
        """A note's end is among what was said last."""
        return self._told_end is not None

    def heard(self, body: Mechanism) -> None:
        """The host has heard what was said last."""
        del self._once[: self._told]
        self._told = 0
        if self._told_end is not None and self._told_end is body.end:
            body.acknowledge()
        self._told_end = None

    def _end(self, end: End) -> bytes:
        if end.how is Ending.RETURNED:
            return bytes([Event.REJECTED])
        channel = self.channel(end.paper)
        if self._is_recovered:
            return bytes([Event.CLEARED_TO_CASHBOX, self._cleared(end.paper)])
        return bytes([Event.CREDIT, channel, Event.STACKED])

    def _cleared(self, paper: Paper) -> int:
        return self.channel(paper) if self._model.names_cleared else 0

    def channel(self, paper: Paper) -> int:
        """The channel of a note; 0 for what is none."""
        channels = self._model.channels.items()
        return next((channel for channel, value in channels if value == paper.value), 0)
