"""The device half of CCNET: the wire side of a simulated validator, with faults to inject.

Facts sheet ccnet sections 2.4, 4 (table of legal commands), 8.1 and 10. Sans-I/O like the host
half. It keeps a note's event until it hears the acknowledgement, as a real validator does. The
running terminal must never import it.
"""

import random
from collections.abc import Mapping
from typing import Final

from drivers.acceptors.ccnet.codes import (
    COUPON,
    POWER_UPS,
    STATES_WITH_DETAIL,
    VALIDATOR,
    Command,
    LinkMessage,
    State,
)
from drivers.acceptors.ccnet.device_body import DeviceBody, DeviceTiming
from drivers.acceptors.ccnet.frames import (
    Damage,
    Damaged,
    Direction,
    FrameDecoder,
    encode_answer,
)

LONGEST_COMMAND: Final = 512
SET_UP_STATES: Final = POWER_UPS | {
    State.INITIALIZE,
    State.UNIT_DISABLED,
    State.CASSETTE_FULL,
    State.CASSETTE_OUT,
    State.VALIDATOR_JAMMED,
    State.CASSETTE_JAMMED,
    State.CHEATED,
    State.PAUSE,
    State.FAILURE,
}
_HELD: Final = frozenset({State.ESCROW, State.HOLDING})
_ALL: Final = frozenset(State)
LEGAL: Final[Mapping[int, frozenset[State]]] = {
    Command.RESET: _ALL,
    Command.GET_STATUS: _ALL,
    Command.SET_SECURITY: _ALL,
    Command.POLL: _ALL,
    Command.ENABLE_BILL_TYPES: _ALL,
    Command.STACK: _HELD,
    Command.RETURN: _HELD,
    Command.HOLD: _HELD,
    Command.SET_BARCODE: _ALL,
    Command.IDENTIFICATION: SET_UP_STATES,
    Command.BILL_TABLE: SET_UP_STATES,
    Command.COUNTER_OF_STACKED: SET_UP_STATES | {State.IDLING},
}
"""States in which each known command is obeyed; anything else is answered ILLEGAL."""
_DATA_BYTES: Final[Mapping[int, int]] = {
    Command.SET_SECURITY: 3,
    Command.ENABLE_BILL_TYPES: 6,
    Command.SET_BARCODE: 2,
}
_ACK: Final = bytes([LinkMessage.ACK])
_ILLEGAL: Final = bytes([LinkMessage.ILLEGAL])
_NAK: Final = bytes([LinkMessage.NAK])


