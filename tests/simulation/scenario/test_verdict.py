"""Nothing that does not add up at the end of a scenario goes unnamed."""

from dataclasses import replace

import pytest

from simulation.scenario.summary import JournalView, PaymentSummary
from simulation.scenario.verdict import Evidence, contradictions

PAYMENT = PaymentSummary(
    number=1,
    provider="mts",
    account="9161234567",
    inserted_minor=15_000,
    fee_minor=1_050,
    credited_minor=13_950,
    disputed_minor=5_000,
    state="credited",
    receipt_number=1,
    receipt="printed",
    backend_state="credited",
    backend_inserted_minor=15_000,
    backend_fee_minor=1_050,
    backend_credited_minor=13_950,
    backend_disputed_minor=5_000,
)
VIEW = JournalView(
    payments=(),
    slips={},
    cash={10_000: 2, 5_000: 3},
    suspense_minor=10_000,
    open_session_minor=10_000,
)
GOOD = Evidence(
    exit_code=0,
    view=VIEW,
    payments=(PAYMENT,),
    cassette_minor=35_000,
    violations=(),
    audit=(),
)
UNKNOWN_THERE = replace(
    PAYMENT,
    backend_state=None,
    backend_inserted_minor=None,
    backend_fee_minor=None,
    backend_credited_minor=None,
    backend_disputed_minor=None,
)


@pytest.mark.parametrize(
    "changes", [{}, {"exit_code": None}, {"payments": (UNKNOWN_THERE,)}], ids=str
)
def test_what_adds_up_has_no_contradiction(changes):
    assert contradictions(replace(GOOD, **changes)) == ()


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"exit_code": 1}, "exit code 1"),
        ({"exit_code": -9}, "exit code -9"),
        ({"cassette_minor": 30_000}, "in the cassette 30000"),
        ({"cassette_minor": None}, "does not say"),
        ({"view": replace(VIEW, suspense_minor=0)}, "suspense 0"),
        ({"view": replace(VIEW, open_session_minor=0)}, "open session 0"),
        ({"violations": ("reset while stacking",)}, "reset while stacking"),
        ({"audit": ("records are missing at the end",)}, "records are missing"),
        ({"payments": (replace(PAYMENT, backend_inserted_minor=1),)}, "payment 1"),
        ({"payments": (replace(PAYMENT, backend_fee_minor=1),)}, "payment 1"),
        ({"payments": (replace(PAYMENT, backend_credited_minor=1),)}, "payment 1"),
        ({"payments": (replace(PAYMENT, backend_disputed_minor=0),)}, "payment 1"),
    ],
    ids=str,
)
def test_each_contradiction_is_named_once(changes, named):
    (said,) = contradictions(replace(GOOD, **changes))
    assert named in said


def test_a_payment_that_the_books_lost_is_missed_in_the_cash():
    (said,) = contradictions(replace(GOOD, payments=()))
    assert "payments 0" in said
