"""What one run is: a seed, how many customers, and which kinds of faults the world knows.

Each concern draws from a stream of its own, so that switching one kind of fault off leaves the draws
of the others as they were: that is what makes a failing run shrinkable.
"""

import random
from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """Kinds of trouble, each of which can be switched off."""

    NOISE = "noise"
    """Flipped, lost, doubled and late bytes on the acceptor's line, lost acknowledgements."""
    DEVICE = "device"
    """Acceptor: busy, jam, cassette out and in, failure, cheating, its line unplugged."""
    POWER = "power"
    """Power cuts and killed processes, at moments and between effects, also during recovery."""
    NETWORK = "network"
    """Requests and answers lost, late, doubled, out of order; foreign pages; errors."""
    BACKEND = "backend"
    """The backend stops and starts again."""
    PRINTER = "printer"
    """Silent, without paper, jammed in the middle of a slip."""
    CLOCK = "clock"
    """The wall clock jumps."""
    DISK = "disk"
    """Writes fail for a while, some of them after they were done; space runs out."""
    SLOW = "slow"
    """The terminal's thread takes its time, longer than the wire has patience."""
    COLLECTION = "collection"
    """Somebody collects the cash while others pay."""
    MANNERS = "manners"
    """Customers feed too fast, pull at notes, press the wrong button at the worst moment."""


class DiskKind(StrEnum):
    """What the terminal's disk does when the power goes."""

    HONEST = "honest"
    """It has all that was written."""
    LOSSY = "lossy"
    """It has what was synced; the rest may be lost or torn."""


class Mutant(StrEnum):
    """Deliberate bugs that can be planted; see `simulation.proof.mutants`."""

    JOURNAL_AFTER_STACK = "journal-after-stack"
    CREDIT_AT_ESCROW = "credit-at-escrow"
    NO_DEDUPLICATION = "no-deduplication"
    ACKNOWLEDGED_BEFORE_WRITTEN = "acknowledged-before-written"
    RETRY_WITH_A_NEW_NUMBER = "retry-with-a-new-number"
    FAILURE_ON_TIMEOUT = "failure-on-timeout"
    RECEIPT_BEFORE_COMMIT = "receipt-before-commit"
    SYNCHRONOUS_NORMAL = "synchronous-normal"
    """Does harm on a lossy disk only."""


ALL_FAULTS = frozenset(FaultKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that decides a run; equal plans give equal runs to the byte."""

    seed: int
    customers: int = 5
    faults: frozenset[FaultKind] = ALL_FAULTS
    skip: frozenset[int] = frozenset()
    """Customers that stay away, counted from 0: what shrinking leaves out."""
    disk: DiskKind = DiskKind.HONEST
    protocol: str = "ccnet"
    """What the acceptor speaks; one of `simulation.acceptor.protocols.ProtocolName`."""
    mutant: Mutant | None = None
    leaps: bool = True
    """Polls that cannot bring anything new are leapt over: the same outcome in less time."""

    def stream(self, *names: str | int) -> random.Random:
        """The source of chance for one concern."""
        return random.Random("/".join(str(part) for part in (self.seed, *names)))

    def has(self, kind: FaultKind) -> bool:
        """True when this kind of fault is on."""
        return kind in self.faults

    @property
    def present(self) -> tuple[int, ...]:
        """The customers who come."""
        return tuple(one for one in range(self.customers) if one not in self.skip)
