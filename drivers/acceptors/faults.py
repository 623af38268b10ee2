"""The numbered fault catalogue of banknote acceptors, read from `faults.toml` beside this file.

Numbers are the language between drivers and everything above; vendor codes stay below. This module
must never decide whether the terminal stops: that is configuration.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType


class Severity(StrEnum):
    """How loud a fault is."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"
    CRITICAL = "critical"


class FaultNumber(IntEnum):
    """Names in code for the numbers of the catalogue."""

    NOT_ANSWERING = 100
    LINE_GARBAGE = 101
    PORT_LOST = 102
    DRIVER_FAILED = 103
    REFUSES_SET_UP = 104
    NO_USABLE_NOTES = 105
    NO_ENCRYPTION = 106
    NOTES_REFUSED = 107
    CASSETTE_FULL = 110
    CASSETTE_OUT = 111
    VALIDATOR_JAMMED = 112
    CASSETTE_JAMMED = 113
    CHEAT_ATTEMPT = 114
    PAUSED = 115
    STACKING_OVERDUE = 116
    SUSPECT_NOTE = 117
    COUNTERFEIT_HELD = 118
    DEVICE_FAILURE = 120
    STACKING_MOTOR = 121
    TRANSPORT_SPEED = 122
    TRANSPORT_MOTOR = 123
    ALIGNING_MOTOR = 124
    CASSETTE_STATUS = 125
    OPTIC_SENSOR = 126
    MAGNETIC_SENSOR = 127
    CAPACITANCE_SENSOR = 128
    ELECTRONICS = 129
    HEAD_OPEN = 130


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultEntry:
    """One entry of the catalogue; `technician` has the instruction by language (en, ru, kk)."""

    number: int
    name: str
    severity: Severity
    stops_acceptance: bool
    technician: Mapping[str, str]


@cache
def fault_catalogue() -> Mapping[int, FaultEntry]:
    """Every fault by its number."""
    text = files("drivers.acceptors").joinpath("faults.toml").read_text(encoding="utf-8")
    entries = [
        FaultEntry(
            number=raw["number"],
            name=raw["name"],
            severity=Severity(raw["severity"]),
            stops_acceptance=raw["stops_acceptance"],
            technician=MappingProxyType(raw["technician"]),
        )
        for raw in tomllib.loads(text)["fault"]
    ]
    return MappingProxyType({entry.number: entry for entry in entries})
