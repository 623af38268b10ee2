"""The words of ID-003 for what a machine is doing, for the device half.

Facts sheet id003 sections 4 and 5. Only tables; what a word does is in `device`.
"""

from collections.abc import Mapping
from typing import Final

from drivers.acceptors.device_half.phases import Phase, RejectCodes
from drivers.acceptors.id003.codes import Command, Reject, Status

STATES: Final[Mapping[Phase, Status]] = {
    Phase.POWER_UP: Status.POWER_UP,
    Phase.POWER_UP_NOTE_IN_PATH: Status.POWER_UP_BILL_IN_ACCEPTOR,
    Phase.POWER_UP_NOTE_IN_STACKER: Status.POWER_UP_BILL_IN_STACKER,
    Phase.INITIALISING: Status.INITIALIZE,
    Phase.DISABLED: Status.DISABLED,
    Phase.IDLING: Status.IDLING,
    Phase.ACCEPTING: Status.ACCEPTING,
    Phase.ESCROW: Status.ESCROW,
    Phase.HOLDING: Status.HOLDING,
    Phase.STACKING: Status.STACKING,
    Phase.PAUSED: Status.PAUSE,
    Phase.RETURNING: Status.RETURNING,
    Phase.REJECTING: Status.REJECTING,
    Phase.CHEATED: Status.CHEATED,
    Phase.PATH_JAMMED: Status.ACCEPTOR_JAM,
    Phase.STACKER_JAMMED: Status.STACKER_JAM,
    Phase.CASSETTE_OUT: Status.STACKER_OPEN,
    Phase.CASSETTE_FULL: Status.STACKER_FULL,
    Phase.FAILED: Status.FAILURE,
}
POWER_UP_WORDS: Final[Mapping[str, Phase]] = {
    "40": Phase.POWER_UP,
    "41": Phase.POWER_UP_NOTE_IN_PATH,
    "42": Phase.POWER_UP_NOTE_IN_STACKER,
}
REJECT_CODES: Final = RejectCodes(
    unrecognised=Reject.DENOMINATION,
    counterfeit=Reject.TRUE_NOTE,
    inhibited=Reject.INHIBITED,
    pulled=Reject.INSERTION,
)

_EVERYWHERE: Final = frozenset(Status)
_HELD: Final = frozenset({Status.ESCROW, Status.HOLDING})
_SETTABLE: Final = frozenset({Status.INITIALIZE, Status.DISABLED, Status.IDLING})
DATA_BYTES: Final[Mapping[int, int]] = {
    Command.DENOMINATIONS: 2,
    Command.SECURITY: 2,
    Command.COMMUNICATION: 1,
    Command.INHIBIT: 1,
    Command.DIRECTION: 1,
    Command.OPTIONS: 2,
    Command.BARCODE: 2,
    Command.BAR_INHIBIT: 1,
}
LEGAL: Final[Mapping[int, frozenset[Status]]] = {
    Command.STATUS: _EVERYWHERE,
    Command.RESET: _EVERYWHERE,
    Command.STACK_1: _HELD,
    Command.STACK_2: _HELD,
    Command.RETURN: _HELD,
    Command.HOLD: _HELD,
    Command.WAIT: _HELD,
    Command.VERSION: _EVERYWHERE,
    Command.BOOT_VERSION: _EVERYWHERE,
    Command.CURRENCY: _EVERYWHERE,
    **dict.fromkeys(DATA_BYTES, _SETTABLE),
}
"""States in which each known command is obeyed; anything else is answered INVALID COMMAND."""
