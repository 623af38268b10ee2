"""The same on PostgreSQL, where workers are really side by side: SKIP LOCKED shares the work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from simulation.provider.faults import Fault
from simulation.provider.server import DemoProvider
from terminal_api import PaymentItem, PaymentStatus
from wallet.books.verify import verify_books
from wallet.providers.payout_states import PayoutEvent, PayoutState
from wallet.providers.profile import Profile

if TYPE_CHECKING:
    from tests.wallet.providers.conftest import PayoutBench

PaymentMaker = Callable[..., PaymentItem]


def test_a_lost_answer_is_asked_for_and_a_refusal_is_booked(
    postgres_bench: PayoutBench, provider: DemoProvider, make_payment: PaymentMaker
) -> None:
    bench, profiles = postgres_bench, {"mobile": Profile(url=provider.url)}
    provider.plan.add(Fault.DROP_AFTER)
    bench.take(make_payment(1))
    bench.work(profiles)
    assert bench.state(1) is PayoutState.DOUBTFUL
    bench.take(make_payment(2, account="0000000005"), make_payment(3, provider_code="nobody"))
    bench.pass_time(seconds=10)
    bench.work(profiles)
    assert bench.status(1) is PaymentStatus.CREDITED
    assert bench.status(2) is PaymentStatus.REFUSED
    assert bench.state(3) is PayoutState.HELD
    bench.decide(3, PayoutEvent.OPERATOR_PAID)
    assert not verify_books(bench.engine).findings


def test_what_many_workers_take_at_once_nobody_takes_twice(
    postgres_bench: PayoutBench, make_payment: PaymentMaker
) -> None:
    bench, profile = postgres_bench, Profile(url="http://127.0.0.1:9/", phases="pay_only")
    numbers = range(1, 301)
    bench.take(*(make_payment(number) for number in numbers))

    def gather_and_take(_: int) -> list[int]:
        taken = []
        bench.payouts.gather(50)
        while leased := bench.payouts.lease("mobile", profile, 7):
            taken += [one.payout.number for one in leased]
        return taken

    taken: Counter[int] = Counter()
    with ThreadPoolExecutor(8) as pool:
        while len(taken) < len(numbers):
            for one in pool.map(gather_and_take, range(8)):
                taken.update(one)
    assert set(taken.values()) == {1}


def test_workers_side_by_side_pay_each_payment_once(
    postgres_bench: PayoutBench, provider: DemoProvider, make_payment: PaymentMaker
) -> None:
    bench = postgres_bench
    bench.take(*(make_payment(number) for number in range(1, 101)))
    profiles = {"mobile": Profile(url=provider.url, phases="pay_only", connections=8)}
    while len(provider.memory.credits()) < 100:
        bench.work(profiles, workers=4)
    assert set(provider.memory.requests("pay").values()) == {1}
    assert not verify_books(bench.engine).findings
