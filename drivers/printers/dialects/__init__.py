"""How printers tell their state: one file a dialect, without I/O."""

from drivers.printers.dialects.citizen_ppu import CITIZEN_PPU
from drivers.printers.dialects.custom import CUSTOM
from drivers.printers.dialects.dialect import Dialect, Question
from drivers.printers.dialects.epson import EPSON
from drivers.printers.models import StatusDialect

__all__ = ["Dialect", "Question", "dialect_of"]

_DIALECTS = {
    StatusDialect.EPSON: EPSON,
    StatusDialect.CUSTOM: CUSTOM,
    StatusDialect.CITIZEN_PPU: CITIZEN_PPU,
}


def dialect_of(name: StatusDialect) -> Dialect:
    """The dialect of that name."""
    return _DIALECTS[name]
