"""The questions that a disabled CCNET device is asked before it may take notes.

Facts sheet ccnet section 8.5. Only the bill table is indispensable, and the security that is wished
for; what else a device will not tell is left empty. The set-up never resets a device and never
enables anything.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from drivers.acceptors.ccnet.bill_table import (
    BillTable,
    parse_bill_table,
    parse_identification,
)
from drivers.acceptors.ccnet.codes import TYPES, WIDE_TYPES, Command
from drivers.acceptors.ccnet.link import Answered, NoAnswer, Outcome, Request, Unanswered
from drivers.acceptors.contract import Identity, Note
from drivers.acceptors.errors import RemoteProtocolError
from drivers.acceptors.faults import FaultNumber

STEPS: Final = (
    Command.GET_STATUS,
    Command.BILL_TABLE,
    Command.SET_SECURITY,
    Command.IDENTIFICATION,
    Command.GET_CRC32,
    Command.COUNTER_OF_STACKED,
)
WIDE_STATUS_BYTES: Final = 12
"""GET STATUS of a device with 48 bill types: two masks of six bytes."""
RETRY_S: Final = 5.0
COUNTER_BYTES: Final = 2
AHEAD_TRIES: Final = 3


class SetUp:
    """What is known about the device, and what to ask next.

    `known_table` is the bill table as an earlier life of the terminal read it: a device that holds
    a note does not tell its table, yet the note has to be named before it may be acknowledged.
    `remember_table` gets each table that is read. `high_security` notes are examined more strictly.
    """

    def __init__(
        self,
        currency: str,
        known_table: bytes | None,
        remember_table: Callable[[bytes], None] | None,
        high_security: frozenset[Note] = frozenset(),
    ) -> None:
        self._currency = currency
        self._remember = remember_table
        self._high_security = high_security
        self._is_wide = False
        self._step = 0
        self._not_before = 0.0
        self._raw_table = known_table
        self.table: BillTable | None = None
        self.denominations: tuple[Note, ...] = ()
        """The notes that may be enabled, smallest first."""
        self._masks: dict[frozenset[Note], int] = {}
        self._know(_usable(known_table))
        self._asks_left = AHEAD_TRIES
        self._may_be_anothers = False
        self.identity = Identity(protocol="ccnet", model="", serial="")
        self.counter: int | None = None

    @property
    def is_done(self) -> bool:
        """True when everything was asked."""
        return self._step >= len(STEPS)

    @property
    def asks_ahead(self) -> bool:
        """True while notes cannot be named and the device has not yet refused to name them.

        A device that was powered up tells its table before it replays the end of a note.
        """
        return (self.table is None or self._may_be_anothers) and self._asks_left > 0

    def powered_up(self) -> None:
        """Another device may hang there now, or the same with other notes: its own table names the
        note of which it is about to tell.
        """
        self._may_be_anothers, self._asks_left = True, AHEAD_TRIES

    def note(self, bill_type: int) -> Note | None:
        """The note of a bill type, None while no table is known."""
        return self.table.note(bill_type) if self.table else None

    def mask(self, wanted: frozenset[Note]) -> int:
        """Bill types to enable: never a coupon, never another currency.

        Asked with every poll, so each wish is worked out once.
        """
        if wanted not in self._masks:
            usable = wanted & frozenset(self.denominations)
            self._masks = {wanted: self.table.mask(usable) if self.table else 0}
        return self._masks[wanted]

    @property
    def types(self) -> int:
        """How many bill types the device has."""
        return WIDE_TYPES if self._is_wide else self.table.types if self.table else TYPES

    def restart(self) -> None:
        """Ask everything again: the device has lost its configuration."""
        self._step = 0
        self.counter = None

    def next_request(self, now: float) -> Request | None:
        """The next question for a disabled device; None when done or waiting to retry."""
        if self.is_done or now < self._not_before:
            return None
        step = STEPS[self._step]
        if step is Command.SET_SECURITY:
            mask = self.mask(self._high_security)
            return Request(command=step, data=mask.to_bytes(self.types // 8, "big"))
        return Request(command=step)

    def take(self, outcome: Outcome, now: float) -> FaultNumber | None:
        """The outcome of one of the questions. Returns the fault that keeps set-up from ending."""
        body = outcome.body if isinstance(outcome, Answered) else None
        match outcome.request.command:
            case Command.BILL_TABLE if isinstance(outcome, Unanswered) and not self.denominations:
                self._asks_left = max(self._asks_left - 1, 0)
                self._not_before = now + RETRY_S
                garbage = outcome.why is NoAnswer.GARBAGE
                return FaultNumber.LINE_GARBAGE if garbage else FaultNumber.REFUSES_SET_UP
            case Command.BILL_TABLE:
                return self._take_table(body, now)
            case Command.SET_SECURITY if body is None and self.mask(self._high_security):
                self._not_before = now + RETRY_S
                return FaultNumber.REFUSES_SET_UP
            case Command.GET_STATUS if body is not None:
                self._is_wide = len(body) == WIDE_STATUS_BYTES
            case Command.IDENTIFICATION if body is not None:
                self.identity = replace(parse_identification(body), firmware=self.identity.firmware)
            case Command.GET_CRC32 if body is not None:
                self.identity = replace(self.identity, firmware=f"CRC32 {body.hex().upper()}")
            case Command.COUNTER_OF_STACKED if body is not None and len(body) == COUNTER_BYTES:
                self.counter = int.from_bytes(body, "big")
            case _:
                pass
        self._pass(outcome.request.command)
        return None

    def _take_table(self, body: bytes | None, now: float) -> FaultNumber | None:
        self._asks_left = 0
        self._may_be_anothers = False
        read = _usable(body)
        if read is not None and body is not None:
            self._know(read)
            if body != self._raw_table and self._remember is not None:
                self._remember(body)
            self._raw_table = body
        if self.denominations:
            self._pass(Command.BILL_TABLE)
            return None
        self._not_before = now + RETRY_S
        return FaultNumber.REFUSES_SET_UP if body is None else FaultNumber.NO_USABLE_NOTES

    def _know(self, table: BillTable | None) -> None:
        self.table = table
        self.denominations = table.denominations(self._currency) if table else ()
        self._masks = {}

    def _pass(self, command: Command) -> None:
        if not self.is_done and STEPS[self._step] is command:
            self._step += 1


def _usable(raw: bytes | None) -> BillTable | None:
    try:
        return parse_bill_table(raw) if raw else None
    except RemoteProtocolError:
        return None
