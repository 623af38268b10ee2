"""Lays each posting beside what it is about: the same currency, provider and agent. Questions only,
for `wallet books verify`: sums can all be right while the money stands to somebody else's credit. It
must never mend anything, nor take the rules from the code that posts.
"""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, or_, select

from wallet.books.tables import collections, ledger_transfer
from wallet.payments.tables import note_reports, payments

ABOUT_PAYMENTS: Final = (
    "payment_taken",
    "payment_grew",
    "payment_paid",
    "payment_refused",
    "payment_manual",
)
ABOUT_VAULTS: Final = ("box_collected", "vault_counted")

_OF_A_PROVIDER: Final = ("provider_payable:", "payable_manual:", "provider_settlement:")

_t, _p, _r, _c = ledger_transfer.c, payments.c, note_reports.c, collections.c


def posting_rules() -> Iterator[tuple[str, Select[Any]]]:
    """Each rule with the question whose rows break it; the first column is the terminal."""
    named = select(_t.terminal_id, _t.kind, _t.subject)
    payment = and_(_t.terminal_id == _p.terminal_id, _t.number == _p.number)
    of_payments = named.join(payments, payment).where(_t.kind.in_(ABOUT_PAYMENTS))
    yield "a payment's postings are in its currency", of_payments.where(_t.currency != _p.currency)
    strangers = [_names_another(kind, _p.provider_code) for kind in _OF_A_PROVIDER]
    yield "a payment's postings name its provider", of_payments.where(or_(*strangers))
    period = and_(_t.terminal_id == _c.terminal_id, _t.number == _c.period)
    yield (
        "what a period brought is in its agent's vault",
        named.join(collections, period).where(
            _t.kind.in_(ABOUT_VAULTS), _names_another("agent_vault:", _c.agent)
        ),
    )
    report = and_(
        _t.terminal_id == _r.terminal_id,
        _t.kind == "note_reported",
        _t.subject == _r.state + "/" + _r.cycle,
    )
    yield (
        "a note's postings are in its currency",
        named.join(note_reports, report).where(_t.currency != _r.currency),
    )


def _names_another(kind: str, name: ColumnElement[str]) -> ColumnElement[bool]:
    """One end of a transfer is an account of this kind, and another one than `name` says."""
    ends = (_t.debit, _t.credit)
    return or_(*(and_(end.startswith(kind), end != kind + name) for end in ends))
