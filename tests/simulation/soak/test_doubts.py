"""Which disputes a soak forgives: only a return that the acceptor forgot with its power."""

import pytest

from offline_queue.journal.queries import NoteRow
from simulation.soak.doubts import forgotten

DARK = {"has_counter": False, "inside": None, "returned": [500, 100]}


def note(cycle, minor):
    return NoteRow(
        cycle=cycle,
        session="s",
        minor=minor,
        currency="RUB",
        state="escrowed",
        decision=None,
        device_count=None,
        payment_number=None,
    )


def test_a_return_that_nobody_had_heard_of_is_forgotten():
    assert forgotten(DARK, [note("n1", 10_000)]) == {"n1"}


@pytest.mark.parametrize(
    ("change", "notes"),
    [
        ({"has_counter": True}, [note("n1", 10_000)]),
        ({"inside": 100}, [note("n1", 10_000)]),
        ({"returned": []}, [note("n1", 10_000)]),
        ({}, [note("n1", 50_000)]),
        ({}, []),
    ],
    ids=["counts", "still inside", "none went back", "another one went back", "nothing open"],
)
def test_there_is_a_way_to_know(change, notes):
    assert forgotten({**DARK, **change}, notes) == frozenset()
