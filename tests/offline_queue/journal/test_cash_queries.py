"""Periods, collections and notes in no payment, as they follow from the records."""

import pytest

from offline_queue.journal import JournalWriteError, cash_queries, queries
from offline_queue.journal.cash_records import CashCount, CassetteOpened, NoteReported
from offline_queue.journal.verify import verify
from terminal_api.notes import LooseState
from terminal_api.payments import Verdict

HUNDREDS = 10_000


def rub(minor, count):
    return CashCount(currency="RUB", minor=minor, count=count)


@pytest.fixture
def ask(journal):
    def answer(question, *args, **named):
        with journal.reading() as connection:
            return question(connection, *args, **named)

    return answer


def test_a_new_journal_has_an_empty_first_period(ask):
    period = ask(cash_queries.period)
    assert (period.number, period.since, period.counts, period.payments) == (1, "", (), 0)
    assert ask(cash_queries.box_is_empty)
    assert ask(cash_queries.awaits_cassette) is None


def test_a_collection_closes_the_period_and_begins_the_next(write, journal, make, ask):
    write(journal, [make.session_opened("s"), make.stacked("s", "n1"), make.stacked("s", "n2")])
    assert ask(cash_queries.period).counts == (rub(HUNDREDS, 2),)
    write(journal, [make.collected(1, receipt_number=1)])
    assert ask(cash_queries.period).counts == ()
    assert ask(queries.cash) == {}
    write(journal, [make.stacked("s", "n3", 5_000)])
    after = ask(cash_queries.period)
    assert (after.number, after.counts) == (2, (rub(5_000, 1),))
    assert [one.number for one in ask(cash_queries.collections)] == [1]


def test_the_sums_of_a_period_are_those_of_its_payments(write, journal, make, ask):
    nothing = cash_queries.PeriodSums(
        inserted_minor=0, fee_minor=0, credited_minor=0, change_minor=0
    )
    assert ask(cash_queries.period_sums) == nothing
    assert ask(cash_queries.last_collection) is None
    for number in (1, 2, 3):
        session, note = f"s{number}", f"n{number}"
        write(journal, [make.session_opened(session), make.stacked(session, note)])
        write(journal, [make.formed(number, session, note)])
        if number == 1:
            write(journal, [make.collected(1, receipt_number=77)])
    items = [row.item for row in ask(queries.payments)][1:]
    sums = ask(cash_queries.period_sums)
    assert sums.inserted_minor == sum(item.inserted_minor for item in items) > 0
    assert sums.fee_minor == sum(item.fee_minor for item in items)
    assert sums.credited_minor + sums.fee_minor + sums.change_minor == sums.inserted_minor
    last = ask(cash_queries.last_collection)
    assert last is not None
    assert last.number == 1


def test_disputes_and_suspense_belong_to_the_period_in_which_they_were_recorded(
    write, journal, make, ask
):
    write(journal, [make.disputed(None, "n1", None), make.stacked(None, "n2")])
    first = ask(cash_queries.period)
    assert [(one.cycle, one.minor) for one in first.disputed] == [("n1", None)]
    assert [(one.cycle, one.minor) for one in first.suspense] == [("n2", HUNDREDS)]
    assert first.disputed[0].evidence == ("no answer", "шум")
    assert first.disputed[0].at.startswith("2026-05-01T06:30:00")
    write(journal, [make.collected(1, receipt_number=1)])
    second = ask(cash_queries.period)
    assert (second.disputed, second.suspense) == ((), ())


def test_a_disputed_note_may_be_in_the_box(write, journal, make, ask):
    write(journal, [make.disputed(None, "n1")])
    assert not ask(cash_queries.box_is_empty)


def test_payments_are_counted_by_period(write, journal, make, ask):
    def paid(number):
        return [
            make.session_opened(f"s{number}"),
            make.stacked(f"s{number}", f"n{number}"),
            make.formed(number, f"s{number}", f"n{number}"),
        ]

    write(journal, paid(1))
    write(journal, paid(2))
    assert ask(cash_queries.period).payments == 2
    write(journal, [make.collected(1, receipt_number=3)])
    assert ask(cash_queries.period).payments == 0


