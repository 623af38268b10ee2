"""The catalogue is whole, and every state that cannot print has a fault with advice."""

from itertools import product

import pytest

from drivers.printers.contract import Paper, Presenter, PrinterState
from drivers.printers.faults import PrinterFault, faults_of, printer_faults

LANGUAGES = {"en", "ru", "kk"}
WELL = PrinterState(reachable=True, online=True, paper=Paper.OK)


def test_every_number_has_an_entry_with_advice_in_three_languages() -> None:
    assert printer_faults().keys() == set(PrinterFault)
    for entry in printer_faults().values():
        assert entry.technician.keys() == LANGUAGES
        assert all(text.strip() for text in entry.technician.values())


def test_a_printer_that_is_well_has_none() -> None:
    assert faults_of(WELL) == ()


@pytest.mark.parametrize("reachable", [True, False])
def test_whoever_cannot_print_has_a_fault_that_says_so(reachable: bool) -> None:
    for online, paper, presenter in product((True, False, None), Paper, Presenter):
        for cover, cutter, jam, fatal in product((True, False, None), repeat=4):
            state = PrinterState(
                reachable=reachable,
                online=online,
                paper=paper,
                presenter=presenter,
                cover_open=cover,
                cutter_error=cutter,
                jam=jam,
                fatal_error=fatal,
            )
            found = faults_of(state)
            stops = any(printer_faults()[fault].stops_printing for fault in found)
            assert stops == (not state.can_print), state


@pytest.mark.parametrize(
    ("state", "first"),
    [
        (PrinterState(reachable=False), PrinterFault.NOT_ANSWERING),
        (PrinterState(reachable=True, paper=Paper.OK), PrinterFault.ANSWERS_INCOMPLETE),
        (PrinterState(reachable=True, online=False, paper=Paper.OK), PrinterFault.OFFLINE),
        (PrinterState(reachable=True, online=False, paper=Paper.OUT), PrinterFault.PAPER_OUT),
        (
            PrinterState(reachable=True, online=True, paper=Paper.NEAR_END),
            PrinterFault.PAPER_NEAR_END,
        ),
    ],
)
def test_the_cause_stands_in_front(state: PrinterState, first: PrinterFault) -> None:
    assert faults_of(state)[0] is first
