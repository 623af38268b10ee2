"""The device half of SSP and eSSP: the wire side of a simulated validator, with faults to inject.

Facts sheet ssp sections 2.1, 4, 5, 9 and 12. Sans-I/O like the host half. It answers a repeated
packet as before without obeying it again, forgets what it told once another packet comes, takes a
poll for consent to the note in escrow, and stays silent for what it cannot read. The running terminal
must never import it.
"""

import random
from collections.abc import Mapping
from typing import Final

from drivers.acceptors.damage import Damaged
from drivers.acceptors.device_half import mishaps
from drivers.acceptors.device_half.deadlines import soonest
from drivers.acceptors.device_half.line_trouble import LineTrouble
from drivers.acceptors.device_half.mechanism import Mechanism
from drivers.acceptors.device_half.paper import COUPON
from drivers.acceptors.device_half.phases import IN_ESCROW, POWER_UPS, MechanismTiming, Phase
from drivers.acceptors.errors import RemoteProtocolError
from drivers.acceptors.ssp.codes import (
    ENCRYPTED,
    ONLY_ENCRYPTED,
    POLLS,
    VALIDATOR,
    Command,
    Event,
    Generic,
    LastReject,
)
from drivers.acceptors.ssp.device_answers import Answers, is_known, takes
from drivers.acceptors.ssp.device_events import POWER_UP_WORDS, REJECT_CODES, EventQueue
from drivers.acceptors.ssp.device_key import KeyExchange
from drivers.acceptors.ssp.device_model import DeviceModel
from drivers.acceptors.ssp.packets import Packet, PacketDecoder, encode

_OK: Final = bytes([Generic.OK])
_BUSY: Final = bytes([Generic.CANNOT_PROCESS, 0x03])


