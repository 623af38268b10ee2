"""When the simulated terminal tends its journal: the real housekeeping, by rules drawn for each run.

Records are never old enough to be removed, whatever the clock jumps to: the judge reads all of them.
"""

from datetime import datetime, time, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from kiosk.terminal.housekeeping import HousekeepingRules

ZONE: Final = ZoneInfo("Europe/Moscow")
_EVERY: Final = (2, 5, 20)
"""Records after which a snapshot is due: a run writes about a hundred."""
_A_CENTURY_DAYS: Final = 36_500


def rules_for(chance: Random, start: datetime) -> HousekeepingRules:
    """Snapshots all the time; half an hour of quiet in which the journal is checked, which begins
    while people pay. `start` is when the run begins.
    """
    quiet = (start + timedelta(minutes=chance.uniform(-5.0, 10.0))).astimezone(ZONE)
    return HousekeepingRules(
        snapshot_every=chance.choice(_EVERY),
        keep_days=_A_CENTURY_DAYS,
        archive=None,
        quiet_from=_minute(quiet),
        quiet_to=_minute(quiet + timedelta(minutes=30)),
        zone=ZONE,
    )


def _minute(moment: datetime) -> time:
    return moment.time().replace(second=0, microsecond=0)
