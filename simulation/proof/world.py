"""The world around one terminal: time, people, machines, and one life after the other.

Single-threaded. Time jumps to the next moment at which anything happens. It must never repair what
the terminal did wrong, and knows nothing of what is right: that is the judge's.
"""

import contextlib
import math
import traceback
from dataclasses import dataclass, field
from pathlib import Path

from drivers.acceptors.device_half import mishaps
from drivers.acceptors.device_half.phases import Ending, MechanismTiming
from kiosk.terminal.service import Collect
from kiosk.terminal.snapshot import Snapshot
from kiosk.terminal.touch import Action, Touch
from offline_queue.journal import JournalError
from simulation.acceptor.machine import Machine
from simulation.acceptor.protocols import Build, ProtocolName, kit_of
from simulation.proof.agenda import Action as Deed
from simulation.proof.agenda import Agenda
from simulation.proof.backend import Backend
from simulation.proof.clock import START, VirtualClock
from simulation.proof.collector import CashCollector
from simulation.proof.customer import Customer
from simulation.proof.disk import Disk
from simulation.proof.doubts import Doubts
from simulation.proof.gate import Cut, Gate, PowerCut
from simulation.proof.keeping import rules_for
from simulation.proof.life import Life
from simulation.proof.line import Line
from simulation.proof.network import Network
from simulation.proof.plan import DiskKind, FaultKind, Plan
from simulation.proof.printer import Printer
from simulation.proof.remains import HonestRemains, LossyRemains, Remains
from simulation.proof.surroundings import Surroundings
from simulation.proof.trace import Trace

WALLET = "wallet.db"
"""The backend's file in the folder of a run."""
SUPERVISOR_S = 5.0
"""A life that could not start is tried again after this."""


@dataclass(slots=True)
class Observed:
    """What the world noticed that the judge should know."""

    crashes: list[str] = field(default_factory=list)
    owners: dict[int, int] = field(default_factory=dict)
    """Whose note: number of the paper in the machine to number of the customer."""
    cuts: int = 0


