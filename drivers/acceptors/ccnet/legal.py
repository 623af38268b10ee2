"""Which command a CCNET device obeys in which state (facts sheet ccnet section 4).

Anything else is answered ILLEGAL COMMAND: a state that is not listed, a command that is unknown, data
of the wrong length. DOWNLOAD is never obeyed, which the sheet allows a simulator.
"""

from collections.abc import Mapping
from typing import Final

from drivers.acceptors.ccnet.codes import POWER_UPS, Command, State

_FAILED: Final = frozenset(
    {
        State.CASSETTE_FULL,
        State.CASSETTE_OUT,
        State.VALIDATOR_JAMMED,
        State.CASSETTE_JAMMED,
        State.CHEATED,
        State.PAUSE,
        State.FAILURE,
    }
)
SET_UP_STATES: Final = POWER_UPS | _FAILED | {State.INITIALIZE, State.UNIT_DISABLED}
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
    Command.EXTRACT_BARCODE: _HELD | {State.BILL_STACKED, State.UNIT_DISABLED, State.IDLING},
    Command.IDENTIFICATION: SET_UP_STATES,
    Command.BILL_TABLE: SET_UP_STATES,
    Command.GET_CRC32: SET_UP_STATES,
    Command.STATISTICS: SET_UP_STATES,
    Command.SET_ESCROW_TIMEOUTS: _ALL - POWER_UPS - _FAILED - {State.INITIALIZE},
    Command.COUNTER_OF_STACKED: SET_UP_STATES | {State.IDLING},
    Command.RELEASE_DATE: SET_UP_STATES | {State.IDLING},
    Command.SET_OPTIONS: frozenset({State.INITIALIZE, State.UNIT_DISABLED}),
    Command.GET_OPTIONS: frozenset({State.INITIALIZE, State.UNIT_DISABLED}),
}
_DATA_BYTES: Final[Mapping[int, int]] = {
    Command.SET_BARCODE: 2,
    Command.SET_ESCROW_TIMEOUTS: 8,
    Command.SET_OPTIONS: 4,
}


def is_legal(command: int, data: bytes, state: State, mask_bytes: int) -> bool:
    """Whether a device obeys. `mask_bytes` is the length of one mask: 3, or 6 with 48 bill types."""
    match command:
        case Command.ENABLE_BILL_TYPES:
            wanted = 2 * mask_bytes
        case Command.SET_SECURITY:
            wanted = mask_bytes
        case _:
            wanted = _DATA_BYTES.get(command, 0)
    return len(data) == wanted and state in LEGAL.get(command, frozenset())
