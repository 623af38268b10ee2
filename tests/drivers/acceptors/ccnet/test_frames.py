"""CCNET frames against every vector of facts sheet ccnet section 3, and against noise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.acceptors.ccnet.frames import (
    LONGEST,
    Direction,
    Frame,
    FrameDecoder,
    decode,
    encode_answer,
    encode_command,
)
from drivers.acceptors.crc_kermit import crc16
from drivers.acceptors.damage import Damage, Damaged
from drivers.acceptors.errors import LocalProtocolError, RemoteProtocolError

COMMANDS = [
    ("reset", "30", "02 03 06 30 41 B3"),
    ("get status", "31", "02 03 06 31 C8 A2"),
    ("poll", "33", "02 03 06 33 DA 81"),
    ("stack", "35", "02 03 06 35 EC E4"),
    ("return", "36", "02 03 06 36 77 D6"),
    ("identification", "37", "02 03 06 37 FE C7"),
    ("hold", "38", "02 03 06 38 09 3F"),
    ("bill table", "41", "02 03 06 41 4F D1"),
    ("crc32", "51", "02 03 06 51 CE C1"),
    ("counter of stacked", "5B", "02 03 06 5B 94 6E"),
    ("release date", "5C", "02 03 06 5C 2B 1A"),
    ("statistics", "60", "02 03 06 60 C4 E1"),
    ("get options", "69", "02 03 06 69 05 7C"),
    ("ack", "00", "02 03 06 00 C2 82"),
    ("nak", "FF", "02 03 06 FF BA 8D"),
    ("enable all, escrow all", "34 FF FF FF FF FF FF", "02 03 0C 34 FF FF FF FF FF FF FE F7"),
    ("enable all, no escrow", "34 FF FF FF 00 00 00", "02 03 0C 34 FF FF FF 00 00 00 B5 C1"),
    ("enable 2-7", "34 00 00 FC 00 00 FC", "02 03 0C 34 00 00 FC 00 00 FC EB D1"),
    ("enable 4", "34 00 00 10 00 00 10", "02 03 0C 34 00 00 10 00 00 10 37 DF"),
    ("disable", "34 00 00 00 00 00 00", "02 03 0C 34 00 00 00 00 00 00 17 0C"),
    ("security none", "32 00 00 00", "02 03 09 32 00 00 00 26 1F"),
    ("barcode", "39 01 12", "02 03 08 39 01 12 B9 C0"),
    (
        "escrow timeouts",
        "5A 00 00 75 30 00 00 75 30",
        "02 03 0E 5A 00 00 75 30 00 00 75 30 9C 3A",
    ),
    ("options", "68 00 00 00 00", "02 03 0A 68 00 00 00 00 9C 71"),
]
ANSWERS = [
    ("ack", "00", "02 03 06 00 C2 82"),
    ("nak", "FF", "02 03 06 FF BA 8D"),
    ("illegal", "30", "02 03 06 30 41 B3"),
    ("10", "10", "02 03 06 10 43 92"),
    ("11", "11", "02 03 06 11 CA 83"),
    ("12", "12", "02 03 06 12 51 B1"),
    ("13", "13", "02 03 06 13 D8 A0"),
    ("14", "14", "02 03 06 14 67 D4"),
    ("15", "15", "02 03 06 15 EE C5"),
    ("17", "17", "02 03 06 17 FC E6"),
    ("18", "18", "02 03 06 18 0B 1E"),
    ("19", "19", "02 03 06 19 82 0F"),
    ("1A", "1A", "02 03 06 1A 19 3D"),
    ("busy", "1B 05", "02 03 07 1B 05 D4 99"),
    ("reject 60", "1C 60", "02 03 07 1C 60 77 E0"),
    ("reject 68", "1C 68", "02 03 07 1C 68 3F 6C"),
    ("41", "41", "02 03 06 41 4F D1"),
    ("42", "42", "02 03 06 42 D4 E3"),
    ("43", "43", "02 03 06 43 5D F2"),
    ("44", "44", "02 03 06 44 E2 86"),
    ("45", "45", "02 03 06 45 6B 97"),
    ("46", "46", "02 03 06 46 F0 A5"),
    ("failure 50", "47 50", "02 03 07 47 50 AB E6"),
    ("escrow 3", "80 03", "02 03 07 80 03 17 01"),
    ("stacked 3", "81 03", "02 03 07 81 03 CF 18"),
    ("returned 3", "82 03", "02 03 07 82 03 A7 32"),
    ("stacked 4", "81 04", "02 03 07 81 04 70 6C"),
    ("stacked 17", "81 17", "02 03 07 81 17 6A 4E"),
    ("status", "00 00 FC 00 00 00", "02 03 0B 00 00 FC 00 00 00 B7 87"),
    (
        "identification from hardware",
        "46 4C 53 2D 45 55 31 30 2D 36 39 33 36 33 39 30 37 4B 49 34 31 41 53 37 34 38 32"
        " 75 ED 8D C8 03 3F 7B",
        "02 03 27 46 4C 53 2D 45 55 31 30 2D 36 39 33 36 33 39 30 37 4B 49 34 31 41 53 37 34 38 32"
        " 75 ED 8D C8 03 3F 7B 35 DA",
    ),
]
OTHER_ADDRESSES = [
    ("recycler poll", Direction.COMMAND, "33", "02 01 06 33 62 34"),
    ("recycler recovery", Direction.COMMAND, "66", "02 01 06 66 4A 31"),
    ("recycler packed", Direction.ANSWER, "17 03 00", "02 01 08 17 03 00 32 C5"),
]


def h(text: str) -> bytes:
    return bytes.fromhex(text)


RUBLES = b"".join(
    bytes([mantissa]) + b"RUS" + bytes([exponent])
    for mantissa, exponent in [(1, 1), (5, 1), (1, 2), (5, 2), (1, 3), (5, 3)]
)
TABLE = bytes(10) + RUBLES + bytes(80)
WIDE = [
    (
        "wide answer",
        Direction.ANSWER,
        encode_answer(bytes(range(256))),
        bytes(range(256)),
        h("02 03 00 01 07") + bytes(range(256)) + h("95 C2"),
    ),
    (
        "wide command",
        Direction.COMMAND,
        encode_command(0x60, bytes(256)),
        b"\x60" + bytes(256),
        h("02 03 00 60 01 08") + bytes(256) + h("92 0C"),
    ),
    (
        "wide command with subcommand",
        Direction.COMMAND,
        encode_command(0x50, bytes(256), subcommand=2),
        b"\x50\x02" + bytes(256),
        h("02 03 00 50 02 01 09") + bytes(256) + h("96 15"),
    ),
    (
        "bill table",
        Direction.ANSWER,
        encode_answer(TABLE),
        TABLE,
        h("02 03 7D") + TABLE + h("74 18"),
    ),
]
EVERY = [
    *[(name, Direction.COMMAND, 3, h(body), h(raw)) for name, body, raw in COMMANDS],
    *[(name, Direction.ANSWER, 3, h(body), h(raw)) for name, body, raw in ANSWERS],
    *[(name, way, 1, h(body), h(raw)) for name, way, body, raw in OTHER_ADDRESSES],
    *[(name, way, 3, body, raw) for name, way, _, body, raw in WIDE],
]
IDS = [f"{way}-{name}" for name, way, *_ in EVERY]


def feed_all(decoder: FrameDecoder, raw: bytes, step: int) -> list[Frame | Damaged]:
    found = []
    for at in range(0, len(raw), step):
        found += decoder.feed(raw[at : at + step], at * 0.001)
    return found


def test_checksum_check_value() -> None:
    assert crc16(b"123456789") == 0x2189


@pytest.mark.parametrize(("name", "way", "address", "body", "raw"), EVERY, ids=IDS)
def test_vector_encodes(name: str, way: Direction, address: int, body: bytes, raw: bytes) -> None:
    if way is Direction.ANSWER:
        encoded = encode_answer(body, address=address)
    elif body[0] == 0x50:
        encoded = encode_command(0x50, body[2:], subcommand=body[1], address=address)
    else:
        encoded = encode_command(body[0], body[1:], address=address)
    assert encoded == raw, name
    assert crc16(raw) == 0


@pytest.mark.parametrize("step", [1, 2, 7, 1000])
@pytest.mark.parametrize(("name", "way", "address", "body", "raw"), EVERY, ids=IDS)
def test_vector_decodes_in_any_pieces(
    name: str, way: Direction, address: int, body: bytes, raw: bytes, step: int
) -> None:
    decoder = FrameDecoder(way)
    assert feed_all(decoder, raw, step) == [Frame(address=address, body=body)], name
    assert decoder.pending == 0
    assert decode(raw, way) == Frame(address=address, body=body)


@pytest.mark.parametrize("step", [1, 3, 5000])
def test_all_answers_in_one_stream(step: int) -> None:
    stream = b"".join(raw for _, way, _, _, raw in EVERY if way is Direction.ANSWER)
    bodies = [body for _, way, _, body, _ in EVERY if way is Direction.ANSWER]
    found = feed_all(FrameDecoder(Direction.ANSWER), stream, step)
    assert [part.body for part in found if isinstance(part, Frame)] == bodies


def test_junk_before_a_frame_is_skipped() -> None:
    found = FrameDecoder(Direction.ANSWER).feed(h("FF 00 02 00 02 03 06 14 67 D4"), 0.0)
    assert found == [
        Damaged(why=Damage.JUNK, raw=h("FF 00 02 00")),
        Frame(address=3, body=h("14")),
    ]


def test_a_changed_byte_makes_a_damaged_frame() -> None:
    found = FrameDecoder(Direction.ANSWER).feed(h("02 03 07 81 04 CF 18 02 03 06 14 67 D4"), 0.0)
    assert found == [
        Damaged(why=Damage.CHECKSUM, raw=h("02 03 07 81 04 CF 18")),
        Frame(address=3, body=h("14")),
    ]


def test_start_byte_inside_a_frame_starts_nothing() -> None:
    body = h("02 03 06 14 67 D4")
    assert decode(encode_answer(body), Direction.ANSWER).body == body


def test_partial_frame_is_dropped_after_a_gap() -> None:
    decoder = FrameDecoder(Direction.ANSWER, gap_s=0.05)
    assert decoder.feed(h("02 03 07 81"), 10.0) == []
    assert decoder.next_deadline() == pytest.approx(10.05)
    assert decoder.tick(10.04) == []
    assert decoder.feed(h("02 03 06 14 67 D4"), 10.06) == [
        Damaged(why=Damage.CUT_SHORT, raw=h("02 03 07 81")),
        Frame(address=3, body=h("14")),
    ]
    assert decoder.next_deadline() is None


def test_clear_forgets_an_unfinished_frame() -> None:
    decoder = FrameDecoder(Direction.ANSWER)
    decoder.feed(h("02 03 07"), 0.0)
    decoder.clear()
    assert decoder.tick(9.0) == []


def test_a_longer_frame_than_allowed_is_junk() -> None:
    decoder = FrameDecoder(Direction.ANSWER, longest=200)
    found = decoder.feed(h("02 03 00 FF FF 02 03 FF 02 03 06 14 67 D4"), 0.0)
    assert found[-1] == Frame(address=3, body=h("14"))
    assert isinstance(found[0], Damaged)


def test_wide_frame_shorter_than_its_header_is_junk() -> None:
    found = FrameDecoder(Direction.ANSWER).feed(h("02 03 00 00 03 14 02 03 06 14 67 D4"), 0.0)
    assert found[-1] == Frame(address=3, body=h("14"))


@pytest.mark.parametrize("address", [0, 16, 255])
def test_no_frame_for_an_impossible_address(address: int) -> None:
    with pytest.raises(LocalProtocolError):
        encode_command(0x33, address=address)


def test_no_frame_without_content_or_beyond_the_longest() -> None:
    with pytest.raises(LocalProtocolError):
        encode_answer(b"")
    with pytest.raises(LocalProtocolError):
        encode_answer(bytes(65530))
    assert len(encode_answer(bytes(LONGEST - 7))) == LONGEST


@pytest.mark.parametrize(
    "raw", ["", "02 03 06 14 67", "02 03 06 14 67 D5", "14", 2 * "02030614 67D4"]
)
def test_decode_refuses_anything_but_one_frame(raw: str) -> None:
    with pytest.raises(RemoteProtocolError):
        decode(h(raw), Direction.ANSWER)


@given(
    pieces=st.lists(st.binary(max_size=300), max_size=20),
    way=st.sampled_from(list(Direction)),
    longest=st.sampled_from([64, 512, LONGEST]),
)
def test_garbage_never_breaks_nor_grows_the_decoder(
    pieces: list[bytes], way: Direction, longest: int
) -> None:
    decoder = FrameDecoder(way, longest=longest)
    for piece in pieces:
        decoder.feed(piece, 0.0)
        assert decoder.pending < longest
    decoder.tick(1.0)
    assert decoder.pending == 0
    good = encode_answer(h("81 03")) if way is Direction.ANSWER else encode_command(0x33)
    assert len(decoder.feed(good, 1.0)) == 1


@given(body=st.binary(min_size=1, max_size=600), cuts=st.lists(st.integers(1, 40), max_size=50))
def test_every_answer_survives_the_way(body: bytes, cuts: list[int]) -> None:
    decoder, raw, found = FrameDecoder(Direction.ANSWER), encode_answer(body), []
    for cut in cuts:
        found += decoder.feed(raw[:cut], 0.0)
        raw = raw[cut:]
    found += decoder.feed(raw, 0.0)
    assert found == [Frame(address=3, body=body)]


@given(body=st.binary(min_size=1, max_size=120), bit=st.integers(min_value=0))
def test_one_flipped_bit_never_makes_a_different_frame(body: bytes, bit: int) -> None:
    raw = bytearray(encode_answer(body))
    bit %= len(raw) * 8
    raw[bit // 8] ^= 1 << (bit % 8)
    decoder = FrameDecoder(Direction.ANSWER)
    found = decoder.feed(bytes(raw), 0.0) + decoder.tick(1.0)
    frames = [part for part in found if isinstance(part, Frame)]
    assert frames == []
