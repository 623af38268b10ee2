"""What the terminal does with its journal while nobody is there, one short piece at a time.

Whenever it is at rest: fold the write-ahead log in, and take a snapshot for the next start. In quiet
hours, once a night: prune what is old, collected and ended, give free pages back, and check the whole
journal. Every piece takes milliseconds, so that a touch is answered; the caller sees to it that no
session is open and no note is in the machine. Its troubles are alarms and never an outage, unless the
journal itself cannot be written.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

import structlog

from config.settings import Settings
from kiosk.clock import Clock
from offline_queue.journal import Journal, JournalDamagedError, JournalError, queries
from offline_queue.journal.archive import ArchiveError
from offline_queue.journal.audit import AuditWork
from offline_queue.journal.door import JournalDoor
from offline_queue.journal.held import held_up
from offline_queue.journal.prune import PruneWork, Retention
from offline_queue.journal.records import DeviceNoted
from offline_queue.journal.replay import TemporaryFolderError
from offline_queue.journal.snapshot import SnapshotWork, take_snapshot
from offline_queue.journal.upkeep import fold_log_in, give_free_pages_back, log_bytes

_log = structlog.get_logger(__name__)

PAUSE_S = 0.05
"""Between two pieces of work: the screen's thread wants its share."""

LOOK_S = 5.0
REST_S = 2.0
"""So long after the last record the terminal counts as resting."""

FOLD_EVERY_S = 3600.0
LOG_ALARM_BYTES = 32_000_000
"""Twice what the log may hold before SQLite folds it in by itself: something keeps it from that."""

HELD_UP_TOO_LONG = timedelta(days=14)
"""So long past its time a record stays before somebody is told: a weekly collection may be late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HousekeepingRules:
    """What is configured.

    Attributes:
        snapshot_every: records after which a new snapshot is worth taking.
        keep_days: so many days a record stays, whatever has ended.
        archive: where pruned records are kept; None: nowhere.
        quiet_from, quiet_to: the quiet hours, local time of `zone`; they may pass midnight.
    """

    snapshot_every: int
    keep_days: float
    archive: Path | None
    quiet_from: time
    quiet_to: time
    zone: ZoneInfo

    def night(self, now: datetime) -> date | None:
        """The night to which this moment belongs, by the day on which it began; None by day."""
        local = now.astimezone(self.zone)
        clock = local.time()
        if self.quiet_from <= self.quiet_to:
            return local.date() if self.quiet_from <= clock < self.quiet_to else None
        if clock >= self.quiet_from:
            return local.date()
        return local.date() - timedelta(days=1) if clock < self.quiet_to else None


def housekeeping_rules_of(settings: Settings) -> HousekeepingRules:
    """The rules that the settings ask for."""
    journal = settings.journal
    return HousekeepingRules(
        snapshot_every=journal.snapshot_every,
        keep_days=journal.keep_days,
        archive=journal.archive_folder,
        quiet_from=journal.quiet_from,
        quiet_to=journal.quiet_to,
        zone=ZoneInfo(settings.terminal.timezone),
    )


class Housekeeping(Protocol):
    """Work for a terminal at rest."""

    def next_at(self) -> float:
        """When `step` is due (monotonic seconds)."""

    def step(self) -> None:
        """Do one short piece, if something is to be done. Raises JournalError."""

    def finish(self) -> None:
        """The program ends in order, nobody waits: leave the journal as a start likes it best."""


class LateKeeper:
    """`Housekeeping` of a journal that may not be open yet; `make` is called once it is."""

    def __init__(self, door: JournalDoor, make: Callable[[Journal], Housekeeping]) -> None:
        self._door = door
        self._make = make
        self._keeper: Housekeeping | None = None

    def next_at(self) -> float:
        """See `Housekeeping`."""
        keeper = self._opened()
        return math.inf if keeper is None else keeper.next_at()

    def step(self) -> None:
        """See `Housekeeping`."""
        if (keeper := self._opened()) is not None:
            keeper.step()

    def finish(self) -> None:
        """See `Housekeeping`."""
        if (keeper := self._opened()) is not None:
            keeper.finish()

    def _opened(self) -> Housekeeping | None:
        if self._keeper is None and self._door.is_open:
            self._keeper = self._make(self._door.journal)
        return self._keeper


Job = Callable[[], bool]
"""One short piece of a night's work; True when there is nothing more."""


