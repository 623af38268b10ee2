"""What goes wrong while people pay: spells of trouble, drawn for each customer and kind of fault.

Every kind draws from its own stream. Each spell has an end, and after `calm_down` nothing is wrong
any more. It must never touch the terminal but through what a real fault can touch.
"""

from collections.abc import Callable
from functools import partial
from random import Random
from typing import Final

from drivers.acceptors.device_half import mishaps
from drivers.acceptors.device_half.phases import Phase
from kiosk.terminal.snapshot import ServiceReason, Snapshot
from simulation.proof.disk import Sickness
from simulation.proof.doubts import FREED_IN_THE_DARK
from simulation.proof.gate import Cut
from simulation.proof.plan import FaultKind
from simulation.proof.printer import GOOD, NO_PAPER, SILENT, STUCK
from simulation.proof.surroundings import PLENTY_MB
from simulation.proof.world import World

WINDOW_S: Final = 45.0
"""Within this long after a customer's coming trouble begins."""


_AT_THE_MACHINE: Final = frozenset({FaultKind.NOISE, FaultKind.DEVICE, FaultKind.POWER})


class Troubles:
    """Plans the spells of one world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._calm = False
        self._at_the_machine = False
        """What is being planned happens to the acceptor or its line."""

    def plan_for(self, customer: int) -> None:
        """Draw what happens around this customer."""
        plans: dict[FaultKind, Callable[[Random], None]] = {
            FaultKind.NOISE: self._noise,
            FaultKind.DEVICE: self._device,
            FaultKind.POWER: self._power,
            FaultKind.NETWORK: self._network,
            FaultKind.BACKEND: self._backend,
            FaultKind.PRINTER: self._printer,
            FaultKind.CLOCK: self._clock,
            FaultKind.DISK: self._disk,
            FaultKind.SLOW: self._slow,
            FaultKind.COLLECTION: self._collection,
        }
        for kind, plan in plans.items():
            if self._world.plan.has(kind):
                self._at_the_machine = kind in _AT_THE_MACHINE
                plan(self._world.plan.stream("trouble", kind, customer))

    def calm_down(self) -> None:
        """From now on nothing goes wrong; what is broken is repaired."""
        self._calm = self._world.calm = True
        world, around = self._world, self._world.around
        world.gate.disarm()
        around.line.noise = 0.0
        around.slowness_s = 0.0
        around.free_mb = PLENTY_MB
        around.disk.sickness = Sickness.NONE
        around.network.bad_share = 0.0
        around.network.cable_out = False
        if around.network.backend_down:
            self._backend_up()
        if around.printer.state != GOOD:
            around.printer.become(GOOD)
        around.collector.leave()
        self._repair_device()
        world.trace.note("world", "nothing goes wrong any more")

    def _repair_device(self) -> None:
        device = self._world.around.device
        device.trouble.calm_down()
        now, body = self._world.now(), device.body
        if body.stalled:
            mishaps.stall(body, now, on=False)
        if body.failure is not None:
            mishaps.repair(body, now)
        if body.jam_at is not None:
            mishaps.clear_jam(body, now, into_cassette=True)
        mishaps.put_cassette_in(body, now, empty=False)
        if not body.powered:
            device.power_on()
        if self._world.life is not None:
            self._world.life.acceptor.plug()

    # --- planning -------------------------------------------------------------------------------

    def _at(self, after_s: float, what: str, action: Callable[[], None]) -> None:
        at_the_machine = self._at_the_machine

        def happen() -> None:
            if not self._calm:
                self._world.trace.note("trouble", what)
                action()
                if at_the_machine:
                    self._world.wake()

        self._world.agenda.plan(self._world.now() + after_s, happen)

    def _spell(
        self,
        chance: Random,
        what: str,
        begin: Callable[[], None],
        end: Callable[[], None],
        seconds: float,
    ) -> None:
        start = chance.uniform(0.0, WINDOW_S)
        self._at(start, what, begin)
        self._at(start + seconds, f"{what}: over", end)

    # --- kinds ----------------------------------------------------------------------------------

    def _noise(self, chance: Random) -> None:
        words, line = self._world.around.device.trouble, self._world.around.line
        if chance.random() < 0.5:
            rate = chance.choice((0.002, 0.01, 0.03, 0.1))
            self._spell(
                chance,
                f"noise {rate}",
                partial(setattr, line, "noise", rate),
                partial(setattr, line, "noise", 0.0),
                chance.uniform(1.0, 15.0),
            )
        for name in ("lose_acks", "lose_answers", "flip_bits"):
            if chance.random() < 0.4:
                count = chance.choice((1, 1, 2, 5, 12))
                act = partial(setattr, words, name, count)
                self._at(chance.uniform(0.0, WINDOW_S), f"{name} {count}", act)

    def _device(self, chance: Random) -> None:
        if chance.random() > 0.45:
            return
        deeds = (self._busy, self._jam, self._cassette, self._failure, self._cheat, self._unplug)
        chance.choice((*deeds, self._blink, self._stall))(chance)

    def _busy(self, chance: Random) -> None:
        words, count, busy = (
            self._world.around.device.trouble,
            chance.randrange(1, 9),
            chance.randrange(12),
        )

        def act() -> None:
            words.busy_polls, words.busy_for = count, busy

        self._at(chance.uniform(0.0, WINDOW_S), f"busy for {count} polls", act)

    def _jam(self, chance: Random) -> None:
        body, world = self._world.around.device.body, self._world
        where = chance.choice((Phase.PATH_JAMMED, Phase.STACKER_JAMMED))
        goes_on = chance.random() < 0.5

        def begin() -> None:
            world.around.doubts.add_for_inside(body, "jam with the note inside")
            world.doubt_what_came_out("jam")
            mishaps.jam(body, where, world.now())

        def end() -> None:
            if body.jam_at is None:
                return
            removed = body.places.removed
            before = len(removed)
            mishaps.clear_jam(body, world.now(), into_cassette=goes_on)
            if not body.powered and len(removed) > before:
                world.around.doubts.add(removed[-1].number, FREED_IN_THE_DARK)

        self._spell(chance, f"jam {where}", begin, end, chance.uniform(5.0, 60.0))

    def _cassette(self, chance: Random) -> None:
        body, world = self._world.around.device.body, self._world

        def begin() -> None:
            if world.around.collector.busy:
                return
            world.around.doubts.add_for_inside(body, "cassette out with the note inside")
            world.doubt_what_came_out("cassette out")
            mishaps.take_cassette_out(body, world.now())

        def end() -> None:
            if not world.around.collector.busy:
                mishaps.put_cassette_in(body, world.now(), empty=False)

        self._spell(chance, "cassette out", begin, end, chance.uniform(3.0, 60.0))

    def _failure(self, chance: Random) -> None:
        body, world = self._world.around.device.body, self._world
        failures = world.around.device.failures
        failure = chance.choice(tuple(failures))

        def end() -> None:
            mishaps.repair(body, world.now())

        begin = partial(_fail, world, failure)
        self._spell(chance, f"failure {failures[failure]}", begin, end, chance.uniform(3.0, 60.0))

    def _cheat(self, chance: Random) -> None:
        world = self._world
        act = partial(_cheat, world)
        self._at(chance.uniform(0.0, WINDOW_S), "cheating", act)

    def _unplug(self, chance: Random) -> None:
        self._spell(
            chance, "line unplugged", self._port_lost, self._port_back, chance.uniform(0.5, 12.0)
        )

    def _port_lost(self) -> None:
        if self._world.life is not None:
            self._world.life.acceptor.unplug()

    def _port_back(self) -> None:
        if self._world.life is not None:
            self._world.life.acceptor.plug()

    def _blink(self, chance: Random) -> None:
        seconds = chance.choice((0.0, 0.05, 0.4, 2.0, 8.0))
        act = partial(self._world.cut_acceptor, seconds)
        self._at(chance.uniform(0.0, WINDOW_S), "acceptor resets", act)

    def _stall(self, chance: Random) -> None:
        world = self._world

        def begin() -> None:
            body = world.around.device.body
            world.around.doubts.add_for_inside(body, "stacking stalls")
            mishaps.stall(body, world.now(), on=True)

        def end() -> None:
            mishaps.stall(world.around.device.body, world.now(), on=False)

        self._spell(chance, "stacking stalls", begin, end, chance.uniform(2.0, 60.0))

    def _power(self, chance: Random) -> None:
        draw = chance.random()
        at = chance.uniform(0.0, WINDOW_S)
        what = chance.choice((Cut.ALL, Cut.TERMINAL))
        if draw < 0.15:
            self._at(at, f"power cut: {what}", partial(self._world.cut, what))
        elif draw < 0.25:
            act = partial(self._world.cut_acceptor, chance.uniform(0.2, 20.0))
            self._at(at, "power cut: acceptor", act)
        elif draw < 0.5:
            event = chance.choice(("Escrowed", "Stacked", "Stacked", "Returned", "Disabled"))
            after, inside = int(chance.random() ** 2 * 12), chance.random() < 0.3
            act = partial(self._world.gate.lie_in_wait, event, after, what, statements=inside)
            self._at(at / 2, f"power cut: {what}, {after} effects after {event}", act)
        elif draw < 0.65:
            after, inside = chance.randrange(30), chance.random() < 0.4
            act = partial(self._world.gate.arm, after, what, statements=inside)
            self._at(at, f"power cut: {what} after {after} effects", act)

    def _network(self, chance: Random) -> None:
        network = self._world.around.network
        share = chance.choice((0.0, 0.2, 0.6, 0.9))
        self._at(0.0, f"network: {share}", partial(setattr, network, "bad_share", share))
        if chance.random() < 0.25:
            self._spell(
                chance,
                "cable out",
                partial(setattr, network, "cable_out", True),
                partial(setattr, network, "cable_out", False),
                chance.uniform(5.0, 120.0),
            )

    def _backend(self, chance: Random) -> None:
        if chance.random() < 0.2:
            self._spell(
                chance,
                "backend down",
                partial(setattr, self._world.around.network, "backend_down", True),
                self._backend_up,
                chance.uniform(1.0, 90.0),
            )

    def _backend_up(self) -> None:
        self._world.backend.restart()
        self._world.around.network.backend_down = False

    def _printer(self, chance: Random) -> None:
        if chance.random() < 0.35:
            state = chance.choice((NO_PAPER, SILENT, STUCK))
            printer = self._world.around.printer
            self._spell(
                chance,
                "printer",
                partial(printer.become, state),
                partial(printer.become, GOOD),
                chance.uniform(1.0, 60.0),
            )

    def _clock(self, chance: Random) -> None:
        if chance.random() < 0.3:
            seconds = chance.choice((-1e9, -86_400.0, -3600.0, -5.0, 7.0, 3600.0, 1e8))
            act = partial(self._world.clock.jump, seconds)
            self._at(chance.uniform(0.0, WINDOW_S), f"clock jumps {seconds:.0f} s", act)

    def _disk(self, chance: Random) -> None:
        if chance.random() > 0.25:
            return
        around, seconds = self._world.around, chance.uniform(0.5, 30.0)
        if chance.random() < 0.25:
            begin = partial(setattr, around, "free_mb", 0)
            end = partial(setattr, around, "free_mb", PLENTY_MB)
            self._spell(chance, "disk low", begin, end, seconds)
            return
        sickness = chance.choice((Sickness.FULL, Sickness.BROKEN, Sickness.GONE))
        begin = partial(setattr, around.disk, "sickness", sickness)
        end = partial(setattr, around.disk, "sickness", Sickness.NONE)
        self._spell(chance, f"disk {sickness}", begin, end, seconds)

    def _collection(self, chance: Random) -> None:
        if chance.random() < 0.2:
            world = self._world
            collector = world.around.collector

            def come() -> None:
                # He sees the box where it belongs: until the terminal does, he has nothing to order.
                if not _says_the_box_is_out(world.screen):
                    collector.come(chance, world.order_collection, world.wake)

            self._at(chance.uniform(0.0, WINDOW_S), "somebody comes for the cash", come)

    def _slow(self, chance: Random) -> None:
        around = self._world.around
        most = chance.choice((0.0, 0.02, 0.3, 1.5))
        self._at(0.0, f"slow by up to {most} s", partial(setattr, around, "slowness_s", most))


def _says_the_box_is_out(screen: Snapshot | None) -> bool:
    closed = None if screen is None else screen.out_of_service
    return closed is not None and ServiceReason.CASSETTE_OUT in closed.reasons


def _fail(world: World, failure: int) -> None:
    body = world.around.device.body
    mishaps.fail(body, failure, world.now())
    world.around.doubts.add_for_inside(body, "failure with the note inside")
    world.doubt_what_came_out("failure")


def _cheat(world: World) -> None:
    mishaps.cheat(world.around.device.body, world.now())
