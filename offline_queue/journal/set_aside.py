"""A damaged journal is moved away whole, and a new one goes on after it.

The files of a journal cannot be moved in one step. So a plan is written first, sealed and durable;
while it stands nothing else opens the journal, and after a power cut whoever comes next carries it
out to the end. Nothing is ever copied over something, and nothing of the damaged journal is deleted.
"""

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import structlog

from offline_queue.journal import queries
from offline_queue.journal.chain import ChainKey
from offline_queue.journal.errors import JournalDamagedError
from offline_queue.journal.folders import sync_folder
from offline_queue.journal.journal import Journal
from offline_queue.journal.new_beginning_records import JournalSetAside, NumbersSkipped
from offline_queue.journal.number_mark import NumberMark, Numbers
from offline_queue.journal.records import JournalRecord, from_text, to_text
from offline_queue.journal.salvage import salvage
from offline_queue.journal.sealed_file import SealedFile

_log = structlog.get_logger(__name__)

# The file itself last: where it lies in the folder, everything has been moved.
_LOGS = ("-wal", "-shm")


class NumbersUnknownError(JournalDamagedError):
    """Nobody can say which numbers were given; going on could give one of them twice."""

    def __init__(self, path: Path, damage: str, why: str) -> None:
        super().__init__(
            path,
            f"{damage}; and it is not known which numbers were given ({why}). Ask the support desk "
            "for this terminal's last payment and receipt number, then run: kiosk journal set-aside",
        )


def plan_path(journal: Path) -> Path:
    """Where the plan lies by which a journal is set aside."""
    return journal.with_suffix(".set-aside")


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingAside:
    """Sets the journal at `path` aside. `beside` are files that are copied to it for a person."""

    path: Path
    key: ChainKey
    beside: Sequence[Path] = ()

    @property
    def _plan(self) -> SealedFile:
        return SealedFile(plan_path(self.path), self.key, "set aside")

    @property
    def is_planned(self) -> bool:
        """True when it was begun and not finished. Raises OSError."""
        return self._plan.path.exists()

    def plan(self, damage: str, at: datetime, given: Numbers) -> None:
        """Decide where it goes and what the new journal begins with; durable when this returns.

        Args:
            damage: what is wrong with it, for people.
            at: the time of the clock.
            given: the highest numbers that may have been given.

        Raises:
            OSError, TemporaryFolderError: there was no plan to write; nothing was changed.
        """
        place = self._free_place(at)
        told = salvage(self.path, self.key)
        names = sorted(given.keys() | told.numbers.keys())
        numbers = tuple(
            (name, max(given.get(name, 0), told.numbers.get(name, 0))) for name in names
        )
        records: list[JournalRecord] = [
            JournalSetAside(
                place=place,
                why=" ".join(damage.split()),
                last_seq=told.last_seq,
                session=told.session,
                unfinished=told.unfinished,
                cash=tuple((*what, count) for what, count in sorted(told.cash.items())),
                last_note=told.last_note,
                notes=len(told.notes),
            ),
            NumbersSkipped(numbers=numbers, why=f"given before {place}"),
            *told.notes,
        ]
        texts = [to_text(record) for record in records]
        file = _fingerprint(self.path)
        self._plan.write({"place": place, "at": at.isoformat(), "file": file, "records": texts})

    def meets_another_file(self) -> bool:
        """Whether the file that lies there is not the one that was to be set aside: the new journal,
        or a copy that a person has put back meanwhile.

        Raises:
            SealBrokenError: the plan is not what was written.
            OSError: something cannot be read.
        """
        planned = (self._plan.read() or {}).get("file")
        return planned is not None and planned != _fingerprint(self.path)

    def began(self, journal: Journal) -> bool:
        """Whether this journal is the one that the plan began, or is still to be. Raises
        JournalError, SealBrokenError, OSError.
        """
        plan = self._plan.read()
        assert plan is not None
        first = journal.at_rest(
            lambda driver: driver.execute("SELECT body FROM record ORDER BY seq LIMIT 1").fetchone()
        )
        return first is None or first[0] == plan["records"][0]

    def drop(self) -> None:
        """Give the plan up; it is kept under another name, and its numbers stay given. Raises
        SealBrokenError, OSError.
        """
        plan = self._plan.read()
        assert plan is not None
        self._mark([from_text(text) for text in plan["records"]])
        kept = self.path.with_name(f"{plan['place']}.plan")
        self._plan.path.rename(kept)
        sync_folder(kept.parent)
        _log.error("journal_set_aside_dropped", why="a sound journal was put back", plan=kept.name)

    def carry_out(self) -> Journal:
        """Do what the plan says, from wherever it was left; the new journal is open then.

        Raises:
            SealBrokenError: the plan is not what was written.
            OSError, JournalError: it could not be done; the plan stands and can be carried out again.
        """
        plan = self._plan.read()
        assert plan is not None
        self._move(self.path.parent / plan["place"])
        journal = Journal(self.path, self.key)
        try:
            records = [from_text(text) for text in plan["records"]]
            with journal.reading() as connection:
                begun = not queries.is_empty(connection)
            if not begun:
                journal.append(*records, at=datetime.fromisoformat(plan["at"]))
            self._mark(records)
            self._plan.remove()
        except BaseException:
            journal.close()
            raise
        _log.error("journal_damaged", set_aside=plan["place"])
        return journal

    def _mark(self, records: Sequence[JournalRecord]) -> None:
        for record in records:
            if isinstance(record, NumbersSkipped):
                NumberMark(self.path, self.key).begin(dict(record.numbers))

    def _move(self, place: Path) -> None:
        folder = self.path.parent
        place.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder)
        if (place / self.path.name).exists():
            return
        # Its name in the other place says that all has been moved, even of one without a file.
        self.path.touch()
        for one in self.beside:
            if one.exists():
                shutil.copyfile(one, place / one.name)
        for suffix in _LOGS:
            log = folder / (self.path.name + suffix)
            if log.exists():
                log.rename(place / log.name)
        sync_folder(place)
        self.path.rename(place / self.path.name)
        sync_folder(place)
        sync_folder(folder)

    def _free_place(self, at: datetime) -> str:
        name = f"{self.path.stem}.damaged-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        tried, number = name, 1
        while (self.path.parent / tried).exists():
            number += 1
            tried = f"{name}-{number}"
        return tried


def _fingerprint(path: Path) -> str:
    """Of the file at `path`; of none, as of an empty one."""
    if not path.exists():
        return hashlib.sha256().hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
