"""The terminal's questions: answers on a known day, and that a long life does not slow them."""

import pytest
from sqlalchemy import event

from offline_queue.journal import queries
from offline_queue.journal import records as r
from terminal_api.payments import PaymentStatus, Verdict


@pytest.fixture
def ask(journal):
    def ask(question, *arguments):
        with journal.reading() as connection:
            return question(connection, *arguments)

    return ask


def test_an_empty_journal_knows_nothing(ask):
    assert ask(queries.open_session) is None
    assert ask(queries.open_notes) == ()
    assert ask(queries.last_ended_note) is None
    assert ask(queries.suspense) == ()
    assert ask(queries.note, "n1") is None
    assert ask(queries.outbox, 10) == ()
    assert ask(queries.outbox_state) == queries.OutboxState(pending=0, oldest=None)
    assert ask(queries.awaiting_final, 10) == ()
    assert ask(queries.payment, 1) is None
    assert ask(queries.payments) == ()
    assert ask(queries.slips_unfinished) == ()
    assert ask(queries.slips) == ()
    assert ask(queries.cash) == {}


def test_the_answers_on_a_known_day(ask, journal, write, history):
    write(journal, history)
    assert [note.cycle for note in ask(queries.session_notes, "s2")] == ["n1", "n2", "n3"]
    assert ask(queries.last_ended_note).cycle == "n5"
    assert [note.cycle for note in ask(queries.suspense)] == ["n4"]
    assert ask(queries.payment, 1).uid == "uid-1"
    assert [row.state for row in ask(queries.payments)] == ["credited", "parked"]
    assert [slip.state for slip in ask(queries.slips)] == ["printed", "stored"]
    assert [slip.receipt_number for slip in ask(queries.slips_unfinished)] == [2]
    assert ask(queries.cash) == {10_000: 3}


def test_a_note_is_answered_whole(ask, journal, now):
    journal.append(
        r.NoteEscrowed(
            session="s1",
            cycle="n1",
            minor=5_000,
            currency="RUB",
            decision=r.Decision.STACK,
            device_count=41,
        ),
        at=now,
    )
    assert ask(queries.note, "n1") == queries.NoteRow(
        cycle="n1",
        session="s1",
        minor=5_000,
        currency="RUB",
        state="escrowed",
        decision=r.Decision.STACK,
        device_count=41,
        payment_number=None,
    )


def test_the_outbox_gives_the_oldest_first_and_no_more_than_asked(ask, journal, make, now):
    for number in range(1, 6):
        journal.append(make.formed(number, f"s{number}", f"n{number}"), at=now)
    journal.append(r.PaymentsSent(numbers=(1, 2)), at=now)
    journal.append(make.answered(1, PaymentStatus.ACCEPTED, Verdict.ACCEPTED), at=now)
    journal.append(r.PaymentParked(number=3, why="unreadable"), at=now)
    assert [row.number for row in ask(queries.outbox, 2)] == [2, 4]
    assert [row.state for row in ask(queries.outbox, 9)] == ["sent", "queued", "queued"]
    assert ask(queries.outbox_state) == queries.OutboxState(pending=3, oldest=2)
    assert ask(queries.awaiting_final, 9) == (1,)


def test_the_last_ended_note_is_the_one_whose_end_came_last(ask, journal, make, now):
    journal.append(make.escrowed("s1", "n1"), make.escrowed("s1", "n2"), at=now)
    journal.append(make.stacked("s1", "n2"), at=now)
    assert ask(queries.last_ended_note).cycle == "n2"
    journal.append(make.stacked("s1", "n1"), at=now)
    assert ask(queries.last_ended_note).cycle == "n1"
    journal.append(make.escrowed("s1", "n3"), r.NoteReturned(cycle="n3", why=""), at=now)
    assert ask(queries.last_ended_note).cycle == "n3"
    assert [note.cycle for note in ask(queries.session_notes, "s1")] == ["n2", "n1", "n3"]


@pytest.mark.parametrize(
    ("question", "arguments"),
    [
        (queries.open_session, ()),
        (queries.session_notes, ("s2",)),
        (queries.open_notes, ()),
        (queries.last_ended_note, ()),
        (queries.suspense, ()),
        (queries.note, ("n1",)),
        (queries.outbox, (50,)),
        (queries.outbox_state, ()),
        (queries.awaiting_final, (50,)),
        (queries.payment, (1,)),
        (queries.slips_unfinished, ()),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_question_of_every_day_does_not_walk_through_the_whole_past(
    journal, write, history, question, arguments
):
    """Every table access goes by an index: a million payments must cost what ten cost."""
    write(journal, history)
    asked = []
    with journal.reading() as connection:
        event.listen(
            connection,
            "before_cursor_execute",
            lambda _c, _cursor, statement, parameters, _x, _m: asked.append(
                (statement, parameters)
            ),
        )
        question(connection, *arguments)
        for statement, parameters in list(asked):
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            steps = [row.detail for row in plan.all()]
            assert steps
            for step in steps:
                assert not step.startswith("SCAN") or "INDEX" in step, f"{statement}: {step}"
                # The few notes of one session, or of none, may be put in order after they were found.
                few = question in (queries.session_notes, queries.suspense)
                in_order = few or "TEMP B-TREE" not in step
                assert in_order, f"{statement}: {step}"