class SspDevice:
    """An SSP validator: a `simulation.acceptor.machine.Machine`. Times in monotonic seconds."""

    failures: Mapping[int, str] = {int(Event.NOTE_PATH_OPEN): "note path open"}
    power_ups: Mapping[str, Phase] = POWER_UP_WORDS

    def __init__(
        self,
        model: DeviceModel | None = None,
        *,
        timing: MechanismTiming | None = None,
        capacity: int | None = None,
        trouble: LineTrouble | None = None,
    ) -> None:
        self.model = model or DeviceModel()
        self.events = EventQueue(self.model)
        self.body = Mechanism(
            timing or MechanismTiming(), REJECT_CODES, capacity=capacity, watch=self._watch
        )
        self.trouble = trouble or LineTrouble()
        self._rng = random.Random(11)
        self.key = KeyExchange(self.model, self._rng.randbytes)
        self._answers = Answers(self.model)
        self._decoder = PacketDecoder()
        self._out = bytearray()
        self._switch_is_on = False
        self._mask = 0
        self._sequence: int | None = self.model.fresh_sequence
        self._last_answer: bytes | None = None
        self._awaits_flip = False
        """What was said last is heard once another packet comes: plain POLL."""

    # --- what can be seen -----------------------------------------------------------------------

    @property
    def has_counter(self) -> bool:
        return self.model.has_counter

    @property
    def values(self) -> tuple[int, ...]:
        return tuple(sorted(set(self.model.channels.values())))

    @property
    def shown(self) -> str:
        if not self.body.powered:
            return "POWERED_OFF"
        end = self.body.shown_end
        return (self.body.phase if end is None else end.how).name

    # --- time and bytes -------------------------------------------------------------------------

    def receive(self, data: bytes, now: float) -> None:
        self.tick(now)
        if not self.body.powered:
            return
        if self.trouble.echoes:
            self._out += data
        for part in self._decoder.feed(data, now):
            if isinstance(part, Damaged) or part.address != VALIDATOR or self.trouble.silent:
                continue
            self._packet(part, now)

    def tick(self, now: float) -> None:
        if self.body.powered and self.body.phase in POWER_UPS:
            self._boot(now)
        self.body.advance(now)
        due = self._consent_due()
        if due is not None and now >= due:
            self._accept(now)
        self._decoder.tick(now)

    def data_to_send(self) -> bytes:
        if not self._out:
            return b""
        data = bytes(self._out)
        self._out.clear()
        return data

    def next_deadline(self) -> float | None:
        due = (self.body.next_deadline(), self._decoder.next_deadline(), self._consent_due())
        return soonest(*due)

    def _consent_due(self) -> float | None:
        after_s, read_at = self.model.consents_after_s, self.events.read_at
        waits = self.body.powered and self.body.phase is Phase.ESCROW
        return read_at + after_s if waits and after_s is not None and read_at is not None else None

    # --- people and power -----------------------------------------------------------------------

    def insert(self, value: int | None, now: float) -> bool:
        if value is None:
            return self.body.insert_counterfeit(now)
        if value == COUPON:
            return self.body.insert(None, now, flaw=LastReject.BARCODE)
        return self.body.insert(value if value in self.values else None, now)

    def power_cut(self) -> None:
        mishaps.power_cut(self.body)
        self.events.power_cut()
        self._decoder.clear()
        self._out.clear()
        self._forget()
        self.trouble.busy_polls = 0

    def power_on(self, outcome: Phase | None = None) -> None:
        mishaps.power_on(self.body, outcome)

    def _forget(self) -> None:
        """What a reset takes away."""
        self.key.forget()
        self._last_answer = None
        self._sequence = self.model.fresh_sequence
        self._awaits_flip = self._switch_is_on = False
        self._mask = 0

    def _boot(self, now: float) -> None:
        self.events.booted(self.body.paper, self.body.phase)
        self.body.reset(now)

    def _watch(self, phase: Phase, _now: float) -> None:
        self.events.watch(phase)
        if phase is Phase.REJECTING:
            self.events.last_reject = self.body.detail
        if phase is Phase.INITIALISING:
            self._forget()

    # --- wire -----------------------------------------------------------------------------------

    def _packet(self, packet: Packet, now: float) -> None:
        is_sync = packet.data == bytes([Command.SYNC])
        if packet.sequence == self._sequence and not is_sync:
            if self._last_answer is not None:
                self._transmit(packet.sequence, self._last_answer)
            return
        if self._awaits_flip and self.events.holds_end and self.trouble.ack_is_lost():
            return
        answer = self._opened(packet.data, now)
        if answer is None:
            return
        self._sequence = 1 if is_sync else packet.sequence
        self._last_answer = answer
        self._transmit(packet.sequence, answer)

    def _opened(self, data: bytes, now: float) -> bytes | None:
        """The answer to a packet, sealed where the packet was."""
        if data[0] != ENCRYPTED:
            return self._command(data, now, sealed=False)
        if not self.key.is_set:
            return bytes([Generic.KEY_NOT_SET]) if self.model.answers_without_key else None
        try:
            plain = self.key.open(data)
        except RemoteProtocolError:
            return None
        answer = self._command(plain, now, sealed=True)
        return None if answer is None else self.key.seal(answer)

    def _command(self, data: bytes, now: float, *, sealed: bool) -> bytes | None:
        code, rest = data[0], data[1:]
        if code == Command.EVENT_ACK and self.events.holds_end and self.trouble.ack_is_lost():
            return None
        if self._awaits_flip:
            self._awaits_flip = False
            self.events.heard(self.body)
        if not is_known(code, self.model):
            return bytes([Generic.UNKNOWN_COMMAND])
        if not takes(code, len(rest)):
            return bytes([Generic.WRONG_PARAMETER_COUNT])
        if code in ONLY_ENCRYPTED and not sealed:
            refusal = Generic.CANNOT_PROCESS if self.key.is_set else Generic.KEY_NOT_SET
            return bytes([refusal])
        return self._obey(Command(code), rest, now)

    def _obey(self, command: Command, data: bytes, now: float) -> bytes:
        match command:
            case Command.POLL | Command.POLL_WITH_ACK:
                return self._poll(command, now)
            case Command.EVENT_ACK:
                self.events.heard(self.body)
                return _OK
            case Command.HOLD | Command.REJECT:
                return self._in_escrow(command, now)
            case Command.SET_INHIBITS:
                self._mask = int.from_bytes(data, "little")
                self._apply(now)
                return _OK
            case Command.ENABLE | Command.DISABLE:
                self._switch_is_on = command is Command.ENABLE
                self._apply(now)
                return _OK
            case Command.RESET:
                self.body.reset(now)
                return _OK
            case Command.SET_GENERATOR | Command.SET_MODULUS | Command.EXCHANGE_KEY:
                return self.key.obey(command, data)
            case _:
                return self._answers.to(command, data, self.body, self.events)

    def _poll(self, command: Command, now: float) -> bytes:
        if self.trouble.is_busy():
            return _BUSY
        if self.body.phase in IN_ESCROW and self.events.read_at is not None:
            if not (self.events.covered and self.model.hold_covers_poll):
                self._accept(now)
            self.events.covered = False
        with_ack = command is Command.POLL_WITH_ACK
        self._awaits_flip = command in POLLS and not with_ack
        return _OK + self.events.answer(self.body, now, with_ack=with_ack)

    def _accept(self, now: float) -> None:
        self.events.read_at = None
        self.body.stack(now)

    def _in_escrow(self, command: Command, now: float) -> bytes:
        if self.body.phase not in IN_ESCROW:
            return bytes([Generic.CANNOT_PROCESS])
        if command is Command.HOLD:
            self.events.covered = True
            self.body.hold(now)
        else:
            self.events.ordered_back = True
            self.body.give_back(now)
        return _OK

    def _apply(self, now: float) -> None:
        values = frozenset(
            value
            for channel, value in self.model.channels.items()
            if self._switch_is_on and self._mask >> channel - 1 & 1
        )
        self.body.enable(values, values, now)

    def _transmit(self, sequence: int, data: bytes) -> None:
        self._out += self.trouble.spoil(encode(Packet(sequence=sequence, data=data)))
