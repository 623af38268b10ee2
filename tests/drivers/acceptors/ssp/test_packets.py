"""SSP packets against every vector of facts sheet ssp section 3, and against noise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.acceptors.damage import Damage, Damaged
from drivers.acceptors.errors import LocalProtocolError, RemoteProtocolError
from drivers.acceptors.ssp.packets import GAP_S, Packet, PacketDecoder, crc16, decode, encode

VECTORS = [
    ("sync, bit 1", 1, "11", "7F 80 01 11 65 82"),
    ("sync, bit 0", 0, "11", "7F 00 01 11 66 08"),
    ("ok, bit 1", 1, "F0", "7F 80 01 F0 23 80"),
    ("ok, bit 0", 0, "F0", "7F 00 01 F0 20 0A"),
    ("host protocol 6", 0, "06 06", "7F 00 02 06 06 1B 94"),
    ("host protocol 7", 0, "06 07", "7F 00 02 06 07 1E 14"),
    ("out of range", 0, "F4", "7F 00 01 F4 3B 8A"),
    ("setup request", 1, "05", "7F 80 01 05 1D 82"),
    ("set inhibits", 0, "02 FF FF", "7F 00 03 02 FF FF 26 18"),
    ("enable", 1, "0A", "7F 80 01 0A 3F 82"),
    ("disable", 0, "09", "7F 00 01 09 36 08"),
    ("poll, bit 1", 1, "07", "7F 80 01 07 12 02"),
    ("poll, bit 0", 0, "07", "7F 00 01 07 11 88"),
    ("reject", 0, "08", "7F 00 01 08 33 88"),
    ("hold", 1, "18", "7F 80 01 18 53 82"),
    ("last reject", 0, "17", "7F 00 01 17 72 08"),
    ("poll with ack", 0, "56", "7F 00 01 56 F4 09"),
    ("event ack", 1, "57", "7F 80 01 57 F2 03"),
    ("read 0", 1, "F0 EF 00", "7F 80 03 F0 EF 00 CF CA"),
    ("read channel 3", 0, "F0 EF 03", "7F 00 03 F0 EF 03 C6 76"),
    ("stacking", 0, "F0 CC", "7F 00 02 F0 CC A8 22"),
    ("credit 3", 1, "F0 EE 03", "7F 80 03 F0 EE 03 C6 4C"),
    ("credit 3 and stacked", 1, "F0 EE 03 EB", "7F 80 04 F0 EE 03 EB BA C4"),
    ("reset and disabled", 0, "F0 F1 E8", "7F 00 03 F0 F1 E8 BC 30"),
    ("disabled", 1, "F0 E8", "7F 80 02 F0 E8 4F A2"),
    ("rejecting", 0, "F0 ED", "7F 00 02 F0 ED 6E 22"),
    ("cannot process", 0, "F5", "7F 00 01 F5 3E 0A"),
    ("generator", 1, "4A 13 FA 00 00 00 00 00 00", "7F 80 09 4A 13 FA 00 00 00 00 00 00 AF C2"),
    (
        "stuffing",
        1,
        "4C 7F 01 00 00 00 00 00 00",
        "7F 80 09 4C 7F 7F 01 00 00 00 00 00 00 20 62",
    ),
    ("4A", 0, "4A C5 05 8F 3A 00 00 00 00", "7F 00 09 4A C5 05 8F 3A 00 00 00 00 8D 53"),
    ("4B", 1, "4B A7 4B EC 00 00 00 00 00", "7F 80 09 4B A7 4B EC 00 00 00 00 00 BF 1D"),
    ("4C", 0, "4C C9 09 34 00 00 00 00 00", "7F 00 09 4C C9 09 34 00 00 00 00 00 24 C9"),
    ("slave inter", 0, "F0 21 86 4E 00 00 00 00 00", "7F 00 09 F0 21 86 4E 00 00 00 00 00 77 4C"),
    (
        "encrypted poll",
        1,
        "7E 7C E3 6D 97 AD 18 60 5D 70 E8 16 7B 8F 0A 43 11",
        "7F 80 11 7E 7C E3 6D 97 AD 18 60 5D 70 E8 16 7B 8F 0A 43 11 86 71",
    ),
    (
        "encrypted credit",
        1,
        "7E 9C 03 DB 1D FB 1A 4E A0 DE 86 97 38 E6 00 E1 A9",
        "7F 80 11 7E 9C 03 DB 1D FB 1A 4E A0 DE 86 97 38 E6 00 E1 A9 85 ED",
    ),
    (
        "next encrypted poll",
        0,
        "7E 4B 55 9F A3 74 83 4D 9E 23 8B C1 65 D5 E6 38 3A",
        "7F 00 11 7E 4B 55 9F A3 74 83 4D 9E 23 8B C1 65 D5 E6 38 3A EF ED",
    ),
]
"""Name, sequence bit, data, bytes on the wire."""
PARTS = st.lists(st.one_of(st.binary(max_size=40), st.just(b"\x7f"), st.just(b"\x7f\x00")))
PACKETS = st.builds(
    Packet,
    sequence=st.integers(0, 1),
    address=st.sampled_from([0x00, 0x10, 0x40, 0x41]),
    data=st.binary(min_size=1, max_size=255),
)


@pytest.mark.parametrize(("name", "sequence", "data", "wire"), VECTORS, ids=[v[0] for v in VECTORS])
def test_vectors_both_ways(name: str, sequence: int, data: str, wire: str) -> None:
    packet = Packet(sequence=sequence, data=bytes.fromhex(data))
    assert encode(packet) == bytes.fromhex(wire)
    assert decode(bytes.fromhex(wire)) == packet


def test_the_check_value_of_the_checksum() -> None:
    assert crc16(b"A") == 0xFC84


@given(PACKETS)
def test_every_packet_survives_the_wire_byte_by_byte(packet: Packet) -> None:
    decoder = PacketDecoder()
    found = [part for byte in encode(packet) for part in decoder.feed(bytes([byte]), 0.0)]
    assert found == [packet]
    assert decoder.pending == 0


@pytest.mark.parametrize(
    "packet",
    [
        Packet(sequence=2, data=b"\x07"),
        Packet(sequence=0, data=b""),
        Packet(sequence=0, data=bytes(256)),
        Packet(sequence=0, data=b"\x07", address=0x7F),
        Packet(sequence=0, data=b"\x07", address=-1),
    ],
)
def test_what_no_packet_can_carry_is_a_bug_of_ours(packet: Packet) -> None:
    with pytest.raises(LocalProtocolError):
        encode(packet)


@pytest.mark.parametrize("wire", ["", "00", "7F 80 01 11 65", "7F 80 01 11 65 82 7F", "7F 80 00"])
def test_decode_wants_exactly_one_packet(wire: str) -> None:
    with pytest.raises(RemoteProtocolError):
        decode(bytes.fromhex(wire))


POLL = Packet(sequence=1, data=b"\x07")


@pytest.mark.parametrize(
    "junk",
    ["", "00", "55 AA 13", "7F", "7F 80", "7F 80 09 4C", "7F 7F", "7F 80 05 7F 7F", "80 01 07 12"],
)
def test_a_start_byte_always_begins_a_packet(junk: str) -> None:
    found = PacketDecoder().feed(bytes.fromhex(junk) + encode(POLL), 0.0)
    assert found[-1] == POLL
    assert all(isinstance(part, Damaged) for part in found[:-1])


def test_a_checksum_that_is_wrong_is_damage() -> None:
    raw = bytearray(encode(POLL))
    raw[3] ^= 0x10
    (part,) = PacketDecoder().feed(bytes(raw), 0.0)
    assert isinstance(part, Damaged)
    assert part.why is Damage.CHECKSUM


def test_a_packet_without_data_is_damage() -> None:
    empty = bytes([0x80, 0x00])
    raw = b"\x7f" + empty + crc16(empty).to_bytes(2, "little")
    assert [part.why for part in PacketDecoder().feed(raw, 0.0) if isinstance(part, Damaged)] == [
        Damage.CHECKSUM
    ]


def test_a_packet_that_is_cut_short_is_dropped_after_a_gap() -> None:
    decoder = PacketDecoder()
    wire = encode(POLL)
    assert decoder.feed(wire[:4], 1.0) == []
    assert decoder.next_deadline() == 1.0 + GAP_S
    (part,) = decoder.tick(1.0 + GAP_S)
    assert isinstance(part, Damaged)
    assert part.why is Damage.CUT_SHORT
    assert decoder.feed(wire, 2.0) == [POLL]
    assert decoder.next_deadline() is None


def test_late_bytes_do_not_continue_a_packet() -> None:
    decoder = PacketDecoder()
    wire = encode(POLL)
    decoder.feed(wire[:3], 1.0)
    assert POLL not in decoder.feed(wire[3:], 1.0 + GAP_S)


@given(PARTS)
def test_noise_raises_nothing_and_memory_is_bounded(parts: list[bytes]) -> None:
    decoder = PacketDecoder()
    for part in parts:
        for found in decoder.feed(part, 0.0):
            assert len(found.data if isinstance(found, Packet) else found.raw) <= 259
        assert decoder.pending <= 260


@given(PARTS, PACKETS)
def test_a_packet_after_noise_and_a_gap_is_read(parts: list[bytes], packet: Packet) -> None:
    decoder = PacketDecoder()
    decoder.feed(b"".join(parts), 0.0)
    assert decoder.feed(encode(packet), 1.0)[-1] == packet
