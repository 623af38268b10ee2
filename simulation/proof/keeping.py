"""When the simulated terminal tends its journal: the real housekeeping, by rules drawn for each run.

In most runs no record is ever old enough to be removed. In some a few minutes are enough, so that the
beginning is pruned while people pay: the judge puts the archive in front of what is left.
"""

from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from kiosk.terminal.housekeeping import HousekeepingRules

ZONE: Final = ZoneInfo("Europe/Moscow")
_EVERY: Final = (2, 5, 20)
"""Records after which a snapshot is due: a run writes about a hundred."""
_A_CENTURY_DAYS: Final = 36_500
_PRUNES: Final = 0.3
"""Share of the runs in which records may go."""
_MINUTES: Final = (0.2, 1.0, 3.0)
_A_DAY: Final = 24 * 60


def rules_for(chance: Random, pruning: Random, start: datetime, archive: Path) -> HousekeepingRules:
    """Snapshots all the time; half an hour of quiet in which the journal is checked, which begins
    while people pay.

    Args:
        chance: for what every run draws.
        pruning: whether records may go in this run, and how old they must be.
        start: when the run begins.
        archive: where pruned records are kept.
    """
    begins, prunes = chance.uniform(-5.0, 10.0), pruning.random() < _PRUNES
    if prunes:  # not before anything was collected
        begins = pruning.uniform(1.0, 5.0)
    quiet = (start + timedelta(minutes=begins)).astimezone(ZONE)
    return HousekeepingRules(
        snapshot_every=chance.choice(_EVERY),
        keep_days=pruning.choice(_MINUTES) / _A_DAY if prunes else _A_CENTURY_DAYS,
        archive=archive if prunes else None,
        quiet_from=_minute(quiet),
        quiet_to=_minute(quiet + timedelta(minutes=30)),
        zone=ZONE,
    )


def _minute(moment: datetime) -> time:
    return moment.time().replace(second=0, microsecond=0)
