"""Workers over a real provider and every fault: each payment is paid once, no doubt is refused."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from simulation.provider.faults import Fault
from simulation.provider.server import DemoProvider
from terminal_api import PaymentItem, PaymentStatus
from wallet.books.verify import verify_books
from wallet.payments.outcomes import mark_paid, mark_refused
from wallet.providers.client import ProviderClient
from wallet.providers.payout_rows import LeaseLostError, Told
from wallet.providers.payout_states import PayoutEvent, PayoutState
from wallet.providers.profile import Profile
from wallet.providers.worker import Worker
from wallet.storage.turns import StoreBusyError

if TYPE_CHECKING:
    from tests.wallet.providers.conftest import PayoutBench

PaymentMaker = Callable[..., PaymentItem]
_E, _S = PayoutEvent, PayoutState


def _profiles(
    provider: DemoProvider, patience_s: float = 20, **changes: object
) -> dict[str, Profile]:
    content = {"url": provider.url, "timeout_s": patience_s, **changes}
    return {"mobile": Profile.model_validate(content)}


def test_an_accepted_payment_is_checked_paid_and_credited(
    bench: PayoutBench, provider: DemoProvider, make_payment: PaymentMaker
) -> None:
    bench.take(make_payment(1, 10_000, fee=500))
    assert bench.status(1) is PaymentStatus.ACCEPTED
    assert bench.work(_profiles(provider)) == 1
    assert bench.events(1) == [_E.PAY_LEAVES, _E.DONE]
    assert bench.status(1) is PaymentStatus.CREDITED
    (credit,) = provider.memory.credits()
    assert (credit.txn_id, credit.minor) == ("102388980000000001", 9_500)
    assert provider.memory.requests("check") == {"102388980000000001": 1}


def test_what_is_paid_is_never_begun_again(
    bench: PayoutBench, provider: DemoProvider, make_payment: PaymentMaker
) -> None:
    bench.take(make_payment(1))
    bench.work(_profiles(provider))
    bench.pass_time(days=2)
    assert bench.work(_profiles(provider)) == 0


_REPEATED = [
    fault for fault in Fault if fault.endswith(("_after", "_before")) or fault is Fault.REDIRECT
]


@pytest.mark.parametrize("phases", ["check_first", "pay_only"])
@pytest.mark.parametrize("fault", _REPEATED)
def test_an_answer_that_is_lost_is_asked_for_by_the_same_number(
    bench: PayoutBench,
    provider: DemoProvider,
    make_payment: PaymentMaker,
    fault: Fault,
    phases: str,
) -> None:
    patience_s = 0.25 if fault.startswith("timeout") else 20
    profiles = _profiles(provider, patience_s, phases=phases)
    provider.plan.add(fault)
    bench.take(make_payment(1))
    bench.work(profiles)
    assert bench.state(1) is _S.DOUBTFUL
    assert bench.status(1) is PaymentStatus.ACCEPTED
    assert bench.work(profiles) == 0  # Not before ten seconds have passed.
    bench.pass_time(seconds=10)
    assert bench.work(profiles) == 1
    assert bench.status(1) is PaymentStatus.CREDITED
    assert provider.memory.requests("pay") == {"102388980000000001": 2}
    assert len(provider.memory.credits()) == 1


@pytest.mark.parametrize(
    "fault",
    [Fault.WRONG_TYPE, Fault.WHITE_SPACE, Fault.MISSING_FIELDS, Fault.WINDOWS_1251, Fault.SLOW,
     Fault.REPEAT_300],
)  # fmt: skip
def test_an_odd_but_right_answer_is_understood_at_once(
    bench: PayoutBench, provider: DemoProvider, make_payment: PaymentMaker, fault: Fault
) -> None:
    provider.plan.add(fault)
    bench.take(make_payment(1))
    bench.work(_profiles(provider))
    assert bench.status(1) is PaymentStatus.CREDITED


def test_300_in_answer_to_a_repeat_goes_to_people_and_never_back_to_the_customer(
    bench: PayoutBench, provider: DemoProvider, make_payment: PaymentMaker
) -> None:
    provider.plan.add(Fault.EMPTY_AFTER)
    provider.plan.add(Fault.REPEAT_300)
    bench.take(make_payment(1))
    bench.work(_profiles(provider))
    bench.pass_time(seconds=10)
    bench.work(_profiles(provider))
    assert bench.state(1) is _S.MANUAL
    assert bench.status(1) is PaymentStatus.ACCEPTED
    assert bench.decide(1, _E.OPERATOR_PAID) is _S.PAID
    assert bench.status(1) is PaymentStatus.CREDITED


def test_a_fatal_code_refuses_at_once_and_the_money_is_owed_to_the_customer(
    bench: PayoutBench, provider: DemoProvider, make_payment: PaymentMaker
) -> None:
    bench.take(make_payment(1, account="0000000005"))
    bench.work(_profiles(provider))
    assert bench.events(1) == [_E.CHECK_REFUSED]
    assert bench.status(1) is PaymentStatus.REFUSED
    bench.take(make_payment(2, account="0000000005"))
    bench.work(_profiles(provider, phases="pay_only"))
    assert bench.events(2) == [_E.PAY_LEAVES, _E.REFUSED]
    assert bench.status(2) is PaymentStatus.REFUSED
    assert provider.memory.credits() == []
    assert not verify_books(bench.engine).findings


def test_a_fatal_code_after_a_lost_answer_goes_to_people(
    bench: PayoutBench, provider: DemoProvider, make_payment: PaymentMaker
) -> None:
    provider.plan.add(Fault.DROP_AFTER)
    provider.plan.add(Fault.CODE, code=5)
    bench.take(make_payment(1))
    bench.work(_profiles(provider))
    bench.pass_time(seconds=10)
    bench.work(_profiles(provider))
    assert bench.state(1) is _S.MANUAL
    assert len(provider.memory.credits()) == 1


def test_a_temporary_code_is_repeated_by_the_schedule_and_may_end_in_a_refusal(
    bench: PayoutBench, provider: DemoProvider, make_payment: PaymentMaker
) -> None:
    provider.plan.add(Fault.CODE, code=1)
    provider.plan.add(Fault.CODE, code=90)
    provider.plan.add(Fault.CODE, code=5)
    bench.take(make_payment(1))
    for wait_s in (0, 10, 30):
        bench.pass_time(seconds=wait_s)
        bench.work(_profiles(provider))
    assert bench.events(1) == [
        _E.PAY_LEAVES, _E.LATER, _E.PAY_LEAVES, _E.LATER, _E.PAY_LEAVES, _E.REFUSED,
    ]  # fmt: skip
    assert bench.status(1) is PaymentStatus.REFUSED


def test_a_check_that_cannot_be_read_pays_nothing_and_is_asked_again(
    bench: PayoutBench, provider: DemoProvider, make_payment: PaymentMaker
) -> None:
    provider.plan.add(Fault.GARBAGE_BEFORE, command="check")
    bench.take(make_payment(1))
    bench.work(_profiles(provider))
    assert bench.state(1) is _S.WAITING
    assert provider.memory.requests("pay") == {}
    bench.pass_time(seconds=10)
    bench.work(_profiles(provider))
    assert bench.status(1) is PaymentStatus.CREDITED


def test_without_a_connection_nothing_was_sent_and_a_later_refusal_is_believed(
    bench: PayoutBench, provider: DemoProvider, make_payment: PaymentMaker
) -> None:
    nobody = {"mobile": Profile(url="http://127.0.0.1:9/pay", phases="pay_only")}
    bench.take(make_payment(1, account="0000000005"))
    bench.work(nobody)
    assert bench.events(1) == [_E.PAY_LEAVES, _E.NOT_SENT]
    assert bench.state(1) is _S.WAITING
    bench.pass_time(seconds=10)
    bench.work(_profiles(provider, phases="pay_only"))
    assert bench.status(1) is PaymentStatus.REFUSED


def test_after_a_day_without_a_final_answer_it_is_for_people(
    bench: PayoutBench, provider: DemoProvider, make_payment: PaymentMaker
) -> None:
    provider.plan.stand(Fault.CODE, code=1)
    bench.take(make_payment(1))
    profiles, tries = _profiles(provider), 0
    for _ in range(60):
        tries += bench.work(profiles)
        bench.pass_time(minutes=30)
    assert tries == 8 + 20  # Those of the schedule, half an hour apart here, then hourly ones.
    assert bench.state(1) is _S.MANUAL
    provider.plan.stand(None)
    assert bench.work(profiles) == 0
    assert bench.decide(1, _E.OPERATOR_RETRY) is _S.DOUBTFUL
    assert bench.work(profiles) == 1
    assert bench.status(1) is PaymentStatus.CREDITED


@pytest.mark.parametrize(
    ("payment", "reason"),
    [
        ({"provider_code": "nobody"}, "no profile"),
        ({"number": 10**10}, "too large"),
        ({"fee": 10_000}, "nothing to pay"),
    ],
)
def test_what_cannot_be_sent_is_held_for_people(
    bench: PayoutBench,
    provider: DemoProvider,
    make_payment: PaymentMaker,
    payment: dict[str, object],
    reason: str,
) -> None:
    content = {"number": 1, **payment}
    number = content.pop("number")
    assert isinstance(number, int)
    bench.take(make_payment(number, **content))
    assert bench.work(_profiles(provider)) == 0
    assert bench.state(number) is _S.HELD
    assert bench.decide(number, _E.OPERATOR_REFUSED) is _S.REFUSED
    assert bench.status(number) is PaymentStatus.REFUSED


def test_a_worker_that_died_with_a_pay_on_its_way_is_followed_by_the_same_number(
    bench: PayoutBench, provider: DemoProvider, make_payment: PaymentMaker
) -> None:
    profiles = _profiles(provider, phases="pay_only")
    bench.take(make_payment(1))
    bench.payouts.gather(10)
    (dead,) = bench.payouts.lease("mobile", profiles["mobile"], 10)  # It dies here.
    assert bench.state(1) is _S.SENDING
    assert bench.work(profiles) == 0
    bench.pass_time(minutes=2)
    assert bench.work(profiles) == 1
    assert bench.events(1) == [_E.PAY_LEAVES, _E.PAY_LEAVES, _E.DONE]
    with pytest.raises(LeaseLostError):
        bench.payouts.record(dead, _E.REFUSED, Told())
    assert bench.status(1) is PaymentStatus.CREDITED


def test_workers_side_by_side_share_the_work_and_pay_each_payment_once(
    bench: PayoutBench, provider: DemoProvider, make_payment: PaymentMaker
) -> None:
    bench.take(*(make_payment(number) for number in range(1, 61)))
    profiles = _profiles(provider, phases="pay_only")
    begun = 0
    while begun < 60:
        begun += bench.work(profiles, workers=3)
    assert set(provider.memory.requests("pay").values()) == {1}
    assert len(provider.memory.credits()) == 60


def test_a_slow_provider_holds_its_own_connections_only(
    bench: PayoutBench, provider: DemoProvider, make_payment: PaymentMaker
) -> None:
    profiles = {
        "slow": Profile(url=provider.url, connections=2, phases="pay_only"),
        "mobile": Profile(url=provider.url, phases="pay_only"),
    }
    bench.take(*(make_payment(number, provider_code="slow") for number in range(1, 6)))
    bench.take(*(make_payment(number) for number in range(6, 9)))
    assert bench.work(profiles) == 2 + 3


def test_a_payment_that_grows_after_it_was_paid_is_not_paid_again(
    bench: PayoutBench, provider: DemoProvider, make_payment: PaymentMaker
) -> None:
    bench.take(make_payment(1, 10_000))
    bench.work(_profiles(provider))
    bench.take(make_payment(1, 10_000, 5_000))
    bench.pass_time(days=1)
    assert bench.work(_profiles(provider)) == 0
    assert [credit.minor for credit in provider.memory.credits()] == [10_000]


@pytest.mark.parametrize(("ended", "code"), [(mark_paid, "code 5"), (mark_refused, None)])
def test_an_answer_against_the_books_is_for_people_and_stops_nobody_else(
    bench: PayoutBench,
    provider: DemoProvider,
    make_payment: PaymentMaker,
    ended: Callable[..., bool],
    code: str | None,
) -> None:
    bench.take(make_payment(1), make_payment(2))
    bench.payouts.gather(10)
    with bench.store.turns.write(None) as connection:
        ended(connection, "10238898", 1, bench.now)
    if code is not None:
        provider.plan.add(Fault.CODE, code=5)
    bench.work(_profiles(provider, phases="pay_only", connections=1))
    assert bench.state(1) is _S.MANUAL
    bench.work(_profiles(provider))
    assert bench.state(2) is _S.PAID
    assert [it.rule for it in verify_books(bench.engine).findings] == [
        "a payout and its payment stand alike"
    ]


def test_a_payment_that_the_books_have_ended_goes_to_people_too(
    bench: PayoutBench, make_payment: PaymentMaker
) -> None:
    bench.take(make_payment(1), make_payment(2))
    bench.payouts.gather(10)
    with bench.store.turns.write(None) as connection:
        mark_paid(connection, "10238898", 1, bench.now)
    assert bench.work({}) == 0
    assert [bench.state(1), bench.state(2)] == [_S.HELD, _S.HELD]


def test_an_answer_outlives_a_database_that_is_away_for_a_moment(
    bench: PayoutBench,
    provider: DemoProvider,
    make_payment: PaymentMaker,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A refusal is believed only while no pay is in doubt: lost, it would be work for people."""
    record, failures = bench.payouts.record, iter((True, True))

    def unlucky(*told: Any) -> PayoutState:
        if next(failures, False):
            raise StoreBusyError("away")
        return record(*told)

    monkeypatch.setattr("wallet.providers.worker._KEEP_AGAIN_S", (0, 0, 0))
    monkeypatch.setattr(bench.payouts, "record", unlucky)
    provider.plan.add(Fault.CODE, code=5)
    bench.take(make_payment(1))
    bench.work(_profiles(provider, phases="pay_only"))
    assert bench.state(1) is _S.REFUSED


