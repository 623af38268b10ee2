"""The demo provider keeps the rules of the provider's side."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from simulation.provider.faults import Fault, FaultPlan
from simulation.provider.memory import ProviderMemory
from simulation.provider.process import obey
from simulation.provider.rules import Reply, answer
from simulation.provider.server import DemoProvider

_PAY = {
    "command": "pay",
    "txn_id": "77000123",
    "txn_date": "20261122120133",
    "account": "1000001",
    "sum": "150.00",
    "ccy": "RUB",
}


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[ProviderMemory]:
    it = ProviderMemory(tmp_path / "provider.db")
    yield it
    it.close()


def test_a_repeated_pay_is_answered_as_the_first_time_and_credits_once(
    memory: ProviderMemory,
) -> None:
    replies = [answer(memory, _PAY) for _ in range(3)]
    assert (
        replies == [Reply(result=0, comment="OK", txn_id="77000123", prv_txn=1, minor=15_000)] * 3
    )
    assert len(memory.credits()) == 1


@pytest.mark.parametrize("change", [{"sum": "151.00"}, {"account": "1000002"}])
def test_a_known_number_with_other_requisites_is_refused(
    memory: ProviderMemory, change: dict[str, str]
) -> None:
    answer(memory, _PAY)
    assert answer(memory, {**_PAY, **change}).result == 300
    assert [(it.account, it.minor) for it in memory.credits()] == [("1000001", 15_000)]


def test_check_credits_nothing_and_pay_needs_none(memory: ProviderMemory) -> None:
    assert answer(memory, {**_PAY, "command": "check"}).result == 0
    assert memory.credits() == []
    assert answer(memory, _PAY).result == 0


def test_parallel_copies_of_one_pay_are_one_credit(memory: ProviderMemory) -> None:
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda _: answer(memory, _PAY), range(40)))
    assert {reply.prv_txn for reply in replies} == {1}
    assert len(memory.credits()) == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"account": "0000000005"}, 5),
        ({"account": "0000000079"}, 79),
        ({"account": ""}, 4),
        ({"sum": "0.99"}, 241),
        ({"sum": "15000.01"}, 242),
        ({"sum": "150"}, 300),
        ({"sum": "150,00"}, 300),
        ({"txn_id": "x"}, 300),
        ({"txn_date": "2026-11-22"}, 300),
        ({"command": "cancel"}, 300),
    ],
)
def test_what_is_wrong_is_refused_by_its_code(
    memory: ProviderMemory, change: dict[str, str], code: int
) -> None:
    assert answer(memory, {**_PAY, **change}).result == code
    assert memory.credits() == []


def test_faults_hit_their_command_in_order_and_then_end() -> None:
    plan = FaultPlan()
    plan.add(Fault.EMPTY_AFTER, times=2)
    plan.add(Fault.CODE, code=90)
    assert plan.draw("check") is None
    drawn = [plan.draw("pay") for _ in range(4)]
    assert [it and (it.fault, it.code) for it in drawn] == [
        (Fault.EMPTY_AFTER, 1), (Fault.EMPTY_AFTER, 1), (Fault.CODE, 90), None,
    ]  # fmt: skip
    plan.stand(Fault.SLOW, command="check")
    assert plan.draw("check") is not None
    assert plan.draw("pay") is None


def test_commands_switch_faults_and_tell_what_was_paid(tmp_path: Path) -> None:
    with DemoProvider(tmp_path / "provider.db") as provider:
        assert obey(provider, "fault empty_after times 2 code 5") == {"ok": True}
        assert obey(provider, "stand slow command check") == {"ok": True}
        assert obey(provider, "well") == {"ok": True}
        assert obey(provider, "paid") == {"paid": []}
        assert "faults" in obey(provider, "fault nonsense")["error"]
        assert "error" in obey(provider, "what")
