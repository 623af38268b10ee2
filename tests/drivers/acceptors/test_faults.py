"""The fault catalogue is whole, in three languages, and covers what drivers can report."""

from drivers.acceptors.ccnet.meanings import FAILURES, STATE_FAULTS
from drivers.acceptors.faults import FaultNumber, Severity, fault_catalogue


def test_every_number_in_code_is_in_the_catalogue_and_the_other_way() -> None:
    assert set(fault_catalogue()) == {int(number) for number in FaultNumber}


def test_names_in_code_and_in_data_are_the_same() -> None:
    assert {n: e.name for n, e in fault_catalogue().items()} == {
        int(number): number.name.lower() for number in FaultNumber
    }


def test_every_entry_tells_the_technician_what_to_do_in_three_languages() -> None:
    for entry in fault_catalogue().values():
        assert set(entry.technician) == {"en", "ru", "kk"}
        assert all(text.endswith(".") for text in entry.technician.values())
        assert isinstance(entry.severity, Severity)


def test_ccnet_reports_only_known_numbers() -> None:
    assert {*FAILURES.values(), *STATE_FAULTS.values()} <= set(fault_catalogue())
