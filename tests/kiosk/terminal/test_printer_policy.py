"""The whole table printer × session, as a table and as the terminal lives it."""

from dataclasses import replace
from itertools import product

import pytest

from drivers.acceptors.contract import Disabled
from drivers.printers.contract import Paper, PrinterChanged, PrinterState, SlipFailed, SlipFailure
from kiosk.terminal.printer_policy import TABLE, Fitness, Ruling, Stage, fitness_of, ruling
from kiosk.terminal.snapshot import Banner, Screen, ServiceReason, SlipState
from kiosk.terminal.touch import Action
from offline_queue.journal.records import DeviceNoted, SessionOpened, from_text
from offline_queue.journal.verify import rows

WELL = PrinterState(reachable=True, online=True, paper=Paper.OK)
STATES = {
    Fitness.READY: WELL,
    Fitness.NEAR_END: replace(WELL, paper=Paper.NEAR_END),
    Fitness.PAPER_OUT: replace(WELL, online=False, paper=Paper.OUT),
    Fitness.FAULT: replace(WELL, cutter_error=True),
    Fitness.SILENT: PrinterState(reachable=False),
}
FIT = {Fitness.READY, Fitness.NEAR_END}
BEFORE_MONEY = {Stage.BROWSING, Stage.MONEY_EMPTY}


def test_the_table_is_whole() -> None:
    assert TABLE.keys() == set(product(Fitness, (True, False)))
    assert all(row.keys() == set(Stage) for row in TABLE.values())


@pytest.mark.parametrize(("fitness", "stage"), list(product(Fitness, Stage)))
def test_no_rule_stops_a_payment_and_none_takes_money_without_a_slip_unasked(
    fitness: Fitness, stage: Stage
) -> None:
    required = ruling(fitness, stage, required=True)
    optional = ruling(fitness, stage, required=False)
    if stage in (Stage.PAYING, Stage.RESULT):
        assert required is optional is Ruling.GO_ON
    elif fitness in FIT:
        assert required is optional is Ruling.TAKE
    elif stage is Stage.MONEY_INSIDE:
        assert (required, optional) == (Ruling.FINISH, Ruling.TAKE)
    else:
        assert required in (Ruling.CLOSE, Ruling.WAIT)
        assert optional is (Ruling.ASK if stage is Stage.BROWSING else Ruling.TAKE)


@pytest.mark.parametrize("fitness", STATES)
def test_each_state_is_seen_as_what_it_is(fitness: Fitness) -> None:
    assert fitness_of(STATES[fitness]) is fitness
    assert fitness_of(None) is Fitness.UNSEEN


@pytest.mark.parametrize(
    "trouble",
    [
        {"cover_open": True},
        {"jam": True},
        {"head_hot": True},
        {"voltage_wrong": True},
        {"fatal_error": True},
        {"recoverable_error": True},
        {"online": None},
        {"online": False},
        {"paper": Paper.UNKNOWN},
    ],
)
def test_whatever_keeps_a_slip_from_coming_out_is_a_fault(trouble: dict[str, object]) -> None:
    assert fitness_of(replace(WELL, **trouble)) is Fitness.FAULT


def lead_to(bench, stage):
    """Bring the customer to this stage with a printer that is well."""
    if stage is Stage.BROWSING:
        bench.touch(Action.OPEN_PROVIDER, "mts")
        return
    bench.go_to_money()
    if stage is Stage.MONEY_EMPTY:
        return
    bench.feed(100)
    if stage is Stage.MONEY_INSIDE:
        return
    bench.pay()
    if stage is Stage.RESULT:
        bench.wait(21)


@pytest.mark.parametrize(("fitness", "stage"), list(product(STATES, Stage)))
def test_the_terminal_does_what_the_table_says(bench, fitness, stage):
    lead_to(bench, stage)
    bench.tell(PrinterChanged(state=STATES[fitness]))
    shown = bench.shown.screen
    match ruling(fitness, stage, required=True):
        case Ruling.TAKE:
            assert shown in (Screen.ENTRY, Screen.MONEY)
        case Ruling.CLOSE:
            bench.tell(Disabled())
            assert bench.shown.screen is Screen.OUT_OF_SERVICE
            out = fitness is Fitness.PAPER_OUT
            wanted = ServiceReason.PAPER if out else ServiceReason.PRINTER
            assert bench.shown.out_of_service.reasons == (wanted,)
            assert bench.shown.out_of_service.fault_number >= 200
        case Ruling.FINISH:
            assert shown is Screen.MONEY
            bench.pay()
            assert bench.shown.screen is Screen.PROCESSING
            assert bench.shown.result.inserted_minor == 100_00
        case Ruling.GO_ON:
            assert shown is (Screen.PROCESSING if stage is Stage.PAYING else Screen.THANKS)
        case other:
            pytest.fail(f"{other} is no rule for a printer that was looked at")


