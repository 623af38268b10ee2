"""ID-003 traffic in plain words, for a wire trace and for a technician who watches a line.

The numbers 40-46 are commands one way and states the other, so the direction decides (facts sheet
id003 section 2). Nothing here may decide anything.
"""

from enum import IntEnum

from drivers.acceptors.damage import Damaged
from drivers.acceptors.id003.codes import SETTINGS, Command, Failure, Reject, Reply, Status
from drivers.acceptors.id003.frames import Enquiry, Frame, FrameDecoder
from drivers.acceptors.words import named, spaced

_DETAILS: dict[int, type[IntEnum]] = {Status.REJECTING: Reject, Status.FAILURE: Failure}


class Id003Explainer:
    """Implements `drivers.transports.wire_trace.Explainer`."""

    def __init__(self) -> None:
        self._commands = FrameDecoder()
        self._answers = FrameDecoder()

    def explain(self, data: bytes, *, to_device: bool) -> list[str]:
        """See `Explainer.explain`."""
        decoder = self._commands if to_device else self._answers
        words: list[str] = []
        for part in decoder.feed(data, 0.0):
            match part:
                case Damaged():
                    words.append(spaced(part.why))
                case Enquiry():
                    words.append("enquiry: asks to be polled")
                case Frame():
                    words.append(_command(part) if to_device else _answer(part))
        return words


def _command(frame: Frame) -> str:
    return f"{named(Command, frame.code)} {frame.data.hex(' ').upper()}".rstrip()


def _answer(frame: Frame) -> str:
    if frame.code in SETTINGS or frame.code in (Command.VERSION, Command.CURRENCY):
        return f"answer to {_command(frame)}"
    codes: type[IntEnum] = Reply if frame.code in frozenset(Reply) else Status
    details = _DETAILS.get(frame.code)
    shown = [f"{byte:02X}" if details is None else named(details, byte) for byte in frame.data]
    return " ".join([named(codes, frame.code), *shown])
