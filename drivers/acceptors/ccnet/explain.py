"""CCNET traffic in plain words, for a wire trace and for a technician who watches a line.

An answer does not say what it answers (facts sheet ccnet section 2), so the last command is kept.
Nothing here may decide anything.
"""

from enum import IntEnum

from drivers.acceptors.ccnet.codes import Command, Failure, LinkMessage, Reject, State
from drivers.acceptors.ccnet.frames import Direction, Frame, FrameDecoder
from drivers.acceptors.damage import Damaged
from drivers.acceptors.words import named, spaced

_DETAILS: dict[State, type[IntEnum]] = {State.REJECTING: Reject, State.FAILURE: Failure}


class CcnetExplainer:
    """Implements `drivers.transports.wire_trace.Explainer`."""

    def __init__(self) -> None:
        self._commands = FrameDecoder(Direction.COMMAND)
        self._answers = FrameDecoder(Direction.ANSWER)
        self._asked: int | None = None

    def explain(self, data: bytes, *, to_device: bool) -> list[str]:
        """See `Explainer.explain`."""
        decoder = self._commands if to_device else self._answers
        read = self._command if to_device else self._answer
        return [
            f"{spaced(part.why)}" if isinstance(part, Damaged) else read(part)
            for part in decoder.feed(data, 0.0)
        ]

    def _command(self, frame: Frame) -> str:
        code, rest = frame.body[0], frame.body[1:]
        if len(frame.body) == 1 and code in (LinkMessage.ACK, LinkMessage.NAK):
            return named(LinkMessage, code)
        self._asked = code
        return f"{named(Command, code)} {rest.hex(' ').upper()}".rstrip()

    def _answer(self, frame: Frame) -> str:
        body = frame.body
        if self._asked == Command.POLL:
            return _state(body)
        if len(body) == 1 and body[0] in frozenset(LinkMessage):
            return named(LinkMessage, body[0])
        asked = "?" if self._asked is None else named(Command, self._asked)
        return f"answer to {asked}, {len(body)} bytes"


def _state(body: bytes) -> str:
    if len(body) == 1 and body[0] in (LinkMessage.ILLEGAL, LinkMessage.NAK):
        return named(LinkMessage, body[0])
    words = [named(State, body[0])]
    for byte in body[1:]:
        details = _DETAILS.get(State(body[0])) if body[0] in frozenset(State) else None
        words.append(f"{byte:02X}" if details is None else named(details, byte))
    return " ".join(words)
