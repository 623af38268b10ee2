"""Faults that happen by themselves: `kiosk acceptor simulate --faults FILE`.

The file is YAML or TOML with one list, `faults`. Each entry says what to `do`, in the words of the
controls, and when: `at` seconds after the start, `every` so many seconds, or `when` the machine is
seen in a phase, `after` some seconds, so many `times` (once, if not said). It must never invent
anything: the same file gives the same faults.
"""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Final, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from drivers.acceptors.device_half.phases import Phase

_Seconds = Annotated[float, Field(ge=0, le=86_400)]
ALWAYS: Final = 0


class FaultPlanError(Exception):
    """The file cannot be used; the text names it and says why."""


class PlannedFault(BaseModel):
    """One entry of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    do: Annotated[str, Field(min_length=1, max_length=200)]
    at: _Seconds | None = None
    every: Annotated[float, Field(gt=0, le=86_400)] | None = None
    when: Phase | None = None
    after: _Seconds = 0.0
    times: Annotated[int, Field(ge=ALWAYS)] = 1
    """How often for `when`; 0 for each time."""

    @model_validator(mode="after")
    def _one_moment(self) -> Self:
        if sum(moment is not None for moment in (self.at, self.every, self.when)) != 1:
            raise ValueError("say one of at, every, when")
        return self


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    faults: tuple[PlannedFault, ...]


def read_fault_plan(path: Path) -> tuple[PlannedFault, ...]:
    """Every entry of a file; `.toml` is TOML, anything else YAML. Raises FaultPlanError."""
    try:
        text = path.read_text(encoding="utf-8")
        raw = tomllib.loads(text) if path.suffix == ".toml" else yaml.safe_load(text)
        return _File.model_validate(raw).faults
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise FaultPlanError(f"{path}: {where}: {first['msg']}") from error
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise FaultPlanError(f"{path}: {error}") from error


class FaultSchedule:
    """What is due when. `start` and all moments in monotonic seconds."""

    def __init__(self, plan: Iterable[PlannedFault], start: float) -> None:
        self._due: list[tuple[float, PlannedFault]] = []
        self._waiting: dict[int, tuple[PlannedFault, int]] = {}
        self._phase: Phase | None = None
        for number, fault in enumerate(plan):
            first = fault.at if fault.at is not None else fault.every
            if first is not None:
                self._due.append((start + first, fault))
            else:
                self._waiting[number] = (fault, fault.times)

    def next_deadline(self) -> float | None:
        """When something is due at the latest."""
        return min((at for at, _ in self._due), default=None)

    def take_due(self, now: float, phase: Phase) -> list[str]:
        """What to do now, in the words of the controls; to be asked whenever the machine may have
        changed its phase.
        """
        if phase is not self._phase:
            self._phase = phase
            self._plan_for(phase, now)
        ripe = sorted((one for one in self._due if one[0] <= now), key=lambda one: one[0])
        self._due = [one for one in self._due if one[0] > now]
        for at, fault in ripe:
            if fault.every is not None:
                self._due.append((at + fault.every, fault))
        return [fault.do for _, fault in ripe]

    def _plan_for(self, phase: Phase, now: float) -> None:
        for number, (fault, left) in list(self._waiting.items()):
            if fault.when is not phase:
                continue
            self._due.append((now + fault.after, fault))
            if left == 1:
                del self._waiting[number]
            elif left != ALWAYS:
                self._waiting[number] = (fault, left - 1)
