"""The device half of CCNET: the wire side of a simulated validator, with faults to inject.

Facts sheet ccnet sections 2.4, 4 (table of legal commands), 8.1 and 10. Sans-I/O like the host
half. It keeps a note's event until it hears the acknowledgement, as a real validator does. The
running terminal must never import it.
"""

import zlib
from collections.abc import Mapping
from typing import Final

from drivers.acceptors.ccnet.bill_table import parse_bill_table, whole_units
from drivers.acceptors.ccnet.codes import (
    STATES_WITH_DETAIL,
    VALIDATOR,
    Command,
    Failure,
    LinkMessage,
    State,
)
from drivers.acceptors.ccnet.device_states import ENDINGS, POWER_UP_WORDS, REJECT_CODES, STATES
from drivers.acceptors.ccnet.frames import Direction, FrameDecoder, encode_answer
from drivers.acceptors.ccnet.legal import is_legal
from drivers.acceptors.ccnet.quirks import Quirks
from drivers.acceptors.damage import Damage, Damaged
from drivers.acceptors.device_half import mishaps
from drivers.acceptors.device_half.deadlines import soonest
from drivers.acceptors.device_half.line_trouble import LineTrouble
from drivers.acceptors.device_half.mechanism import End, Mechanism
from drivers.acceptors.device_half.paper import COUPON as COUPON_VALUE
from drivers.acceptors.device_half.paper import Paper
from drivers.acceptors.device_half.phases import IN_ESCROW, MechanismTiming, Phase
from drivers.acceptors.device_half.phases import POWER_UPS as POWERED_UP

LONGEST_COMMAND: Final = 512
BARCODE: Final = b"123456789012345678"
"""What stands on every simulated coupon."""
RELEASE_DATE: Final = b"20141201"
"""Eight bytes; that they are digits of a date is a guess, the sheet gives their number only."""
_ACK: Final = bytes([LinkMessage.ACK])
_ILLEGAL: Final = bytes([LinkMessage.ILLEGAL])
_NAK: Final = bytes([LinkMessage.NAK])


