"""What must hold on a bench at the end, whatever was done to it: for the tests of every protocol.

The machine's places are the truth; the bench's books are what a terminal would have credited. It
must never excuse anything: what a test allows, the test says.
"""

from collections import Counter

from drivers.acceptors.contract import Ready
from simulation.acceptor.bench import Bench
from simulation.acceptor.machine import Machine

NEXT_NOTE: int = 50
"""Value of the note with which a bench is asked whether it still works."""
PATIENCE_S: float = 40.0
"""A machine that is not at rest after this never will be."""
GRACE_S: float = 7.0
"""Longer than a host half waits for a word about a note once the machine is at rest."""


def broken(bench: Bench[Machine], *, may_doubt: bool = False) -> list[str]:
    """The laws of money that do not hold. `may_doubt`: a note in the cassette may stand in the books
    as disputed, because the device left no way to know.
    """
    credited, cassette = Counter(bench.credited()), Counter(bench.cassette())
    disputed = bench.books.disputed
    found = [f"order that may swallow a note: {one}" for one in bench.violations()]
    if extra := credited - cassette:
        found.append(f"credited and not in the cassette: {dict(extra)}")
    if disputed and not may_doubt:
        found.append(f"disputed without need: {disputed}")
    if (missing := cassette - credited).total() > len(disputed):
        found.append(f"in the cassette and not in the books: {dict(missing)}")
    return found


def broken_by_a_script(bench: Bench[Machine]) -> list[str]:
    """The laws of money after any script of faults: a note in the cassette may stand in the books as
    disputed, by its value or, where nobody could name it, as a note without one.
    """
    credited, cassette = Counter(bench.credited()), Counter(bench.cassette())
    disputed = bench.books.disputed.values()
    named = Counter(note.minor // 100 for note in disputed if note)
    found = [f"order that may swallow a note: {one}" for one in bench.violations()]
    if extra := credited - cassette:
        found.append(f"credited and not in the cassette: {dict(extra)}")
    missing = cassette - credited - named
    if missing.total() > sum(note is None for note in disputed):
        found.append(f"in the cassette and not in the books: {dict(missing)}")
    return found


def come_to_rest(bench: Bench[Machine]) -> None:
    """Until the machine waits for the next note, and the host has had time to see it; or as long as
    patience lasts.
    """
    end = bench.rig.now + PATIENCE_S
    while bench.rig.now < end and not (bench.body.is_at_rest and bench.body.enabled):
        bench.rig.run(0.5)
    bench.rig.run(1.0)


def works_again(bench: Bench[Machine]) -> list[str]:
    """Let everything come to rest, then take one more note; what did not work."""
    come_to_rest(bench)
    bench.rig.run(GRACE_S)
    if not bench.told(Ready):
        return ["never ready"]
    before = bench.cassette()
    if not bench.insert(NEXT_NOTE):
        return [f"takes no note: {bench.machine.shown}"]
    bench.rig.run(5)
    if bench.cassette() != [*before, NEXT_NOTE]:
        return [f"the next note is not in the cassette: {bench.machine.shown}"]
    return [] if bench.credited()[-1:] == [NEXT_NOTE] else ["the next note is not credited"]
