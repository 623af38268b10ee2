"""What the vendor's codes mean in the common language (facts sheet ccnet section 5).

This is the edge: above it nobody sees a byte of CCNET except as `raw` text for the log.
"""

from collections.abc import Mapping
from typing import Final

from drivers.acceptors.ccnet.codes import STATES_WITH_DETAIL, Failure, Reject, State
from drivers.acceptors.contract import RejectReason
from drivers.acceptors.faults import FaultNumber

STATE_FAULTS: Final[Mapping[int, FaultNumber]] = {
    State.CASSETTE_FULL: FaultNumber.CASSETTE_FULL,
    State.VALIDATOR_JAMMED: FaultNumber.VALIDATOR_JAMMED,
    State.CASSETTE_JAMMED: FaultNumber.CASSETTE_JAMMED,
    State.CHEATED: FaultNumber.CHEAT_ATTEMPT,
    State.PAUSE: FaultNumber.PAUSED,
    State.SUSPECTED: FaultNumber.SUSPECT_NOTE,
    State.COUNTERFEIT_HELD: FaultNumber.COUNTERFEIT_HELD,
}
"""States that are a fault by themselves. CASSETTE_OUT has its own events; FAILURE has a code."""

FAILURES: Final[Mapping[int, FaultNumber]] = {
    Failure.STACKING_MOTOR: FaultNumber.STACKING_MOTOR,
    Failure.TRANSPORT_MOTOR_SPEED: FaultNumber.TRANSPORT_SPEED,
    Failure.TRANSPORT_MOTOR: FaultNumber.TRANSPORT_MOTOR,
    Failure.ALIGNING_MOTOR: FaultNumber.ALIGNING_MOTOR,
    Failure.INITIAL_CASSETTE_STATUS: FaultNumber.CASSETTE_STATUS,
    Failure.OPTIC_CHANNEL: FaultNumber.OPTIC_SENSOR,
    Failure.MAGNETIC_CHANNEL: FaultNumber.MAGNETIC_SENSOR,
    Failure.OPERATING_SYSTEM: FaultNumber.ELECTRONICS,
    Failure.MEMORY_STICK: FaultNumber.ELECTRONICS,
    Failure.DPLINK: FaultNumber.ELECTRONICS,
    Failure.I2C: FaultNumber.ELECTRONICS,
    Failure.SPI: FaultNumber.ELECTRONICS,
    Failure.SECOND_CPU: FaultNumber.ELECTRONICS,
    Failure.CAPACITANCE_CHANNEL: FaultNumber.CAPACITANCE_SENSOR,
}

REJECTS: Final[Mapping[int, RejectReason]] = {
    Reject.INSERTION: RejectReason.INSERTION,
    Reject.MAGNETIC: RejectReason.UNRECOGNISED,
    Reject.BILL_REMAINS_IN_HEAD: RejectReason.TRANSPORT,
    Reject.COMPENSATION: RejectReason.UNRECOGNISED,
    Reject.CONVEYING: RejectReason.TRANSPORT,
    Reject.IDENTIFICATION: RejectReason.UNRECOGNISED,
    Reject.VERIFICATION: RejectReason.UNRECOGNISED,
    Reject.OPTIC: RejectReason.UNRECOGNISED,
    Reject.INHIBITED: RejectReason.INHIBITED,
    Reject.CAPACITANCE: RejectReason.UNRECOGNISED,
    Reject.OPERATION: RejectReason.TRANSPORT,
    Reject.LENGTH: RejectReason.UNRECOGNISED,
    Reject.ULTRAVIOLET: RejectReason.UNRECOGNISED,
    Reject.BARCODE_UNREADABLE: RejectReason.COUPON,
    Reject.BARCODE_DIGITS: RejectReason.COUPON,
    Reject.BARCODE_NO_START: RejectReason.COUPON,
    Reject.BARCODE_NO_STOP: RejectReason.COUPON,
}


def reject_reason(code: int) -> RejectReason:
    """OTHER for a code that the specification does not know."""
    return REJECTS.get(code, RejectReason.OTHER)


def fault_number(state: State, detail: int) -> FaultNumber | None:
    """The fault that a POLL answer reports, None where it reports none."""
    if state is State.FAILURE:
        return FAILURES.get(detail, FaultNumber.DEVICE_FAILURE)
    return STATE_FAULTS.get(state)


def raw_text(state: State, detail: int | None) -> str:
    """A POLL answer for the log, such as `47 50`."""
    return f"{state:02X}" if detail is None else f"{state:02X} {detail:02X}"


def read_poll_answer(body: bytes) -> tuple[State | None, int | None]:
    """State and second byte; no state where it is unknown or cut short."""
    try:
        state = State(body[0])
    except ValueError:
        return None, None
    if state not in STATES_WITH_DETAIL:
        return state, None
    return (state, body[1]) if len(body) > 1 else (None, None)
