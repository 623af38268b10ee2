"""Orders and profiles to judge by."""

from datetime import UTC, datetime

import pytest

from wallet.providers.profile import Profile
from wallet.providers.requests import Order, txn_id_of


@pytest.fixture
def profile() -> Profile:
    return Profile(url="http://127.0.0.1:9/pay")


@pytest.fixture
def order() -> Order:
    return Order(
        txn_id=txn_id_of("10238898", 301),
        txn_at=datetime(2026, 11, 22, 9, 1, 33, tzinfo=UTC),
        account="9161234567",
        fields={},
        sum_minor=15_000,
        currency="RUB",
    )
