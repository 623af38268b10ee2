"""A journal that cannot be opened at the start: a screen, a closed acceptor, and another try."""

import pytest
from structlog.testing import capture_logs

from kiosk.terminal import books
from kiosk.terminal.books import OtherTerminalError
from kiosk.terminal.journal_outage import DamageStandsError
from kiosk.terminal.ports import Tick
from kiosk.terminal.snapshot import Screen, ServiceReason
from offline_queue.journal import Journal, JournalDamagedError, JournalUnavailableError, queries
from offline_queue.journal.door import JournalDoor
from offline_queue.journal.number_mark import NumberMark
from offline_queue.journal.opening import Opened
from offline_queue.journal.records import TerminalStarted
from offline_queue.journal.verify import verify


class Disk:
    """Where the journal lies; `away` makes every try to open it fail."""

    def __init__(self):
        self.away = True
        self.tries = 0
        self.damaged = False

    def open(self, journal):
        self.tries += 1
        if self.away:
            raise JournalUnavailableError(journal.path, "unable to open database file")
        if self.damaged:
            raise JournalDamagedError(journal.path, "the chain breaks at record 7")
        return Opened(journal, NumberMark(journal.path, journal._key))


@pytest.fixture
def disk():
    return Disk()


@pytest.fixture
def late(make_bench, disk, monkeypatch):
    """A terminal whose journal's disk is away when it starts."""

    def door(journal):
        return JournalDoor(journal.path, lambda: disk.open(journal))

    monkeypatch.setattr(books.JournalDoor, "standing_open", staticmethod(door))
    return make_bench()


def test_it_shows_that_payments_cannot_be_recorded(late):
    assert late.shown.screen is Screen.OUT_OF_SERVICE
    assert late.shown.out_of_service.reasons[0] is ServiceReason.STORAGE
    assert late.orders.named("stop")
    assert not late.orders.named("accept")


def test_it_tries_again_by_itself_and_goes_into_service(late, disk):
    late.ready()
    for _ in range(3):
        late.wait(3)
    assert disk.tries >= 4
    assert late.shown.screen is Screen.OUT_OF_SERVICE
    disk.away = False
    late.wait(3)
    assert late.shown.screen is Screen.HOME
    late.go_to_money()
    late.feed(100)
    late.pay()
    assert late.payments[0].item.inserted_minor == 10_000
    assert NumberMark(late.journal.path, late.journal._key).read() == {
        "payment_number": 1,
        "receipt_number": 1,
    }
    assert verify(late.journal.path, late.journal._key).ok


def test_a_note_of_an_earlier_life_told_meanwhile_is_kept(late, disk):
    cycle = late.new_cycle()
    late.stacked(cycle, 100)
    assert ("settled", cycle) not in late.orders.log
    disk.away = False
    late.wait(3)
    assert ("settled", cycle) in late.orders.log
    assert [note.minor for note in late.ask(queries.suspense)] == [10_000]


def test_a_note_offered_meanwhile_is_given_back(late):
    cycle = late.escrow(100)
    assert ("give_back", cycle) in late.orders.log


def test_a_damaged_journal_is_out_of_service_too(late, disk):
    disk.away, disk.damaged = False, True
    late.wait(3)
    assert late.shown.out_of_service.reasons[0] is ServiceReason.STORAGE


def test_a_journal_of_another_terminal_is_written_nothing_into(late, disk, make_bench):
    other = TerminalStarted(boot="x", version="1", terminal_id="99999999")
    Journal.append(late.journal, other, at=late.clock.now())
    disk.away = False
    late.clock.pass_time(3)
    with pytest.raises(OtherTerminalError):
        late.tell(Tick())
    assert verify(late.journal.path, late.journal._key).records == 1


def test_damage_that_stands_ends_the_terminal_for_its_next_start(bench, monkeypatch):
    """Nothing is set aside under a running terminal, and it must not wait for a person either."""

    def damaged(*_, **__):
        raise JournalDamagedError(bench.journal.path, "database disk image is malformed")

    bench.ready()
    monkeypatch.setattr(bench.journal, "append", damaged)
    monkeypatch.setattr(bench.journal, "reopen", damaged)
    bench.escrow(50)
    for _ in range(9):
        bench.wait(3)
    with pytest.raises(DamageStandsError, match="next start"):
        bench.wait(10)


def test_damage_found_at_a_start_stays_on_the_screen_and_is_told_again(late, disk):
    disk.away, disk.damaged = False, True
    with capture_logs() as logs:
        for _ in range(3):
            late.clock.pass_time(4000)
            late.tell(Tick())
    assert [one["event"] for one in logs].count("journal_failed") == 3
    assert late.shown.screen is Screen.OUT_OF_SERVICE


def test_damage_found_while_running_closes_the_acceptor_at_once(bench, monkeypatch):
    bench.go_to_money()
    bench.feed(100)

    def damaged(*_, **__):
        raise JournalDamagedError(bench.journal.path, "database disk image is malformed")

    monkeypatch.setattr(bench.journal, "append", damaged)
    monkeypatch.setattr(bench.journal, "reopen", damaged)
    bench.orders.log.clear()
    cycle = bench.escrow(50)
    assert ("stop",) in bench.orders.log
    assert ("stack", cycle) not in bench.orders.log
    bench.wait(3)
    assert bench.shown.screen is Screen.OUT_OF_SERVICE
    assert not list(bench.folder.glob("*.damaged-*"))
