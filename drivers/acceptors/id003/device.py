"""The device half of ID-003: the wire side of a simulated validator, with faults to inject.

Facts sheet id003 sections 4-9 and 12. Sans-I/O like the host half. It holds VEND VALID until it is
acknowledged, as a real validator does, goes mute when that takes a minute, and gives a note back when
the host falls silent. The running terminal must never import it.
"""

from collections.abc import Mapping
from typing import Final

from drivers.acceptors.damage import Damage, Damaged
from drivers.acceptors.device_half import mishaps
from drivers.acceptors.device_half.deadlines import soonest
from drivers.acceptors.device_half.line_trouble import LineTrouble
from drivers.acceptors.device_half.mechanism import End, Mechanism
from drivers.acceptors.device_half.paper import COUPON, Paper
from drivers.acceptors.device_half.phases import IN_ESCROW, RESTING, Ending, MechanismTiming, Phase
from drivers.acceptors.id003.codes import (
    ENQ,
    READ_BACK,
    TICKET,
    Command,
    Failure,
    Reject,
    Reply,
    Status,
)
from drivers.acceptors.id003.currency_table import parse_currency_table
from drivers.acceptors.id003.device_settings import DeviceSettings
from drivers.acceptors.id003.device_states import (
    DATA_BYTES,
    LEGAL,
    POWER_UP_WORDS,
    REJECT_CODES,
    STATES,
)
from drivers.acceptors.id003.frames import Frame, FrameDecoder, encode

STACKED_SHOWN_S: Final = 0.15
HOST_SILENT_S: Final = 3.0
"""Without a word of the host for this long a note in escrow goes back."""
MUTE_AFTER_S: Final = 60.0
"""A credit that waits for this long silences the device until it is reset."""
_TICKET_DIGITS: Final = b"123456789012345678"


