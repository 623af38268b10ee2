"""What a printer of each dialect answers to `DLE EOT n`, by what is wrong with it.

Written from the tables of the facts sheet (receipts §2.1, §2.5, §2.7) and apart from the drivers'
decoders, so that a mistake in one shows against the other.
"""

from dataclasses import dataclass

from drivers.printers.contract import Paper
from drivers.printers.models import StatusDialect
from simulation.printer.faults import PrinterFaults

_IDLE = 0x12
_FULL = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A printer at one moment; `holding`: a slip lies in its presenter."""

    faults: PrinterFaults
    holding: bool


def answer(dialect: StatusDialect, query: int, condition: Condition) -> bytes | None:
    """The answer to one real-time question; None when this printer does not know the question."""
    faults = condition.faults
    if dialect is StatusDialect.CUSTOM and query == _FULL:
        return _custom_full(condition)
    bits = (
        _citizen(faults, holding=condition.holding)
        if dialect is StatusDialect.CITIZEN_PPU
        else _epson(faults)
    )
    return bytes([_IDLE | bits[query]]) if query in bits else None


def queued_paper(faults: PrinterFaults) -> bytes:
    """The answer to `GS r 1`."""
    return bytes([0x03 * (faults.paper is Paper.NEAR_END)])


def _common(faults: PrinterFaults) -> dict[int, int]:
    out = faults.paper is Paper.OUT
    error = faults.cutter_error or faults.jam or faults.overheated or faults.broken
    return {
        1: 0x08 * faults.stops,
        2: 0x04 * faults.cover_open | 0x20 * out | 0x40 * (error or faults.low_voltage),
    }


def _epson(faults: PrinterFaults) -> dict[int, int]:
    out = faults.paper is Paper.OUT
    near = out or faults.paper is Paper.NEAR_END
    return _common(faults) | {
        3: 0x04 * faults.jam
        | 0x08 * faults.cutter_error
        | 0x20 * (faults.broken or faults.low_voltage)
        | 0x40 * faults.overheated,
        4: 0x0C * near | 0x60 * out,
    }


def _citizen(faults: PrinterFaults, *, holding: bool) -> dict[int, int]:
    out = faults.paper is Paper.OUT
    near = out or faults.paper is Paper.NEAR_END
    return _common(faults) | {
        3: 0x04 * faults.jam | 0x08 * faults.cutter_error,
        4: 0x04 * near | 0x20 * out | 0x40 * holding,
        5: 0x04 * faults.cover_open | 0x08 * faults.overheated | 0x20 * faults.low_voltage,
        6: 0x20 * faults.jam | 0x40 * faults.broken,
    }


def _custom_full(condition: Condition) -> bytes:
    faults = condition.faults
    out = faults.paper is Paper.OUT
    near = out or faults.paper is Paper.NEAR_END
    paper = 0x01 * out | 0x04 * near | 0x20 * condition.holding
    user = 0x02 * faults.cover_open
    recoverable = 0x01 * faults.overheated | 0x08 * faults.low_voltage | 0x40 * faults.jam
    fatal = 0x01 * faults.cutter_error | 0x04 * faults.broken
    return bytes([0x10, 0x0F, paper, user, recoverable, fatal])
