"""The service of providers: pays on its own thread, answers questions, and stops in order."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from simulation.provider.faults import Fault
from simulation.provider.server import DemoProvider
from terminal_api import PaymentItem
from terminal_api.accounts import AccountQuestion, AccountVerdict
from wallet.providers.payout_states import PayoutState
from wallet.providers.profile import Profile
from wallet.providers.service import ProviderService

if TYPE_CHECKING:
    from tests.wallet.providers.conftest import PayoutBench

PaymentMaker = Callable[..., PaymentItem]
_QUESTION = AccountQuestion(
    terminal_id="10238898",
    provider_id=7,
    provider_code="mobile",
    account="9161234567",
    currency="RUB",
)


def _service(bench: PayoutBench, provider: DemoProvider) -> ProviderService:
    profiles = {"mobile": Profile(url=provider.url)}
    return ProviderService(bench.payouts, profiles, lambda: datetime.now(UTC), lambda below: 0)


def test_it_answers_questions_while_it_lives_and_is_at_a_loss_before_and_after(
    bench: PayoutBench, provider: DemoProvider
) -> None:
    service = _service(bench, provider)
    assert service.check(_QUESTION).verdict is AccountVerdict.UNKNOWN
    service.start()
    assert service.check(_QUESTION).verdict is AccountVerdict.GOOD
    service.stop()
    assert service.check(_QUESTION).verdict is AccountVerdict.UNKNOWN


def test_it_finishes_what_it_began_before_it_stops(
    bench: PayoutBench, provider: DemoProvider, make_payment: PaymentMaker
) -> None:
    bench.take(make_payment(1))
    provider.plan.stand(Fault.SLOW)
    service = _service(bench, provider)
    service.start()
    while not provider.memory.requests("pay"):
        time.sleep(0.01)
    service.stop()
    assert bench.state(1) is PayoutState.PAID
