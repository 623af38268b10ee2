"""Notes that no payment or report can hold: the others are paid for, and the terminal goes on."""

from structlog.testing import capture_logs

from drivers.acceptors.contract import Disputed, Note, Stacked, StackedHow
from kiosk.terminal.rules import FINAL_STATUS_LOOK_S
from kiosk.terminal.snapshot import Screen
from offline_queue.journal import queries
from offline_queue.journal.cash_records import NoteReported
from offline_queue.journal.records import NoteDisputed, NoteStacked, from_text
from offline_queue.journal.verify import rows
from terminal_api.notes import LooseState

DOLLARS = Note(minor=5000, currency="USD")
NONSENSE = Note(minor=10_000, currency="R1B")


def reports(bench):
    return [note for _, batch in bench.orders.named("report") for note in batch.notes]


def parked(bench):
    with bench.journal.reading() as connection:
        records = [from_text(row.body) for row in rows(connection)]
    return [one for one in records if isinstance(one, NoteReported) and one.verdict is None]


def live_on(bench):
    bench.cut_power()
    bench.start()
    bench.ready()
    assert bench.shown.screen is Screen.HOME


def test_a_strange_dispute_in_another_currency_is_in_no_payment(bench):
    bench.go_to_money()
    bench.feed(100)
    cycle = bench.new_cycle()
    bench.tell(Disputed(cycle=cycle, note=DOLLARS, evidence=("x",)))
    bench.pay()
    (payment,) = bench.payments
    assert (payment.item.inserted_minor, len(payment.item.notes)) == (10_000, 1)
    bench.wait(FINAL_STATUS_LOOK_S + 1)
    (note,) = reports(bench)
    assert (note.cycle, note.currency, note.minor) == (cycle, "USD", 5000)
    live_on(bench)


def test_a_note_of_unknown_value_that_turns_out_to_be_of_another_currency_is_suspense(bench):
    bench.go_to_money()
    bench.feed(100)
    cycle = bench.new_cycle()
    bench.tell(Disputed(cycle=cycle, note=None, evidence=("unknown bill",)))
    bench.tell(Stacked(cycle=cycle, note=DOLLARS, how=StackedHow.NORMAL))
    bench.pay()
    assert bench.payments[0].item.inserted_minor == 10_000
    assert [note.cycle for note in bench.ask(queries.suspense)] == [cycle]
    live_on(bench)


def test_a_recorded_note_that_fits_no_payment_is_left_out_with_an_alarm(bench):
    """As an earlier version recorded it: it crashed then, with the session still open."""
    bench.go_to_money()
    bench.feed(100)
    session = bench.ask(queries.open_session).session
    bench.journal.append(
        NoteDisputed(session=session, cycle="d", minor=5000, currency="USD", evidence=()),
        NoteStacked(session=session, cycle="s", minor=5000, currency="USD", how="normal"),
        at=bench.clock.now(),
    )
    bench.cut_power()
    bench.start()
    with capture_logs() as log:
        bench.ready()
    (payment,) = bench.payments
    assert (payment.item.inserted_minor, len(payment.item.notes)) == (10_000, 1)
    assert {line["cycle"] for line in log if line["event"] == "note_left_out"} == {"d", "s"}


def test_a_note_that_no_report_can_hold_waits_for_a_person_and_holds_up_no_other(bench):
    strange, plain = bench.new_cycle(), bench.new_cycle()
    bench.tell(Stacked(cycle=strange, note=NONSENSE, how=StackedHow.RECOVERED))
    bench.stacked(plain, 100, StackedHow.RECOVERED)
    with capture_logs() as log:
        bench.wait(FINAL_STATUS_LOOK_S + 1)
    assert [note.cycle for note in reports(bench)] == [plain]
    assert [(one.cycle, one.state) for one in parked(bench)] == [(strange, LooseState.SUSPENSE)]
    assert [one["cycle"] for one in log if one["event"] == "note_report_parked"] == [strange]
    live_on(bench)
