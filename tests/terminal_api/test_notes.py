"""Reports about notes in no payment: what is refused, and one form for one content."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from pydantic import ValidationError

from terminal_api import LooseState, NoteItem, NoteReport, NoteReportBatch, body_hash

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)


def report(**changes: Any) -> NoteReport:
    content: dict[str, Any] = {
        "cycle": "c1",
        "state": LooseState.SUSPENSE,
        "minor": 10_000,
        "currency": "RUB",
        "at": NOON,
    }
    return NoteReport(**{**content, **changes})


@pytest.mark.parametrize(
    "wrong",
    [
        {"minor": None},
        {"currency": None},
        {"minor": None, "currency": None},
        {"minor": 0},
        {"cycle": ""},
        {"at": datetime(2026, 5, 1)},  # noqa: DTZ001 - what is refused is a time without a zone
        {"state": LooseState.DISPUTED, "disputed_minor": 1},
        {"evidence": ("a\nb",)},
        {"evidence": ("x",) * 51},
        {"account": "9161234567"},
    ],
    ids=repr,
)
def test_what_is_not_whole_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        report(**wrong)


def test_a_disputed_note_need_not_be_recognised() -> None:
    assert report(state=LooseState.DISPUTED, minor=None, currency=None).minor is None


def test_equal_moments_have_equal_bytes() -> None:
    moscow = NOON.astimezone(timezone(timedelta(hours=3)))
    assert body_hash(report(at=moscow)) == body_hash(report())


def test_a_note_stands_in_a_batch_once_for_each_state() -> None:
    both = (report(), report(state=LooseState.DISPUTED))
    assert len(NoteReportBatch(terminal_id="10000001", notes=both).notes) == 2
    with pytest.raises(ValidationError, match="twice"):
        NoteReportBatch(terminal_id="10000001", notes=(report(), report(minor=5_000)))


def test_only_a_disputed_note_of_a_payment_may_lack_a_value_or_have_evidence() -> None:
    note = NoteItem(cycle="c", minor=0, currency="RUB", disputed=True, evidence=("jam",))
    assert note.model_dump()["evidence"] == ("jam",)
    for wrong in ({"minor": 0}, {"minor": 5, "evidence": ("jam",)}):
        with pytest.raises(ValidationError):
            NoteItem(cycle="c", currency="RUB", **wrong)


def test_a_note_without_evidence_has_the_bytes_of_earlier_versions() -> None:
    note = NoteItem(cycle="c", minor=5, currency="RUB")
    assert note.model_dump_json() == '{"cycle":"c","minor":5,"currency":"RUB","disputed":false}'
