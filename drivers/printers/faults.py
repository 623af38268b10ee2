"""The numbered fault catalogue of receipt printers, read from `faults.toml` beside this file.

Numbers are what a customer reads out on the phone and what a technician looks up; bits of a dialect
stay below. This module must never decide whether the terminal stops: that is policy above.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from drivers.printers.contract import Paper, Presenter, PrinterState


class Severity(StrEnum):
    """How loud a fault is."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"
    CRITICAL = "critical"


class PrinterFault(IntEnum):
    """Names in code for the numbers of the catalogue."""

    NOT_ANSWERING = 200
    ANSWERS_INCOMPLETE = 201
    OFFLINE = 202
    PAPER_OUT = 210
    PAPER_NEAR_END = 211
    COVER_OPEN = 212
    PAPER_JAM = 213
    PRESENTER_JAM = 214
    SLIP_NOT_TAKEN = 215
    CUTTER_FAILED = 220
    HEAD_HOT = 221
    VOLTAGE_WRONG = 222
    PRINTER_FAILURE = 223
    PRINTER_ERROR = 224


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterFaultEntry:
    """One entry of the catalogue; `technician` has the instruction by language (en, ru, kk)."""

    number: PrinterFault
    name: str
    severity: Severity
    stops_printing: bool
    technician: Mapping[str, str]


@cache
def printer_faults() -> Mapping[PrinterFault, PrinterFaultEntry]:
    """Every fault by its number."""
    text = files("drivers.printers").joinpath("faults.toml").read_text(encoding="utf-8")
    entries = [
        PrinterFaultEntry(
            number=PrinterFault(raw["number"]),
            name=raw["name"],
            severity=Severity(raw["severity"]),
            stops_printing=raw["stops_printing"],
            technician=MappingProxyType(raw["technician"]),
        )
        for raw in tomllib.loads(text)["fault"]
    ]
    return MappingProxyType({entry.number: entry for entry in entries})


def faults_of(state: PrinterState) -> tuple[PrinterFault, ...]:
    """What is the matter with a printer in this state, the cause that a person mends first in
    front; empty when all is well.
    """
    if not state.reachable:
        return (PrinterFault.NOT_ANSWERING,)
    found = [fault for fault, present in _signs(state) if present]
    if not state.can_print and not any(printer_faults()[fault].stops_printing for fault in found):
        unknown = state.online is None or state.paper is Paper.UNKNOWN
        found.insert(0, PrinterFault.ANSWERS_INCOMPLETE if unknown else PrinterFault.OFFLINE)
    return tuple(found)


def _signs(state: PrinterState) -> tuple[tuple[PrinterFault, bool | None], ...]:
    return (
        (PrinterFault.PRINTER_FAILURE, state.fatal_error),
        (PrinterFault.COVER_OPEN, state.cover_open),
        (PrinterFault.PAPER_OUT, state.paper is Paper.OUT),
        (PrinterFault.PAPER_JAM, state.jam),
        (PrinterFault.PRESENTER_JAM, state.presenter is Presenter.JAM),
        (PrinterFault.CUTTER_FAILED, state.cutter_error),
        (PrinterFault.VOLTAGE_WRONG, state.voltage_wrong),
        (PrinterFault.HEAD_HOT, state.head_hot),
        (PrinterFault.PRINTER_ERROR, state.recoverable_error),
        (PrinterFault.PAPER_NEAR_END, state.paper is Paper.NEAR_END),
        (PrinterFault.SLIP_NOT_TAKEN, state.presenter is Presenter.HOLDING),
    )
