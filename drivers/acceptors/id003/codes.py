"""Names for the bytes of ID-003 (facts sheet id003 sections 2, 4 and 5).

Nothing here decides anything; a byte without a name in this file has no business on the wire. The
numbers 40-45 are used twice, as commands and as states of the device.
"""

from enum import IntEnum, IntFlag
from typing import Final

FIRST_NOTE: Final = 0x61
"""Escrow code of the first denomination; bit 0 of the denomination mask."""
NOTE_CODES: Final = 8
"""Denominations of one device: codes 61 to 68."""
TICKET: Final = 0x6F
"""Escrow code of a bar-coded ticket."""
ENQ: Final = 0x05
"""What a device in interrupt mode sends when it has something to say."""


class Command(IntEnum):
    """What a host may ask, order or set."""

    STATUS = 0x11
    RESET = 0x40
    STACK_1 = 0x41
    STACK_2 = 0x42
    RETURN = 0x43
    HOLD = 0x44
    WAIT = 0x45
    ACK = 0x50
    DENOMINATIONS = 0xC0
    SECURITY = 0xC1
    COMMUNICATION = 0xC2
    INHIBIT = 0xC3
    DIRECTION = 0xC4
    OPTIONS = 0xC5
    BARCODE = 0xC6
    BAR_INHIBIT = 0xC7
    READ_SECURITY = 0x81
    VERSION = 0x88
    BOOT_VERSION = 0x89
    CURRENCY = 0x8A


ORDERS: Final = frozenset(
    {
        Command.RESET,
        Command.STACK_1,
        Command.STACK_2,
        Command.RETURN,
        Command.HOLD,
        Command.WAIT,
    }
)
"""Answered with ACK or INVALID_COMMAND."""
SETTINGS: Final = frozenset(range(Command.DENOMINATIONS, Command.BAR_INHIBIT + 1))
"""Answered with their own bytes or INVALID_COMMAND."""
READ_BACK: Final = 0x40
"""A setting is read back by its code less this."""


class Status(IntEnum):
    """What the device says when it is polled."""

    IDLING = 0x11
    ACCEPTING = 0x12
    ESCROW = 0x13
    STACKING = 0x14
    VEND_VALID = 0x15
    STACKED = 0x16
    REJECTING = 0x17
    RETURNING = 0x18
    HOLDING = 0x19
    DISABLED = 0x1A
    INITIALIZE = 0x1B
    POWER_UP = 0x40
    POWER_UP_BILL_IN_ACCEPTOR = 0x41
    POWER_UP_BILL_IN_STACKER = 0x42
    STACKER_FULL = 0x43
    STACKER_OPEN = 0x44
    ACCEPTOR_JAM = 0x45
    STACKER_JAM = 0x46
    PAUSE = 0x47
    CHEATED = 0x48
    FAILURE = 0x49


POWER_UPS: Final = frozenset(
    {Status.POWER_UP, Status.POWER_UP_BILL_IN_ACCEPTOR, Status.POWER_UP_BILL_IN_STACKER}
)
WITH_DETAIL: Final = frozenset({Status.ESCROW, Status.REJECTING, Status.FAILURE})
"""States that are always told with a byte of data. VEND_VALID has one on some firmware."""


class Reply(IntEnum):
    """Answers of the device that are no state."""

    COMMUNICATION_ERROR = 0x4A
    INVALID_COMMAND = 0x4B
    ACK = 0x50


class Option(IntFlag):
    """First byte of OPTIONS."""

    POWER_RECOVERY = 0x02
    AUTO_RETRY = 0x04
    LONG_BARCODE = 0x08
    NEAR_FULL = 0x20
    ENTRANCE_SENSOR = 0x40
    ENCRYPTION = 0x80


class Direction(IntFlag):
    """Ways of putting a note in that are not taken; 0 takes all four."""

    FRONT_A = 0x01
    FRONT_B = 0x02
    BACK_A = 0x04
    BACK_B = 0x08


class Reject(IntEnum):
    """Data of REJECTING."""

    INSERTION = 0x71
    MAGNETIC = 0x72
    NOTE_IN_HEAD = 0x73
    CALIBRATION = 0x74
    CONVEYING = 0x75
    DENOMINATION = 0x76
    PHOTO_PATTERN_1 = 0x77
    PHOTO_LEVEL = 0x78
    INHIBITED = 0x79
    """Also told of a note that waited in escrow for too long."""
    OPERATION = 0x7B
    NOTE_IN_STACKER = 0x7C
    LENGTH = 0x7D
    PHOTO_PATTERN_2 = 0x7E
    TRUE_NOTE = 0x7F
    DOUBLE_NOTE = 0x98
    TICKET_UPSIDE_DOWN = 0x9B


class Failure(IntEnum):
    """Data of FAILURE."""

    STACKER_MOTOR = 0xA2
    TRANSPORT_SPEED = 0xA5
    TRANSPORT_MOTOR = 0xA6
    ALIGNING_MOTOR = 0xA7
    UNKNOWN_A8 = 0xA8
    UNKNOWN_A9 = 0xA9
    CASH_BOX = 0xAB
    OPTIC_SENSOR = 0xAC
    MAGNETIC_SENSOR = 0xAD
    HEAD_REMOVED = 0xAF
    BOOT_ROM = 0xB0
    EXTERNAL_ROM = 0xB1
    ROM = 0xB2
    EXTERNAL_ROM_WRITE = 0xB3
