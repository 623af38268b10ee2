"""What terminals told of themselves: how each stands now, and what happened, for ever.

A heartbeat replaces the one before it. An event is kept once under the terminal's own sequence: told
again it is a repeat, with other content a conflict that changes nothing. It must never hold anything
that a terminal tells of a customer: the contract has no field for it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog
from sqlalchemy import bindparam, insert, select
from sqlalchemy.dialects.sqlite import insert as insert_on_sqlite

from terminal_api import Verdict, body_hash, canonical_bytes
from terminal_api.fleet import EventAnswer, Heartbeat, HeartbeatAnswer, TerminalEvent
from wallet.storage.turns import Turns
from wallet.terminals.shadow import newest_of
from wallet.terminals.tables import events, states

_log = structlog.get_logger(__name__)

_SQLITE = insert_on_sqlite(states)
KEEP_STATE: Final = _SQLITE.on_conflict_do_update(
    index_elements=[states.c.terminal_id],
    set_={"seen_at": _SQLITE.excluded.seen_at, "report": _SQLITE.excluded.report},
)
"""A heartbeat on SQLite."""
_KEEP_AND_TELL: Final = (
    "INSERT INTO terminal_states (terminal_id, seen_at, report) VALUES (%s, %s, %s)"
    " ON CONFLICT (terminal_id)"
    " DO UPDATE SET seen_at = excluded.seen_at, report = excluded.report"
    " RETURNING (SELECT version FROM desired_clock WHERE id = 1)"
)
"""A heartbeat on PostgreSQL, by its driver: a fleet's are most of what a backend does."""
_STORED: Final = select(events.c.sequence, events.c.body_hash).where(
    events.c.terminal_id == bindparam("of"),
    events.c.sequence.in_(bindparam("which", expanding=True)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a terminal stood when it was heard last; `report` is the heartbeat as JSON."""

    terminal_id: str
    seen_at: datetime
    report: str


class Register:
    """States and events of all terminals. Every method blocks and is thread-safe.

    Args:
        turns: of the database.
        clock: aware UTC time.
    """

    def __init__(self, turns: Turns, clock: Callable[[], datetime]) -> None:
        self._turns = turns
        self._clock = clock

    def heard(self, beat: Heartbeat) -> HeartbeatAnswer:
        """Keep how this terminal stands; the answer tells the time here and if there is news."""
        now = self._clock()
        report = canonical_bytes(beat).decode()
        by_driver = self._turns.driver()
        if by_driver is None:
            row = {"terminal_id": beat.terminal_id, "seen_at": now, "report": report}
            with self._turns.write(None) as connection:
                connection.execute(KEEP_STATE, row)
                newest = newest_of(connection)
        else:
            with by_driver as driver:
                told = driver.execute(_KEEP_AND_TELL, (beat.terminal_id, now, report)).fetchone()
            newest = 0 if told is None else int(told[0] or 0)
        return HeartbeatAnswer(terminal_id=beat.terminal_id, server_time=now, desired=newest)

    def standing(self, terminal_id: str | None = None) -> list[Standing]:
        """How terminals stand, in order of their numbers."""
        query = select(states).order_by(states.c.terminal_id)
        if terminal_id is not None:
            query = query.where(states.c.terminal_id == terminal_id)
        with self._turns.read() as connection:
            return [Standing(**row) for row in connection.execute(query).mappings()]

    def take(self, terminal_id: str, told: Sequence[TerminalEvent]) -> tuple[EventAnswer, ...]:
        """Keep what is new, once; answer for each event, in order."""
        hashes = {event.sequence: body_hash(event) for event in told}
        with self._turns.write(terminal_id) as connection:
            asked = {"of": terminal_id, "which": list(hashes)}
            stored = {row.sequence: row.body_hash for row in connection.execute(_STORED, asked)}
            now = self._clock()
            rows = [
                {
                    "terminal_id": terminal_id,
                    "sequence": event.sequence,
                    "body_hash": hashes[event.sequence],
                    "body": canonical_bytes(event).decode(),
                    "kind": event.kind,
                    "told_at": event.at,
                    "received_at": now,
                }
                for event in told
                if event.sequence not in stored
            ]
            if rows:
                connection.execute(insert(events), rows)
        answers = tuple(
            EventAnswer(sequence=number, verdict=_verdict(stored.get(number), digest))
            for number, digest in hashes.items()
        )
        for answer in answers:
            if answer.verdict is Verdict.CONFLICT:
                _log.error(
                    "event_conflict",
                    alarm=True,
                    terminal_id=terminal_id,
                    sequence=answer.sequence,
                )
        return answers


def _verdict(stored: str | None, told: str) -> Verdict:
    if stored is None:
        return Verdict.ACCEPTED
    return Verdict.DUPLICATE if stored == told else Verdict.CONFLICT
