"""Disputed and loose notes: on the receipt, at the backend, with evidence; told until answered."""

from drivers.acceptors.contract import Disabled, Disputed, StackedHow
from kiosk.terminal.rules import FINAL_STATUS_LOOK_S, STORAGE_RETRY_S
from offline_queue.journal import queries
from offline_queue.sync.messages import NotesAnswered, NotesParked
from terminal_api.notes import LooseState, NoteReportAnswer, NoteReportBatch
from terminal_api.payments import Verdict

HOTLINE = "8-800-707-77-59"


def reports(bench):
    return [
        note
        for _, batch in bench.orders.named("report")
        if isinstance(batch, NoteReportBatch)
        for note in batch.notes
    ]


def look(bench):
    bench.wait(FINAL_STATUS_LOOK_S + 1)


def strange_note(bench, roubles=100):
    cycle = bench.new_cycle()
    bench.stacked(cycle, roubles, StackedHow.RECOVERED)
    return cycle


def answered(bench, cycle, verdict=Verdict.ACCEPTED, state=LooseState.SUSPENSE):
    said = NoteReportAnswer(cycle=cycle, state=state, verdict=verdict)
    bench.tell(NotesAnswered(answers=(said,)))


def test_a_suspense_note_is_told_and_then_no_more(bench):
    cycle = strange_note(bench)
    look(bench)
    (note,) = reports(bench)
    assert (note.cycle, note.state, note.minor) == (cycle, LooseState.SUSPENSE, 10_000)
    answered(bench, cycle)
    look(bench)
    assert len(reports(bench)) == 1
    assert bench.verdict().findings == ()


def test_a_note_told_before_a_power_cut_is_told_again_with_the_same_content(bench):
    strange_note(bench)
    look(bench)
    first = reports(bench)
    bench.cut_power()
    bench.start()
    assert reports(bench) == first


def test_a_conflict_or_an_unreadable_report_waits_for_a_person(bench):
    one, other = strange_note(bench), strange_note(bench, 500)
    look(bench)
    answered(bench, one, Verdict.CONFLICT)
    bench.tell(NotesParked(notes=((other, LooseState.SUSPENSE),), why="unreadable"))
    bench.orders.log.clear()
    look(bench)
    assert reports(bench) == []


def test_an_answer_that_could_not_be_recorded_is_asked_for_again(bench):
    cycle = strange_note(bench)
    look(bench)
    bench.journal.broken = True
    answered(bench, cycle)
    bench.journal.broken = False
    bench.orders.log.clear()
    bench.wait(STORAGE_RETRY_S)
    assert [note.cycle for note in reports(bench)] == [cycle]


def test_a_disputed_note_of_a_session_is_told_by_its_payment_with_evidence(bench):
    bench.go_to_money()
    cycle = bench.escrow(500, count=7)
    bench.tell(Disputed(cycle=cycle, note=None, evidence=("44 jam\n", "counter 8")))
    bench.pay()
    (note,) = bench.payments[0].item.notes
    assert (note.disputed, note.minor) == (True, 50_000)
    assert note.evidence[:2] == ("44 jam?", "counter 8")
    assert "acceptor counted 7 before it" in note.evidence
    assert any(line.startswith("last recorded 2026-11-22T09:00:00") for line in note.evidence)
    look(bench)
    assert reports(bench) == []


def test_the_receipt_names_the_disputed_sum_and_the_hotline(bench):
    bench.go_to_money()
    bench.feed(100)
    cycle = bench.escrow(500)
    bench.tell(Disputed(cycle=cycle, note=None, evidence=()))
    bench.pay()
    text = bench.ask(queries.slips)[0].text
    assert "Спорные купюры" in text
    assert "500,00 руб." in text
    assert HOTLINE in text


def test_a_note_of_unknown_value_that_jams_before_a_customer_is_on_the_receipt(bench):
    bench.go_to_money()
    bench.tell(Disputed(cycle=bench.new_cycle(), note=None, evidence=("unknown bill",)))
    bench.pay()
    (payment,) = bench.payments
    assert [(note.disputed, note.minor) for note in payment.item.notes] == [(True, 0)]
    text = bench.ask(queries.slips)[0].text
    assert "достоинство неизвестно" in text
    assert HOTLINE in text


def test_a_note_of_unknown_value_that_turns_up_in_time_is_credited(bench):
    bench.go_to_money()
    cycle = bench.new_cycle()
    bench.tell(Disputed(cycle=cycle, note=None, evidence=("unknown bill",)))
    bench.stacked(cycle, 100)
    bench.pay()
    assert [note.disputed for note in bench.payments[0].item.notes] == [False]
    assert bench.payments[0].item.inserted_minor == 10_000


def test_a_dispute_of_nobody_is_told_by_a_report(bench):
    cycle = bench.new_cycle()
    bench.tell(Disputed(cycle=cycle, note=None, evidence=("reset",)))
    look(bench)
    (note,) = reports(bench)
    assert (note.cycle, note.state, note.minor) == (cycle, LooseState.DISPUTED, None)
    assert note.evidence == ("reset", "never recorded before")


def test_a_disputed_note_that_turns_up_after_its_payment_takes_the_doubt_back(bench):
    bench.go_to_money()
    cycle = bench.escrow(500)
    bench.tell(Disputed(cycle=cycle, note=None, evidence=("44",)))
    bench.pay()
    bench.tell(Disabled())
    bench.stacked(cycle, 500)
    look(bench)
    (note,) = reports(bench)
    assert (note.state, note.minor, note.disputed_minor) == (LooseState.SUSPENSE, 50_000, 50_000)
