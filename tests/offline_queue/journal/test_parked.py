"""Payments that the backend does not take: which, since when, and which may be offered again."""

import pytest

from offline_queue.journal import records as r
from offline_queue.journal.delivery_records import PaymentsOfferedAgain
from offline_queue.journal.parked import parked_payments, worth_another_try
from terminal_api.payments import PaymentStatus, Verdict

LIFE = r.TerminalStarted(boot="b1", version="0.1.0", terminal_id="00000001")


@pytest.fixture
def ask(journal):
    def ask_it(question, *arguments):
        with journal.reading() as connection:
            return question(connection, *arguments)

    return ask_it


def unknown(make, number, verdict):
    return make.answered(number, PaymentStatus.UNKNOWN, verdict)


@pytest.fixture
def parked(journal, write, make):
    """1 is credited, 2 unreadable, 3 refused to be taken, 4 in conflict; a second after the other."""
    lives = [LIFE]
    lives += [make.formed(number, f"s{number}", f"n{number}") for number in range(1, 5)]
    lives += [
        r.PaymentsSent(numbers=(1, 2, 3, 4)),
        make.answered(1, PaymentStatus.CREDITED, Verdict.ACCEPTED),
        r.PaymentParked(number=2, why="HTTP 422"),
        unknown(make, 3, Verdict.REJECTED),
        unknown(make, 4, Verdict.CONFLICT),
    ]
    write(journal, tuple(lives))
    return journal


def test_each_is_told_with_its_time_its_reason_and_its_money(parked, ask):
    found = ask(parked_payments)
    assert [(one.number, one.since[17:19], one.conflict) for one in found] == [
        (2, "07", False),
        (3, "08", False),
        (4, "09", True),
    ]
    assert found[0].why == "HTTP 422"
    assert found[1].why.startswith("rejected")
    assert {(one.inserted_minor, one.currency) for one in found} == {(10_000, "RUB")}


def test_one_that_was_parked_again_tells_of_the_last_time(parked, ask, now):
    parked.append(PaymentsOfferedAgain(numbers=(2,), by="who", why="why"), at=now)
    assert [one.number for one in ask(parked_payments)] == [3, 4]
    parked.append(r.PaymentParked(number=2, why="HTTP 422 still"), at=now.replace(hour=20))
    assert ask(parked_payments)[0].since[11:13] == "20"
    assert ask(parked_payments)[0].why == "HTTP 422 still"


def test_an_upgrade_is_worth_another_try_but_for_conflicts(parked, ask):
    assert ask(worth_another_try, "0.2.0") == (2, 3)


def test_the_same_version_would_be_refused_again(parked, ask):
    assert ask(worth_another_try, "0.1.0") == ()


def test_where_no_life_is_on_record_nothing_is_tried(journal, ask, make, now):
    journal.append(make.formed(1, "s1", "n1"), r.PaymentParked(number=1, why="no"), at=now)
    assert ask(worth_another_try, "0.2.0") == ()


def test_spoilt_records_hinder_nobody(parked, ask, tampering, path):
    with tampering(path) as hand:
        hand.execute('UPDATE record SET body = \'{"kind":"terminal_started"\' WHERE seq = 1')
        spoilt = b'{"kind":"payment_parked"\xff'
        hand.execute("UPDATE record SET body = CAST(? AS TEXT) WHERE seq = 8", (spoilt,))
    assert ask(worth_another_try, "0.2.0") == ()
    assert [(one.number, one.since) for one in ask(parked_payments)][0] == (2, "")


def test_a_conflict_stays_one_when_its_record_cannot_be_read(parked, ask, tampering, path):
    with tampering(path) as hand:
        spoilt = b'{"kind":"payment_answered"\xff'
        changed = hand.execute(
            "UPDATE record SET body = CAST(? AS TEXT) WHERE body LIKE '%\"conflict\"%'", (spoilt,)
        )
        assert changed.rowcount == 1
    assert [one.number for one in ask(parked_payments) if one.conflict] == [4]
    assert ask(worth_another_try, "0.2.0") == (2, 3)
