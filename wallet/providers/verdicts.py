"""What an answer to `check` or `pay` means for the payout. Pure, total, and never an optimist.

Only a readable `result` decides anything. What is silent in the facts is read the safe way: an answer
to somebody else's number, an unlisted code, or a success over another sum never ends a payout.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from wallet.providers.answers import Answer, Unreadable
from wallet.providers.codes import OTHER_ERROR, RESULT_CODES, Weight
from wallet.providers.profile import Profile
from wallet.providers.requests import Order


class Verdict(StrEnum):
    """What is known after one exchange."""

    DONE = "done"
    LATER = "later"
    """The provider has not done it, and may be asked again."""
    REFUSED = "refused"
    """The provider will never do it."""
    AMBIGUOUS = "ambiguous"
    """It may have been done, and asking again will not tell."""
    UNKNOWN = "unknown"
    """It may have been done; asking again will tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A verdict with what stays on record of it."""

    verdict: Verdict
    code: int | None = None
    reason: str = ""
    prv_txn: str | None = None


def judge_pay(
    profile: Profile, order: Order, answer: Answer | Unreadable, *, repeated: bool
) -> Judgement:
    """What an answer to `pay` means; `repeated`: a pay of this number may have arrived before."""
    if isinstance(answer, Unreadable):
        return Judgement(verdict=Verdict.UNKNOWN, reason=answer.reason)
    verdict, reason = _judge_code(profile, answer.result, repeated=repeated)
    if answer.txn_id is not None and answer.txn_id != order.txn_id:
        verdict, reason = Verdict.UNKNOWN, "answer to another txn_id"
    elif verdict is Verdict.DONE and answer.sum_minor not in (None, order.sum_minor):
        verdict, reason = Verdict.AMBIGUOUS, "the provider tells another sum"
    return Judgement(
        verdict=verdict, code=answer.result, reason=reason or answer.comment, prv_txn=answer.prv_txn
    )


def judge_check(profile: Profile, order: Order, answer: Answer | Unreadable) -> Judgement:
    """What an answer to `check` means. A check moves no money: what is not readable may be asked
    again. "Already paid" about a number that was never paid is for people: ambiguous.
    """
    if isinstance(answer, Unreadable):
        return Judgement(verdict=Verdict.UNKNOWN, reason=answer.reason)
    if answer.txn_id is not None and answer.txn_id != order.txn_id:
        return Judgement(
            verdict=Verdict.UNKNOWN, code=answer.result, reason="answer to another txn_id"
        )
    verdict, reason = _judge_code(profile, answer.result, repeated=False)
    return Judgement(verdict=verdict, code=answer.result, reason=reason or answer.comment)


def weight_of(profile: Profile, code: int) -> Weight | None:
    """What a code weighs with this provider; None = nobody knows."""
    if code in profile.codes:
        return profile.codes[code]
    known = RESULT_CODES.get(code)
    return known.weight if known is not None else None


def _judge_code(profile: Profile, code: int, *, repeated: bool) -> tuple[Verdict, str]:
    weight = weight_of(profile, code)
    match weight:
        case None:
            return Verdict.UNKNOWN, "a code outside the protocol"
        case Weight.DONE:
            return Verdict.DONE, ""
        case Weight.LATER:
            return Verdict.LATER, ""
        case Weight.DUPLICATE:
            return Verdict.AMBIGUOUS, "the provider speaks of a payment made before"
        case Weight.FATAL if code == OTHER_ERROR and repeated:
            return Verdict.AMBIGUOUS, "300 in answer to a repeated pay"
        case Weight.FATAL:
            return Verdict.REFUSED, ""
        case _:
            assert_never(weight)