class World:
    """One run's world. Files lie in `folder`."""

    def __init__(self, plan: Plan, folder: Path, *, keeps_history: bool) -> None:
        self.plan = plan
        self._kit = kit_of(ProtocolName(plan.protocol))
        self.clock = VirtualClock()
        self.agenda = Agenda()
        self.trace = Trace(self.clock, folder, wanted=keeps_history)
        self.gate = Gate()
        self.observed = Observed()
        self.backend_path = folder / WALLET
        self.backend = Backend(self.backend_path, self.clock.true_now)
        self.customers: list[Customer] = []
        self.life: Life | None = None
        self.lives = 0
        self.calm = False
        self._screen: Snapshot | None = None
        self.around = self._surroundings(folder)

    def _surroundings(self, folder: Path) -> Surroundings:
        plan, clock, agenda = self.plan, self.clock, self.agenda
        device, doubts = self._device(), Doubts()
        archive = folder / "archive"  # on a disk of its own, which is always well
        archive.mkdir()
        return Surroundings(
            seed=plan.seed,
            clock=clock,
            agenda=agenda,
            trace=self.trace,
            gate=self.gate,
            disk=Disk(folder, self.gate, plan.stream("disk"), self._remains()),
            kit=self._kit,
            device=device,
            doubts=doubts,
            collector=CashCollector(device, clock, agenda, self.trace, doubts),
            leaps=plan.leaps,
            line=Line(clock, agenda, plan.stream("line")),
            network=Network(self.backend, clock, agenda, self.trace, plan.stream("network")),
            printer=Printer(clock, agenda, self.gate, self.trace, plan.stream("printer")),
            haste=plan.stream("haste"),
            housekeeping=rules_for(
                plan.stream("housekeeping"), plan.stream("pruning"), START, archive
            ),
        )

    def _device(self) -> Machine:
        chance = self.plan.stream("device build")
        has_counter = chance.random() < 0.5
        return self._kit.make_machine(
            Build(
                timing=MechanismTiming(
                    accepting_s=chance.uniform(0.5, 1.6),
                    stacking_s=chance.uniform(0.4, 2.5),
                    returning_s=chance.uniform(0.4, 1.5),
                ),
                has_counter=has_counter,
                ack_patience_s=chance.choice((None, 0.010, 0.020, 0.1)),
                rng=self.plan.stream("device"),
            )
        )

    def _remains(self) -> Remains:
        if self.plan.disk is DiskKind.HONEST:
            return HonestRemains()
        return LossyRemains(self.plan.stream("lossy disk"), self.trace)

    # --- time -----------------------------------------------------------------------------------

    def run_until(self, moment: float) -> None:
        """Let everything happen up to this moment."""
        device = self.around.device
        while (at := self._next_at(moves := device.next_deadline())) <= moment:
            self.clock.move_to(at)
            self._do_what_is_due(moves)
        self.clock.move_to(moment)

    def _next_at(self, moves: float | None) -> float:
        """When anything happens next, where the acceptor moves by itself at `moves`."""
        at = math.inf if moves is None else moves
        if (planned := self.agenda.next_at()) is not None and planned < at:
            at = planned
        life = self.life
        if life is None:
            return at
        if (due := life.acceptor.next_at) is not None and due < at:
            at = due
        if (due := life.courier.next_at) is not None and due < at:
            at = due
        return min(at, life.tick_at)

    def _do_what_is_due(self, moves: float | None) -> None:
        now = self.clock.monotonic()
        if moves is not None and moves <= now:
            self.around.device.tick(now)
        while (action := self.agenda.take_due(now)) is not None:
            self._guarded(action)
        life = self.life
        if life is None:
            return
        at = life.acceptor.next_at
        if at is not None and at <= now:
            self._guarded(life.acceptor.tick)
        if life.courier.next_at is not None and life.courier.next_at <= now:
            self._guarded(life.courier.go_on)
        if life.alive and life.tick_at <= now:
            self._guarded(life.tick)

    def _guarded(self, action: Deed) -> None:
        """Whatever the terminal does may end its life: by a cut, or by a bug of its own."""
        try:
            action()
        except PowerCut as cut:
            self.trace.note("power", f"cut: {cut}")
            self.cut(cut.what)
        except Exception:  # noqa: BLE001 - whatever it is, it is what the run is looking for
            self._crashed()

    def _crashed(self) -> None:
        what = self.trace.repeatable(traceback.format_exc(limit=-3))
        self.observed.crashes.append(what)
        self.trace.note("terminal", f"CRASH {what.splitlines()[-1]}")
        self.cut(Cut.TERMINAL)

    # --- lives ----------------------------------------------------------------------------------

    def cut(self, what: Cut) -> None:
        """Power is gone now, or the process is killed; it comes back by itself later."""
        self.observed.cuts += 1
        chance = self.plan.stream("power back", self.observed.cuts)
        self._end_life(what)
        if what is Cut.ALL:
            self.cut_acceptor(chance.uniform(0.3, 15.0))
        self.agenda.plan(self.clock.monotonic() + chance.uniform(0.5, 15.0), self.begin_life)

    def cut_acceptor(self, seconds: float) -> None:
        """The acceptor alone loses its power for a while."""
        device = self.around.device
        if not device.body.powered:
            return
        self._doubt_what_went_back(device)
        self.trace.note("acceptor", f"loses power for {seconds:.1f} s")
        device.power_cut()
        self.around.line.drop_everything()
        self.agenda.plan(self.clock.monotonic() + seconds, self._acceptor_back)

    def _doubt_what_went_back(self, device: Machine) -> None:
        """A validator remembers what it stacked, not what it gave back (facts sheet ccnet 8.3)."""
        end = device.body.end
        if end is not None and end.how is Ending.RETURNED and not device.has_counter:
            why = "a device without counter forgot that it went back"
            self.around.doubts.add(end.paper.number, why)
        self.doubt_what_came_out("a power cut")

    def doubt_what_came_out(self, trouble: str) -> None:
        """Trouble begins after which rest proves nothing. Of a protocol without a word for a return
        nobody can say of the last note whether it went back before, unless somebody heard so.
        """
        body = self.around.device.body
        heard = self.life is not None and not self.life.acceptor.is_note_open
        if self.around.device.has_counter or heard or body.end is not None:
            return
        if body.places.returned:
            why = f"{trouble} before anybody heard that it went back"
            self.around.doubts.add(body.places.returned[-1].number, why)

    def _acceptor_back(self) -> None:
        if not self.around.device.body.powered:
            self.trace.note("acceptor", "has power again")
            self.around.device.power_on()
        self.wake()

    def _end_life(self, what: Cut) -> None:
        life, self.life, self._screen = self.life, None, None
        self.gate.disarm()
        if life is None:
            return
        life.end()
        self.around.disk.next_life(what)
        self.trace.note("terminal", f"{life.boot} ends")
        _close(life)
        self.around.disk.forget_old_life()

    def begin_life(self) -> None:
        """The process starts; when the journal cannot be opened, the supervisor tries again."""
        if self.life is not None:
            return
        self.lives += 1
        self.trace.note("terminal", f"boot{self.lives} begins")
        self._arm_for_recovery()
        try:
            life = Life(self.around, self.lives, self._show)
        except (JournalError, PowerCut) as error:
            if isinstance(error, PowerCut):
                self.around.disk.next_life(error.what)
            self._not_started(error)
            return
        self.life = life
        try:
            life.start()
        except (JournalError, PowerCut) as error:
            self._end_life(error.what if isinstance(error, PowerCut) else Cut.TERMINAL)
            self._not_started(error)
        except Exception:  # noqa: BLE001 - as in `_guarded`
            self._crashed()

    def _not_started(self, error: BaseException) -> None:
        self.gate.disarm()
        why = self.trace.repeatable(str(error))
        self.trace.note("terminal", f"did not start: {type(error).__name__} {why}"[:120])
        if isinstance(error, PowerCut) and error.what is Cut.ALL:
            self.cut_acceptor(3.0)
        self.agenda.plan(self.clock.monotonic() + SUPERVISOR_S, self.begin_life)

    def _arm_for_recovery(self) -> None:
        """Power may fail again while the last failure is being recovered from."""
        chance = self.plan.stream("recovery", self.lives)
        if self.calm or self.lives == 1 or not self.plan.has(FaultKind.POWER):
            return
        if chance.random() < 0.3:
            what = chance.choice((Cut.ALL, Cut.TERMINAL))
            self.gate.arm(chance.randrange(40), what, statements=chance.random() < 0.5)

    def _show(self, snapshot: Snapshot) -> None:
        if self._screen is None or self._screen.screen is not snapshot.screen:
            self.trace.note("screen", snapshot.screen)
        self._screen = snapshot

    # --- what people can see and do -------------------------------------------------------------

    @property
    def screen(self) -> Snapshot | None:
        """See `Front`."""
        return self._screen

    def now(self) -> float:
        """See `Front`."""
        return self.clock.monotonic()

    def touch(self, action: Action, value: str = "") -> None:
        """See `Front`."""
        if self._screen is None or self.life is None:
            return
        if action is not Action.KEY:
            self.trace.note("customer", f"touches {action}")
        self.life.post(Touch(screen=self._screen.screen, action=action, value=value))

    def insert(self, customer: int, roubles: int) -> bool:
        """See `Front`."""
        device, body = self.around.device, self.around.device.body
        if not device.insert(roubles, self.now()):
            return False
        self.observed.owners[body.numbered] = customer
        self.trace.note("customer", f"{customer} feeds {roubles} (paper {body.numbered})")
        self.wake()
        return True

    def pull(self) -> None:
        """See `Front`."""
        if self.around.device.body.pull_back(self.now()):
            self.trace.note("customer", "pulls the note back")
        self.wake()

    def push_second(self) -> None:
        """See `Front`."""
        body = self.around.device.body
        if mishaps.push_second(body, self.now()):
            self.trace.note("customer", "pushes a second note")
            self.agenda.plan(self.now() + 2.0, self._pull_second)
        self.wake()

    def _pull_second(self) -> None:
        mishaps.pull_second(self.around.device.body, self.now())
        self.wake()

    def order_collection(self, order: Collect) -> None:
        """The service menu's order; nobody hears it while the terminal is dark."""
        if self.life is not None:
            self.life.post(order)

    def wake(self) -> None:
        """Something happened at the acceptor."""
        if self.life is not None:
            self.life.acceptor.wake()

    def arrive(self, customer: Customer) -> None:
        """Somebody steps up to the terminal."""
        self.customers.append(customer)
        self.trace.note("customer", f"{customer.number} comes, {customer.provider}")
        self._step(customer)

    def _step(self, customer: Customer) -> None:
        wait = customer.step(self)
        if wait is None:
            self.trace.note("customer", f"{customer.number} leaves")
        else:
            self.agenda.plan(self.now() + wait, lambda: self._step(customer))

    def close(self) -> None:
        """The run is over."""
        if self.life is not None:
            self.life.end()
            _close(self.life)
        self.around.disk.close()
        self.backend.close()


def _close(life: Life) -> None:
    # A cut inside a transaction leaves a connection that may not close well; its file is copied.
    with contextlib.suppress(Exception):
        life.journal.close()
