"""Records as text and back."""

import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offline_queue.journal import records as r
from offline_queue.journal.new_beginning_records import JournalSetAside, NumbersSkipped

KINDS = get_args(r.JournalRecord)

# Not of a day: it removes what stands before it.
PRUNED = r.JournalPruned(up_to=500, mac="ab" * 32, kept="cd" * 32, archive="records.jsonl.gz")

# Not of a day either: they stand at the beginning of a journal.
BEGINNINGS = (
    JournalSetAside(
        place="journal.damaged-20260501T000000Z",
        why="the chain breaks at record 7",
        last_seq=6,
        session=None,
        unfinished=(3, 4),
        cash=(("RUB", 10_000, 2), ("RUB", 50_000, 1)),
    ),
    NumbersSkipped(numbers=(("payment_number", 9), ("receipt_number", 12)), why="given before"),
)

printable = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_comes_back_as_it_was(kind, whole_history):
    examples = [record for record in (*whole_history, PRUNED, *BEGINNINGS) if type(record) is kind]
    assert examples, f"add a {kind.__name__} to the day in conftest.py"
    for record in examples:
        back = r.from_text(r.to_text(record))
        assert back == record
        assert type(back) is kind


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_says_its_name_in_the_text(kind, whole_history):
    for record in whole_history:
        if type(record) is kind:
            assert json.loads(r.to_text(record))["kind"] == record.kind


def test_no_two_kinds_share_a_name():
    names = [kind.__dataclass_fields__["kind"].default for kind in KINDS]
    assert len(set(names)) == len(names)


def test_the_same_record_always_has_the_same_text(whole_history):
    for record in whole_history:
        text = r.to_text(record)
        assert r.to_text(r.from_text(text)) == text


def test_the_text_is_compact_json_in_the_order_of_the_fields(whole_history):
    for record in whole_history:
        text = r.to_text(record)
        parsed = json.loads(text)
        assert text == json.dumps(parsed, ensure_ascii=False, separators=(",", ":"))
        assert list(parsed) == list(record.__dataclass_fields__)


def test_the_text_has_no_line_of_its_own(whole_history):
    """The chain's input sets its parts apart by line ends, so none may stand inside a body."""
    assert not any("\n" in r.to_text(record) for record in whole_history)


@given(device=printable, event=printable, detail=printable)
def test_any_text_comes_back(device, event, detail):
    record = r.DeviceNoted(device=device, event=event, detail=detail)
    assert r.from_text(r.to_text(record)) == record


@given(
    session=st.none() | printable,
    minor=st.integers(min_value=0, max_value=10**13),
    decision=st.sampled_from(r.Decision),
    count=st.none() | st.integers(min_value=0, max_value=2**31),
)
def test_any_note_comes_back(session, minor, decision, count):
    record = r.NoteEscrowed(
        session=session,
        cycle="n1",
        minor=minor,
        currency="RUB",
        decision=decision,
        device_count=count,
    )
    assert r.from_text(r.to_text(record)) == record


def test_a_record_of_an_earlier_version_without_the_newer_fields_is_read():
    text = '{"kind":"slip_settled","receipt_number":4,"outcome":"printed"}'
    assert r.from_text(text) == r.SlipSettled(receipt_number=4, outcome=r.SlipOutcome.PRINTED)


@pytest.mark.parametrize(
    "text",
    ["", "null", "[]", "{}", '{"kind":"note_eaten"}', '{"kind":"slip_started"}', "{"],
    ids=["empty", "null", "list", "no kind", "unknown kind", "field missing", "cut off"],
)
def test_what_is_no_record_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  every way of not being a record
        r.from_text(text)