def test_what_a_wrong_clock_put_off_for_years_is_paid_when_it_is_right_again(
    bench: PayoutBench, provider: DemoProvider, make_payment: PaymentMaker
) -> None:
    bench.take(make_payment(1))
    bench.pass_time(days=4_000)
    bench.payouts.gather(10)
    bench.pass_time(days=-4_000)
    assert bench.payouts.due_providers() == []
    assert bench.work(_profiles(provider)) == 1
    assert bench.state(1) is _S.PAID
    bench.take(make_payment(2))
    bench.payouts.gather(10)
    assert bench.payouts.recall() == 0


def test_trouble_with_one_provider_keeps_no_other_waiting(
    bench: PayoutBench,
    provider: DemoProvider,
    make_payment: PaymentMaker,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lease = bench.payouts.lease

    def poisoned(code: str, *rest: Any) -> Any:
        if code == "broken":
            raise RuntimeError("a row that nobody can read")
        return lease(code, *rest)

    monkeypatch.setattr(bench.payouts, "lease", poisoned)
    bench.take(make_payment(1, provider_code="broken"), make_payment(2))
    profiles = _profiles(provider)

    async def one_round() -> None:
        worker = Worker(bench.payouts, profiles, ProviderClient({}))
        await worker.gather()
        with pytest.raises(RuntimeError, match="nobody can read"):
            await worker.begin()
        await worker.close()

    asyncio.run(one_round())
    assert bench.state(2) is _S.PAID
