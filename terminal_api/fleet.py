"""What a terminal tells of itself, and what it is told to become: heartbeat, events, desired state.

A heartbeat replaces the one before it; an event is kept for ever under the terminal's own sequence.
The backend holds what a terminal shall have as numbered items, and the terminal waits for the next
number. Nothing here moves money, and none of it may hold an account, a phone number or a secret.
"""

from datetime import UTC, datetime
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Final, Self

from pydantic import AwareDatetime, Field, StringConstraints, field_serializer, model_validator

from terminal_api.payments import MAX_NUMBER, Amount, Code, FieldValue, TerminalId, Verdict
from terminal_api.shapes import Answered, Told

MAX_EVENTS: Final = 500
MAX_WAIT_S: Final = 30

Count = Annotated[int, Field(ge=0, le=MAX_NUMBER)]
Sequence = Annotated[int, Field(ge=1, le=MAX_NUMBER)]
Version = Annotated[int, Field(ge=0, le=MAX_NUMBER)]
Kind = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


class DeviceState(StrEnum):
    """How a device stands."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"
    ABSENT = "absent"


class DeviceReport(Told):
    """One device. `faults` are numbers of the fault catalogue; `since` is the terminal's clock."""

    state: DeviceState
    faults: tuple[Count, ...] = Field(default=(), max_length=20)
    since: AwareDatetime | None = None


class QueueReport(Told):
    """What waits to be told to the backend. Ages in whole seconds by the terminal's clock."""

    pending: Count
    parked: Count = 0
    oldest_s: Count | None = None
    since_success_s: Count | None = None


class Heartbeat(Told):
    """How the terminal stands now.

    `boot` names this life of it; `cash` counts the notes in the box by their value in minor units;
    `applied` says which version of each desired item is in use. `chain_sequence` and `chain_hash`
    are the journal's last record: kept here they show later that its end was not cut off.
    """

    terminal_id: TerminalId
    boot: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,64}$")]
    at: AwareDatetime
    version: Code
    uptime_s: Count
    screen: Kind | None = None
    queue: QueueReport
    cash: dict[Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,12}$")], Count] = Field(
        default_factory=dict, max_length=50
    )
    cash_minor: Amount = 0
    devices: dict[Kind, DeviceReport] = Field(default_factory=dict, max_length=20)
    applied: dict[Kind, Version] = Field(default_factory=dict, max_length=20)
    disk_free_mb: Count | None = None
    sqlite_version: Code | None = None
    chain_sequence: Count | None = None
    chain_hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None


class HeartbeatAnswer(Answered):
    """`desired` is the number of the newest desired item of this terminal."""

    terminal_id: TerminalId
    server_time: AwareDatetime
    desired: Version


class TerminalEvent(Told):
    """Something that happened, for the people who look after terminals."""

    sequence: Sequence
    kind: Kind
    at: AwareDatetime
    details: dict[Kind, FieldValue] = Field(default_factory=dict, max_length=20)

    @field_serializer("at")
    def _one_form_of_an_instant(self, value: datetime) -> str:
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


class EventBatch(Told):
    """Up to 500 events of one terminal, in ascending order of their sequence."""

    terminal_id: TerminalId
    events: tuple[TerminalEvent, ...] = Field(min_length=1, max_length=MAX_EVENTS)

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        if not all(one.sequence < other.sequence for one, other in pairwise(self.events)):
            raise ValueError("sequences must ascend without repeats")
        return self


class EventAnswer(Answered):
    """What became of one event: accepted, duplicate or conflict."""

    sequence: Sequence
    verdict: Verdict


class EventsAnswer(Answered):
    """One answer for each event, in the batch's order."""

    terminal_id: TerminalId
    answers: tuple[EventAnswer, ...]


class DesiredItem(Answered):
    """What a terminal shall have of one kind. `content` names it (a version, a hash); the thing
    itself is fetched elsewhere.
    """

    kind: Kind
    version: Version
    content: FieldValue


class DesiredAnswer(Answered):
    """Items that changed after the number asked for, oldest first; none when the wait ran out.
    `version` is what to ask after next.
    """

    terminal_id: TerminalId
    version: Version
    items: tuple[DesiredItem, ...]
