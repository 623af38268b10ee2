"""Notes in no payment on their way to the backend: told until answered, behind every payment."""

from datetime import UTC, datetime
from random import Random

import pytest

from offline_queue.sync import (
    Idle,
    LinkChanged,
    LocalSyncError,
    NotesAnswered,
    NotesParked,
    Send,
    SyncMachine,
    SyncPolicy,
    TransportTrouble,
    Wait,
)
from terminal_api import (
    NOTES_PATH,
    PAYMENTS_PATH,
    ErrorBody,
    ErrorCode,
    LooseState,
    NoteReport,
    NoteReportAnswer,
    NoteReportBatch,
    NoteReportsAnswer,
    Verdict,
    canonical_bytes,
)

TERMINAL = "10000001"
PORTAL = b"<html>Log in</html>"


def refusal(code=ErrorCode.MALFORMED):
    return canonical_bytes(ErrorBody(error=code, message="no"))


def note(cycle):
    return NoteReport(
        cycle=cycle,
        state=LooseState.SUSPENSE,
        minor=10_000,
        currency="RUB",
        at=datetime(2026, 5, 1, tzinfo=UTC),
    )


def notes(*cycles, terminal=TERMINAL):
    return NoteReportBatch(terminal_id=terminal, notes=tuple(note(one) for one in cycles))


def answer(*cycles, terminal=TERMINAL):
    said = tuple(
        NoteReportAnswer(cycle=one, state=LooseState.SUSPENSE, verdict=Verdict.ACCEPTED)
        for one in cycles
    )
    return canonical_bytes(NoteReportsAnswer(terminal_id=terminal, answers=said))


@pytest.fixture
def machine():
    return SyncMachine(SyncPolicy(), Random(1), terminal_id=TERMINAL)


def sent(machine, now=0.0):
    step = machine.next_step(now)
    assert isinstance(step, Send), step
    return step.request


def test_a_report_is_sent_and_its_answer_told(machine):
    machine.report(notes("a", "b"))
    assert sent(machine).path == NOTES_PATH
    told = machine.on_answer(200, answer("a", "b"), 1.0)
    assert [type(one) for one in told] == [LinkChanged, NotesAnswered]
    assert [one.cycle for one in told[1].answers] == ["a", "b"]
    assert machine.next_step(1.0) == Idle()


def test_payments_go_first(machine, make_batch):
    machine.report(notes("a"))
    machine.submit(make_batch(1), ask_first=False, now=0.0)
    assert sent(machine).path == PAYMENTS_PATH


def test_the_same_notes_are_not_taken_twice(machine):
    machine.report(notes("a"))
    machine.report(notes("a"))
    sent(machine)
    machine.on_answer(200, answer("a"), 0.0)
    assert machine.next_step(0.0) == Idle()


@pytest.mark.parametrize("kind", list(TransportTrouble))
def test_whatever_the_line_does_the_same_bytes_go_again(machine, kind):
    machine.report(notes("a"))
    first = sent(machine)
    machine.on_transport_error(kind, 0.0)
    assert sent(machine, 1000.0) == first


@pytest.mark.parametrize(
    ("status", "body"),
    [(200, PORTAL), (200, answer("other")), (200, answer("a", terminal="10000002")), (500, b"")],
)
def test_what_is_no_answer_is_none(machine, status, body):
    machine.report(notes("a"))
    first = sent(machine)
    (told,) = machine.on_answer(status, body, 0.0)
    assert told == LinkChanged(online=False, why=told.why)
    assert sent(machine, 1000.0) == first


def test_an_older_backend_that_does_not_know_the_path_leaves_the_line_good(machine, make_batch):
    machine.report(notes("a"))
    sent(machine)
    (told,) = machine.on_answer(404, refusal(ErrorCode.NOT_FOUND), 0.0)
    assert told == LinkChanged(online=True)
    assert isinstance(machine.next_step(0.0), Wait)
    machine.submit(make_batch(1), ask_first=False, now=0.0)
    assert sent(machine).path == PAYMENTS_PATH


def test_a_batch_that_cannot_be_read_goes_one_by_one_and_only_the_bad_note_is_parked(machine):
    machine.report(notes("a", "b"))
    sent(machine)
    machine.on_answer(422, refusal(), 0.0)
    sent(machine)
    assert machine.on_answer(200, answer("a"), 0.0)[-1].answers[0].cycle == "a"
    sent(machine)
    (parked,) = machine.on_answer(422, refusal(), 0.0)
    assert isinstance(parked, NotesParked)
    assert parked.notes == (("b", LooseState.SUSPENSE),)
    assert machine.next_step(0.0) == Idle()


def test_notes_of_another_terminal_are_refused(machine):
    with pytest.raises(LocalSyncError):
        machine.report(notes("a", terminal="10000002"))
