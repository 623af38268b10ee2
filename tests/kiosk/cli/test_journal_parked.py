"""`kiosk journal parked` and `offer-again`: what they list, record, and refuse to do."""

import json
from contextlib import closing
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from kiosk.cli import build_application, journal_parked
from kiosk.single_instance import only_one
from offline_queue.journal import ChainKey, Journal, queries
from offline_queue.journal import records as r
from offline_queue.journal.opening import open_for_service
from offline_queue.journal.verify import verify
from terminal_api.payments import NoteItem, PaymentItem, PaymentStatus, Verdict

KEY = ChainKey(bytes(range(32)))
NOW = datetime(2026, 5, 1, 6, 30, tzinfo=UTC)


@pytest.fixture
def kiosk():
    application = build_application(lambda _settings, _finger: True)
    return lambda *words: CliRunner().invoke(application, [str(word) for word in words])


def formed(number):
    item = PaymentItem(
        number=number,
        session=f"s{number}",
        provider_id=7,
        provider_code="mobile",
        account="9161234567",
        fields={},
        currency="RUB",
        inserted_minor=10_000,
        fee_minor=500,
        credited_minor=9_500,
        fee_version="2026-05",
        formed_at=NOW,
        receipt_number=number,
        notes=(NoteItem(cycle=f"n{number}", minor=10_000, currency="RUB"),),
    )
    return r.PaymentFormed(
        item=item,
        trigger=r.PaymentTrigger.CUSTOMER,
        slip_text="slip",
        template="payment/1",
        online=True,
    )


@pytest.fixture
def journal(tmp_path):
    """1 is credited, 2 unreadable, 3 in conflict."""
    path = tmp_path / "journal.db"
    path.with_name("journal.key").write_text(bytes(range(32)).hex() + "\n", encoding="ascii")
    answer = {"number": 3, "verdict": Verdict.CONFLICT, "status": PaymentStatus.UNKNOWN}
    opened = open_for_service(path, KEY, set_aside=False, now=lambda: NOW)
    with closing(opened.journal) as one:
        one.append(r.TerminalStarted(boot="b", version="0.1.0", terminal_id="00000001"), at=NOW)
        one.append(formed(1), formed(2), formed(3), at=NOW)
        one.append(
            r.PaymentAnswered(number=1, verdict=None, status=PaymentStatus.CREDITED, uid="u"),
            at=NOW,
        )
        one.append(r.PaymentParked(number=2, why="account 9161234567 is unreadable"), at=NOW)
        one.append(r.PaymentAnswered(**answer, uid=None, message="other content"), at=NOW)
    return path


def states(path):
    with closing(Journal(path, KEY)) as one, one.reading() as connection:
        return [payment.state for payment in queries.payments(connection)]


def last_record(path):
    with closing(Journal(path, KEY)) as one:
        at = one.end.seq
        (body,) = one.at_rest(
            lambda driver: driver.execute("SELECT body FROM record WHERE seq = ?", (at,)).fetchone()
        )
    return r.from_text(body)


def test_parked_lists_number_time_money_and_reason_and_no_account(kiosk, journal):
    result = kiosk("journal", "parked", journal)
    assert result.exit_code == 0
    first, second, count = result.stdout.splitlines()
    assert "2 | since 2026-05-01T06:30:00.000+00:00 | 100.00 RUB | account ******4567 is" in first
    assert "CONFLICT" in second
    assert count == "2 parked"


def test_parked_answers_programs(kiosk, journal):
    result = kiosk("journal", "parked", journal, "--json")
    (one, other) = json.loads(result.stdout)["parked"]
    assert (one["number"], one["conflict"], one["inserted_minor"]) == (2, False, 10_000)
    assert other["conflict"] is True
    assert "9161234567" not in result.stdout


def test_parked_may_be_asked_beside_a_terminal(kiosk, journal):
    with only_one(journal):
        assert kiosk("journal", "parked", journal).exit_code == 0


def test_a_payment_goes_back_to_the_outbox_with_who_and_why(kiosk, journal):
    words = ("--by", "Петров", "--why", "backend 2.1")
    result = kiosk("journal", "offer-again", journal, 2, *words)
    assert result.exit_code == 0, result.output
    assert result.stdout == "offered again: 2; start the terminal\n"
    assert states(journal) == ["credited", "queued", "parked"]
    told = last_record(journal)
    assert (told.numbers, told.by, told.why) == ((2,), "Петров", "backend 2.1")
    assert verify(journal, KEY).ok


def test_all_leaves_conflicts_to_a_person(kiosk, journal):
    result = kiosk("journal", "offer-again", journal, "--all", "--why", "backend 2.1", "--json")
    assert json.loads(result.stdout) == {"offered": [2], "left": [3]}
    assert states(journal) == ["credited", "queued", "parked"]
    again = kiosk("journal", "offer-again", journal, "--all", "--why", "backend 2.1")
    assert again.exit_code == 0
    assert "nothing to offer" in again.stdout


def test_a_conflict_is_offered_when_somebody_names_it(kiosk, journal):
    assert kiosk("journal", "offer-again", journal, 3, "--why", "settled").exit_code == 0
    assert states(journal) == ["credited", "parked", "queued"]


@pytest.mark.parametrize("numbers", [(1,), (2, 77)])
def test_what_is_not_parked_is_refused_and_nothing_is_changed(kiosk, journal, numbers):
    before = last_record(journal)
    result = kiosk("journal", "offer-again", journal, *numbers, "--why", "so")
    assert result.exit_code == 2
    assert f"not parked: {numbers[-1]}" in result.output
    assert last_record(journal) == before


@pytest.mark.parametrize("words", [(), (2, "--all")])
def test_it_must_be_clear_which_ones(kiosk, journal, words):
    assert kiosk("journal", "offer-again", journal, *words, "--why", "so").exit_code == 2


@pytest.mark.parametrize("words", [(), ("--why", " ")])
def test_there_must_be_a_reason(kiosk, journal, words):
    assert kiosk("journal", "offer-again", journal, 2, *words).exit_code == 2
    assert states(journal) == ["credited", "parked", "parked"]


def test_beside_a_running_terminal_it_says_so_plainly(kiosk, journal):
    with only_one(journal):
        result = kiosk("journal", "offer-again", journal, 2, "--why", "so")
    assert result.exit_code == 4
    assert "another terminal already runs" in result.output
    assert states(journal) == ["credited", "parked", "parked"]


def test_another_user_would_shut_the_terminal_out_and_is_refused(kiosk, journal, monkeypatch):
    monkeypatch.setattr(journal_parked.os, "geteuid", lambda: journal.stat().st_uid + 1)
    result = kiosk("journal", "offer-again", journal, 2, "--why", "so")
    assert result.exit_code == 2
    assert "the user who owns it" in result.output
    assert states(journal) == ["credited", "parked", "parked"]


def test_a_damaged_journal_is_left_as_it_is(kiosk, journal, tmp_path):
    (tmp_path / "journal.key").write_text(bytes(32).hex(), encoding="ascii")
    result = kiosk("journal", "offer-again", journal, 2, "--why", "so")
    assert result.exit_code == 3
