"""`kiosk journal cash`, and how a collection reads in `kiosk journal show`."""

import json
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from kiosk.cli import build_application
from offline_queue.journal import ChainKey, Journal
from offline_queue.journal.cash_records import CashCollected, CashCount, CollectionHow
from offline_queue.journal.records import NoteDisputed, NoteStacked

NOW = datetime(2026, 5, 1, 6, 30, tzinfo=UTC)


@pytest.fixture
def kiosk():
    application = build_application(lambda _settings, _finger: True)
    return lambda *words: CliRunner().invoke(application, [str(word) for word in words])


@pytest.fixture
def journal(tmp_path):
    """One collected period, and a second one with a note of each sort."""
    path = tmp_path / "journal.db"
    one = Journal(path, ChainKey(bytes(range(32))))
    first = NoteStacked(session="s1", cycle="n1", minor=10_000, currency="RUB", how="normal")
    collected = CashCollected(
        number=1,
        request="order-1",
        operator="Петров",
        how=CollectionHow.ANNOUNCED,
        receipt_number=1,
        since=NOW.isoformat(),
        at=NOW.isoformat(),
        counts=(CashCount(currency="RUB", minor=10_000, count=1),),
        disputed=(),
        suspense=(),
        payments=1,
        openings=0,
        slip_text="a long slip",
        template="collection-1",
    )
    loose = NoteStacked(session=None, cycle="n2", minor=50_000, currency="RUB", how="recovered")
    doubt = NoteDisputed(session=None, cycle="n3", minor=None, currency="", evidence=("jam",))
    one.append(first, collected, loose, doubt, at=NOW)
    one.close()
    return path


def test_cash_tells_the_present_period(kiosk, journal):
    result = kiosk("journal", "cash", journal)
    assert result.exit_code == 0
    text = result.stdout
    assert "period 2" in text
    assert "1 x 500.00 RUB = 500.00 RUB" in text
    assert "value unknown | n3 | jam" in text
    assert "n2 | recovered" in text
    assert "n1" not in text


def test_cash_tells_past_collections_when_asked(kiosk, journal):
    first = kiosk("journal", "cash", journal, "--collections").stdout.splitlines()[0]
    assert "collection 1 by Петров (announced): 1 x 100.00 RUB = 100.00 RUB" in first


def test_cash_is_json_for_programs(kiosk, journal):
    said = json.loads(kiosk("journal", "cash", journal, "--json", "--collections").stdout)
    assert said["period"]["counts"] == [{"currency": "RUB", "minor": 50_000, "count": 1}]
    assert [note["cycle"] for note in said["period"]["disputed"]] == ["n3"]
    assert said["collections"][0]["operator"] == "Петров"
    assert "slip_text" not in said["collections"][0]


def test_a_collection_is_shown_in_plain_words(kiosk, journal):
    lines = kiosk("journal", "show", journal).stdout.splitlines()
    (line,) = [one for one in lines if "cash_collected" in one]
    assert "1 x 100.00 RUB = 100.00 RUB; 1 payments, 0 disputed" in line
    assert "a long slip" not in line


def test_what_is_no_journal_is_said_to_be_none(kiosk, tmp_path):
    assert kiosk("journal", "cash", tmp_path / "nothing.db").exit_code == 2
    wrong = tmp_path / "wrong.db"
    wrong.write_bytes(b"not a database at all, by no means")
    assert kiosk("journal", "cash", wrong).exit_code == 3
