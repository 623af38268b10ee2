"""The journal by itself on the lossy disk: the power goes after every single thing done to the disk.

The real `Journal` writes a drawn history with its own settings while the disk is recorded. For each
cut it then recovers from several images of what may be left, and must find every record that was
acknowledged, nothing that was not asked for, a whole chain, and projections that follow from it.
That recovery is recorded as well, and cut again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, Final

from sqlalchemy import Engine, event

from offline_queue.journal import Journal
from simulation.power_cut.history import history
from simulation.power_cut.lossy_disk import Everything, Fate, Image, LossyDisk, NothingMore, Torn
from simulation.power_cut.recording import recorded
from simulation.power_cut.recovery import JOURNAL, KEY, Promises, recover

_CHECKPOINT_PAGES: Final = 12
"""So many pages in the log, and it is folded in: every few records instead of every few hundred."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What is tried; equal trials do the same."""

    seed: int
    payments: int = 6
    every: int = 1
    """Cut after each of so many operations only."""
    torn: int = 2
    """Torn images for each cut, beside the two extremes."""
    again_every: int = 5
    """Cut the recovery again for one image in so many."""


@dataclass(slots=True)
class Outcome:
    """What came of it; `broken` names the cut and what is wrong, in words."""

    cuts: int = 0
    images: int = 0
    cuts_in_recovery: int = 0
    broken: list[str] = field(default_factory=list)


def attempt(trial: Trial, folder: Path) -> Outcome:
    """Write a history, cut everywhere, and judge; `folder` is for files of the moment.

    Raises:
        NoSqliteLibraryError: Python's SQLite is out of reach.
    """
    outcome = Outcome()
    with _small_log():
        written = _write(trial, folder)
        disk = LossyDisk(written.tape.before)
        for done, operation in enumerate(written.tape.operations, start=1):
            disk.take(operation)
            if done % trial.every == 0 and disk.volatile:
                outcome.cuts += 1
                _cut(trial, outcome, disk, written, done, folder)
    return outcome


def _write(trial: Trial, folder: Path) -> Promises:
    chance = Random(f"{trial.seed}/history")
    with _laid_out(folder, {}) as place, recorded(place) as tape:
        written = Promises(tape)
        journal = Journal(place / JOURNAL, KEY)
        for group in history(chance, trial.payments):
            written.append(journal, *group)
            if chance.random() < 0.03:  # an end in order: the log is folded in and deleted
                journal.close()
                journal = Journal(place / JOURNAL, KEY)
        journal.close()
    return written


def _cut(
    trial: Trial, outcome: Outcome, disk: LossyDisk, written: Promises, done: int, folder: Path
) -> None:
    chance = Random(f"{trial.seed}/cut/{done}")
    for number, fate in enumerate(_fates(chance, trial.torn)):
        outcome.images += 1
        where = f"seed {trial.seed}, cut after operation {done}, image {number}"
        with _laid_out(folder, disk.left(fate)) as place:
            found, recovered = recover(place, written, done)
        if found:
            outcome.broken.append(f"{where}: {found}")
        elif outcome.images % trial.again_every == 0:
            _cut_again(outcome, recovered, chance, where, folder)


def _cut_again(
    outcome: Outcome, recovered: Promises, chance: Random, where: str, folder: Path
) -> None:
    """Power fails while the last failure is being recovered from."""
    done = chance.randrange(len(recovered.tape.operations) + 1)
    outcome.cuts_in_recovery += 1
    with _laid_out(folder, recovered.tape.disk(done).left(Torn(chance))) as place:
        found, _ = recover(place, recovered, done)
    if found:
        outcome.broken.append(f"{where}, again after operation {done} of the recovery: {found}")


def _fates(chance: Random, torn: int) -> Iterator[Fate]:
    yield NothingMore()
    yield from (Torn(chance) for _ in range(torn))
    yield Everything()


@contextmanager
def _laid_out(folder: Path, image: Image) -> Iterator[Path]:
    with TemporaryDirectory(dir=folder) as name:
        for file, content in image.items():
            Path(name, file).write_bytes(content)
        yield Path(name)


@contextmanager
def _small_log() -> Iterator[None]:
    def set_small(connection: Any, _record: object) -> None:
        connection.execute(f"PRAGMA wal_autocheckpoint={_CHECKPOINT_PAGES}")

    event.listen(Engine, "connect", set_small)
    try:
        yield
    finally:
        event.remove(Engine, "connect", set_small)
