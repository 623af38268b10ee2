"""What the journal says for a heartbeat and as events, read beside whoever writes it.

By a connection that can only read, opened for each look and closed after it: SQLite lets a reader
look while the terminal writes, and no payment waits. It must never be given the journal itself.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import structlog

from offline_queue.journal.engine import reading_driver
from offline_queue.journal.records import from_text
from offline_queue.standing.events import KINDS, event_of
from terminal_api.fleet import MAX_EVENTS, TerminalEvent

_log = structlog.get_logger(__name__)

MOST_RECORDS: Final = 20_000
"""Records that one look goes over: a long past is told piece by piece."""

_LONGEST_TEXT: Final = 100_000
"""Characters of events in one look, which keeps a request far below what the backend takes."""

_TOLD: Final = " OR ".join(f"""body LIKE '{{"kind":"{kind}"%'""" for kind in KINDS)
_EVENTS: Final = (
    f"SELECT seq, at, body FROM record WHERE seq > ? AND seq <= ? AND ({_TOLD})"  # noqa: S608 - constants
    " ORDER BY seq LIMIT ?"
)


class JournalUnreadableError(Exception):
    """It cannot be looked into now; the reason quotes nothing of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """`cash` counts notes in the box by minor units; `chain_end` is place and link of the last
    record, None of an empty journal.
    """

    cash: dict[int, int]
    parked: int
    chain_end: tuple[int, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """Events, and the place up to which all are told with them."""

    events: tuple[TerminalEvent, ...]
    up_to: int


def read_standing(path: Path) -> Reading:
    """How the journal stands.

    Raises:
        JournalUnreadableError: see there.
    """
    try:
        with closing(reading_driver(path)) as driver:
            driver.execute("BEGIN")
            cash = dict(driver.execute("SELECT minor, count FROM cash ORDER BY minor").fetchall())
            parked = driver.execute("SELECT count(*) FROM payment WHERE state = 'parked'")
            last = driver.execute("SELECT seq, mac FROM record ORDER BY seq DESC LIMIT 1")
            ((count,), end) = parked.fetchone(), last.fetchone()
    except (sqlite3.Error, OSError) as error:
        raise JournalUnreadableError(type(error).__name__) from error
    chain_end = None if end is None else (end[0], bytes(end[1]).hex())
    return Reading(cash=cash, parked=count, chain_end=chain_end)


def read_events(path: Path, after: int) -> Happened:
    """What happened after a place: as much of it as one request takes.

    Raises:
        JournalUnreadableError: see there.
    """
    try:
        with closing(reading_driver(path)) as driver:
            driver.execute("BEGIN")
            first, newest = driver.execute("SELECT min(seq), max(seq) FROM record").fetchone()
            if newest is None or after >= newest:
                return Happened(events=(), up_to=after)
            until = min(newest, max(after, first - 1) + MOST_RECORDS)
            rows = driver.execute(_EVENTS, (after, until, MAX_EVENTS)).fetchall()
    except (sqlite3.Error, OSError) as error:
        raise JournalUnreadableError(type(error).__name__) from error
    events: list[TerminalEvent] = []
    room = _LONGEST_TEXT
    for place, at, body in rows:
        event = _event(place, at, body)
        if event is None:
            continue
        room -= len(event.model_dump_json())
        if room < 0:
            return Happened(events=tuple(events), up_to=place - 1)
        events.append(event)
    whole = len(rows) < MAX_EVENTS
    return Happened(events=tuple(events), up_to=until if whole else rows[-1][0])


def _event(place: int, at: object, body: object) -> TerminalEvent | None:
    try:
        return event_of(place, str(at), from_text(str(body)))
    except ValueError:
        # The auditor finds what is spoilt; nothing of it belongs into a log.
        _log.warning("record_not_told", place=place)
        return None
