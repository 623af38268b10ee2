"""The checksum that CCNET and ID-003 share."""

from drivers.acceptors.crc_kermit import crc16, sealed


def test_check_value_of_the_catalogue_of_checksums() -> None:
    assert crc16(b"123456789") == 0x2189


def test_a_sealed_frame_has_checksum_zero() -> None:
    assert sealed(bytes.fromhex("FC 05 11")) == bytes.fromhex("FC 05 11 27 56")
    assert crc16(bytes.fromhex("FC 05 11 27 56")) == 0
