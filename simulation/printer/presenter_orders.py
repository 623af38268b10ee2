"""The orders to the presenter, read as the makes write them.

Each model knows its own set and no other (facts sheet receipts §2.6): bytes of another make are
text or garbage to it. Written apart from the table of models, so that a mistake there shows here.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from simulation.printer.paper import Cut, Mark, PresenterMove

_GS_E: Final = b"\x1de"
_GS_R: Final = b"\x1dR"
_FS_P: Final = b"\x1cP"


class _Family(StrEnum):
    GS_E = "gs_e"
    FS_P = "fs_p"
    GS_R = "gs_r"


_FAMILIES: Final = {
    "custom_vkp80ii": _Family.GS_E,
    "custom_vkp80iii": _Family.FS_P,
    "citizen_ppu700": _Family.GS_R,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenterOrder:
    """An order that was read: its length in bytes and what it does; nothing when it is wrong."""

    length: int
    marks: tuple[Mark, ...] = ()


class PresenterReader:
    """Knows the orders of one model."""

    def __init__(self, model: str) -> None:
        self._family = _FAMILIES.get(model)

    def begins(self, head: bytes) -> bool:
        """Whether these two bytes begin an order of this model."""
        match self._family:
            case None:
                return False
            case _Family.GS_E:
                return head == _GS_E
            case _Family.FS_P:
                return head == _FS_P
            case _Family.GS_R:
                return head in (_GS_R, _GS_E)

    def read(self, data: bytes) -> PresenterOrder | None:
        """Read the order that `data` begins with; None when it has not arrived whole."""
        length = self._length(data)
        if length is None or len(data) < length:
            return None
        return PresenterOrder(length=length, marks=self._marks(data[:length]))

    def _length(self, data: bytes) -> int | None:
        if self._family is _Family.FS_P:
            return 6
        if len(data) < 3:
            return None
        takes_value = (_GS_E + b"\x03", _GS_R + b"1")
        return 4 if data[:3] in takes_value else 3

    def _marks(self, order: bytes) -> tuple[Mark, ...]:
        if self._family is _Family.FS_P:
            return self._cut_and_present(order)
        moves = {
            _GS_E + b"\x03": PresenterMove.PRESENT,
            _GS_E + b"\x05": PresenterMove.EJECT,
            _GS_E + b"\x02": PresenterMove.RETRACT,
            _GS_R + b"0": PresenterMove.RETRACT,
        }
        move = moves.get(order[:3])
        own = self._family is _Family.GS_E or move is not PresenterMove.PRESENT
        return () if move is None or not own else (move,)

    @staticmethod
    def _cut_and_present(order: bytes) -> tuple[Mark, ...]:
        steps, light, letter = order[2], order[3], order[4:5]
        if not steps or light > 1 or letter not in (b"E", b"R"):
            return ()
        return (Cut(partial=False), PresenterMove.PRESENT)
