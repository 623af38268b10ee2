"""One run: a world, its customers and troubles, the final recovery, the verdict."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from drivers.acceptors.device_half.phases import Phase
from kiosk.terminal.snapshot import Screen
from offline_queue.journal import cash_queries, queries
from simulation.proof.backend import one_thread
from simulation.proof.customer import Customer
from simulation.proof.disk import engine_for_all_lives, mounted
from simulation.proof.findings import Counts, Violation
from simulation.proof.judge import Judge
from simulation.proof.life import Life
from simulation.proof.mutants import mutated
from simulation.proof.plan import FaultKind, Plan
from simulation.proof.trouble import Troubles
from simulation.proof.wallet_engines import engines_for_all_runs
from simulation.proof.world import WALLET, World

LONGEST_VISIT_S: Final = 400.0
LONGEST_REST_S: Final = 1200.0
LOOK_S: Final = 2.0
_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - files of a run live in memory, in a folder of their own


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one run."""

    plan: Plan
    violations: tuple[Violation, ...]
    history: tuple[str, ...]
    counts: Counts | None
    simulated_s: float

    @property
    def ok(self) -> bool:
        """True when no law was broken."""
        return not self.violations


def run(plan: Plan, *, keeps_history: bool = True) -> Result:
    """Play one run to its end and judge it. The same plan gives the same result to the byte; the
    history costs a good part of the time.
    """
    with ExitStack() as stack:
        stack.enter_context(mutated(plan.mutant))
        stack.enter_context(one_thread())
        folder = stack.enter_context(_folder())
        stack.enter_context(engines_for_all_runs(folder / WALLET))
        world = World(plan, folder, keeps_history=keeps_history)
        stack.callback(world.close)
        stack.enter_context(mounted(world.around.disk))
        if plan.mutant is None:  # Some mutants are planted in the engine.
            stack.enter_context(engine_for_all_lives(world.around.disk))
        _play(world)
        return _verdict(world)


@contextmanager
def _folder() -> Iterator[Path]:
    where = _MEMORY if _MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="kiosk-simulate-", dir=where) as name:
        yield Path(name)


def _play(world: World) -> None:
    troubles = Troubles(world)
    world.begin_life()
    world.run_until(world.now() + 15.0)
    for number in world.plan.present:
        customer = _customer(world, number)
        troubles.plan_for(number)
        world.arrive(customer)
        _until(world, partial(_has_left, customer), LONGEST_VISIT_S)
        world.run_until(world.now() + world.plan.stream("gap", number).choice((0.5, 5.0, 60.0)))
    troubles.calm_down()
    _until(world, lambda: _rests(world), LONGEST_REST_S)


def _customer(world: World, number: int) -> Customer:
    plan = world.plan
    manners = plan.stream("manners", number) if plan.has(FaultKind.MANNERS) else None
    return Customer(number, plan.stream("customer", number), manners, world.now())


def _until(world: World, condition: Callable[[], bool], limit_s: float) -> None:
    end = world.now() + limit_s
    while not condition() and world.now() < end:
        world.run_until(world.now() + LOOK_S)


def _has_left(customer: Customer) -> bool:
    return customer.gone


def _rests(world: World) -> bool:
    """Nothing has anything left to do."""
    life, body, screen = world.life, world.around.device.body, world.screen
    return (
        life is not None
        and screen is not None
        and screen.screen in (Screen.ATTRACT, Screen.HOME)
        and life.courier.idle
        and world.around.printer.idle
        and body.is_at_rest
        and body.phase is Phase.DISABLED
        and _is_final(life)
    )


def _is_final(life: Life) -> bool:
    with life.journal.reading() as connection:
        waits = queries.outbox_state(connection).pending or queries.awaiting_final(connection, 1)
        untold = cash_queries.untold_notes(connection, limit=1)
        untold_periods = cash_queries.untold_collections(connection, limit=1)
        return not (waits or untold or untold_periods or queries.slips_unfinished(connection))


def _verdict(world: World) -> Result:
    simulated_s = world.now()
    if world.life is None or not _rests(world):
        shown = "nothing" if world.screen is None else world.screen.screen.value
        late = Violation("nothing waits for ever", f"not at rest; the screen shows {shown}")
    else:
        late = None
    if world.life is None:
        return Result(world.plan, _some(late), tuple(world.trace.lines), None, simulated_s)
    judge = Judge(world, world.life)
    violations = (*_some(late), *judge.judge())
    return Result(world.plan, violations, tuple(world.trace.lines), judge.counts(), simulated_s)


def _some(violation: Violation | None) -> tuple[Violation, ...]:
    return () if violation is None else (violation,)
