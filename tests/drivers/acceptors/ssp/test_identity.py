"""What is read out of a device's own words about itself."""

import pytest

from drivers.acceptors.ssp.device_model import DeviceModel, unit_data
from drivers.acceptors.ssp.identity import read_identity

UNIT = unit_data(DeviceModel(), 8)


@pytest.mark.parametrize(
    ("unit", "version", "model", "firmware"),
    [
        (UNIT, b"NV02004141498000", "NV", "NV02004141498000"),
        (UNIT, b"0333", "validator", "0333"),
        (UNIT, b"", "validator", "0333"),
        (unit_data(DeviceModel(unit_type=7), 8), b"", "note float", "0333"),
        (unit_data(DeviceModel(unit_type=0x55), 8), b"", "", "0333"),
        (b"", b"NV02004141498000", "NV", "NV02004141498000"),
        (b"\x00\x01", b"", "", ""),
    ],
)
def test_make_and_firmware(unit: bytes, version: bytes, model: str, firmware: str) -> None:
    identity = read_identity(b"\x00\x00\x12\x67", unit, version)
    assert (identity.model, identity.firmware, identity.serial) == (model, firmware, "4711")
