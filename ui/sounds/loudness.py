"""How loud the terminal is at which hour, by its own clock. Pure."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Loudness:
    """Percent by day and by night; 0 is silence.

    Attributes:
        night_from: local time at which the night begins; the same as `night_to` = no night.
    """

    day: int
    night: int
    night_from: time
    night_to: time
    timezone: str

    def at(self, moment: datetime) -> int:
        """Return the percent for an aware moment."""
        local = moment.astimezone(ZoneInfo(self.timezone)).time()
        if self.night_from <= self.night_to:
            asleep = self.night_from <= local < self.night_to
        else:
            asleep = local >= self.night_from or local < self.night_to
        return self.night if asleep else self.day

    @property
    def ever(self) -> bool:
        """True when there is an hour with sound."""
        return self.day > 0 or self.night > 0


SILENT = Loudness(day=0, night=0, night_from=time(), night_to=time(), timezone="UTC")
