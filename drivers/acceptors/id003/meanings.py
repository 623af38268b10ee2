"""What the vendor's codes mean in the common language (facts sheet id003 section 5).

This is the edge: above it nobody sees a byte of ID-003 except as `raw` text for the log. Codes whose
meaning no source confirms are told as the unknown kind, never as something near.
"""

from collections.abc import Mapping
from typing import Final

from drivers.acceptors.contract import RejectReason
from drivers.acceptors.faults import FaultNumber
from drivers.acceptors.id003.codes import WITH_DETAIL, Failure, Reject, Status

STATE_FAULTS: Final[Mapping[int, FaultNumber]] = {
    Status.STACKER_FULL: FaultNumber.CASSETTE_FULL,
    Status.ACCEPTOR_JAM: FaultNumber.VALIDATOR_JAMMED,
    Status.STACKER_JAM: FaultNumber.CASSETTE_JAMMED,
    Status.PAUSE: FaultNumber.PAUSED,
    Status.CHEATED: FaultNumber.CHEAT_ATTEMPT,
}
"""States that are a fault by themselves. STACKER_OPEN has its own events; FAILURE has a code."""

FAILURES: Final[Mapping[int, FaultNumber]] = {
    Failure.STACKER_MOTOR: FaultNumber.STACKING_MOTOR,
    Failure.TRANSPORT_SPEED: FaultNumber.TRANSPORT_SPEED,
    Failure.TRANSPORT_MOTOR: FaultNumber.TRANSPORT_MOTOR,
    Failure.ALIGNING_MOTOR: FaultNumber.ALIGNING_MOTOR,
    Failure.CASH_BOX: FaultNumber.CASSETTE_STATUS,
    Failure.OPTIC_SENSOR: FaultNumber.OPTIC_SENSOR,
    Failure.MAGNETIC_SENSOR: FaultNumber.MAGNETIC_SENSOR,
    Failure.HEAD_REMOVED: FaultNumber.HEAD_OPEN,
    Failure.BOOT_ROM: FaultNumber.ELECTRONICS,
    Failure.EXTERNAL_ROM: FaultNumber.ELECTRONICS,
    Failure.ROM: FaultNumber.ELECTRONICS,
    Failure.EXTERNAL_ROM_WRITE: FaultNumber.ELECTRONICS,
}
"""Of A8 and A9 only the numbers are known; they are told as DEVICE_FAILURE, as any other code."""

REJECTS: Final[Mapping[int, RejectReason]] = {
    Reject.INSERTION: RejectReason.INSERTION,
    Reject.MAGNETIC: RejectReason.UNRECOGNISED,
    Reject.NOTE_IN_HEAD: RejectReason.TRANSPORT,
    Reject.CALIBRATION: RejectReason.UNRECOGNISED,
    Reject.CONVEYING: RejectReason.TRANSPORT,
    Reject.DENOMINATION: RejectReason.UNRECOGNISED,
    Reject.PHOTO_PATTERN_1: RejectReason.UNRECOGNISED,
    Reject.PHOTO_LEVEL: RejectReason.UNRECOGNISED,
    Reject.INHIBITED: RejectReason.INHIBITED,
    Reject.OPERATION: RejectReason.TRANSPORT,
    Reject.NOTE_IN_STACKER: RejectReason.TRANSPORT,
    Reject.LENGTH: RejectReason.UNRECOGNISED,
    Reject.PHOTO_PATTERN_2: RejectReason.UNRECOGNISED,
    Reject.TRUE_NOTE: RejectReason.UNRECOGNISED,
    Reject.DOUBLE_NOTE: RejectReason.INSERTION,
    Reject.TICKET_UPSIDE_DOWN: RejectReason.COUPON,
}


def reject_reason(code: int) -> RejectReason:
    """OTHER for a code that the facts sheet does not know."""
    return REJECTS.get(code, RejectReason.OTHER)


def fault_number(status: Status, detail: int | None) -> FaultNumber | None:
    """The fault that an answer to a poll reports, None where it reports none."""
    if status is Status.FAILURE:
        return FAILURES.get(detail or 0, FaultNumber.DEVICE_FAILURE)
    return STATE_FAULTS.get(status)


def raw_text(status: Status, detail: int | None) -> str:
    """An answer to a poll for the log, such as `49 A2`."""
    return f"{status:02X}" if detail is None else f"{status:02X} {detail:02X}"


def read_status(code: int, data: bytes) -> tuple[Status | None, int | None]:
    """State and its byte of data; no state where it is unknown or cut short.

    Data of a state that needs none is left out, except for VEND_VALID, where it names the note.
    """
    try:
        status = Status(code)
    except ValueError:
        return None, None
    if status in WITH_DETAIL:
        return (status, data[0]) if data else (None, None)
    named = status is Status.VEND_VALID and data
    return status, data[0] if named else None