class CcnetDevice:
    """A CCNET bill validator: a `simulation.acceptor.machine.Machine`. Times in monotonic seconds.

    Args:
        table: BILL TABLE answer.
        identification: IDENTIFICATION answer.
        capacity: notes that the cassette holds; None for any number.
        has_counter: False for firmware without the counter of stacked notes.
        ack_patience_s: how late an acknowledgement may be; None for as late as the next command.
        trouble: what is wrong with the line from the start.
        quirks: habits of its make.
    """

    failures: Mapping[int, str] = {int(code): code.name.lower() for code in Failure}
    power_ups: Mapping[str, Phase] = POWER_UP_WORDS

    def __init__(
        self,
        *,
        table: bytes,
        identification: bytes,
        timing: MechanismTiming | None = None,
        capacity: int | None = None,
        has_counter: bool = True,
        ack_patience_s: float | None = None,
        trouble: LineTrouble | None = None,
        quirks: Quirks | None = None,
    ) -> None:
        self.body = Mechanism(timing or MechanismTiming(), REJECT_CODES, capacity=capacity)
        self.trouble = trouble or LineTrouble()
        self.has_counter = has_counter
        self._quirks = quirks or Quirks()
        self._table = table
        known = parse_bill_table(table)
        self._types = known.types
        self._coupon = known.types - 1
        self._values = whole_units(known) | {self._coupon: COUPON_VALUE}
        self._identification = identification
        self._ack_patience_s = ack_patience_s
        self._mask = 0
        self._named: tuple[int, int] | None = None
        self._security = bytes(known.types // 8)
        self._options = bytes(4)
        self._decoder = FrameDecoder(Direction.COMMAND, longest=LONGEST_COMMAND)
        self._out = bytearray()
        self._last_answer: bytes | None = None
        self._shown_end: End | None = None
        self._shown_at = 0.0

    # --- what can be seen -----------------------------------------------------------------------

    @property
    def values(self) -> tuple[int, ...]:
        return tuple(sorted(set(self._values.values()) - {COUPON_VALUE}))

    @property
    def state(self) -> State:
        """What POLL reports: a waiting end hides the phase behind it."""
        end = self.body.shown_end
        return STATES[self.body.phase] if end is None else ENDINGS[end.how]

    @property
    def shown(self) -> str:
        return self.state.name if self.body.powered else "POWERED_OFF"

    # --- time and bytes -------------------------------------------------------------------------

    def receive(self, data: bytes, now: float) -> None:
        self.tick(now)
        if not self.body.powered:
            return
        if self.trouble.echoes:
            self._out += data
        for part in self._decoder.feed(data, now):
            if isinstance(part, Damaged):
                self._damaged(part)
            elif part.address == VALIDATOR and not self.trouble.silent:
                self._frame(part.body, now)

    def tick(self, now: float) -> None:
        self.body.advance(now)
        self._decoder.tick(now)

    def data_to_send(self) -> bytes:
        if not self._out:
            return b""
        data = bytes(self._out)
        self._out.clear()
        return data

    def next_deadline(self) -> float | None:
        return soonest(self.body.next_deadline(), self._decoder.next_deadline())

    # --- people and power -----------------------------------------------------------------------

    def insert(self, value: int | None, now: float) -> bool:
        if value is None:
            return self.body.insert_counterfeit(now)
        known = value in self._values.values()
        return self.body.insert(value if known else None, now)

    def power_cut(self) -> None:
        mishaps.power_cut(self.body)
        self._decoder.clear()
        self._out.clear()
        self._last_answer = None
        self._shown_end = None
        self._mask = 0
        self.trouble.busy_polls = 0

    def power_on(self, outcome: Phase | None = None) -> None:
        mishaps.power_on(self.body, outcome)

    # --- wire -----------------------------------------------------------------------------------

    def _damaged(self, part: Damaged) -> None:
        if part.why is Damage.CHECKSUM and not self.trouble.silent:
            self._transmit(_NAK)

    def _frame(self, body: bytes, now: float) -> None:
        command, data = body[0], body[1:]
        if command == LinkMessage.ACK and not data:
            self._acknowledged(now)
        elif command == LinkMessage.NAK and not data:
            if self._last_answer is not None:
                self._transmit(self._last_answer)
        else:
            self._shown_end = self._last_answer = None
            self._command(command, data, now)

    def _acknowledged(self, now: float) -> None:
        if self._shown_end is None or self._shown_end is not self.body.end:
            return
        if self.trouble.ack_is_lost():
            return
        patience_s = self._ack_patience_s
        if patience_s is None or now - self._shown_at <= patience_s:
            self.body.acknowledge()
            self._shown_end = None
            if self._quirks.disabled_after_note:
                self.body.enable(frozenset(), frozenset(), now)

    def _command(self, command: int, data: bytes, now: float) -> None:
        if not self._is_legal(command, data):
            if not self._quirks.mute_on_unknown:
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
        if command == Command.COUNTER_OF_STACKED and not self.has_counter:
            return False
        if command == Command.EXTRACT_BARCODE and not self._last_was_coupon:
            return False
        return is_legal(command, data, self.state, self._types // 8)

    def _question(self, command: int) -> bytes | None:
        match command:
            case Command.POLL:
                return self._poll()
            case Command.GET_STATUS:
                enabled = self._mask if self.body.enabled else 0
                return enabled.to_bytes(self._types // 8, "big") + self._security
            case Command.EXTRACT_BARCODE:
                return BARCODE
            case Command.GET_CRC32:
                return zlib.crc32(self._identification).to_bytes(4, "big")
            case Command.STATISTICS:
                return self._statistics()
            case Command.RELEASE_DATE:
                return RELEASE_DATE
            case Command.GET_OPTIONS:
                return self._options
            case Command.IDENTIFICATION:
                return self._identification
            case Command.BILL_TABLE:
                return self._table
            case Command.COUNTER_OF_STACKED:
                return self.body.counter.to_bytes(2, "big")
            case _:
                return None

    @property
    def _last_was_coupon(self) -> bool:
        paper = self.body.end.paper if self.body.end else self.body.paper
        return paper is not None and paper.value == COUPON_VALUE

    def _statistics(self) -> bytes:
        """Counts of stacked, returned and removed notes; the layout is ours, the sheet has none."""
        places = self.body.places
        counts = (self.body.counter, len(places.returned), len(places.removed))
        return b"".join(count.to_bytes(4, "big") for count in counts)

    def _poll(self) -> bytes:
        if self.trouble.is_busy():
            return bytes([State.DEVICE_BUSY, self.trouble.busy_for])
        state, end = self.state, self.body.shown_end
        if end is not None:
            self._shown_end = end
            return bytes([state, self._type_of(end.paper)])
        if state is State.ESCROW and self.body.paper is not None:
            return bytes([state, self._type_of(self.body.paper)])
        return bytes([state, self.body.detail]) if state in STATES_WITH_DETAIL else bytes([state])

    def _type_of(self, paper: Paper) -> int:
        """The bill type of a note: of several issues of one value, one that is enabled."""
        if self._named is None or self._named[0] != paper.number:
            kinds = [kind for kind, value in self._values.items() if value == paper.value]
            enabled = [kind for kind in kinds if self._mask >> kind & 1]
            self._named = (paper.number, (enabled or kinds)[0])
        return self._named[1]

    def _obey(self, command: int, data: bytes, now: float) -> None:
        match command:
            case Command.RESET:
                self.body.reset(now)
                self.trouble.busy_polls += 3 if self._quirks.busy_after_reset else 0
            case Command.SET_SECURITY:
                self._security = data
            case Command.SET_OPTIONS:
                self._options = data
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
        """A device answers with what it supports of the mask; a coupon always goes to escrow."""
        half = self._types // 8
        supported = sum(
            1 << kind for kind in range(self._types) if any(self._table[kind * 5 :][:5])
        )
        enabled = int.from_bytes(data[:half], "big") & (supported | 1 << self._coupon)
        escrowed = int.from_bytes(data[half:], "big") | 1 << self._coupon
        if self.body.phase in POWERED_UP:
            return
        self._mask = enabled
        self.body.enable(self._of(enabled), self._of(enabled & escrowed), now)
        if not enabled and self.body.phase in IN_ESCROW:
            self.body.give_back(now)

    def _of(self, mask: int) -> frozenset[int]:
        return frozenset(value for kind, value in self._values.items() if mask >> kind & 1)

    def _transmit(self, body: bytes) -> None:
        self._out += self.trouble.spoil(encode_answer(body))
