"""The client against a real provider on the loopback: every fault, and nothing but its verdict."""

import asyncio
import socket
from dataclasses import replace

import pytest

from simulation.provider.faults import Fault
from simulation.provider.server import DemoProvider
from wallet.providers.answers import Answer, Unreadable
from wallet.providers.client import NotSent, ProviderClient
from wallet.providers.profile import Profile
from wallet.providers.requests import Command, Order

_PAID = Answer(
    result=0, txn_id=102388980000000301, prv_txn="1", sum_minor=15_000, comment="OK", fields={}
)


def _ask(
    profile: Profile, order: Order, command: Command = Command.PAY, **environment: str
) -> Answer | Unreadable | NotSent:
    async def once() -> Answer | Unreadable | NotSent:
        client = ProviderClient(environment)
        try:
            return await client.ask("demo", profile, command, order)
        finally:
            await client.close()

    return asyncio.run(once())


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_pay_is_understood_by_both_sides(provider: DemoProvider, order: Order, method: str) -> None:
    profile = Profile(url=provider.url, method=method)
    assert _ask(profile, order) == _PAID
    assert _ask(profile, order) == _PAID
    assert [credit.minor for credit in provider.memory.credits()] == [15_000]


def test_get_info_tells_fields_and_registers_nothing(provider: DemoProvider, order: Order) -> None:
    told = _ask(Profile(url=provider.url), order, Command.GET_INFO)
    assert isinstance(told, Answer)
    assert told.fields == {"disp1": "Демо Д.", "disp2": "456.70", "ev_demo": "1"}
    assert provider.memory.credits() == []


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (Fault.TIMEOUT_BEFORE, Unreadable("time-out")),
        (Fault.TIMEOUT_AFTER, Unreadable("time-out")),
        (Fault.DROP_BEFORE, Unreadable("connection lost")),
        (Fault.DROP_AFTER, Unreadable("connection lost")),
        (Fault.ERROR_500_BEFORE, Unreadable("HTTP 500")),
        (Fault.ERROR_500_AFTER, Unreadable("HTTP 500")),
        (Fault.EMPTY_BEFORE, Unreadable("empty body")),
        (Fault.EMPTY_AFTER, Unreadable("empty body")),
        (Fault.GARBAGE_BEFORE, Unreadable("broken XML")),
        (Fault.GARBAGE_AFTER, Unreadable("broken XML")),
        (Fault.TRUNCATED_AFTER, Unreadable("broken XML")),
        (Fault.HUGE_AFTER, Unreadable("body too large")),
        (Fault.REDIRECT, Unreadable("HTTP 302")),
        (Fault.OTHER_TXN_ID_AFTER, Answer(result=0, txn_id=1)),
        (Fault.WRONG_TYPE, _PAID),
        (Fault.WHITE_SPACE, _PAID),
        (Fault.WINDOWS_1251, _PAID),
        (Fault.SLOW, _PAID),
        (Fault.REPEAT_300, _PAID),
        (Fault.MISSING_FIELDS, Answer(result=0)),
        (Fault.CODE, Answer(result=1, txn_id=_PAID.txn_id)),
    ],
)
def test_every_fault_is_told_as_what_it_is(
    provider: DemoProvider, order: Order, fault: Fault, told: Answer | Unreadable
) -> None:
    provider.plan.add(fault)
    patience_s = 0.3 if fault.startswith("timeout") else 20
    assert _ask(Profile(url=provider.url, timeout_s=patience_s), order) == told
    credited = len(provider.memory.credits())
    assert credited == (fault.endswith("_after") or (isinstance(told, Answer) and not told.result))


def test_every_fault_is_tried_above() -> None:
    tried = test_every_fault_is_told_as_what_it_is.pytestmark[0].args[1]  # type: ignore[attr-defined]
    assert {fault for fault, _ in tried} == set(Fault)


def test_no_connection_is_certain_not_to_have_paid(order: Order) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    assert _ask(Profile(url=f"http://127.0.0.1:{port}/"), order) == NotSent("no connection")


def test_a_password_that_is_not_there_is_certain_not_to_have_paid(
    provider: DemoProvider, order: Order
) -> None:
    profile = Profile(url=provider.url, user="u", password_env="DEMO_PASSWORD")
    assert _ask(profile, order) == NotSent("the environment has no DEMO_PASSWORD")
    assert _ask(profile, order, DEMO_PASSWORD="p") == _PAID


def test_the_provider_refuses_a_known_number_with_another_sum(
    provider: DemoProvider, order: Order
) -> None:
    profile = Profile(url=provider.url)
    assert _ask(profile, order) == _PAID
    other = _ask(profile, replace(order, sum_minor=20_000))
    assert isinstance(other, Answer)
    assert other.result == 300
    assert [credit.minor for credit in provider.memory.credits()] == [15_000]
