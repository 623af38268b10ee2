"""The judge's laws of single notes and of the cash box, each broken on purpose."""

from dataclasses import dataclass, replace

import pytest

from drivers.acceptors.device_half.mechanism import Mechanism
from drivers.acceptors.device_half.paper import Paper
from drivers.acceptors.device_half.phases import MechanismTiming, RejectCodes
from offline_queue.journal.cash_records import CashCollected, CollectionHow, NoteInQuestion
from offline_queue.journal.queries import NoteRow
from simulation.proof.doubts import FREED_IN_THE_DARK, Doubts
from simulation.proof.evidence import Books
from simulation.proof.findings import Findings
from simulation.proof.note_laws import NoteLaws, judge_sums
from simulation.proof.period_laws import judge_periods

CODES = RejectCodes(unrecognised=1, counterfeit=2, inhibited=3, pulled=4)


def row(state, *, cycle="c1", minor=10_000):
    return NoteRow(
        cycle=cycle,
        session="s",
        minor=minor,
        currency="RUB",
        state=state,
        decision=None,
        device_count=None,
        payment_number=1,
    )


def machine(place, value=100):
    body = Mechanism(MechanismTiming(), CODES)
    body.numbered = 1
    getattr(body.places, place).append(Paper(number=1, value=value))
    return body


def books(*notes):
    inside = [note.minor for note in notes if note.state == "stacked"]
    return Books(
        notes=notes,
        payments=(),
        slips=(),
        cash={minor: inside.count(minor) for minor in inside},
        collections=(),
        escrowed=frozenset(note.cycle for note in notes),
        outbox=0,
        untold=0,
        open_session=False,
    )


def broken(place, *notes, why=None):
    """The laws that this story breaks; each record is about the one piece of paper."""
    body, findings, doubts = machine(place), Findings(), Doubts()
    if why is not None:
        doubts.add(1, why)
    told = books(*notes)
    judge_sums(body, told, findings)
    NoteLaws(body, told, {note.cycle: 1 for note in notes}, doubts, findings).judge()
    return {violation.law for violation in findings.all}


@pytest.mark.parametrize(
    ("place", "state"),
    [("cassette", "stacked"), ("collected", "stacked"), ("returned", "returned")],
)
def test_a_record_that_tells_the_truth_breaks_no_law(place, state):
    assert broken(place, row(state)) == set()


def test_a_note_that_never_came_to_escrow_needs_no_record():
    assert broken("returned") == broken("removed") == set()


def test_a_dispute_needs_a_reason_of_its_own():
    law = "a dispute only where there was no way to know"
    for place in ("cassette", "returned", "removed"):
        assert broken(place, row("disputed")) == {law}
        assert broken(place, row("disputed"), why="jam") == set()


def test_a_note_both_disputed_and_in_suspense_stands_in_the_books_twice():
    both = (row("disputed"), row("stacked", cycle="c2"))
    assert "a note stands in the books once" in broken("cassette", *both, why="jam")


def test_a_lost_note_a_false_credit_and_a_wrong_value_are_seen():
    assert "a note in the cassette is in the books" in broken("cassette")
    assert "a note that is not inside is not credited" in broken("returned", row("stacked"))
    assert "a note in the cassette is in the books" in broken("cassette", row("stacked", minor=5))


def test_a_note_in_a_technicians_hand_was_not_given_back():
    assert broken("removed", row("returned")) == {
        "a note in a technician's hand was not given back"
    }


def test_what_was_taken_out_in_the_dark_may_be_believed_returned_and_never_credited():
    assert broken("removed", row("returned"), why=FREED_IN_THE_DARK) == set()
    assert "a note that is not inside is not credited" in broken(
        "removed", row("stacked"), why=FREED_IN_THE_DARK
    )


def test_a_piece_of_paper_that_is_nowhere_is_missed():
    body, findings = machine("returned"), Findings()
    body.numbered = 2
    NoteLaws(body, books(), {}, Doubts(), findings).judge()
    assert [violation.law for violation in findings.all] == ["every piece of paper is in one place"]


@dataclass
class Box:
    """What a collector remembers."""

    strays: dict[int, int]
    closed: dict[int, frozenset[int]]


def collected(number, *disputed):
    return CashCollected(
        number=number,
        request=f"order-{number}",
        operator="Collector",
        how=CollectionHow.ANNOUNCED,
        receipt_number=number,
        since="",
        at="",
        counts=(),
        disputed=tuple(
            NoteInQuestion(cycle=cycle, minor=10_000, currency="RUB", at="", evidence=())
            for cycle in disputed
        ),
        suspense=(),
        payments=0,
        openings=0,
        slip_text="",
        template="",
    )


@pytest.mark.parametrize(
    ("periods", "allowed"),
    [
        ((collected(1, "c1"),), True),
        ((collected(1),), False),
        ((collected(1, "c2"),), False),
        ((collected(1), collected(2, "c1")), False),
    ],
    ids=["disputed then", "not disputed", "another one was", "disputed in a later period"],
)
def test_only_a_note_on_the_list_of_its_period_may_lie_in_a_box_beside_the_count(periods, allowed):
    body = machine("collected")
    told = replace(books(row("stacked")), collections=periods)
    box = Box(strays={1: 1}, closed={one.number: frozenset() for one in periods})
    findings = Findings()
    judge_periods(body, told, box, {"c1": 1}, findings)
    law = "a box that is taken away holds closed periods only"
    assert (law not in {violation.law for violation in findings.all}) is allowed
