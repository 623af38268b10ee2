"""Two pieces of work measured in turns, and their ratio.

Times never leave this package: a time says something of the machine, a ratio of the code.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

Work = Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How many times the baseline's cost a subject has; 1.0 is as cheap as bare.

    Attributes:
        name: what was measured, as `benchmark.subject`.
        what: the subject in words.
        baseline: the bare thing in words.
        n: calls of each side that were measured.
        repetitions: into how many repetitions they fall.
        median: the middle of the repetitions' ratios of medians.
        lowest, highest: of those ratios.
        p99: ratio of the 99th percentiles over all calls; None when there are too few to speak of.
    """

    name: str
    what: str
    baseline: str
    n: int
    repetitions: int
    median: float
    lowest: float
    highest: float
    p99: float | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Seconds that each call took: of one repetition, both sides in the same order of rounds."""

    subject: tuple[float, ...]
    baseline: tuple[float, ...]


ENOUGH_FOR_P99 = 200


def in_turns(subject: Work, baseline: Work, *, rounds: int, repetitions: int) -> tuple[Pair, ...]:
    """Call both sides in turns; which of them goes first changes with each round."""
    return tuple(_repetition(subject, baseline, rounds) for _ in range(repetitions))


def joined(parts: Sequence[Pair]) -> Pair:
    """Several short runs as one repetition."""
    return Pair(
        tuple(one for part in parts for one in part.subject),
        tuple(one for part in parts for one in part.baseline),
    )


def compare(name: str, what: str, baseline: str, pairs: Sequence[Pair]) -> Comparison:
    """Make ratios of times.

    Raises:
        ValueError: nothing was measured.
    """
    if not pairs or not all(pair.subject and pair.baseline for pair in pairs):
        raise ValueError(f"{name}: nothing was measured")
    ratios = [statistics.median(pair.subject) / statistics.median(pair.baseline) for pair in pairs]
    subject = [seconds for pair in pairs for seconds in pair.subject]
    bare = [seconds for pair in pairs for seconds in pair.baseline]
    return Comparison(
        name=name,
        what=what,
        baseline=baseline,
        n=len(subject),
        repetitions=len(pairs),
        median=statistics.median(ratios),
        lowest=min(ratios),
        highest=max(ratios),
        p99=_p99(subject) / _p99(bare) if len(subject) >= ENOUGH_FOR_P99 else None,
    )


def _repetition(subject: Work, baseline: Work, rounds: int) -> Pair:
    taken: dict[Work, list[float]] = {subject: [], baseline: []}
    for number in range(rounds):
        for work in (subject, baseline) if number % 2 else (baseline, subject):
            taken[work].append(seconds(work))
    return Pair(tuple(taken[subject]), tuple(taken[baseline]))


def seconds(work: Work) -> float:
    """How long one call takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _p99(seconds: Sequence[float]) -> float:
    return sorted(seconds)[ceil(len(seconds) * 0.99) - 1]
