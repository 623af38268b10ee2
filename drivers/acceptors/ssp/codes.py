"""Names for the bytes of SSP (facts sheet ssp sections 2, 5, 7 and 8).

Nothing here decides anything; a byte without a name in this file has no business on the wire.
"""

from enum import IntEnum
from typing import Final

VALIDATOR: Final = 0x00
"""Slave address of a banknote validator."""
UNKNOWN_CHANNEL: Final = 0
"""In E1 and E2: a note whose channel the device does not know."""
CHANNELS_IN_TWO_BYTES: Final = 16
ENCRYPTED: Final = 0x7E
"""First data byte of an encrypted packet."""


class Command(IntEnum):
    """What a host may ask."""

    RESET = 0x01
    SET_INHIBITS = 0x02
    BEZEL_ON = 0x03
    BEZEL_OFF = 0x04
    SETUP_REQUEST = 0x05
    HOST_PROTOCOL = 0x06
    POLL = 0x07
    REJECT = 0x08
    DISABLE = 0x09
    ENABLE = 0x0A
    SERIAL_NUMBER = 0x0C
    UNIT_DATA = 0x0D
    CHANNEL_VALUES = 0x0E
    CHANNEL_SECURITY = 0x0F
    SYNC = 0x11
    LAST_REJECT = 0x17
    HOLD = 0x18
    FIRMWARE_VERSION = 0x20
    DATASET_VERSION = 0x21
    SET_GENERATOR = 0x4A
    SET_MODULUS = 0x4B
    EXCHANGE_KEY = 0x4C
    POLL_WITH_ACK = 0x56
    EVENT_ACK = 0x57
    COUNTERS = 0x58
    RESET_COUNTERS = 0x59
    SET_FIXED_KEY = 0x60
    RESET_FIXED_KEY = 0x61


ONLY_ENCRYPTED: Final = frozenset(
    {Command.POLL_WITH_ACK, Command.EVENT_ACK, Command.SET_FIXED_KEY, Command.RESET_FIXED_KEY}
)
"""Commands of a validator that it obeys in an encrypted packet alone (sheet section 4)."""
NEVER_ENCRYPTED: Final = frozenset(
    {Command.SYNC, Command.SET_GENERATOR, Command.SET_MODULUS, Command.EXCHANGE_KEY}
)
"""Commands that make a key, so that there is none yet."""
POLLS: Final = frozenset({Command.POLL, Command.POLL_WITH_ACK})


class Generic(IntEnum):
    """First byte of every answer."""

    OK = 0xF0
    UNKNOWN_COMMAND = 0xF2
    WRONG_PARAMETER_COUNT = 0xF3
    OUT_OF_RANGE = 0xF4
    CANNOT_PROCESS = 0xF5
    SOFTWARE_ERROR = 0xF6
    FAIL = 0xF8
    KEY_NOT_SET = 0xFA


class Event(IntEnum):
    """What a poll may be answered with, behind OK. Those of payouts have no name here."""

    TICKET_ACKNOWLEDGED = 0xD1
    CHANNELS_INHIBITED = 0xB5
    INITIALISING = 0xB6
    STACKING = 0xCC
    NOTE_PATH_OPEN = 0xE0
    CLEARED_TO_FRONT = 0xE1
    CLEARED_TO_CASHBOX = 0xE2
    CASHBOX_REMOVED = 0xE3
    CASHBOX_REPLACED = 0xE4
    TICKET_VALIDATED = 0xE5
    FRAUD_ATTEMPT = 0xE6
    STACKER_FULL = 0xE7
    DISABLED = 0xE8
    UNSAFE_JAM = 0xE9
    SAFE_JAM = 0xEA
    STACKED = 0xEB
    REJECTED = 0xEC
    REJECTING = 0xED
    CREDIT = 0xEE
    READ = 0xEF
    SLAVE_RESET = 0xF1


WITH_CHANNEL: Final = frozenset(
    {
        Event.CLEARED_TO_FRONT,
        Event.CLEARED_TO_CASHBOX,
        Event.FRAUD_ATTEMPT,
        Event.CREDIT,
        Event.READ,
    }
)
"""Events of a validator that are followed by one byte, the channel."""


class LastReject(IntEnum):
    """Answer to LAST REJECT."""

    ACCEPTED = 0x00
    LENGTH = 0x01
    RECOGNITION_2 = 0x02
    RECOGNITION_3 = 0x03
    RECOGNITION_4 = 0x04
    RECOGNITION_5 = 0x05
    INHIBITED = 0x06
    SECOND_NOTE = 0x07
    BY_HOST = 0x08
    CROSS_CHANNEL = 0x09
    REAR_SENSOR = 0x0A
    TOO_LONG = 0x0B
    DISABLED_BY_HOST = 0x0C
    SLOW_MECHANISM = 0x0D
    STRIMMING = 0x0E
    FRAUD_CHANNEL = 0x0F
    NO_NOTE = 0x10
    PEAK = 0x11
    TWISTED = 0x12
    ESCROW_TIMEOUT = 0x13
    BARCODE = 0x14
    REAR_SENSOR_2 = 0x15
    SLOT_SENSOR = 0x16
    LENS = 0x17
    LENS_2 = 0x18
    WIDTH = 0x19
    SHORT = 0x1A
    PAYOUT = 0x1B
    DOUBLE = 0x1C
    CANNOT_STACK = 0x1D


class UnitType(IntEnum):
    """First byte of the SETUP REQUEST answer."""

    VALIDATOR = 0x00
    HOPPER = 0x03
    PAYOUT = 0x06
    NOTE_FLOAT = 0x07
