"""Who an SSP device is, by its own answers (facts sheet ssp section 5): one reading for the terminal,
which asks at set-up, and for a technician's probe, so that both show the same device alike.

Bytes and texts only. No question of it is indispensable, and nothing is ever decided by a name.
"""

from itertools import takewhile

from drivers.acceptors.contract import Identity
from drivers.acceptors.errors import RemoteProtocolError
from drivers.acceptors.ssp.codes import UnitType
from drivers.acceptors.ssp.device_data import parse_unit_data, serial_text, version_text


def read_identity(serial: bytes, unit: bytes, version: bytes) -> Identity:
    """From the answers to SERIAL NUMBER, UNIT DATA and FIRMWARE VERSION; empty for none.

    The letters before the version's numbers name the make (`NV02004141498000`); without them the
    kind of unit stands in.
    """
    kind, short_version = _unit(unit)
    text = version_text(version)
    letters = "".join(takewhile(lambda one: one.isascii() and one.isalpha(), text))
    return Identity(
        protocol="ssp",
        model=letters or kind,
        serial=serial_text(serial),
        firmware=text or short_version,
    )


def _unit(data: bytes) -> tuple[str, str]:
    """Kind of unit and its firmware, as far as they are told."""
    try:
        unit = parse_unit_data(data)
    except RemoteProtocolError:
        return "", ""
    try:
        kind = UnitType(unit.unit_type).name.replace("_", " ").lower()
    except ValueError:
        kind = ""
    return kind, unit.firmware