def test_one_order_closes_one_period(write, journal, make, ask):
    write(journal, [make.collected(1, receipt_number=1, request="order")])
    with pytest.raises(JournalWriteError, match="contradicts"):
        write(journal, [make.collected(2, receipt_number=2, request="order")])
    assert ask(cash_queries.collection_of, "order").number == 1
    assert ask(cash_queries.collection_of, "another") is None
    assert ask(cash_queries.collection_on, 1).number == 1


def test_the_slip_of_a_collection_is_stored_with_it(write, journal, make, ask):
    write(journal, [make.collected(1, receipt_number=1)])
    (slip,) = ask(queries.slips)
    assert (slip.receipt_number, slip.kind, slip.state) == (1, "collection", "stored")
    assert journal.next_number("receipt_number") == 2


@pytest.mark.parametrize(
    ("then", "changed", "awaits"),
    [
        ([], False, True),
        (["open"], True, False),
        (["open", "note"], False, False),
        (["note"], False, False),
    ],
    ids=["nothing", "opened", "opened, then a note", "a note"],
)
def test_what_is_known_of_the_cassette_since_a_collection(
    write, journal, make, ask, then, changed, awaits
):
    records = {"open": CassetteOpened(expected=True), "note": make.stacked(None, "n1")}
    write(journal, [make.collected(1, receipt_number=1), *(records[one] for one in then)])
    assert ask(cash_queries.cassette_changed) is changed
    assert (ask(cash_queries.awaits_cassette) is not None) is awaits


def test_unexpected_openings_are_counted_until_the_next_collection(write, journal, make, ask):
    write(journal, [CassetteOpened(expected=False)] * 2 + [CassetteOpened(expected=True)])
    assert ask(cash_queries.period).openings == 2
    write(journal, [make.collected(1, receipt_number=1)])
    assert ask(cash_queries.period).openings == 0


def untold(ask):
    found = ask(cash_queries.untold_notes, 10)
    return [(one.note.cycle, one.state, one.note.minor, one.disputed_minor) for one in found]


def test_notes_in_no_payment_wait_for_the_backend_in_the_order_of_their_records(
    write, journal, make, ask
):
    write(journal, [make.stacked(None, "n2"), make.disputed(None, "n1", None)])
    assert untold(ask) == [
        ("n2", LooseState.SUSPENSE, HUNDREDS, 0),
        ("n1", LooseState.DISPUTED, None, 0),
    ]
    write(journal, [NoteReported(cycle="n2", state=LooseState.SUSPENSE, verdict=Verdict.DUPLICATE)])
    write(journal, [NoteReported(cycle="n1", state=LooseState.DISPUTED, verdict=None)])
    assert untold(ask) == []


def test_a_disputed_note_of_no_session_that_turns_up_is_told_again(write, journal, make, ask):
    write(journal, [make.disputed(None, "n1"), make.stacked(None, "n1", 5_000)])
    assert untold(ask)[1] == ("n1", LooseState.SUSPENSE, 5_000, HUNDREDS)


def test_a_disputed_note_of_a_payment_that_turns_up_takes_its_value_along(
    write, journal, make, ask
):
    write(journal, [make.session_opened("s"), make.disputed("s", "n1"), make.stacked("s", "n2")])
    write(journal, [make.formed(1, "s", "n2", "n1"), make.stacked(None, "n1")])
    assert untold(ask) == [("n1", LooseState.SUSPENSE, HUNDREDS, HUNDREDS)]


def test_notes_of_a_payment_are_told_by_it_alone(write, journal, make, ask):
    write(journal, [make.session_opened("s"), make.stacked("s", "n1"), make.disputed("s", "n2")])
    assert untold(ask) == []


def test_a_suspense_note_told_again_is_reported_once(write, journal, make, ask):
    write(journal, [make.stacked(None, "n1"), make.stacked(None, "n1")])
    assert len(untold(ask)) == 1


def test_everything_follows_from_the_records(write, journal, path, key, whole_history):
    write(journal, whole_history)
    journal.close()
    assert verify(path, key).findings == ()
