"""What every life of the terminal finds around it, and what outlives each of them."""

from dataclasses import dataclass, field
from random import Random

from kiosk.terminal.housekeeping import HousekeepingRules
from simulation.acceptor.machine import Machine
from simulation.acceptor.protocols import Kit
from simulation.proof.agenda import Agenda
from simulation.proof.clock import VirtualClock
from simulation.proof.collector import CashCollector
from simulation.proof.disk import Disk
from simulation.proof.doubts import Doubts
from simulation.proof.gate import Gate
from simulation.proof.line import Line
from simulation.proof.network import Network
from simulation.proof.printer import Printer
from simulation.proof.trace import Trace

PLENTY_MB = 10_000
_QUICK_S = 0.001


@dataclass(slots=True, kw_only=True)
class Surroundings:
    """Machines, line, disk, clock: not one of them belongs to the process."""

    seed: int
    clock: VirtualClock
    agenda: Agenda
    trace: Trace
    gate: Gate
    disk: Disk
    kit: Kit[Machine]
    device: Machine
    line: Line
    network: Network
    printer: Printer
    collector: CashCollector
    haste: Random
    housekeeping: HousekeepingRules
    leaps: bool
    """Polls that cannot bring anything new are leapt over."""
    slowness_s: float = 0.0
    """The terminal's thread may take up to this long for one event."""
    free_mb: int = PLENTY_MB
    bill_table: bytes | None = None
    doubts: Doubts
    """What truly left no way to know where a note is."""
    papers: dict[str, int] = field(default_factory=dict)
    """Which paper each cycle is about, by what the machine held when it was first told."""
    settled: set[int] = field(default_factory=set)
    """Papers of which the terminal has settled something: their end may be acknowledged."""

    def remember_table(self, table: bytes) -> None:
        """A file beside the journal."""
        self.bill_table = table

    def sluggishness(self) -> float:
        """How long the next event lies in the mailbox, in seconds."""
        drawn = self.haste.random()
        return _QUICK_S + drawn**3 * self.slowness_s
