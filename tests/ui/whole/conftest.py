"""A whole terminal behind the real window: simulated acceptor on its driver, real journal, backend.

One thread and one simulated clock: a finger touches the glass, then the world goes on by a little.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from kiosk.terminal.snapshot import Snapshot
from kiosk.terminal.touch import Touch
from offline_queue.journal import queries
from simulation.proof import run as proof
from simulation.proof.backend import one_thread
from simulation.proof.customer import Customer
from simulation.proof.disk import engine_for_all_lives, mounted
from simulation.proof.plan import Plan
from simulation.proof.wallet_engines import engines_for_all_runs
from simulation.proof.world import WALLET, World
from terminal_api.payments import PaymentItem
from ui.finger import Finger
from ui.gallery.samples import INFO
from ui.window import KioskWindow

if TYPE_CHECKING:
    from simulation.proof.findings import Violation

SIZE = (1280, 1024)
CUSTOMER = 1
PATIENCE_S = 120.0


class Counter:
    """The window and the world behind it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.window = KioskWindow(
            info=INFO, post=self._post, now=world.clock.now, size=SIZE, reduce_motion=True
        )
        show = world._show

        def shown(snapshot: Snapshot) -> None:
            show(snapshot)
            self.window.publish(snapshot)

        # The world's eyes are the customers'; here the window sees the same.
        world._show = shown  # type: ignore[method-assign]
        self.window.show()
        self.finger = Finger(self.window.window)

    @property
    def shown(self) -> Snapshot:
        """What the terminal says is on the screen."""
        assert self.world.screen is not None
        return self.world.screen

    def open(self) -> None:
        """Power comes; wait for the first customer."""
        self.world.begin_life()
        self.until(lambda: self.shown.screen.value in ("home", "attract"))

    def pass_time(self, seconds: float) -> None:
        """The world goes on, then the window shows what came of it."""
        self.world.run_until(self.world.now() + seconds)
        self.finger.rest()

    def until(self, condition: Callable[[], bool]) -> None:
        """Let time pass until this is so."""
        end = self.world.now() + PATIENCE_S
        while not condition():
            assert self.world.now() < end, self.shown.screen
            self.world.run_until(self.world.now() + 0.25)
        self.finger.rest()

    def touch(self, *names: str) -> None:
        """Touch one control after the other; the terminal answers each."""
        for name in names:
            self.finger.touch(name)
            self.pass_time(0.1)

    def type_text(self, text: str) -> None:
        """Type on the keys of the screen."""
        for character in text:
            self.finger.type_text(character)
            self.pass_time(0.1)

    def feed(self, roubles: int) -> None:
        """Put a note into the slot and wait until it lies in the box."""
        money = self.shown.money
        assert money is not None
        self.until(lambda: self.shown.money is not None and self.shown.money.accepting)
        before = money.inserted_minor
        assert self.world.insert(CUSTOMER, roubles)
        self.until(
            lambda: (
                self.shown.money is not None
                and self.shown.money.inserted_minor == before + roubles * 100
            )
        )

    def verdict(self) -> tuple["Violation", ...]:
        """Wait until nothing has anything left to do, then ask the judge of the proof."""
        proof._until(self.world, partial(proof._rests, self.world), proof.LONGEST_REST_S)
        for item in self.payments():
            payer = Customer(CUSTOMER, Random(0), None, self.world.now())
            payer.account = item.account[-10:]
            self.world.customers.append(payer)
        return proof._verdict(self.world).violations

    def payments(self) -> list[PaymentItem]:
        """What the journal holds."""
        assert self.world.life is not None
        with self.world.life.journal.reading() as connection:
            return [one.item for one in queries.payments(connection)]

    def _post(self, touch: Touch) -> None:
        if self.world.life is not None:
            self.world.life.post(touch)


@pytest.fixture
def counter(russian: None, tmp_path: Path) -> Iterator[Counter]:
    with a_counter(tmp_path, seed=7) as made:
        yield made


@contextmanager
def a_counter(folder: Path, *, seed: int) -> Iterator[Counter]:
    """A terminal that nothing ails; `seed` decides how quick its machine is."""
    with ExitStack() as stack:
        stack.enter_context(one_thread())
        stack.enter_context(engines_for_all_runs(folder / WALLET))
        world = World(Plan(seed=seed, faults=frozenset()), folder, keeps_history=False)
        stack.callback(world.close)
        stack.enter_context(mounted(world.around.disk))
        stack.enter_context(engine_for_all_lives(world.around.disk))
        counter = Counter(world)
        stack.callback(counter.window.close)
        counter.open()
        yield counter
        assert counter.window.warnings == []
