"""Lays a provider's registry beside our own day: what only we have, what only they have, what
differs. Pure. It reports; it must never change money, nor the state of a payout.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from wallet.providers.payout_states import PayoutState
from wallet.providers.registry import PaidPayment, RegistryLine


class Difference(StrEnum):
    """How the two sides differ about one payment."""

    ONLY_OURS = "only_ours"
    """We have paid it; they do not list it."""
    ONLY_THEIRS = "only_theirs"
    """They list it; we have not paid it on that day. `our_state` tells what we know of it."""
    OTHER_SUM = "other_sum"
    OTHER_ACCOUNT = "other_account"
    LISTED_TWICE = "listed_twice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One difference. Sums in minor units."""

    difference: Difference
    txn_id: int
    ours_minor: int | None = None
    theirs_minor: int | None = None
    our_state: PayoutState | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """What came of it; in order when there are no findings."""

    matched: int
    matched_minor: int
    findings: Sequence[Finding] = field(default_factory=tuple)


def reconcile(
    ours: Iterable[PaidPayment],
    theirs: Sequence[RegistryLine],
    states: Mapping[int, PayoutState],
) -> Reconciliation:
    """Compare.

    Args:
        ours: what we have paid to this provider on that day.
        theirs: what its file lists.
        states: how each number stands that is in `theirs` and known to us, of any day.
    """
    mine = {it.txn_id: it for it in ours}
    findings: list[Finding] = []
    matched, matched_minor = 0, 0
    listed = {line.txn_id: line for line in theirs}
    for txn_id, line in listed.items():
        known = mine.get(txn_id)
        if known is None:
            findings.append(
                Finding(
                    difference=Difference.ONLY_THEIRS,
                    txn_id=txn_id,
                    theirs_minor=line.sum_minor,
                    our_state=states.get(txn_id),
                )
            )
        elif difference := _difference(known, line):
            findings.append(_both(difference, known, line))
        else:
            matched, matched_minor = matched + 1, matched_minor + known.sum_minor
    findings += [
        Finding(difference=Difference.LISTED_TWICE, txn_id=txn_id)
        for txn_id, times in Counter(line.txn_id for line in theirs).items()
        if times > 1
    ]
    findings += [
        Finding(
            difference=Difference.ONLY_OURS,
            txn_id=txn_id,
            ours_minor=it.sum_minor,
            our_state=PayoutState.PAID,
        )
        for txn_id, it in mine.items()
        if txn_id not in listed
    ]
    return Reconciliation(matched=matched, matched_minor=matched_minor, findings=tuple(findings))


def _difference(ours: PaidPayment, theirs: RegistryLine) -> Difference | None:
    if ours.sum_minor != theirs.sum_minor:
        return Difference.OTHER_SUM
    if ours.account != theirs.account:
        return Difference.OTHER_ACCOUNT
    return None


def _both(difference: Difference, ours: PaidPayment, theirs: RegistryLine) -> Finding:
    return Finding(
        difference=difference,
        txn_id=ours.txn_id,
        ours_minor=ours.sum_minor,
        theirs_minor=theirs.sum_minor,
        our_state=PayoutState.PAID,
    )
