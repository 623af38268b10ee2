"""What an answer means for a payout."""

import pytest

from wallet.providers.answers import Answer, Unreadable
from wallet.providers.codes import RESULT_CODES, Weight
from wallet.providers.profile import Profile
from wallet.providers.requests import Order
from wallet.providers.verdicts import Verdict, judge_check, judge_pay

_FATAL = (4, 5, 7, 8, 31, 32, 79, 241, 242, 243, 251, 300)


def test_the_table_weighs_codes_as_the_facts_do() -> None:
    by_weight = {
        weight: tuple(it.number for it in RESULT_CODES.values() if it.weight is weight)
        for weight in Weight
    }
    assert by_weight == {
        Weight.DONE: (0,),
        Weight.LATER: (1, 90),
        Weight.DUPLICATE: (10,),
        Weight.FATAL: _FATAL,
    }


@pytest.mark.parametrize("repeated", [False, True])
@pytest.mark.parametrize(
    ("code", "verdict"),
    [(0, Verdict.DONE), (1, Verdict.LATER), (90, Verdict.LATER), (10, Verdict.AMBIGUOUS),
     (5, Verdict.REFUSED), (242, Verdict.REFUSED), (2, Verdict.UNKNOWN), (-1, Verdict.UNKNOWN)],
)  # fmt: skip
def test_a_code_decides(
    profile: Profile, order: Order, code: int, verdict: Verdict, repeated: bool
) -> None:
    assert judge_pay(profile, order, Answer(result=code), repeated=repeated).verdict is verdict


def test_300_refuses_a_first_pay_and_says_nothing_of_a_repeated_one(
    profile: Profile, order: Order
) -> None:
    answer = Answer(result=300)
    assert judge_pay(profile, order, answer, repeated=False).verdict is Verdict.REFUSED
    assert judge_pay(profile, order, answer, repeated=True).verdict is Verdict.AMBIGUOUS


def test_success_over_another_sum_is_for_people(profile: Profile, order: Order) -> None:
    other = Answer(result=0, sum_minor=order.sum_minor - 1)
    same = Answer(result=0, sum_minor=order.sum_minor, txn_id=order.txn_id, prv_txn="5")
    assert judge_pay(profile, order, other, repeated=False).verdict is Verdict.AMBIGUOUS
    judged = judge_pay(profile, order, same, repeated=False)
    assert (judged.verdict, judged.prv_txn) == (Verdict.DONE, "5")


@pytest.mark.parametrize("code", [0, 5, 300])
def test_an_answer_to_another_number_is_no_answer(
    profile: Profile, order: Order, code: int
) -> None:
    answer = Answer(result=code, txn_id=order.txn_id + 1)
    assert judge_pay(profile, order, answer, repeated=False).verdict is Verdict.UNKNOWN
    assert judge_check(profile, order, answer).verdict is Verdict.UNKNOWN


def test_no_answer_is_unknown_never_refused(profile: Profile, order: Order) -> None:
    judged = judge_pay(profile, order, Unreadable("empty body"), repeated=False)
    assert (judged.verdict, judged.reason) == (Verdict.UNKNOWN, "empty body")


def test_a_provider_may_weigh_a_code_otherwise(order: Order) -> None:
    profile = Profile(url="http://127.0.0.1:9/", codes={79: Weight.LATER, 777: Weight.FATAL})
    judged = [
        judge_pay(profile, order, Answer(result=code), repeated=False).verdict for code in (79, 777)
    ]
    assert judged == [Verdict.LATER, Verdict.REFUSED]
