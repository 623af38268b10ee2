"""The words of CCNET for what a machine is doing, for the device half (sheet ccnet, section 5)."""

from collections.abc import Mapping
from typing import Final

from drivers.acceptors.ccnet.codes import Reject, State
from drivers.acceptors.device_half.phases import Ending, Phase, RejectCodes

STATES: Final[Mapping[Phase, State]] = {
    Phase.POWER_UP: State.POWER_UP,
    Phase.POWER_UP_NOTE_IN_PATH: State.POWER_UP_BILL_IN_VALIDATOR,
    Phase.POWER_UP_NOTE_IN_STACKER: State.POWER_UP_BILL_IN_STACKER,
    Phase.INITIALISING: State.INITIALIZE,
    Phase.DISABLED: State.UNIT_DISABLED,
    Phase.IDLING: State.IDLING,
    Phase.ACCEPTING: State.ACCEPTING,
    Phase.ESCROW: State.ESCROW,
    Phase.HOLDING: State.HOLDING,
    Phase.STACKING: State.STACKING,
    Phase.PAUSED: State.PAUSE,
    Phase.RETURNING: State.RETURNING,
    Phase.REJECTING: State.REJECTING,
    Phase.CHEATED: State.CHEATED,
    Phase.PATH_JAMMED: State.VALIDATOR_JAMMED,
    Phase.STACKER_JAMMED: State.CASSETTE_JAMMED,
    Phase.CASSETTE_OUT: State.CASSETTE_OUT,
    Phase.CASSETTE_FULL: State.CASSETTE_FULL,
    Phase.FAILED: State.FAILURE,
}
ENDINGS: Final[Mapping[Ending, State]] = {
    Ending.STACKED: State.BILL_STACKED,
    Ending.RETURNED: State.BILL_RETURNED,
}
POWER_UP_WORDS: Final[Mapping[str, Phase]] = {
    "10": Phase.POWER_UP,
    "11": Phase.POWER_UP_NOTE_IN_PATH,
    "12": Phase.POWER_UP_NOTE_IN_STACKER,
}
REJECT_CODES: Final = RejectCodes(
    unrecognised=Reject.IDENTIFICATION,
    counterfeit=Reject.VERIFICATION,
    inhibited=Reject.INHIBITED,
    pulled=Reject.INSERTION,
)