class JournalKeeper:
    """`Housekeeping` of one journal."""

    def __init__(self, journal: Journal, clock: Clock, rules: HousekeepingRules) -> None:
        self._journal = journal
        self._clock = clock
        self._rules = rules
        self._next_at = 0.0
        self._seen = journal.end.seq
        self._resting_since = clock.monotonic()
        self._folded_at = clock.monotonic()
        self._folded = journal.end.seq
        self._snapshot_at = journal.start.snapshot or 0
        self._snapshot: SnapshotWork | None = None
        self._night: date | None = None
        self._jobs: list[Job] = []
        self._prune: PruneWork | None = None
        self._audit: AuditWork | None = None
        self._told_of_log = False

    def next_at(self) -> float:
        """See `Housekeeping`."""
        return self._next_at

    def step(self) -> None:
        """See `Housekeeping`."""
        now = self._clock.monotonic()
        if self._journal.end.seq != self._seen:
            self._seen, self._resting_since = self._journal.end.seq, now
        rests = now - self._resting_since >= REST_S
        more = rests and (self._fold(now) or self._take_snapshot() or self._work_at_night())
        self._seen = self._journal.end.seq  # a record of this work itself is no end of the rest
        self._next_at = now + (PAUSE_S if more else LOOK_S if rests else REST_S)

    def finish(self) -> None:
        """See `Housekeeping`."""
        self._forget_the_night()
        try:
            if 0 < self._journal.end.seq != self._snapshot_at:
                take_snapshot(self._journal)
            fold_log_in(self._journal, truncate=True)
        except JournalError as error:
            # The start does without either.
            _log.warning("journal_not_tidied", why=str(error))

    def _fold(self, now: float) -> bool:
        size = log_bytes(self._journal)
        if size > LOG_ALARM_BYTES and not self._told_of_log:
            _log.error("journal_log_large", bytes=size)
        self._told_of_log = size > LOG_ALARM_BYTES
        hourly = now - self._folded_at >= FOLD_EVERY_S
        if self._folded == self._journal.end.seq and not (hourly and size):
            return False
        fold_log_in(self._journal, truncate=hourly)
        self._folded = self._journal.end.seq
        if hourly:
            self._folded_at = now
        return True

    def _take_snapshot(self) -> bool:
        end = self._journal.end.seq
        if self._snapshot is None or self._snapshot.stale:
            due = end - self._snapshot_at >= self._rules.snapshot_every
            self._snapshot = SnapshotWork(self._journal) if due else None
        if self._snapshot is None:
            return False
        work, self._snapshot = self._snapshot, None  # an error ends it
        if work.step():
            self._snapshot_at = work.place
        else:
            self._snapshot = work
        return True

    def _work_at_night(self) -> bool:
        night = self._rules.night(self._clock.now())
        if night is None:
            self._forget_the_night()
            return False
        if night != self._night:
            self._forget_the_night()
            self._night = night
            self._jobs = [
                self._prune_some,
                lambda: give_free_pages_back(self._journal),
                self._check,
            ]
        if not self._jobs:
            return False
        try:
            if self._jobs[0]():
                del self._jobs[0]
        except ArchiveError as error:
            _log.error("journal_not_pruned", why=str(error))  # noqa: TRY400 - no bug of ours
            del self._jobs[0]
        except TemporaryFolderError as error:
            _log.error("journal_not_checked", why=str(error))  # noqa: TRY400 - no bug of ours
            self._forget_the_night()
        except JournalDamagedError as error:
            self._damaged(error)
        except JournalError:
            # What was half done is of no use any more; the next night begins anew.
            self._forget_the_night()
            raise
        return True

    def _prune_some(self) -> bool:
        if self._prune is None:
            with self._journal.reading() as connection:
                collected = queries.last_collection_place(connection)
            keep = timedelta(days=self._rules.keep_days)
            retention = Retention(
                older_than=self._clock.now() - keep,
                up_to=collected - 1,
                archive=self._rules.archive,
                lived=keep,
            )
            self._prune = PruneWork(self._journal, retention)
        if not self._prune.step(self._clock.now()):
            return False
        self._tell_what_is_held_up()
        return True

    def _tell_what_is_held_up(self) -> None:
        """A journal that cannot let go of its beginning grows until somebody deals with the cause."""
        before = self._clock.now() - timedelta(days=self._rules.keep_days) - HELD_UP_TOO_LONG
        held = self._journal.at_rest(lambda driver: held_up(driver, before))
        if held is not None:
            _log.error(
                "journal_pruning_held_up",
                alarm="journal cannot be pruned",
                oldest=held.oldest.isoformat(),
                parked_payments=held.payments,
                parked_notes=held.notes,
            )

    def _check(self) -> bool:
        if self._audit is None:
            self._audit = AuditWork(self._journal)
        if not self._audit.step():
            return False
        if differ := self._audit.differing:
            _log.error("journal_projections_differed", projections=differ)
            self._journal.put_right(self._audit.replay, differ, at=self._clock.now())
        _log.info("journal_checked", records=self._audit.records)
        return True

    def _damaged(self, error: JournalDamagedError) -> None:
        """Old records are not what was written. What is open was proved at the start, so money goes
        on; a person must look.
        """
        _log.error("journal_damaged", why=str(error))
        self._jobs.clear()
        noted = DeviceNoted(device="journal", event="damaged", detail=str(error))
        self._journal.append(noted, at=self._clock.now())

    def _forget_the_night(self) -> None:
        for work in (self._prune, self._audit):
            if work is not None:
                work.close()
        self._prune = self._audit = None
        self._jobs = []
