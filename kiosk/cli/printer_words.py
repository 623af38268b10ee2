"""A printer's state in words for a technician, and as facts for programs."""

from dataclasses import asdict

from drivers.printers.contract import Paper, Presenter, PrinterState
from drivers.printers.faults import faults_of, printer_faults

_ANSWERS = {True: "yes", False: "no", None: "not known"}


def facts(state: PrinterState, language: str) -> dict[str, object]:
    """What a program wants to know of the state."""
    found = [printer_faults()[fault] for fault in faults_of(state)]
    return {
        **asdict(state),
        "can_print": state.can_print,
        "faults": [
            {
                "number": int(one.number),
                "name": one.name,
                "severity": one.severity.value,
                "advice": one.technician[language],
            }
            for one in found
        ],
    }


def words(state: PrinterState, language: str) -> list[str]:
    """The state as lines of text: what is known, the raw bytes, and advice for each fault."""
    lines = [f"can print: {_ANSWERS[state.can_print]}   answers: {state.raw or 'none'}"]
    if state.reachable:
        lines.append("  " + ", ".join(_known(state)))
    for fault in faults_of(state):
        entry = printer_faults()[fault]
        lines.append(f"  {entry.number} {entry.name}: {entry.technician[language]}")
    return lines


def _known(state: PrinterState) -> list[str]:
    said = {
        "online": state.online,
        "cover open": state.cover_open,
        "knife stuck": state.cutter_error,
        "paper jam": state.jam,
        "head hot": state.head_hot,
        "voltage wrong": state.voltage_wrong,
        "busy": state.busy,
    }
    known = [f"{what} {_ANSWERS[is_so]}" for what, is_so in said.items() if is_so is not None]
    if state.paper is not Paper.UNKNOWN:
        known.insert(0, f"paper {state.paper.value.replace('_', ' ')}")
    if state.presenter is not Presenter.UNKNOWN:
        known.append(f"presenter {state.presenter.value}")
    return known
