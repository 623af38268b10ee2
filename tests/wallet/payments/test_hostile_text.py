"""What a terminal writes is text and nothing else: to SQL, to JSON parameters and to COPY alike."""

import json

import pytest
from sqlalchemy import select

from terminal_api import Verdict
from wallet.books.balances import ledger_balances
from wallet.books.verify import verify_books
from wallet.payments.tables import payments

T = "10000001"
HOSTILE = (
    "'; DROP TABLE payments; --",
    '"}]); DELETE FROM ledger_transfer; --',
    "\\N",
    "\\.",
    "a\\tb\\x41",
    "%s %(of)s :of ?1 $1 {0}",
    '<!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>',
    "</account><result>0</result>",
    "NULL",
    "€ \U0001f4b6 ' \" \\",
)


@pytest.mark.parametrize("many", [1, 25], ids=["single statements", "COPY"])
def test_hostile_text_is_kept_as_it_came(
    any_database: str, make_store, make_payment, many: int
) -> None:
    # From 200 rows on PostgreSQL gets them by COPY.
    told = HOSTILE * many
    batch = [
        make_payment(n, 10_000, account=text, fields={"f": text}, provider_code=text[:64])
        for n, text in enumerate(told, 1)
    ]
    store = make_store(any_database)
    answers = store.take(T, batch)
    assert {it.verdict for it in answers} == {Verdict.ACCEPTED}
    assert {it.verdict for it in store.take(T, batch)} == {Verdict.DUPLICATE}
    with store._engine.connect() as connection:
        query = select(payments.c.body, payments.c.provider_code).order_by(payments.c.number)
        kept = connection.execute(query).all()
    assert [(json.loads(row.body)["account"], row.provider_code) for row in kept] == [
        (text, text[:64]) for text in told
    ]
    assert verify_books(store._engine).findings == ()
    owed = {it.account: it.minor for it in ledger_balances(store._engine)}
    assert all(owed[f"provider_payable:{text[:64]}"] == -10_000 * many for text in HOSTILE)
