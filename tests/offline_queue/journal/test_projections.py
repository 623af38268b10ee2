"""What follows from the records: each rule, and that storing and rebuilding always agree."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offline_queue.journal import ChainKey, Journal, JournalWriteError, queries
from offline_queue.journal import records as r
from offline_queue.journal.delivery_records import PaymentsOfferedAgain
from offline_queue.journal.numbering import PAYMENT_NUMBER, RECEIPT_NUMBER
from offline_queue.journal.verify import verify
from terminal_api.payments import PaymentStatus, Verdict

KEY = ChainKey(bytes(range(32)))
NOW = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture
def append(journal):
    return lambda *records: journal.append(*records, at=NOW)


@pytest.fixture
def ask(journal):
    def ask(question, *arguments):
        with journal.reading() as connection:
            return question(connection, *arguments)

    return ask


def test_a_session_is_open_until_it_is_closed(append, ask, make):
    assert ask(queries.open_session) is None
    append(make.session_opened("s1"))
    assert ask(queries.open_session) == make.session_opened("s1")
    append(r.SessionClosed(session="s1", why=r.SessionEnd.LEFT))
    assert ask(queries.open_session) is None


def test_a_session_is_open_until_it_is_paid(append, ask, make):
    append(make.session_opened("s1"), make.stacked("s1", "n1"), make.formed(1, "s1", "n1"))
    assert ask(queries.open_session) is None


def test_a_note_is_open_from_escrow_to_its_end(append, ask, make):
    append(make.escrowed("s1", "n1"), make.escrowed("s1", "n2"), make.escrowed("s1", "n3"))
    assert [note.cycle for note in ask(queries.open_notes)] == ["n1", "n2", "n3"]
    append(make.stacked("s1", "n1"))
    append(r.NoteReturned(cycle="n2", why="refused"))
    append(make.disputed("s1", "n3"))
    assert ask(queries.open_notes) == ()
    states = [ask(queries.note, cycle).state for cycle in ("n1", "n2", "n3")]
    assert states == ["stacked", "returned", "disputed"]


def test_a_return_that_is_ordered_later_changes_the_decision_of_an_open_note(append, ask, make):
    append(make.escrowed("s1", "n1"), make.escrowed("s1", "n2"), make.stacked("s1", "n2"))
    append(r.NoteReturnOrdered(cycle="n1", why="power-up"))
    append(r.NoteReturnOrdered(cycle="n2", why="too late"))
    decisions = [ask(queries.note, cycle).decision for cycle in ("n1", "n2")]
    assert decisions == [r.Decision.RETURN, r.Decision.STACK]
    assert [note.cycle for note in ask(queries.open_notes)] == ["n1"]


def test_a_note_keeps_what_was_known_in_escrow(append, ask, make):
    append(make.escrowed("s1", "n1", r.Decision.RETURN), make.stacked("s1", "n1"))
    assert ask(queries.note, "n1").decision is r.Decision.RETURN


@pytest.mark.parametrize(
    ("session", "minor"), [("s1", 10_000), ("s2", 10_000), (None, 10_000), ("s1", 50_000)]
)
def test_the_last_word_on_a_stacked_note_is_what_the_cassette_was_told(
    append, ask, make, session, minor
):
    append(make.escrowed("s1", "n1"), make.stacked(session, "n1", minor))
    note = ask(queries.note, "n1")
    assert (note.state, note.session, note.minor) == ("stacked", session, minor)
    assert note.decision is r.Decision.STACK
    assert ask(queries.cash) == {minor: 1}


def test_a_note_that_only_its_end_tells_of_is_a_note(append, ask, make):
    append(make.stacked(None, "n1"), make.disputed("s1", "n2", None))
    assert ask(queries.note, "n1").state == "stacked"
    assert ask(queries.note, "n2").minor is None


def test_stacked_notes_are_cash_by_denomination(append, ask, make):
    append(make.stacked("s1", "n1"), make.stacked(None, "n2"), make.stacked("s1", "n3", 50_000))
    append(make.disputed("s1", "n4"), make.escrowed("s1", "n5"))
    assert ask(queries.cash) == {10_000: 2, 50_000: 1}


def test_one_note_is_counted_once_however_often_it_is_told(append, ask, make):
    append(make.escrowed("s1", "n1"))
    for _ in range(3):
        append(make.stacked("s1", "n1"))
    assert ask(queries.cash) == {10_000: 1}


def test_a_disputed_note_that_turns_up_in_the_cassette_is_cash(append, ask, make):
    append(make.escrowed("s1", "n1"), make.disputed("s1", "n1"), make.stacked("s1", "n1"))
    assert ask(queries.cash) == {10_000: 1}
    assert ask(queries.note, "n1").state == "stacked"


@pytest.mark.parametrize("later", ["disputed", "returned"])
def test_a_note_in_the_cassette_stays_there_whatever_is_told_later(append, ask, make, later):
    append(make.stacked("s1", "n1"))
    append(
        make.disputed("s1", "n1")
        if later == "disputed"
        else r.NoteReturned(cycle="n1", why="late word")
    )
    assert ask(queries.note, "n1").state == "stacked"
    assert ask(queries.cash) == {10_000: 1}


def test_forming_a_payment_ties_notes_slip_session_and_numbers(append, ask, make, journal):
    append(make.session_opened("s1"), make.stacked("s1", "n1"), make.stacked("s1", "n2"))
    append(make.formed(1, "s1", "n1", "n2"))
    payment = ask(queries.payment, 1)
    assert payment.state == "queued"
    assert payment.trigger == "customer"
    assert payment.item == make.formed(1, "s1", "n1", "n2").item
    assert {note.payment_number for note in ask(queries.session_notes, "s1")} == {1}
    (slip,) = ask(queries.slips)
    assert (slip.receipt_number, slip.payment_number, slip.state) == (1, 1, "stored")
    assert slip.text == make.formed(1, "s1", "n1").slip_text
    assert journal.next_number(PAYMENT_NUMBER) == 2
    assert journal.next_number(RECEIPT_NUMBER) == 2


@pytest.mark.parametrize(
    ("status", "verdict", "state"),
    [
        (PaymentStatus.ACCEPTED, Verdict.ACCEPTED, "accepted"),
        (PaymentStatus.ACCEPTED, Verdict.DUPLICATE, "accepted"),
        (PaymentStatus.CREDITED, None, "credited"),
        (PaymentStatus.REFUSED, None, "refused"),
        (PaymentStatus.DISPUTED, None, "disputed"),
        (PaymentStatus.UNKNOWN, None, "queued"),
        (PaymentStatus.UNKNOWN, Verdict.REJECTED, "parked"),
        (PaymentStatus.CREDITED, Verdict.CONFLICT, "parked"),
    ],
)
def test_an_answer_moves_a_sent_payment(append, ask, make, status, verdict, state):
    append(make.session_opened("s1"), make.formed(1, "s1", "n1"))
    append(r.PaymentsSent(numbers=(1,)))
    assert ask(queries.payment, 1).state == "sent"
    append(make.answered(1, status, verdict))
    assert ask(queries.payment, 1).state == state


def test_a_final_payment_is_not_queued_again(append, ask, make):
    append(make.formed(1, "s1", "n1"))
    append(make.answered(1, PaymentStatus.CREDITED, None))
    append(make.answered(1, PaymentStatus.UNKNOWN, None), r.PaymentsSent(numbers=(1,)))
    assert ask(queries.payment, 1).state == "credited"


def test_a_parked_payment_says_why(append, ask, make):
    append(make.formed(1, "s1", "n1"), r.PaymentParked(number=1, why="no such provider"))
    assert (ask(queries.payment, 1).state, ask(queries.payment, 1).message) == (
        "parked",
        "no such provider",
    )


def test_a_parked_payment_that_is_offered_again_stands_in_the_outbox(append, ask, make):
    append(make.formed(1, "s1", "n1"), r.PaymentParked(number=1, why="no such provider"))
    assert ask(queries.outbox, 9) == ()
    append(PaymentsOfferedAgain(numbers=(1,), by="Петров", why="upgraded"))
    (waiting,) = ask(queries.outbox, 9)
    assert (waiting.number, waiting.state, waiting.message) == (1, "queued", "")


@pytest.mark.parametrize(
    "status", [PaymentStatus.CREDITED, PaymentStatus.REFUSED, PaymentStatus.ACCEPTED]
)
def test_only_a_parked_payment_is_offered_again(append, ask, make, status):
    append(make.formed(1, "s1", "n1"), make.answered(1, status, None))
    before = ask(queries.payment, 1)
    append(PaymentsOfferedAgain(numbers=(1, 77), by="Петров", why="upgraded"))
    assert ask(queries.payment, 1) == before


def test_a_printed_slip_stays_printed(append, ask, make):
    append(make.formed(1, "s1", "n1"), r.SlipStarted(receipt_number=1))
    assert ask(queries.slips)[0].state == "started"
    append(r.SlipSettled(receipt_number=1, outcome=r.SlipOutcome.FAILED, why="paper out"))
    assert (ask(queries.slips)[0].state, ask(queries.slips)[0].why) == ("failed", "paper out")
    append(r.SlipSettled(receipt_number=1, outcome=r.SlipOutcome.PRINTED))
    append(r.SlipStarted(receipt_number=1))
    append(r.SlipSettled(receipt_number=1, outcome=r.SlipOutcome.FAILED))
    assert ask(queries.slips)[0].state == "printed"


def test_records_about_what_is_not_there_change_nothing(append, ask, path):
    append(
        r.SessionClosed(session="nobody", why=r.SessionEnd.LEFT),
        r.NoteReturned(cycle="none", why=""),
        r.PaymentsSent(numbers=(77,)),
        r.PaymentParked(number=77, why=""),
        r.SlipStarted(receipt_number=77),
    )
    assert ask(queries.payments) == ()
    assert verify(path, KEY).ok


sessions = st.sampled_from(["s1", "s2", "s3"])
cycles = st.sampled_from([f"n{number}" for number in range(6)])
minors = st.sampled_from([5_000, 10_000, 50_000])
numbers = st.integers(min_value=1, max_value=4)


@pytest.fixture(scope="module")
def any_record():
    """Any record about a few sessions, notes and payments, whether or not it makes sense there."""
    maybe = sessions | st.none()
    note = {"session": maybe, "cycle": cycles, "minor": minors, "currency": st.just("RUB")}
    return st.one_of(
        st.builds(
            r.SessionOpened,
            session=sessions,
            provider_id=st.just(7),
            provider_code=st.just("mobile"),
            provider_name=st.just("Связь"),
            account=st.just("9161234567"),
            fields=st.just(()),
            currency=st.just("RUB"),
            fee_version=st.just("1"),
            fee=st.just(()),
        ),
        st.builds(r.SessionClosed, session=sessions, why=st.sampled_from(r.SessionEnd)),
        st.builds(r.NoteEscrowed, **note, decision=st.sampled_from(r.Decision)),
        st.builds(r.NoteStacked, **note, how=st.just("normal")),
        st.builds(r.NoteReturnOrdered, cycle=cycles, why=st.just("")),
        st.builds(r.NoteReturned, cycle=cycles, why=st.just("")),
        st.builds(r.NoteDisputed, **note, evidence=st.just(("silent",))),
        st.tuples(numbers, sessions, st.lists(cycles, min_size=1, max_size=3, unique=True)),
        st.builds(r.PaymentsSent, numbers=st.lists(numbers, max_size=3).map(tuple)),
        st.builds(
            r.PaymentAnswered,
            number=numbers,
            verdict=st.none() | st.sampled_from(Verdict),
            status=st.sampled_from(PaymentStatus),
            uid=st.none() | st.just("uid"),
        ),
        st.builds(r.PaymentParked, number=numbers, why=st.just("why")),
        st.builds(
            PaymentsOfferedAgain,
            numbers=st.lists(numbers, max_size=3).map(tuple),
            by=st.just("who"),
            why=st.just("why"),
        ),
        st.builds(r.SlipStarted, receipt_number=numbers),
        st.builds(r.SlipSettled, receipt_number=numbers, outcome=st.sampled_from(r.SlipOutcome)),
    )


@settings(max_examples=60)
@given(data=st.data())
def test_whatever_was_taken_the_rebuilt_tables_equal_the_stored_ones(
    tmp_path_factory, any_record, make, data
):
    """Also for nonsense: what the journal has taken, it must be able to derive again."""
    history = data.draw(st.lists(any_record, min_size=1, max_size=25))
    journal = Journal(tmp_path_factory.mktemp("any") / "journal.db", KEY)
    taken = []
    for step in history:
        record = make.formed(step[0], step[1], *step[2]) if isinstance(step, tuple) else step
        try:
            journal.append(record, at=NOW)
        except JournalWriteError:
            continue
        taken.append(record)
    verdict = verify(journal.path, KEY)
    with journal.reading() as connection:
        cash = queries.cash(connection)
        payments = queries.payments(connection)
    journal.close()
    assert verdict.ok, verdict.findings
    assert verdict.records == len(taken)
    in_the_box = {one.cycle: one.minor for one in reversed(taken) if isinstance(one, r.NoteStacked)}
    assert cash == Counter(in_the_box.values())
    assert len({payment.item.session for payment in payments}) == len(payments)


class LegalTerminal:
    """Makes only what a terminal may write, and keeps its own simple books to compare with."""

    def __init__(self, make):
        self.make = make
        self.session: str | None = None
        self.count = Counter[str]()
        self.notes: list[str] = []
        self.cash = Counter[int]()
        self.states: dict[int, str] = {}

    def step(self, choice: int, minor: int) -> list[r.JournalRecord]:
        if self.session is None:
            return self._idle(choice)
        match choice % 5:
            case 0 | 1 | 2:
                return self._note(minor, choice)
            case 3 if self.notes:
                return self._pay()
            case _ if not self.notes:
                session, self.session = self.session, None
                return [r.SessionClosed(session=session, why=r.SessionEnd.TIMED_OUT)]
        return []

    def _idle(self, choice):
        waiting = [number for number, state in self.states.items() if state != "credited"]
        if choice % 2 and waiting:
            return self._deliver(waiting[0])
        self.session = self._new("s")
        self.notes = []
        return [self.make.session_opened(self.session)]

    def _note(self, minor, choice):
        cycle = self._new("n")
        opened = self.make.escrowed(self.session, cycle, minor=10_000)
        if choice == 2:
            return [opened, r.NoteReturned(cycle=cycle, why="refused")]
        self.notes.append(cycle)
        self.cash[10_000] += 1
        return [opened, self.make.stacked(self.session, cycle)]

    def _pay(self):
        number = len(self.states) + 1
        session, self.session = self.session, None
        self.states[number] = "queued"
        return [self.make.formed(number, session, *self.notes)]

    def _deliver(self, number):
        if self.states[number] == "queued":
            self.states[number] = "sent"
            return [r.PaymentsSent(numbers=(number,))]
        self.states[number] = "credited"
        return [self.make.answered(number, PaymentStatus.CREDITED, None)]

    def _new(self, prefix):
        self.count[prefix] += 1
        return f"{prefix}{self.count[prefix]}"


@settings(max_examples=60)
@given(
    steps=st.lists(st.tuples(st.integers(0, 9), minors), min_size=1, max_size=40),
    together=st.booleans(),
)
def test_a_legal_history_gives_the_books_that_a_simple_count_gives(
    tmp_path_factory, make, steps, together
):
    terminal = LegalTerminal(make)
    journal = Journal(tmp_path_factory.mktemp("legal") / "journal.db", KEY)
    for choice, minor in steps:
        records = terminal.step(choice, minor)
        if together:
            journal.append(*records, at=NOW)
        else:
            for record in records:
                journal.append(record, at=NOW)
    verdict = verify(journal.path, KEY)
    with journal.reading() as connection:
        assert queries.cash(connection) == terminal.cash
        assert {row.number: row.state for row in queries.payments(connection)} == terminal.states
        opened = queries.open_session(connection)
        in_session = [
            note.cycle
            for note in queries.session_notes(connection, terminal.session or "")
            if note.state == "stacked"
        ]
    assert (opened and opened.session) == terminal.session
    assert in_session == (terminal.notes if terminal.session else [])
    assert journal.next_number(PAYMENT_NUMBER) == len(terminal.states) + 1
    journal.close()
    assert verdict.ok, verdict.findings
