"""What must hold whatever bytes arrive: only documented errors, bounded memory, no credit from noise.

Each target takes bytes and raises when something does not hold; `scripts/fuzz` looks for such bytes
with a coverage-guided fuzzer, the tests with random ones. A target must depend on its bytes alone.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from drivers.acceptors.ccnet import frames as ccnet
from drivers.acceptors.ccnet.bill_table import parse_bill_table, parse_identification
from drivers.acceptors.ccnet.explain import CcnetExplainer
from drivers.acceptors.contract import AcceptorEvent, Note, Stacked
from drivers.acceptors.errors import RemoteProtocolError
from drivers.acceptors.id003 import frames as id003
from drivers.acceptors.id003.currency_table import parse_currency_table, parse_version
from drivers.acceptors.id003.explain import Id003Explainer
from drivers.acceptors.sans_io import AcceptorHost
from drivers.acceptors.ssp import packets as ssp
from drivers.acceptors.ssp.device_data import parse_counters, parse_setup, parse_unit_data
from drivers.acceptors.ssp.explain import SspExplainer
from drivers.acceptors.ssp.poll_answer import read_poll_answer
from simulation.acceptor.notes import ruble_table
from simulation.acceptor.protocols import HostBuild, ProtocolName, kit_of

MOST_PENDING: Final = 0xFFFF
_NOTES: Final = frozenset({Note(minor=50_000, currency="RUB")})

Target = Callable[[bytes], None]


class BrokenLawError(AssertionError):
    """Something that must hold does not."""


def pieces(data: bytes) -> Iterator[bytes]:
    """Cut at lengths that the data itself gives, so that a fuzzer decides how bytes arrive."""
    at = 0
    while at < len(data):
        length = data[at] % 32 + 1
        yield data[at + 1 : at + 1 + length]
        at += 1 + length


def decoders(data: bytes) -> None:
    """Every decoder takes anything in any pieces and holds no more than one frame."""
    now = 0.0
    made: list[ccnet.FrameDecoder | id003.FrameDecoder | ssp.PacketDecoder] = [
        ccnet.FrameDecoder(ccnet.Direction.ANSWER),
        ccnet.FrameDecoder(ccnet.Direction.COMMAND),
        id003.FrameDecoder(),
        ssp.PacketDecoder(),
    ]
    for piece in pieces(data):
        now += 0.001 * (len(piece) % 3)
        for decoder in made:
            decoder.feed(piece, now)
            if decoder.pending > MOST_PENDING:
                raise BrokenLawError(f"{type(decoder).__module__} holds {decoder.pending} bytes")
    for decoder in made:
        decoder.tick(now + 10)
        if decoder.pending:
            raise BrokenLawError(f"{type(decoder).__module__} waits for ever")


def answers(data: bytes) -> None:
    """Everything that reads an answer's content raises RemoteProtocolError or nothing."""
    may_refuse: tuple[Callable[[bytes], object], ...] = (
        parse_bill_table,
        parse_currency_table,
        parse_setup,
        parse_unit_data,
        parse_counters,
        id003.decode,
        ssp.decode,
    )
    for read in may_refuse:
        try:
            read(data)
        except RemoteProtocolError:
            continue
    parse_identification(data)
    parse_version(data)
    for version in (4, 6, 8):
        read_poll_answer(data, version)


def explainers(data: bytes) -> None:
    """Traffic in plain words never fails."""
    for explainer in (CcnetExplainer(), Id003Explainer(), SspExplainer()):
        for at, piece in enumerate(pieces(data)):
            explainer.explain(piece, to_device=bool(at % 2))


def ccnet_host(data: bytes) -> None:
    """See `_host`."""
    told = (
        part.body[:1]
        for rest in _beginnings(data, ccnet.START)
        for part in ccnet.FrameDecoder(ccnet.Direction.ANSWER).feed(rest, 0.0)
        if isinstance(part, ccnet.Frame)
    )
    named = any(code in (b"\x80", b"\x81") for code in told)
    # With the table of an earlier life, without which no note could be named at all.
    _host(ProtocolName.CCNET, data, names_a_note=named, known=ruble_table())


def id003_host(data: bytes) -> None:
    """See `_host`."""
    told = {
        part.code
        for rest in _beginnings(data, id003.START)
        for part in id003.FrameDecoder().feed(rest, 0.0)
        if isinstance(part, id003.Frame)
    }
    _host(ProtocolName.ID003, data, names_a_note=bool(told & {0x13, 0x15, 0x16}))


def ssp_host(data: bytes) -> None:
    """See `_host`."""
    told = {
        byte
        for rest in _beginnings(data, ssp.START)
        for part in ssp.PacketDecoder().feed(rest, 0.0)
        if isinstance(part, ssp.Packet)
        for byte in part.data
    }
    _host(ProtocolName.SSP, data, names_a_note=bool(told & {0xE2, 0xEB, 0xEE, 0xEF}))


def _beginnings(data: bytes, start: int) -> Iterator[bytes]:
    """What arrives, from each byte on that may begin a frame: pauses decide which of them does."""
    arrived = b"".join(pieces(data))
    return (arrived[at:] for at, byte in enumerate(arrived) if byte == start)


def _host(
    protocol: ProtocolName, data: bytes, *, names_a_note: bool, known: bytes | None = None
) -> None:
    """A host half in whatever state takes anything; without a whole good frame that tells of a note
    in escrow or of its end there is never a credit.
    """
    host = kit_of(protocol).make_host(HostBuild(boot="boot1", known=known))
    now = 1000.0
    events = host.port_opened(now)
    for piece in pieces(data):
        now += (len(piece) % 8) * 0.05
        events += host.tick(now)
        host.data_to_send()
        events += host.receive(piece, now)
        _order(host, piece, events)
    host.tick(now + 60)
    if not names_a_note and any(isinstance(event, Stacked) for event in events):
        raise BrokenLawError(f"{protocol}: a credit from noise")


def _order(host: AcceptorHost, piece: bytes, events: list[AcceptorEvent]) -> None:
    """Orders between the bytes, right and wrong ones."""
    match piece[:1]:
        case b"\x01":
            host.accept(_NOTES)
        case b"\x02":
            host.stop()
        case b"\x03" | b"\x04" | b"\x05":
            cycles = [cycle for event in events if (cycle := getattr(event, "cycle", None))]
            if cycles:
                order = {3: host.stack, 4: host.give_back, 5: host.settled}[piece[0]]
                order(cycles[-1])
        case _:
            pass


TARGETS: Final[Mapping[str, Target]] = {
    "decoders": decoders,
    "answers": answers,
    "explainers": explainers,
    "ccnet": ccnet_host,
    "id003": id003_host,
    "ssp": ssp_host,
}

FRAMES: Final = (
    ccnet.encode_answer(b"\x10"),
    ccnet.encode_answer(b"\x14"),
    ccnet.encode_answer(b"\x80\x04"),
    ccnet.encode_answer(b"\x81\x04"),
    id003.encode(0x11),
    id003.encode(0x13, b"\x63"),
    id003.encode(0x15),
    ssp.encode(ssp.Packet(sequence=0, data=b"\xf0\xef\x03")),
    ssp.encode(ssp.Packet(sequence=1, data=b"\xf0\xee\x03")),
)
"""Good frames to begin with: a fuzzer alone seldom guesses a checksum."""


def as_piece(data: bytes) -> bytes:
    """Bytes in front of which stands how many they are, as `pieces` reads them."""
    return bytes([(len(data) - 1) % 32]) + data