@pytest.mark.parametrize("fitness", [one for one in STATES if one not in FIT])
@pytest.mark.parametrize("stage", [one for one in Stage if one not in BEFORE_MONEY])
def test_once_a_note_is_in_the_numbers_stay_on_the_screen(bench, fitness, stage):
    lead_to(bench, stage)
    bench.tell(PrinterChanged(state=STATES[fitness]))
    if stage is Stage.MONEY_INSIDE:
        bench.pay()
    bench.tell(SlipFailed(slip=1, why=SlipFailure.NOT_READY, sent=False))
    bench.credited(1)
    bench.wait(25)
    assert bench.shown.screen is Screen.THANKS
    assert bench.shown.result.slip is SlipState.FAILED
    assert bench.shown.result.payment_number == 1
    assert "8-800-707-77-59" in bench.shown.result.slip_text
    bench.wait(60)
    assert bench.shown.screen is Screen.THANKS


def test_a_printer_that_heals_brings_the_terminal_back(bench):
    bench.tell(PrinterChanged(state=STATES[Fitness.PAPER_OUT]))
    assert bench.shown.screen is Screen.OUT_OF_SERVICE
    bench.tell(PrinterChanged(state=WELL))
    assert bench.shown.screen in (Screen.HOME, Screen.ATTRACT)


@pytest.fixture
def careless(make_bench):
    """A terminal that takes money without a slip, with a customer at the check before money."""
    bench = make_bench(printer={"required": False})
    bench.ready()
    bench.touch(Action.OPEN_PROVIDER, "mts")
    for char in "9161234567":
        bench.touch(Action.KEY, char)
    bench.touch(Action.FORWARD)
    return bench


UNFIT = [one for one in STATES if one not in FIT]


def agreements(bench):
    """What is on record of customers who went without a slip."""
    return [one for one in records(bench) if isinstance(one, DeviceNoted) and "agreed" in one.event]


def sessions(bench):
    return [one.session for one in records(bench) if isinstance(one, SessionOpened)]


def records(bench):
    with bench.journal.reading() as connection:
        return [from_text(row.body) for row in rows(connection)]


@pytest.mark.parametrize("fitness", UNFIT)
def test_where_a_slip_is_no_must_the_customer_agrees_before_the_first_note(careless, fitness):
    bench = careless
    bench.tell(PrinterChanged(state=STATES[fitness]))
    assert Banner.NO_RECEIPT in bench.shown.banners
    assert bench.shown.confirm.without_slip
    opened = len(bench.orders.named("accept"))
    bench.touch(Action.FORWARD)
    assert bench.shown.screen is Screen.NO_RECEIPT
    assert len(bench.orders.named("accept")) == opened, "no note without the customer's word"
    assert not agreements(bench)
    bench.touch(Action.FORWARD)
    assert bench.shown.screen is Screen.MONEY
    assert len(bench.orders.named("accept")) == opened + 1
    (agreed,) = agreements(bench)
    assert agreed.detail == f"session {sessions(bench)[0]}"


def test_who_does_not_agree_goes_back_and_has_opened_nothing(careless):
    bench = careless
    bench.tell(PrinterChanged(state=STATES[Fitness.SILENT]))
    bench.touch(Action.FORWARD)
    bench.touch(Action.BACK)
    assert bench.shown.screen is Screen.CONFIRM
    bench.touch(Action.FORWARD)
    bench.touch(Action.HOME)
    assert bench.shown.screen is Screen.HOME
    assert not sessions(bench)


def test_a_printer_that_heals_takes_the_question_back(careless):
    bench = careless
    bench.tell(PrinterChanged(state=STATES[Fitness.PAPER_OUT]))
    bench.touch(Action.FORWARD)
    bench.tell(PrinterChanged(state=WELL))
    assert bench.shown.screen is Screen.CONFIRM
    assert not bench.shown.confirm.without_slip
    bench.touch(Action.FORWARD)
    assert bench.shown.screen is Screen.MONEY
    assert not agreements(bench)


def test_a_printer_that_heals_behind_another_screen_takes_the_question_back(careless):
    bench = careless
    bench.tell(PrinterChanged(state=STATES[Fitness.PAPER_OUT]))
    bench.touch(Action.FORWARD)
    bench.touch(Action.OPEN_ABOUT)
    bench.tell(PrinterChanged(state=WELL))
    bench.touch(Action.BACK)
    assert bench.shown.screen is Screen.CONFIRM


def test_an_agreement_holds_for_one_session(careless):
    bench = careless
    bench.tell(PrinterChanged(state=STATES[Fitness.SILENT]))
    bench.touch(Action.FORWARD)
    bench.touch(Action.FORWARD)
    bench.touch(Action.BACK)
    bench.tell(Disabled())
    assert bench.shown.screen is Screen.CONFIRM
    bench.touch(Action.FORWARD)
    assert bench.shown.screen is Screen.NO_RECEIPT


def test_a_terminal_that_must_print_never_asks(bench):
    bench.touch(Action.OPEN_PROVIDER, "mts")
    for char in "9161234567":
        bench.touch(Action.KEY, char)
    bench.touch(Action.FORWARD)
    bench.tell(PrinterChanged(state=STATES[Fitness.SILENT]))
    assert bench.shown.screen is Screen.OUT_OF_SERVICE
    bench.touch(Action.FORWARD)
    assert not sessions(bench)
