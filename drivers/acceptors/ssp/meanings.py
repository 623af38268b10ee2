"""What the vendor's codes mean in the common language (facts sheet ssp sections 7 and 8).

This is the edge: above it nobody sees a byte of SSP except as `raw` text for the log.
"""

from collections.abc import Mapping
from typing import Final

from drivers.acceptors.contract import RejectReason
from drivers.acceptors.faults import FaultNumber
from drivers.acceptors.ssp.codes import Event, LastReject

LEVEL_FAULTS: Final[Mapping[int, FaultNumber]] = {
    Event.STACKER_FULL: FaultNumber.CASSETTE_FULL,
    Event.UNSAFE_JAM: FaultNumber.VALIDATOR_JAMMED,
    Event.SAFE_JAM: FaultNumber.CASSETTE_JAMMED,
    Event.NOTE_PATH_OPEN: FaultNumber.HEAD_OPEN,
    Event.FRAUD_ATTEMPT: FaultNumber.CHEAT_ATTEMPT,
}
"""Events that are a fault for as long as they are told. A cashbox that is out has its own events."""

REJECTS: Final[Mapping[int, RejectReason]] = {
    LastReject.LENGTH: RejectReason.UNRECOGNISED,
    LastReject.RECOGNITION_2: RejectReason.UNRECOGNISED,
    LastReject.RECOGNITION_3: RejectReason.UNRECOGNISED,
    LastReject.RECOGNITION_4: RejectReason.UNRECOGNISED,
    LastReject.RECOGNITION_5: RejectReason.UNRECOGNISED,
    LastReject.INHIBITED: RejectReason.INHIBITED,
    LastReject.SECOND_NOTE: RejectReason.INSERTION,
    LastReject.BY_HOST: RejectReason.OTHER,
    LastReject.CROSS_CHANNEL: RejectReason.UNRECOGNISED,
    LastReject.REAR_SENSOR: RejectReason.TRANSPORT,
    LastReject.TOO_LONG: RejectReason.UNRECOGNISED,
    LastReject.DISABLED_BY_HOST: RejectReason.INHIBITED,
    LastReject.SLOW_MECHANISM: RejectReason.TRANSPORT,
    LastReject.STRIMMING: RejectReason.INSERTION,
    LastReject.FRAUD_CHANNEL: RejectReason.UNRECOGNISED,
    LastReject.NO_NOTE: RejectReason.INSERTION,
    LastReject.PEAK: RejectReason.UNRECOGNISED,
    LastReject.TWISTED: RejectReason.INSERTION,
    LastReject.ESCROW_TIMEOUT: RejectReason.OTHER,
    LastReject.BARCODE: RejectReason.COUPON,
    LastReject.REAR_SENSOR_2: RejectReason.TRANSPORT,
    LastReject.SLOT_SENSOR: RejectReason.INSERTION,
    LastReject.LENS: RejectReason.UNRECOGNISED,
    LastReject.LENS_2: RejectReason.UNRECOGNISED,
    LastReject.WIDTH: RejectReason.UNRECOGNISED,
    LastReject.SHORT: RejectReason.UNRECOGNISED,
    LastReject.PAYOUT: RejectReason.OTHER,
    LastReject.DOUBLE: RejectReason.INSERTION,
    LastReject.CANNOT_STACK: RejectReason.TRANSPORT,
}


def reject_reason(code: int) -> RejectReason:
    """OTHER for a code that the sheet does not know."""
    return REJECTS.get(code, RejectReason.OTHER)


MOVING: Final = frozenset({Event.READ, Event.STACKING, Event.REJECTING, Event.INITIALISING})
"""Events of a device in which something moves."""
STUCK: Final = frozenset({Event.UNSAFE_JAM, Event.SAFE_JAM})
OUT_OF_ORDER: Final = STUCK | {
    Event.STACKER_FULL,
    Event.NOTE_PATH_OPEN,
    Event.CASHBOX_REMOVED,
}
"""Events of a device that takes nothing until a person has come."""
NOTE_ENDS: Final = frozenset(
    {
        Event.CREDIT,
        Event.STACKED,
        Event.REJECTED,
        Event.CLEARED_TO_FRONT,
        Event.CLEARED_TO_CASHBOX,
    }
)
"""Events that tell where a note went."""
TELLS_NOTHING_OF_CASHBOX: Final = frozenset({Event.SLAVE_RESET, Event.INITIALISING})
NEEDS_NO_ACK: Final = MOVING | OUT_OF_ORDER | {Event.DISABLED, Event.CHANNELS_INHIBITED}
"""States that are told with every poll; acknowledging them would only double the traffic."""
