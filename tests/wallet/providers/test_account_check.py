"""An account is looked up before cash is taken; silence is "unknown"."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from simulation.provider.faults import Fault
from simulation.provider.server import DemoProvider
from terminal_api.accounts import AccountAnswer, AccountQuestion, AccountVerdict
from wallet.providers.account_check import QUESTION_IDS, AccountChecker
from wallet.providers.client import ProviderClient
from wallet.providers.profile import Profile


def _check(profile: Profile, account: str = "9161234567", **more: Any) -> AccountAnswer:
    question = AccountQuestion(
        terminal_id="10238898",
        provider_id=7,
        provider_code="demo",
        account=account,
        currency="RUB",
        **more,
    )

    async def once() -> AccountAnswer:
        client = ProviderClient({})
        checker = AccountChecker(
            {"demo": profile},
            client,
            lambda: datetime(2026, 5, 1, tzinfo=UTC),
            lambda below: QUESTION_IDS - 1,
        )
        try:
            return await checker.check(question)
        finally:
            await client.close()

    return asyncio.run(once())


def test_a_known_account_brings_the_providers_fields(provider: DemoProvider) -> None:
    told = _check(Profile(url=provider.url))
    assert (told.verdict, told.code) == (AccountVerdict.GOOD, 0)
    assert told.fields["disp1"] == "Демо Д."


@pytest.mark.parametrize(
    ("account", "verdict"),
    [
        ("0000000005", AccountVerdict.BAD),
        ("0000000079", AccountVerdict.BAD),
        ("0000000004", AccountVerdict.BAD),
        ("0000000001", AccountVerdict.UNKNOWN),
        ("0000000008", AccountVerdict.UNKNOWN),
        ("0000000077", AccountVerdict.UNKNOWN),
    ],
)
def test_only_a_word_about_the_account_decides(
    provider: DemoProvider, account: str, verdict: AccountVerdict
) -> None:
    assert _check(Profile(url=provider.url), account).verdict is verdict


@pytest.mark.parametrize("fault", [Fault.TIMEOUT_BEFORE, Fault.GARBAGE_BEFORE, Fault.EMPTY_BEFORE])
def test_no_answer_is_unknown(provider: DemoProvider, fault: Fault) -> None:
    provider.plan.add(fault, command="getInfo")
    patience_s = 0.2 if fault is Fault.TIMEOUT_BEFORE else 20
    told = _check(Profile(url=provider.url, check_timeout_s=patience_s))
    assert told.verdict is AccountVerdict.UNKNOWN


def test_a_check_is_asked_under_a_number_that_no_payment_has(provider: DemoProvider) -> None:
    profile = Profile(url=provider.url, account_question="check")
    assert _check(profile, amount_minor=10_000).verdict is AccountVerdict.GOOD
    assert _check(profile).verdict is AccountVerdict.UNKNOWN
    (asked,) = provider.memory.requests("check")
    assert 10**18 <= int(asked) < 2**63
    assert provider.memory.credits() == []


def test_an_account_in_another_form_is_not_asked_about(provider: DemoProvider) -> None:
    told = _check(Profile(url=provider.url, account_pattern=r"\d{8}"))
    assert told.verdict is AccountVerdict.BAD
    assert provider.memory.requests("getInfo") == {}
