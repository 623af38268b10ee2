"""ID-003 frames: every vector of facts sheet id003 section 3, both ways; noise, pieces and limits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.acceptors.damage import Damage, Damaged
from drivers.acceptors.errors import LocalProtocolError, RemoteProtocolError
from drivers.acceptors.id003.frames import (
    LONGEST,
    Enquiry,
    Frame,
    FrameDecoder,
    Part,
    decode,
    encode,
)

VECTORS = [
    ("status request, idling", "11", "FC 05 11 27 56"),
    ("reset, power up", "40", "FC 05 40 2B 15"),
    ("stack-1, power up with bill in acceptor", "41", "FC 05 41 A2 04"),
    ("stack-2, power up with bill in stacker", "42", "FC 05 42 39 36"),
    ("return, stacker full", "43", "FC 05 43 B0 27"),
    ("hold, stacker open", "44", "FC 05 44 0F 53"),
    ("wait, jam in acceptor", "45", "FC 05 45 86 42"),
    ("ack", "50", "FC 05 50 AA 05"),
    ("version request", "88", "FC 05 88 6F 5F"),
    ("boot version request", "89", "FC 05 89 E6 4E"),
    ("currency request", "8A", "FC 05 8A 7D 7C"),
    ("all denominations", "C0 00 00", "FC 07 C0 00 00 2D B5"),
    ("denominations 82", "C0 82 00", "FC 07 C0 82 00 51 0A"),
    ("security low", "C1 00 00", "FC 07 C1 00 00 F1 EF"),
    ("polled mode", "C2 00", "FC 06 C2 00 DC CF"),
    ("interrupt mode", "C2 01", "FC 06 C2 01 55 DE"),
    ("inhibit", "C3 01", "FC 06 C3 01 8D C7"),
    ("do not inhibit", "C3 00", "FC 06 C3 00 04 D6"),
    ("all directions", "C4 00", "FC 06 C4 00 0C 9B"),
    ("optional functions", "C5 03 00", "FC 07 C5 03 00 F8 A6"),
    ("barcode", "C6 01 12", "FC 07 C6 01 12 BF 49"),
    ("bar inhibit", "C7 FC", "FC 06 C7 FC 87 8C"),
    ("accepting", "12", "FC 05 12 BC 64"),
    ("stacking", "14", "FC 05 14 8A 01"),
    ("stacked", "16", "FC 05 16 98 22"),
    ("escrow", "13 63", "FC 06 13 63 A2 D8"),
    ("vend valid", "15", "FC 05 15 03 10"),
    ("vend valid with denomination", "15 63", "FC 06 15 63 72 8C"),
    ("rejecting 71", "17 71", "FC 06 17 71 51 8C"),
    ("rejecting 79", "17 79", "FC 06 17 79 19 00"),
    ("returning", "18", "FC 05 18 E6 CB"),
    ("holding", "19", "FC 05 19 6F DA"),
    ("disabled", "1A", "FC 05 1A F4 E8"),
    ("initialize", "1B", "FC 05 1B 7D F9"),
    ("stacker jam", "46", "FC 05 46 1D 70"),
    ("pause", "47", "FC 05 47 94 61"),
    ("cheated", "48", "FC 05 48 63 99"),
    ("failure", "49 A2", "FC 06 49 A2 A0 21"),
    ("communication error", "4A", "FC 05 4A 71 BA"),
    ("invalid command", "4B", "FC 05 4B F8 AB"),
    (
        "currency data, captured",
        "8A 61 00 00 00 62 E0 05 00 63 E0 0A 00 64 E0 14 00 65 E0 32 00 66 E0 0A 01 67 E0 14 01"
        " 68 E0 32 01",
        "FC 25 8A 61 00 00 00 62 E0 05 00 63 E0 0A 00 64 E0 14 00 65 E0 32 00 66 E0 0A 01 67 E0 14"
        " 01 68 E0 32 01 05 C1",
    ),
    (
        "version data, captured",
        "88" + b"i(EUR5)100-SS ID003-05V300-45 28JUN23 7F23".hex(),
        "FC 2F 88" + b"i(EUR5)100-SS ID003-05V300-45 28JUN23 7F23".hex() + "2D 6D",
    ),
]
IDS = [name for name, _, _ in VECTORS]


def h(text: str) -> bytes:
    return bytes.fromhex(text)


IDLING = h("FC 05 11 27 56")


def feed_all(decoder: FrameDecoder, raw: bytes, step: int) -> list[Part]:
    found: list[Part] = []
    for at in range(0, len(raw), step):
        found += decoder.feed(raw[at : at + step], at * 0.001)
    return found


@pytest.mark.parametrize(("name", "body", "raw"), VECTORS, ids=IDS)
def test_vector_encodes(name: str, body: str, raw: str) -> None:
    assert encode(h(body)[0], h(body)[1:]) == h(raw), name


@pytest.mark.parametrize("step", [1, 2, 7, 1000])
@pytest.mark.parametrize(("name", "body", "raw"), VECTORS, ids=IDS)
def test_vector_decodes_in_any_pieces(name: str, body: str, raw: str, step: int) -> None:
    frame = Frame(code=h(body)[0], data=h(body)[1:])
    decoder = FrameDecoder()
    assert feed_all(decoder, h(raw), step) == [frame], name
    assert decoder.pending == 0
    assert decode(h(raw)) == frame


@pytest.mark.parametrize("step", [1, 3, 5000])
def test_all_vectors_in_one_stream(step: int) -> None:
    stream = b"".join(h(raw) for _, _, raw in VECTORS)
    found = feed_all(FrameDecoder(), stream, step)
    assert [bytes([part.code]) + part.data for part in found if isinstance(part, Frame)] == [
        h(body) for _, body, _ in VECTORS
    ]


@pytest.mark.parametrize("raw", [h("05"), encode(0x05), encode(0x05, b"\x01")])
def test_an_enquiry_is_one_byte_or_one_frame(raw: bytes) -> None:
    assert FrameDecoder().feed(raw + IDLING, 0.0) == [Enquiry(), Frame(code=0x11)]


def test_junk_before_a_frame_is_skipped() -> None:
    assert FrameDecoder().feed(h("FF 00 FC 02") + IDLING, 0.0) == [
        Damaged(why=Damage.JUNK, raw=h("FF 00 FC 02")),
        Frame(code=0x11),
    ]


def test_a_changed_byte_makes_a_damaged_frame() -> None:
    assert FrameDecoder().feed(h("FC 06 13 62 A2 D8") + IDLING, 0.0) == [
        Damaged(why=Damage.CHECKSUM, raw=h("FC 06 13 62 A2 D8")),
        Frame(code=0x11),
    ]


def test_start_byte_inside_a_frame_starts_nothing() -> None:
    assert decode(encode(0x88, IDLING)) == Frame(code=0x88, data=IDLING)


def test_partial_frame_is_dropped_after_a_gap() -> None:
    decoder = FrameDecoder(gap_s=0.05)
    assert decoder.feed(h("FC 06 13"), 10.0) == []
    assert decoder.next_deadline() == pytest.approx(10.05)
    assert decoder.tick(10.04) == []
    assert decoder.feed(IDLING, 10.06) == [
        Damaged(why=Damage.CUT_SHORT, raw=h("FC 06 13")),
        Frame(code=0x11),
    ]
    assert decoder.next_deadline() is None


def test_clear_forgets_an_unfinished_frame() -> None:
    decoder = FrameDecoder()
    decoder.feed(h("FC 06"), 0.0)
    decoder.clear()
    assert decoder.tick(9.0) == []


def test_no_frame_beyond_the_longest_or_without_a_code() -> None:
    assert len(encode(0x88, bytes(250))) == LONGEST
    with pytest.raises(LocalProtocolError):
        encode(0x88, bytes(251))
    with pytest.raises(LocalProtocolError):
        encode(256)


@pytest.mark.parametrize("raw", ["", "FC 05 11 27", "FC 05 11 27 57", "05", 2 * "FC 05 11 27 56"])
def test_decode_refuses_anything_but_one_frame(raw: str) -> None:
    with pytest.raises(RemoteProtocolError):
        decode(h(raw))


@given(pieces=st.lists(st.binary(max_size=600), max_size=20))
def test_garbage_never_breaks_nor_grows_the_decoder(pieces: list[bytes]) -> None:
    decoder = FrameDecoder()
    for piece in pieces:
        decoder.feed(piece, 0.0)
        assert decoder.pending < LONGEST
    decoder.tick(1.0)
    assert decoder.pending == 0
    assert decoder.feed(IDLING, 1.0) == [Frame(code=0x11)]


@given(
    code=st.integers(0, 255).filter(lambda code: code != 5),
    data=st.binary(max_size=250),
    cuts=st.lists(st.integers(1, 40), max_size=30),
)
def test_every_frame_survives_the_way(code: int, data: bytes, cuts: list[int]) -> None:
    decoder, raw = FrameDecoder(), encode(code, data)
    found: list[Part] = []
    for cut in cuts:
        found += decoder.feed(raw[:cut], 0.0)
        raw = raw[cut:]
    assert found + decoder.feed(raw, 0.0) == [Frame(code=code, data=data)]


@given(code=st.integers(0, 255), data=st.binary(max_size=120), bit=st.integers(min_value=0))
def test_one_flipped_bit_never_makes_a_different_frame(code: int, data: bytes, bit: int) -> None:
    raw = bytearray(encode(code, data))
    bit %= len(raw) * 8
    raw[bit // 8] ^= 1 << (bit % 8)
    decoder = FrameDecoder()
    found = decoder.feed(bytes(raw), 0.0) + decoder.tick(1.0)
    assert [part for part in found if isinstance(part, Frame)] == []
