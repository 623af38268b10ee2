"""Names for the bytes of CCNET (facts sheet ccnet sections 2.3, 4 and 5).

Nothing here decides anything; a byte without a name in this file has no business on the wire.
"""

from enum import IntEnum
from typing import Final

VALIDATOR: Final = 0x03
"""Address of a bill validator on the bus."""
TYPES: Final = 24
"""Bill types of a standard validator; masks are three bytes, most significant byte first."""
WIDE_TYPES: Final = 48
"""Bill types where the device is set to its longer table; masks are six bytes."""
COUPON: Final = TYPES - 1
"""Bill type of a bar-coded coupon: the last of the table."""
COUPONS: Final = frozenset({TYPES - 1, WIDE_TYPES - 1})
"""The same, where it is not known how long the table is."""


class LinkMessage(IntEnum):
    """One-byte messages of the link itself."""

    ACK = 0x00
    ILLEGAL = 0x30
    NAK = 0xFF


class Command(IntEnum):
    """What a host may ask."""

    RESET = 0x30
    GET_STATUS = 0x31
    SET_SECURITY = 0x32
    POLL = 0x33
    ENABLE_BILL_TYPES = 0x34
    STACK = 0x35
    RETURN = 0x36
    IDENTIFICATION = 0x37
    HOLD = 0x38
    SET_BARCODE = 0x39
    EXTRACT_BARCODE = 0x3A
    BILL_TABLE = 0x41
    DOWNLOAD = 0x50
    GET_CRC32 = 0x51
    SET_ESCROW_TIMEOUTS = 0x5A
    COUNTER_OF_STACKED = 0x5B
    RELEASE_DATE = 0x5C
    STATISTICS = 0x60
    SET_OPTIONS = 0x68
    GET_OPTIONS = 0x69


class State(IntEnum):
    """First byte of a POLL answer."""

    POWER_UP = 0x10
    POWER_UP_BILL_IN_VALIDATOR = 0x11
    POWER_UP_BILL_IN_STACKER = 0x12
    INITIALIZE = 0x13
    IDLING = 0x14
    ACCEPTING = 0x15
    STACKING = 0x17
    RETURNING = 0x18
    UNIT_DISABLED = 0x19
    HOLDING = 0x1A
    DEVICE_BUSY = 0x1B
    REJECTING = 0x1C
    CASSETTE_FULL = 0x41
    CASSETTE_OUT = 0x42
    VALIDATOR_JAMMED = 0x43
    CASSETTE_JAMMED = 0x44
    CHEATED = 0x45
    PAUSE = 0x46
    FAILURE = 0x47
    ESCROW = 0x80
    BILL_STACKED = 0x81
    BILL_RETURNED = 0x82
    SUSPECTED = 0x84
    COUNTERFEIT_HELD = 0x90


STATES_WITH_DETAIL: Final = frozenset(
    {
        State.DEVICE_BUSY,
        State.REJECTING,
        State.FAILURE,
        State.ESCROW,
        State.BILL_STACKED,
        State.BILL_RETURNED,
        State.SUSPECTED,
        State.COUNTERFEIT_HELD,
    }
)
"""States whose POLL answer has a second byte."""

POWER_UPS: Final = frozenset(
    {State.POWER_UP, State.POWER_UP_BILL_IN_VALIDATOR, State.POWER_UP_BILL_IN_STACKER}
)


class Reject(IntEnum):
    """Second byte of REJECTING."""

    INSERTION = 0x60
    MAGNETIC = 0x61
    BILL_REMAINS_IN_HEAD = 0x62
    COMPENSATION = 0x63
    CONVEYING = 0x64
    IDENTIFICATION = 0x65
    VERIFICATION = 0x66
    OPTIC = 0x67
    INHIBITED = 0x68
    CAPACITANCE = 0x69
    OPERATION = 0x6A
    LENGTH = 0x6C
    ULTRAVIOLET = 0x6D
    BARCODE_UNREADABLE = 0x92
    BARCODE_DIGITS = 0x93
    BARCODE_NO_START = 0x94
    BARCODE_NO_STOP = 0x95


class Failure(IntEnum):
    """Second byte of FAILURE."""

    STACKING_MOTOR = 0x50
    TRANSPORT_MOTOR_SPEED = 0x51
    TRANSPORT_MOTOR = 0x52
    ALIGNING_MOTOR = 0x53
    INITIAL_CASSETTE_STATUS = 0x54
    OPTIC_CHANNEL = 0x55
    MAGNETIC_CHANNEL = 0x56
    OPERATING_SYSTEM = 0x57
    MEMORY_STICK = 0x58
    DPLINK = 0x59
    I2C = 0x5A
    SPI = 0x5B
    SECOND_CPU = 0x5C
    CAPACITANCE_CHANNEL = 0x5F
