"""A wall clock that jumps: every jump in every state, and nothing but the times on paper changes."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from drivers.acceptors.contract import Disabled
from drivers.printers.contract import Paper, PrinterChanged, PrinterState
from kiosk.terminal.ports import Tick
from kiosk.terminal.rules import FINAL_STATUS_LOOK_S, STORAGE_RETRY_S
from kiosk.terminal.snapshot import Screen
from offline_queue.journal import queries
from offline_queue.journal.verify import rows

JUMPS = {
    "dead battery, 1970": lambda now: datetime(1970, 1, 1, tzinfo=UTC),
    "dead battery, 2000": lambda now: datetime(2000, 1, 1, tzinfo=UTC),
    "an hour back": lambda now: now - timedelta(hours=1),
    "two minutes back": lambda now: now - timedelta(minutes=2),
    "an hour on": lambda now: now + timedelta(hours=1),
    "ten years on": lambda now: now + timedelta(days=3650),
}
SMALL_STEPS = {
    "a second back": lambda now: now - timedelta(seconds=1),
    "half a minute on": lambda now: now + timedelta(seconds=30),
}


def records(bench, kind=None):
    found = bench.ask(lambda connection: list(rows(connection)))
    return [row for row in found if kind is None or json.loads(row.body)["kind"] == kind]


def jump(bench, name):
    bench.clock.wall = {**JUMPS, **SMALL_STEPS}[name](bench.clock.wall)
    bench.tell(Tick())


def idle(bench):
    def go_on():
        assert bench.shown.screen is Screen.HOME

    return go_on


def session_without_money(bench):
    """It ends when its own time is over, neither sooner nor later."""
    bench.go_to_money()

    def go_on():
        patience = bench.settings.session.money_idle_s
        bench.wait(patience - 1)
        assert bench.shown.screen is Screen.MONEY
        bench.wait(1)
        bench.tell(Disabled())
        assert bench.shown.screen is Screen.HOME
        assert bench.payments == ()

    return go_on


def session_with_money(bench):
    bench.go_to_money()
    bench.feed(100)

    def go_on():
        patience = bench.settings.session.money_idle_s
        bench.wait(patience - 1)
        assert bench.payments == ()
        bench.wait(1)
        bench.tell(Disabled())
        assert [one.item.inserted_minor for one in bench.payments] == [10_000]
        assert bench.payments[0].trigger == "timed_out"

    return go_on


def note_moving(bench):
    bench.go_to_money()
    cycle = bench.escrow(500)

    def go_on():
        assert bench.ask(queries.note, cycle).state == "escrowed"
        bench.stacked(cycle, 500)
        bench.pay()
        assert [one.item.inserted_minor for one in bench.payments] == [50_000]

    return go_on


def payment_not_answered(bench):
    """The courier has it; the terminal asks for nothing before its own time."""
    bench.go_to_money()
    bench.feed(100)
    bench.pay()
    bench.printed()
    bench.wait(1)
    handed = len(bench.orders.named("submit"))

    def go_on():
        assert len(bench.orders.named("submit")) == handed
        bench.wait(FINAL_STATUS_LOOK_S)
        assert len(bench.orders.named("submit")) == handed
        bench.credited(1)
        assert bench.payments[0].state == "credited"

    return go_on


def slip_waiting(bench):
    bench.go_to_money()
    bench.feed(100)
    bench.tell(PrinterChanged(state=PrinterState(reachable=True, online=True, paper=Paper.OUT)))
    bench.pay()

    def go_on():
        slips = bench.ask(queries.slips)
        assert [slip.receipt_number for slip in slips] == [1]
        bench.printed()
        assert bench.ask(queries.slips)[0].state == "printed"

    return go_on


def disk_full(bench):
    bench.journal.broken = True
    bench.tell(Disabled())
    bench.touch("open_provider", "mts")

    def go_on():
        bench.journal.broken = False
        bench.wait(STORAGE_RETRY_S)
        bench.wait(0)

    return go_on


STATES = (
    idle,
    session_without_money,
    session_with_money,
    note_moving,
    payment_not_answered,
    slip_waiting,
    disk_full,
)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
@pytest.mark.parametrize("name", JUMPS)
def test_a_jump_is_recorded_and_changes_nothing_else(bench, name, state):
    go_on = state(bench)
    jump(bench, name)
    go_on()
    bench.wait(1)
    (row,) = records(bench, "clock_jumped")
    said = json.loads(row.body)
    assert said["seen"] == "running"
    became = datetime.fromisoformat(said["became"])
    assert became - datetime.fromisoformat(said["should_be"]) == timedelta(
        milliseconds=said["difference_ms"]
    )
    assert [one.seq for one in records(bench)] == list(range(1, len(records(bench)) + 1))
    assert bench.verdict().findings == ()


@pytest.mark.parametrize("name", SMALL_STEPS)
def test_a_small_step_of_the_time_server_is_no_jump(bench, name):
    jump(bench, name)
    assert records(bench, "clock_jumped") == []


def test_slow_time_of_a_terminal_that_nobody_touches_is_no_jump(bench):
    for _ in range(50):
        bench.wait(5)
    assert records(bench, "clock_jumped") == []


def test_a_jump_is_recorded_once(bench):
    jump(bench, "an hour back")
    for _ in range(5):
        bench.wait(10)
    assert len(records(bench, "clock_jumped")) == 1


@pytest.mark.parametrize("name", JUMPS)
def test_no_number_is_used_twice_and_the_slip_is_printed(bench, name):
    for count in (1, 2, 3):
        bench.go_to_money()
        bench.feed(100)
        bench.pay()
        bench.printed()
        bench.credited(count)
        jump(bench, name)
        bench.wait(21)
        bench.wait(100)
    assert [one.number for one in bench.payments] == [1, 2, 3]
    slips = bench.ask(queries.slips)
    assert [one.receipt_number for one in slips] == [1, 2, 3]
    assert all("Дата и время" in one.text for one in slips)


def test_a_start_with_a_clock_that_lost_its_time_is_recorded(bench):
    bench.go_to_money()
    bench.feed(100)
    bench.cut_power()
    bench.clock.wall = datetime(2000, 1, 1, tzinfo=UTC)
    bench.start()
    bench.ready()
    (row,) = records(bench, "clock_jumped")
    assert json.loads(row.body)["seen"] == "start"
    assert [one.item.inserted_minor for one in bench.payments] == [10_000]
    assert "01.01.2000" in bench.ask(queries.slips)[0].text
    assert bench.shown.screen is not Screen.OUT_OF_SERVICE


def test_a_start_on_a_full_disk_keeps_it_for_later(bench):
    bench.cut_power()
    bench.clock.wall = datetime(2000, 1, 1, tzinfo=UTC)
    bench.start(broken=True)
    bench.journal.broken = False
    bench.wait(STORAGE_RETRY_S)
    assert len(records(bench, "clock_jumped")) == 1


def test_a_start_in_right_time_records_nothing(bench):
    bench.cut_power()
    bench.start()
    bench.cut_power()
    bench.clock.pass_time(3600)
    bench.start()
    assert records(bench, "clock_jumped") == []


def test_summer_time_is_no_jump(bench):
    """Wall times are UTC; only slips are in local time."""
    bench.clock.wall = datetime(2026, 3, 29, 0, 59, 50, tzinfo=UTC)
    bench.tell(Tick())
    before = len(records(bench, "clock_jumped"))
    bench.wait(20)
    assert len(records(bench, "clock_jumped")) == before
