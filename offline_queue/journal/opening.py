"""Opens a terminal's journal for service, in the state in which the disk left it.

A damaged one is set aside (or left where it is, if so configured), a plan of doing so that was cut is
carried out, and numbers go on where the mark says they were. What it must never do is to give a
number twice: where it cannot know, it refuses.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog

from offline_queue.journal import queries
from offline_queue.journal.chain import ChainKey
from offline_queue.journal.engine import is_empty, reading_driver
from offline_queue.journal.errors import JournalDamagedError, JournalUnavailableError
from offline_queue.journal.journal import Journal
from offline_queue.journal.journal_file import holds
from offline_queue.journal.new_beginning_records import NumbersSkipped
from offline_queue.journal.number_mark import Marked, NumberMark
from offline_queue.journal.replay import TemporaryFolderError
from offline_queue.journal.sealed_file import SealBrokenError
from offline_queue.journal.set_aside import NumbersUnknownError, SettingAside

_log = structlog.get_logger(__name__)

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Opened:
    """A journal in service and the mark that goes before it."""

    journal: Journal
    mark: NumberMark


def open_for_service(
    path: Path, key: ChainKey, *, set_aside: bool, now: Clock, beside: tuple[Path, ...] = ()
) -> Opened:
    """Open the journal at `path`.

    Args:
        path: the journal's file; made if it does not exist, in a folder that must exist.
        key: the terminal's secret.
        set_aside: move a damaged journal away and go on with a new one.
        now: the time of the clock.
        beside: files to copy to a journal that is set aside.

    Raises:
        NumbersUnknownError: it is damaged or lost, and nobody knows which numbers were given.
        JournalDamagedError: it is damaged and is not to be set aside.
        JournalUnavailableError: it cannot be opened now; another try may succeed.
    """
    aside = SettingAside(path=path, key=key, beside=(*beside, NumberMark(path, key).path))
    try:
        return _open(aside, set_aside=set_aside, now=now)
    except SealBrokenError as error:
        raise JournalDamagedError(path, str(error)) from error
    except (OSError, TemporaryFolderError) as error:
        raise JournalUnavailableError(path, str(error)) from error


def _open(aside: SettingAside, *, set_aside: bool, now: Clock) -> Opened:
    path, key = aside.path, aside.key
    if aside.is_planned and _overtaken(aside):
        aside.drop()
    if aside.is_planned:
        return Opened(aside.carry_out(), NumberMark(path, key))
    mark = NumberMark(path, key)
    given, doubt = _given(mark)
    try:
        _must_not_lose_its_log(path)
        with _log_left_alone(path):
            journal = Journal(path, key, now=now)
    except JournalDamagedError as damage:
        if not set_aside:
            raise
        if given is None:
            raise NumbersUnknownError(path, damage.why, doubt) from damage
        aside.plan(damage.why, now(), given.numbers)
        return Opened(aside.carry_out(), NumberMark(path, key))
    try:
        _agree(journal, mark, given, doubt, now)
    except BaseException:
        journal.close()
        raise
    return Opened(journal, mark)


def _overtaken(aside: SettingAside) -> bool:
    """Whether a person has put a sound journal back while the damaged one waited to be set aside."""
    if is_empty(aside.path) or not aside.meets_another_file():
        return False
    try:
        with _log_left_alone(aside.path), closing(Journal(aside.path, aside.key)) as journal:
            return not aside.began(journal)
    except JournalDamagedError:
        return False


def _given(mark: NumberMark) -> tuple[Marked | None, str]:
    try:
        given = mark.look()
    except SealBrokenError as error:
        return None, str(error)
    return given, "" if given is not None else f"{mark.path} is missing"


def _agree(
    journal: Journal, mark: NumberMark, given: Marked | None, doubt: str, now: Clock
) -> None:
    """A sound journal is the truth, unless the mark knows of numbers that it does not."""
    with journal.reading() as connection:
        counters, empty = queries.last_numbers(connection), queries.is_empty(connection)
    if given is None:
        if empty and mark.path.exists():
            raise NumbersUnknownError(journal.path, "it holds nothing", doubt)
        if not empty:
            _log.warning("number_mark_written_anew", why=doubt)
        mark.begin(counters)
        return
    ahead = {name: last for name, last in given.numbers.items() if last > counters.get(name, 0)}
    # A number whose record was never written is given next, and there is no gap.
    free = frozenset[str]() if empty else _free(journal, given)
    lost = {
        name: last
        for name, last in ahead.items()
        if name not in free or last > counters.get(name, 0) + 1
    }
    if lost:
        _log.error("journal_damaged", why="it ends before numbers that were given", numbers=lost)
        why = "the journal was lost, or put back as it was earlier"
        journal.append(NumbersSkipped(numbers=tuple(sorted(lost.items())), why=why), at=now())
    mark.raise_to(counters)
    mark.settle(given.free - (ahead.keys() - lost.keys()))


def _free(journal: Journal, given: Marked) -> frozenset[str]:
    """Names of marked numbers that this journal can know not to be given: it is the one that they
    were marked for, and not an earlier copy of it.
    """
    after = given.after
    if after is None or not journal.at_rest(lambda driver: holds(driver, after)):
        return frozenset()
    return given.free


def _must_not_lose_its_log(path: Path) -> None:
    """SQLite throws a log away whose file is empty or missing. What it holds may be the only trace
    of money, so it is evidence, and is seen before SQLite is let near.
    """
    log = path.with_name(f"{path.name}-wal")
    if is_empty(path) and not is_empty(log):
        raise JournalDamagedError(path, "its file is missing or empty, and its log is there")


@contextmanager
def _log_left_alone(path: Path) -> Iterator[None]:
    """Whoever closes a journal last folds its log into it; of a damaged one both must stay as they
    are. So while it is tried, a second connection that can only read is there and leaves last.
    """
    if not path.with_name(f"{path.name}-wal").exists():
        yield
        return
    try:
        reader = reading_driver(path)
    except sqlite3.Error:
        yield
        return
    with closing(reader):
        # Where even this fails nobody folds anything into the file.
        with suppress(sqlite3.Error):
            reader.execute("SELECT 1 FROM sqlite_master").fetchone()
        yield