class Id003Device:
    """An ID-003 bill validator: a `simulation.acceptor.machine.Machine`. Times in monotonic seconds.

    Args:
        table: data of its CURRENCY answer.
        version: data of its VERSION answer.
        capacity: notes that the stacker holds; None for any number.
        names_credit: VEND VALID carries the denomination, as on some firmware.
        recovers: it has the power recovery option.
        answers_damage: COMMUNICATION ERROR for a bad frame, instead of silence.
        trouble: what is wrong with the line from the start.
    """

    has_counter = False
    failures: Mapping[int, str] = {int(code): code.name.lower() for code in Failure}
    power_ups: Mapping[str, Phase] = POWER_UP_WORDS

    def __init__(
        self,
        *,
        table: bytes,
        version: bytes,
        timing: MechanismTiming | None = None,
        capacity: int | None = None,
        names_credit: bool = False,
        recovers: bool = True,
        answers_damage: bool = False,
        trouble: LineTrouble | None = None,
    ) -> None:
        self.body = Mechanism(
            timing or MechanismTiming(), REJECT_CODES, capacity=capacity, watch=self._begun
        )
        self.trouble = trouble or LineTrouble()
        self._table = table
        notes = parse_currency_table(table).notes
        self._value_of = {code: note.minor // 100 for code, note in notes.items()}
        self._version = version
        self._names_credit = names_credit
        self._answers_damage = answers_damage
        self._settings = DeviceSettings(self._value_of, recovers=recovers)
        self._decoder = FrameDecoder()
        self._out = bytearray()
        self._now = 0.0
        self._heard_at = 0.0
        self._ready_at = 0.0
        self._stacked_until = 0.0
        self._credit: End | None = None
        self._credit_at = 0.0
        self._called_of = Status.POWER_UP

    # --- what can be seen -------------------------------------------------------------------------

    @property
    def values(self) -> tuple[int, ...]:
        return tuple(sorted(set(self._value_of.values())))

    @property
    def state(self) -> Status:
        """What a poll is answered: a credit that waits hides the phase behind it."""
        if self.body.shown_end is not None:
            return Status.VEND_VALID
        if self.body.phase in RESTING and self._now < self._stacked_until:
            return Status.STACKED
        return STATES[self.body.phase]

    @property
    def shown(self) -> str:
        return self.state.name if self.body.powered else "POWERED_OFF"

    @property
    def is_mute(self) -> bool:
        """Nobody acknowledged its credit for so long that only a RESET is heard."""
        return self._credit is not None and self._now >= self._credit_at + MUTE_AFTER_S

    # --- time and bytes ---------------------------------------------------------------------------

    def receive(self, data: bytes, now: float) -> None:
        self.tick(now)
        if not self.body.powered:
            return
        if self.trouble.echoes:
            self._out += data
        for part in self._decoder.feed(data, now):
            if self.trouble.silent:
                continue
            if isinstance(part, Frame):
                self._heard_at = now
                self._frame(part, now)
            elif isinstance(part, Damaged) and part.why is Damage.CHECKSUM and self._answers_damage:
                self._transmit(Reply.COMMUNICATION_ERROR)

    def tick(self, now: float) -> None:
        self._now = now
        self._give_up_escrow(now)
        self.body.advance(now)
        self._decoder.tick(now)
        self._watch_credit(now)
        self._call()

    def data_to_send(self) -> bytes:
        if not self._out:
            return b""
        data = bytes(self._out)
        self._out.clear()
        return data

    def next_deadline(self) -> float | None:
        due = [self.body.next_deadline(), self._decoder.next_deadline()]
        if self.body.powered and self.body.phase in IN_ESCROW:
            due.append(self._heard_at + HOST_SILENT_S)
        if self._now < self._stacked_until:
            due.append(self._stacked_until)
        return soonest(*due)

    def _give_up_escrow(self, now: float) -> None:
        """A note that nobody decides about is rejected; one whose host is gone is returned."""
        if not self.body.powered or self.body.phase not in IN_ESCROW:
            return
        if self.body.until is not None and now >= self.body.until:
            self.body.reject(Reject.INHIBITED, self.body.until)
        elif now >= self._heard_at + HOST_SILENT_S:
            self.body.give_back(self._heard_at + HOST_SILENT_S)

    def _watch_credit(self, now: float) -> None:
        end = self.body.shown_end
        if end is not self._credit:
            self._credit, self._credit_at = end, now

    def _call(self) -> None:
        """In interrupt mode: ENQ whenever there is something new to say."""
        changed, self._called_of = self.state is not self._called_of, self.state
        if changed and self.body.powered and self._settings.calls:
            self._out.append(ENQ)

    def _begun(self, phase: Phase, now: float) -> None:
        """The mechanism has begun a phase."""
        if self.body.end is not None and self.body.end.how is Ending.RETURNED:
            self.body.acknowledge()  # No word of the protocol tells of a return.
        if phase in IN_ESCROW:
            self._heard_at = max(self._heard_at, now)
        if phase is Phase.INITIALISING:
            self._settings.forget()
            # It goes on when the host has told it at least whether to inhibit.
            self._ready_at, self.body.until = self.body.until or now, None

    # --- people and power -------------------------------------------------------------------------

    def insert(self, value: int | None, now: float) -> bool:
        if value is None:
            return self.body.insert_counterfeit(now)
        known = value == COUPON or value in self.values
        return self.body.insert(value if known else None, now)

    def power_cut(self) -> None:
        mishaps.power_cut(self.body)
        self._decoder.clear()
        self._out.clear()
        self._credit = None
        self._stacked_until = 0.0
        self._settings.forget()
        self.trouble.busy_polls = 0

    def power_on(self, outcome: Phase | None = None) -> None:
        mishaps.power_on(self.body, outcome)

    # --- wire -------------------------------------------------------------------------------------

    def _frame(self, frame: Frame, now: float) -> None:
        if frame == Frame(code=Command.ACK):
            self._acknowledged(now)
        elif self.is_mute and frame.code != Command.RESET:
            pass
        elif self._is_legal(frame):
            self._obey(frame, now)
        else:
            self._transmit(Reply.INVALID_COMMAND)

    def _acknowledged(self, now: float) -> None:
        """The one frame that is never answered."""
        if self.body.shown_end is None or self.is_mute or self.trouble.ack_is_lost():
            return
        self.body.acknowledge()
        self._credit = None
        self._stacked_until = now + STACKED_SHOWN_S

    def _is_legal(self, frame: Frame) -> bool:
        if frame.code + READ_BACK in DATA_BYTES:
            return not frame.data
        fits = len(frame.data) == DATA_BYTES.get(frame.code, 0)
        return fits and self.state in LEGAL.get(frame.code, frozenset())

    def _obey(self, frame: Frame, now: float) -> None:
        if frame.code in DATA_BYTES:
            self._set(frame, now)
            self._transmit(frame.code, frame.data)
        elif frame.code + READ_BACK in DATA_BYTES:
            self._transmit(frame.code, self._settings.read_back(frame.code + READ_BACK))
        elif frame.code == Command.STATUS:
            if not self.trouble.is_busy():
                self._transmit(self.state, self._detail())
        elif frame.code in (Command.VERSION, Command.BOOT_VERSION):
            self._transmit(frame.code, self._version)
        elif frame.code == Command.CURRENCY:
            self._transmit(frame.code, self._table)
        else:
            self._order(frame.code, now)
            self._transmit(Reply.ACK)

    def _order(self, command: int, now: float) -> None:
        match command:
            case Command.RESET:
                if self.is_mute:
                    self.body.acknowledge()  # Its last word is lost; nobody may be blamed for it.
                self.body.reset(now)
            case Command.STACK_1:
                self.body.stack(now)
                self.body.until = now + self.body.timing.stacking_s / 2
            case Command.STACK_2:
                self.body.stack(now)
            case Command.RETURN:
                self.body.give_back(now)
            case Command.HOLD:
                self.body.hold(now)
            case _:
                pass  # What WAIT is for, no source says.

    def _set(self, frame: Frame, now: float) -> None:
        self._settings.take(frame.code, frame.data)
        if frame.code == Command.INHIBIT and self.body.phase is Phase.INITIALISING:
            self._forget_unless_recovering()
            self.body.until = max(self._ready_at, now)
        self.body.enable(self._settings.let_in, self._settings.let_in, now)

    def _forget_unless_recovering(self) -> None:
        """Without power recovery a note too far in falls into the stacker without a word."""
        if self._settings.recovers:
            return
        self.body.acknowledge()
        if self.body.in_stacker and self.body.jam_at is None and self.body.cassette_is_in:
            self.body.into_cassette()

    def _detail(self) -> bytes:
        state, end = self.state, self.body.shown_end
        if state is Status.VEND_VALID and end is not None:
            return self._named(end.paper)[:1] if self._names_credit else b""
        if state is Status.ESCROW and self.body.paper is not None:
            return self._named(self.body.paper)
        return bytes((self.body.detail,)) if state in (Status.REJECTING, Status.FAILURE) else b""

    def _named(self, paper: Paper) -> bytes:
        if paper.value == COUPON:
            return bytes((TICKET,)) + _TICKET_DIGITS
        codes = [code for code, value in self._value_of.items() if value == paper.value]
        return bytes(codes[:1])

    def _transmit(self, code: int, data: bytes = b"") -> None:
        self._out += self.trouble.spoil(encode(code, data))
