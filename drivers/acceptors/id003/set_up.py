"""The settings that an ID-003 device is given, and the table it is asked for, before it takes notes.

Facts sheet id003 section 10. Everything is inhibited first and the device stays inhibited to the end;
set-up never resets a device. Power recovery is what makes a device replay the credit of a note that a
power cut caught too far in, so it is always asked for.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from drivers.acceptors.contract import Identity, Note
from drivers.acceptors.errors import RemoteProtocolError
from drivers.acceptors.faults import FaultNumber
from drivers.acceptors.id003.codes import POWER_UPS, Command, Direction, Option, Status
from drivers.acceptors.id003.currency_table import (
    CurrencyTable,
    parse_currency_table,
    parse_version,
)
from drivers.acceptors.id003.link import Answered, NoAnswer, Outcome, Refused, Request, Unanswered
from drivers.acceptors.id003.memory import Kept

RETRY_S: Final = 5.0
AHEAD_TRIES: Final = 3
INHIBIT_ALL: Final = bytes((0xFF, 0))
INHIBITED: Final = bytes((1,))
ACCEPTING: Final = bytes((0,))
_NAMING: Final = frozenset({Status.ESCROW, Status.VEND_VALID, Status.INITIALIZE})
_INDISPENSABLE: Final = frozenset({Command.DENOMINATIONS, Command.INHIBIT})
STEPS: Final = (
    Command.DENOMINATIONS,
    Command.SECURITY,
    Command.DIRECTION,
    Command.OPTIONS,
    Command.COMMUNICATION,
    Command.INHIBIT,
)
"""The order is free, but INHIBIT ends INITIALIZE."""
LATE_STEPS: Final = (Command.BARCODE, Command.BAR_INHIBIT, Command.INHIBIT)
"""For a device that stays in INITIALIZE: some wait for the settings of tickets, too (section 10)."""
_CONSTANT: Final[Mapping[Command, bytes]] = {
    Command.DENOMINATIONS: INHIBIT_ALL,
    Command.OPTIONS: bytes((Option.POWER_RECOVERY, 0)),
    Command.COMMUNICATION: bytes(1),
    Command.INHIBIT: INHIBITED,
    Command.BARCODE: bytes((0x01, 0x12)),
    Command.BAR_INHIBIT: bytes(1),
}


class SetUp:
    """What is known about the device, and what to tell it next.

    Args:
        currency: ISO 4217 code of the notes that may be let in.
        kept: what an earlier life remembered.
        remember: makes that durable; False when something older may stand there now.
    """

    def __init__(
        self,
        currency: str,
        kept: Kept,
        remember: Callable[[bytes], bool] | None,
        *,
        high_security: frozenset[Note],
        barred: Direction,
    ) -> None:
        self._currency = currency
        self._kept = kept
        self._remember = remember
        self._high_security = high_security
        self._barred = barred
        self._steps: tuple[Command, ...] = STEPS
        self._step = 0
        self._not_before = 0.0
        self._table_is_asked = False
        self._table_is_read = False
        self._asks_left = AHEAD_TRIES
        self.kept_its_power = False
        """The device still says the mark: nobody has reset it since an earlier life was ready."""
        self.table: CurrencyTable | None = None
        self.denominations: tuple[Note, ...] = ()
        """The notes that may be let in, smallest first."""
        self._wish: frozenset[Note] | None = None
        self._wanted: frozenset[Note] = frozenset()
        self._inhibited = INHIBIT_ALL
        self._use(_usable(kept.table))
        self.identity = Identity(protocol="id003", model="", serial="")

    @property
    def has_told_all(self) -> bool:
        """True when every setting was given."""
        return self._step >= len(self._steps)

    @property
    def is_done(self) -> bool:
        """True when the device is set up and its notes are known."""
        return self.has_told_all and self._table_is_read and bool(self.denominations)

    def asks_ahead(self, status: Status) -> bool:
        """True where the table is wanted before anything else.

        Without one no note can be named. A device at power-up may be another one than before, and
        the note that it is about to tell of is named by its own table.
        """
        needed = status in POWER_UPS or (self.table is None and status in _NAMING)
        return needed and self._asks_left > 0

    def _use(self, table: CurrencyTable | None) -> None:
        self.table = table
        self.denominations = table.denominations(self._currency) if table else ()
        self._wish = None

    def note(self, code: int) -> Note | None:
        """The note of an escrow code, None while no table is known."""
        return self.table.note(code) if self.table else None

    def wanted(self, notes: frozenset[Note]) -> frozenset[Note]:
        """Those of them that may be let in: never another currency.

        Asked with every poll, as the mask is, so each wish is worked out once.
        """
        if notes is not self._wish:
            self._wish, self._wanted = notes, notes & frozenset(self.denominations)
            self._inhibited = self.table.inhibited(self._wanted) if self.table else INHIBIT_ALL
        return self._wanted

    def inhibited(self, notes: frozenset[Note]) -> bytes:
        """The mask that lets in these notes only."""
        self.wanted(notes)
        return self._inhibited

    def keep_escrow(self, code: int) -> bool:
        """Remember what is in escrow; False when the next life might name it wrongly."""
        return self._keep(replace(self._kept, escrow=code))

    def restart(self) -> None:
        """Begin again: the device has lost its configuration."""
        self._steps = STEPS
        self._step = 0
        self._table_is_asked = self._table_is_read = False

    def tell_the_rest(self) -> None:
        """The device was told all and still stays in INITIALIZE."""
        if self.has_told_all:
            self._steps = STEPS + LATE_STEPS

    def next_request(self, now: float) -> Request | None:
        """The next thing to tell or ask; None when done or waiting to retry."""
        if now < self._not_before or self.is_done:
            return None
        if self.has_told_all or not self._table_is_asked:
            return Request(command=Command.CURRENCY)
        command = self._steps[self._step]
        return Request(command=command, data=self._data(command))

    def _data(self, command: Command) -> bytes:
        match command:
            case Command.SECURITY:
                return self._security(mark=self.mark if self.kept_its_power else 0)
            case Command.DIRECTION:
                return bytes((self._barred,))
            case _:
                return _CONSTANT[command]

    def take(self, outcome: Outcome, now: float) -> FaultNumber | None:
        """What became of a request. Returns the fault that keeps set-up from ending."""
        command = outcome.request.command
        match outcome:
            case Answered() if command is Command.VERSION:
                self.identity = parse_version(outcome.data)
            case _ if command is Command.CURRENCY:
                return self._take_table(outcome, now)
            case _ if not self.has_told_all and command is self._steps[self._step]:
                if command not in _INDISPENSABLE or isinstance(outcome, Answered):
                    self._step += 1
                    return None
                self._not_before = now + RETRY_S
                return _why(outcome)
            case _:
                pass
        return None

    # --- the mark -----------------------------------------------------------------------------------

    @property
    def mark(self) -> int:
        """What the device would say if nobody had reset it since an earlier life was ready."""
        return self._kept.mark

    def mark_request(self, mark: int) -> Request | None:
        """Leave a mark in the device, durable here first; None where nothing is durable."""
        if self._remember is None or not self._keep(replace(self._kept, mark=mark)):
            return None
        return Request(command=Command.SECURITY, data=self._security(mark=mark))

    def unmark(self) -> None:
        """The device's rest proves nothing to the next life."""
        self._keep(replace(self._kept, mark=0))

    def _security(self, *, mark: int) -> bytes:
        """The second byte is for denominations that no device has, so it may say anything."""
        mask = self.table.mask(self._high_security)[0] if self.table else 0
        return bytes((mask, mark))

    def _take_table(self, outcome: Outcome, now: float) -> FaultNumber | None:
        self._table_is_asked = True
        self._asks_left = max(self._asks_left - 1, 0) if isinstance(outcome, Unanswered) else 0
        # A device that told its table before and refuses now is taken at its word of then.
        is_known = isinstance(outcome, Refused)
        if isinstance(outcome, Answered) and (read := _usable(outcome.data)):
            is_known = True
            self._use(read)
            self._keep(replace(self._kept, table=outcome.data))
        self._table_is_read = is_known and bool(self.denominations)
        if self._table_is_read:
            return None
        if self.has_told_all:
            self._not_before = now + RETRY_S
        return FaultNumber.NO_USABLE_NOTES if isinstance(outcome, Answered) else _why(outcome)

    def _keep(self, kept: Kept) -> bool:
        if kept == self._kept or self._remember is None:
            self._kept = kept
            return True
        is_kept = self._remember(kept.to_bytes())
        # What is not durable has to be tried again with the next note.
        self._kept = kept if is_kept else Kept(table=kept.table)
        return is_kept


def _why(outcome: Outcome) -> FaultNumber:
    garbage = isinstance(outcome, Unanswered) and outcome.why is NoAnswer.GARBAGE
    return FaultNumber.LINE_GARBAGE if garbage else FaultNumber.REFUSES_SET_UP


def _usable(table: bytes) -> CurrencyTable | None:
    try:
        return parse_currency_table(table)
    except RemoteProtocolError:
        return None
