"""SSP traffic in plain words, for a wire trace and for a technician who watches a line.

Encrypted packets stay closed: a trace must not need, or leak, the key. Nothing here may decide
anything.
"""

from drivers.acceptors.damage import Damaged
from drivers.acceptors.ssp.codes import ENCRYPTED, POLLS, Command, Event, Generic
from drivers.acceptors.ssp.packets import Packet, PacketDecoder
from drivers.acceptors.ssp.poll_answer import read_poll_answer
from drivers.acceptors.words import named, spaced

_VERSION = 6
"""Only the lengths of payout events hang on it."""
_WITHOUT_CONTENT = frozenset({Command.SET_GENERATOR, Command.SET_MODULUS, Command.EXCHANGE_KEY})


class SspExplainer:
    """Implements `drivers.transports.wire_trace.Explainer`."""

    def __init__(self) -> None:
        self._commands = PacketDecoder()
        self._answers = PacketDecoder()
        self._asked: int | None = None

    def explain(self, data: bytes, *, to_device: bool) -> list[str]:
        """See `Explainer.explain`."""
        decoder = self._commands if to_device else self._answers
        read = self._command if to_device else self._answer
        return [
            spaced(part.why) if isinstance(part, Damaged) else read(part)
            for part in decoder.feed(data, 0.0)
        ]

    def _command(self, packet: Packet) -> str:
        code, rest = packet.data[0], packet.data[1:]
        self._asked = code
        if code == ENCRYPTED:
            return f"encrypted, {len(rest)} bytes"
        shown = "" if code in _WITHOUT_CONTENT else rest.hex(" ").upper()
        return f"{named(Command, code)} {shown}".rstrip()

    def _answer(self, packet: Packet) -> str:
        code, rest = packet.data[0], packet.data[1:]
        if code == ENCRYPTED:
            return f"encrypted, {len(rest)} bytes"
        if code == Generic.OK and self._asked in POLLS:
            return _polled(rest)
        more = f", {len(rest)} bytes" if rest else ""
        return f"{named(Generic, code)}{more}"


def _polled(data: bytes) -> str:
    answer = read_poll_answer(data, _VERSION)
    words = [f"{named(Event, said.code)} {said.extra.hex()}".rstrip() for said in answer.events]
    if answer.unread:
        words.append(f"unread {answer.unread.hex(' ').upper()}")
    return ", ".join(words) if words else "nothing to tell"
