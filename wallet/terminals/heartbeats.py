"""Heartbeats of many terminals kept in one transaction: they are most of what a backend is asked.

A heartbeat moves no money and the last one counts, so none needs a transaction of its own. What is
asked of any signed request is asked of each one here, in the same transaction: its key is in force
and its nonce is new. No answer leaves before the commit. Payments must never be taken this way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from sqlalchemy import bindparam, select

from terminal_api import ErrorCode
from terminal_api.signing import Claim
from wallet.storage.turns import Turns
from wallet.terminals.register import KEEP_STATE
from wallet.terminals.replay import GuardFullError, MemoryGuard, TableGuard
from wallet.terminals.shadow import newest_of
from wallet.terminals.tables import keys

_KEYS: Final = select(keys.c.terminal_id, keys.c.key_id).where(
    keys.c.terminal_id.in_(bindparam("which", expanding=True)), keys.c.ended_at.is_(None)
)
_KEEP_ALL: Final = (
    "WITH asked AS (SELECT * FROM unnest("
    "%s::text[], %s::text[], %s::text[], %s::timestamptz[], %s::text[])"
    " AS told (terminal_id, key_id, nonce, created_at, report)),"
    " known AS (SELECT asked.* FROM asked JOIN terminal_keys USING (terminal_id, key_id)"
    " WHERE terminal_keys.ended_at IS NULL),"
    # In one order in every process, so that two never wait for each other.
    " kept AS (INSERT INTO terminal_nonces (terminal_id, nonce, created_at)"
    " SELECT terminal_id, nonce, created_at FROM known ORDER BY terminal_id"
    " ON CONFLICT DO NOTHING RETURNING terminal_id),"
    " stated AS (INSERT INTO terminal_states (terminal_id, seen_at, report)"
    " SELECT terminal_id, %s, report FROM known JOIN kept USING (terminal_id)"
    " ORDER BY terminal_id ON CONFLICT (terminal_id)"
    " DO UPDATE SET seen_at = excluded.seen_at, report = excluded.report)"
    " SELECT terminal_id, kept.terminal_id IS NOT NULL,"
    " (SELECT version FROM desired_clock WHERE id = 1)"
    " FROM known LEFT JOIN kept USING (terminal_id)"
)
"""One statement, a transaction by itself: what `replay` and `register` ask for one at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """A heartbeat whose signature is good; `report` is its canonical JSON."""

    claim: Claim
    report: str


Outcome = int | ErrorCode
"""The number of the newest desired item, or why the heartbeat was not taken."""


class Heartbeats(Protocol):
    """Keeps heartbeats. Blocks; thread-safe."""

    def keep(self, beats: Sequence[Beat], now: datetime) -> list[Outcome]:
        """Keep each, or say why not; in order. At most one of each terminal.

        Raises:
            StoreBusyError: nothing was written.
            sqlalchemy.exc.DBAPIError: unknown what was written.
        """


class HeartbeatsOnSqlite:
    """For the only process on a file."""

    def __init__(self, turns: Turns, guard: MemoryGuard) -> None:
        self._turns = turns
        self._guard = guard

    def keep(self, beats: Sequence[Beat], now: datetime) -> list[Outcome]:
        """See `Heartbeats`."""
        refused: dict[str, ErrorCode] = {}
        rows = []
        with self._turns.write(None) as connection:
            asked = {"which": [it.claim.terminal_id for it in beats]}
            in_force = {tuple(row) for row in connection.execute(_KEYS, asked)}
            for it in beats:
                terminal_id = it.claim.terminal_id
                why = self._why_not(it.claim, in_force, now)
                if why is not None:
                    refused[terminal_id] = why
                else:
                    rows.append({"terminal_id": terminal_id, "seen_at": now, "report": it.report})
            if rows:
                connection.execute(KEEP_STATE, rows)
            newest = newest_of(connection)
        return [refused.get(it.claim.terminal_id, newest) for it in beats]

    def _why_not(
        self, claim: Claim, in_force: set[tuple[str, ...]], now: datetime
    ) -> ErrorCode | None:
        if (claim.terminal_id, claim.key_id) not in in_force:
            return ErrorCode.KEY_UNKNOWN
        try:
            return None if self._guard.is_new(claim, now) else ErrorCode.REPLAYED
        except GuardFullError:
            return ErrorCode.BUSY


class HeartbeatsOnPostgres:
    """For any number of processes."""

    def __init__(self, turns: Turns, guard: TableGuard) -> None:
        self._turns = turns
        self._guard = guard

    def keep(self, beats: Sequence[Beat], now: datetime) -> list[Outcome]:
        """See `Heartbeats`."""
        self._guard.sweep(now)
        claims = [it.claim for it in beats]
        asked = (
            [it.terminal_id for it in claims],
            [it.key_id for it in claims],
            [it.nonce for it in claims],
            [it.created for it in claims],
            [it.report for it in beats],
            now,
        )
        by_driver = self._turns.driver()
        assert by_driver is not None  # this is PostgreSQL's
        with by_driver as driver:
            told = {row[0]: row for row in driver.execute(_KEEP_ALL, asked)}
        return [_outcome(told.get(it.terminal_id)) for it in claims]


def _outcome(row: tuple[str, bool, int | None] | None) -> Outcome:
    if row is None:
        return ErrorCode.KEY_UNKNOWN
    return int(row[2] or 0) if row[1] else ErrorCode.REPLAYED
