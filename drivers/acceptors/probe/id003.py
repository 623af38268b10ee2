"""Asks for an ID-003 device: version, then currency table (facts sheet id003 sections 2, 4, 6).

VERSION unmasks an echo: what comes back from a mere adapter carries no text. Both questions are
answered in every state and change nothing.
"""

from collections.abc import Generator
from typing import Final

from drivers.acceptors.contract import Note
from drivers.acceptors.errors import RemoteProtocolError
from drivers.acceptors.id003.codes import Command
from drivers.acceptors.id003.currency_table import parse_currency_table, parse_version
from drivers.acceptors.id003.frames import Frame, FrameDecoder, encode
from drivers.acceptors.probe.talk import Ask, Identified, Talk, without_echo

TRIES: Final = 2
PATIENCE_S: Final = 0.3


def talk() -> Talk:
    """See `Talk`."""
    version = yield from _ask(Command.VERSION)
    if version is None:
        return None
    table = yield from _ask(Command.CURRENCY)
    return Identified(identity=parse_version(version), notes=_notes(table))


def _ask(command: Command) -> Generator[Ask, bytes, bytes | None]:
    """The data of the answer; None where no good one came."""
    question = encode(command)
    for _ in range(TRIES):
        received = yield Ask(data=question, patience_s=PATIENCE_S)
        for part in FrameDecoder().feed(without_echo(question, received), 0.0):
            if isinstance(part, Frame) and part.code == command and part.data:
                return part.data
    return None


def _notes(table: bytes | None) -> tuple[Note, ...]:
    try:
        return tuple(sorted(set(parse_currency_table(table or b"").notes.values())))
    except RemoteProtocolError:
        return ()