class CcnetDevice:
    """A CCNET bill validator. Times in monotonic seconds.

    Args:
        table: BILL TABLE answer.
        identification: IDENTIFICATION answer.
        has_counter: False for firmware without the counter of stacked notes.
        ack_patience_s: how late an acknowledgement may be; None for as late as the next command.
        rng: source of flipped bits and garbage.
    """

    def __init__(
        self,
        *,
        table: bytes,
        identification: bytes,
        timing: DeviceTiming | None = None,
        capacity: int | None = None,
        has_counter: bool = True,
        ack_patience_s: float | None = None,
        rng: random.Random | None = None,
    ) -> None:
        self.body = DeviceBody(timing or DeviceTiming(), capacity=capacity)
        self.lose_answers = 0
        self.lose_acks = 0
        """Only acknowledgements of a note's end count: losing others has no effect."""
        self.flip_bits = 0
        self.busy_polls = 0
        self.busy_for = 1
        self.silent = False
        self.garbage = False
        self.echoes = False
        self._table = table
        self._identification = identification
        self._has_counter = has_counter
        self._ack_patience_s = ack_patience_s
        self._rng = rng or random.Random(0)
        self._security = bytes(3)
        self._decoder = FrameDecoder(Direction.COMMAND, longest=LONGEST_COMMAND)
        self._out = bytearray()
        self._last_answer: bytes | None = None
        self._shown_event: tuple[State, int] | None = None
        self._shown_at = 0.0

    def receive(self, data: bytes, now: float) -> None:
        """Take bytes from the wire."""
        self.tick(now)
        if not self.body.powered:
            return
        if self.echoes:
            self._out += data
        for part in self._decoder.feed(data, now):
            if isinstance(part, Damaged):
                self._damaged(part)
            elif part.address == VALIDATOR and not self.silent:
                self._frame(part.body, now)

    def tick(self, now: float) -> None:
        """Let time pass."""
        self.body.advance(now)
        self._decoder.tick(now)

    def data_to_send(self) -> bytes:
        """Take the bytes that belong on the wire now."""
        data = bytes(self._out)
        self._out.clear()
        return data

    def next_deadline(self) -> float | None:
        """When `tick` has something to do."""
        due = [self.body.next_deadline(), self._decoder.next_deadline()]
        return min((at for at in due if at is not None), default=None)

    def power_cut(self) -> None:
        """Cut the power; the line is dead until `power_on`."""
        self.body.power_cut()
        self._forget_line()

    def power_on(self, outcome: State | None = None) -> None:
        """Give power again, see `DeviceBody.power_on`."""
        self.body.power_on(outcome)

    def _forget_line(self) -> None:
        self._decoder.clear()
        self._out.clear()
        self._last_answer = None
        self._shown_event = None
        self.busy_polls = 0

    # --- wire -----------------------------------------------------------------------------------

    def _damaged(self, part: Damaged) -> None:
        if part.why is Damage.CHECKSUM and not self.silent:
            self._transmit(_NAK)

    def _frame(self, body: bytes, now: float) -> None:
        command, data = body[0], body[1:]
        if command == LinkMessage.ACK and not data:
            self._acknowledged(now)
        elif command == LinkMessage.NAK and not data:
            if self._last_answer is not None:
                self._transmit(self._last_answer)
        else:
            self._shown_event = self._last_answer = None
            self._command(command, data, now)

    def _acknowledged(self, now: float) -> None:
        if self._shown_event is None or self._shown_event != self.body.event:
            return
        if self.lose_acks:
            self.lose_acks -= 1
            return
        patience_s = self._ack_patience_s
        if patience_s is None or now - self._shown_at <= patience_s:
            self.body.event = self._shown_event = None

    def _command(self, command: int, data: bytes, now: float) -> None:
        if not self._is_legal(command, data):
            self._transmit(_ILLEGAL)
            return
        answer = self._question(command)
        if answer is not None:
            self._last_answer = answer
            self._shown_at = now
            self._transmit(answer)
        else:
            self._obey(command, data, now)
            self._transmit(_ACK)

    def _is_legal(self, command: int, data: bytes) -> bool:
        if command == Command.COUNTER_OF_STACKED and not self._has_counter:
            return False
        fits = len(data) == _DATA_BYTES.get(command, 0)
        return fits and self.body.shown in LEGAL.get(command, frozenset())

    def _question(self, command: int) -> bytes | None:
        match command:
            case Command.POLL:
                return self._poll()
            case Command.GET_STATUS:
                return self.body.enabled.to_bytes(3, "big") + self._security
            case Command.IDENTIFICATION:
                return self._identification
            case Command.BILL_TABLE:
                return self._table
            case Command.COUNTER_OF_STACKED:
                return self.body.counter.to_bytes(2, "big")
            case _:
                return None

    def _poll(self) -> bytes:
        if self.busy_polls:
            self.busy_polls -= 1
            return bytes([State.DEVICE_BUSY, self.busy_for])
        shown = self.body.shown
        if self.body.event is not None and shown is self.body.event[0]:
            self._shown_event = self.body.event
            return bytes(self.body.event)
        return bytes([shown, self.body.detail]) if shown in STATES_WITH_DETAIL else bytes([shown])

    def _obey(self, command: int, data: bytes, now: float) -> None:
        match command:
            case Command.RESET:
                self.body.reset(now)
            case Command.SET_SECURITY:
                self._security = data
            case Command.ENABLE_BILL_TYPES:
                self._enable(data, now)
            case Command.STACK:
                self.body.stack(now)
            case Command.RETURN:
                self.body.give_back(now)
            case Command.HOLD:
                self.body.hold(now)
            case _:
                pass

    def _enable(self, data: bytes, now: float) -> None:
        supported = sum(1 << kind for kind in range(24) if any(self._table[kind * 5 :][:5]))
        supported |= 1 << COUPON
        enabled = int.from_bytes(data[:3], "big") & supported
        escrowed = int.from_bytes(data[3:], "big") | 1 << COUPON
        self.body.enable(enabled, enabled & escrowed, now)

    def _transmit(self, body: bytes) -> None:
        raw = bytearray(encode_answer(body))
        if self.lose_answers:
            self.lose_answers -= 1
            return
        if self.garbage:
            raw = bytearray(self._rng.randbytes(len(raw)))
        elif self.flip_bits:
            self.flip_bits -= 1
            raw[self._rng.randrange(len(raw))] ^= 1 << self._rng.randrange(8)
        self._out += raw
