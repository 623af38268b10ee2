"""While the journal cannot be written: what goes back, what waits, what is kept, in which order."""

import pytest

from drivers.acceptors.contract import (
    CassetteIn,
    CassetteOut,
    CycleId,
    Disabled,
    Enabled,
    Escrowed,
    Note,
    Stacked,
    StackedHow,
    Validating,
)
from drivers.printers.contract import SlipPrinted
from kiosk.terminal.health import Condition, Health
from kiosk.terminal.journal_outage import JournalOutage
from kiosk.terminal.ports import Tick
from kiosk.terminal.rules import STORAGE_RETRY_S
from offline_queue.journal import JournalWriteError

NOTE = Note(minor=10_000, currency="RUB")


def stacked(cycle):
    return Stacked(cycle=CycleId(cycle), note=NOTE, how=StackedHow.NORMAL)


class Acceptor:
    def __init__(self):
        self.log = []

    def stop(self):
        self.log.append("stop")

    def give_back(self, cycle):
        self.log.append(("give_back", cycle))


class Clock:
    def monotonic(self):
        return 50.0


@pytest.fixture
def condition():
    return Condition(Health())


@pytest.fixture
def acceptor():
    return Acceptor()


@pytest.fixture
def outage(condition, acceptor):
    return JournalOutage(condition, acceptor, Clock())


def fail(outage):
    outage.begin(JournalWriteError("database or disk is full"))


def kept(outage):
    told = []
    outage.tell_what_was_kept(told.append)
    return told


def test_nothing_is_withheld_while_the_journal_can_be_written(outage):
    assert not outage.withholds(stacked("a"))
    assert not kept(outage)


def test_it_closes_the_acceptor_and_says_when_to_try_again(outage, condition, acceptor):
    fail(outage)
    assert acceptor.log == ["stop"]
    assert not condition.health.storage_writable
    assert outage.retry_at == 50.0 + STORAGE_RETRY_S
    outage.end()
    assert condition.health.storage_writable


def test_a_note_that_is_offered_goes_back_and_is_not_kept(outage, acceptor):
    fail(outage)
    assert outage.withholds(Escrowed(cycle=CycleId("a"), note=NOTE, device_count=None))
    assert acceptor.log[-1] == ("give_back", "a")
    assert not kept(outage)


def test_what_is_of_no_device_goes_on(outage):
    fail(outage)
    assert not outage.withholds(Tick())


def test_an_end_that_is_told_again_keeps_its_first_place(outage):
    fail(outage)
    for event in (stacked("a"), SlipPrinted(slip=1), stacked("a"), SlipPrinted(slip=1)):
        assert outage.withholds(event)
    assert kept(outage) == [stacked("a"), SlipPrinted(slip=1)]


def test_of_a_state_that_is_told_again_the_last_place_counts(outage):
    fail(outage)
    for event in (CassetteOut(), CassetteIn(), CassetteOut(), Enabled(), Disabled(), Enabled()):
        assert outage.withholds(event)
    assert kept(outage) == [CassetteIn(), CassetteOut(), Disabled(), Enabled()]


def test_what_could_not_be_told_stays_kept_with_all_after_it(outage):
    fail(outage)
    outage.keep(Validating())
    outage.keep(stacked("a"))
    outage.keep(stacked("b"))

    def tell(event):
        if event == stacked("a"):
            raise JournalWriteError("database or disk is full")

    with pytest.raises(JournalWriteError):
        outage.tell_what_was_kept(tell)
    assert kept(outage) == [stacked("a"), stacked("b")]
    assert not kept(outage)
