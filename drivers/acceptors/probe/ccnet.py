"""Asks for a CCNET device: status, then identity and bill table (facts sheet ccnet sections 4, 6).

GET STATUS is answered in every state; the other two only while the device is disabled, so a device
at work is found but tells no more. Nothing is acknowledged: the device may be waiting for the
acknowledgement of a note.
"""

from collections.abc import Generator
from typing import Final

from drivers.acceptors.ccnet.bill_table import parse_bill_table, parse_identification
from drivers.acceptors.ccnet.codes import VALIDATOR, Command, LinkMessage
from drivers.acceptors.ccnet.frames import Direction, Frame, FrameDecoder, encode_command
from drivers.acceptors.contract import Identity, Note
from drivers.acceptors.errors import RemoteProtocolError
from drivers.acceptors.probe.talk import Ask, Identified, Talk, without_echo

TRIES: Final = 2
PATIENCE_S: Final = 0.3
_STATUS_BYTES: Final = frozenset({6, 12})
_SHORTEST_IDENTITY: Final = 15
_UNKNOWN: Final = Identity(protocol="ccnet", model="", serial="")


def talk() -> Talk:
    """See `Talk`."""
    status = yield from _ask(Command.GET_STATUS)
    if status is None or len(status) not in _STATUS_BYTES:
        return None
    identity = yield from _ask(Command.IDENTIFICATION)
    if identity is None or len(identity) < _SHORTEST_IDENTITY:
        refused = identity is not None and identity[:1] == bytes([LinkMessage.ILLEGAL])
        return Identified(identity=_UNKNOWN, is_busy=refused)
    table = yield from _ask(Command.BILL_TABLE)
    return Identified(identity=parse_identification(identity), notes=_notes(table))


def _ask(command: Command) -> Generator[Ask, bytes, bytes | None]:
    """The body of the answer; None where no good one came."""
    question = encode_command(command)
    for _ in range(TRIES):
        received = yield Ask(data=question, patience_s=PATIENCE_S)
        for part in FrameDecoder(Direction.ANSWER).feed(without_echo(question, received), 0.0):
            if isinstance(part, Frame) and part.address == VALIDATOR:
                return part.body
    return None


def _notes(table: bytes | None) -> tuple[Note, ...]:
    try:
        return tuple(sorted(set(parse_bill_table(table or b"").notes.values())))
    except RemoteProtocolError:
        return ()
