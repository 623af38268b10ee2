"""Remembers signatures that were used, for as long as they could be used again.

With one process on a SQLite file memory is enough: what was signed before this life began is
refused, so that nothing of the last life can come back (but for what was signed in the very second
of the start). Several processes share a table on PostgreSQL. Both are bounded: in time by the window
in which a signature counts as fresh, in size by how many requests a terminal may make in it. A guard
must never say "new" twice of one nonce of one terminal.
"""

import threading
from collections import deque
from datetime import datetime, timedelta
from typing import Final, Protocol

from sqlalchemy import bindparam, delete, select

from terminal_api.signing import Claim
from wallet.storage.turns import Turns
from wallet.terminals.tables import nonces

MOST_REMEMBERED: Final = 1_000_000
"""Nonces of all terminals; some 300 bytes each."""

_SWEEP_EVERY: Final = timedelta(seconds=10)
_SWEPT_AT_ONCE: Final = 5_000

_KEEP: Final = (
    "WITH known AS (SELECT terminal_id FROM terminal_keys"
    " WHERE terminal_id = %s AND key_id = %s AND ended_at IS NULL),"
    " kept AS (INSERT INTO terminal_nonces (terminal_id, nonce, created_at)"
    " SELECT terminal_id, %s::text, %s::timestamptz FROM known"
    " ON CONFLICT DO NOTHING RETURNING 1)"
    " SELECT EXISTS (SELECT FROM known), EXISTS (SELECT FROM kept)"
)
"""Is the key in force, and is the nonce new: one statement, for every request pays for it."""
_OLD = (
    select(nonces.c.terminal_id, nonces.c.nonce)
    .where(nonces.c.created_at < bindparam("before"))
    .limit(_SWEPT_AT_ONCE)
    .with_for_update(skip_locked=True)
    .cte("old")
)
_FORGET = delete(nonces).where(
    nonces.c.terminal_id == _OLD.c.terminal_id, nonces.c.nonce == _OLD.c.nonce
)


class GuardFullError(Exception):
    """So many signatures are remembered that one more cannot be: refuse, rather than forget."""


class KeyEndedError(Exception):
    """The key that signed is not in force any more; nothing was kept of its signature."""


class ReplayGuard(Protocol):
    """Tells whether a signature is used for the first time."""

    @property
    def judges_keys(self) -> bool:
        """True for one that says of each signature whether its key is in force at this moment."""

    @property
    def begins(self) -> datetime | None:
        """What was signed before this moment cannot be judged and is refused; None = anything can."""

    def is_new(self, claim: Claim, now: datetime) -> bool:
        """True once for each nonce of a terminal. Blocks; thread-safe.

        Raises:
            GuardFullError: see there.
            KeyEndedError: see there.
        """


class MemoryGuard:
    """For the only process on a database.

    Args:
        window: a signature is fresh this long before and after it was made.
        begins: the start of this process, to the second that signatures tell.
        most: nonces that are remembered.
    """

    def __init__(self, window: timedelta, begins: datetime, most: int = MOST_REMEMBERED) -> None:
        self._window = window
        self._begins = begins.replace(microsecond=0)
        self._most = most
        self._used: set[tuple[str, str]] = set()
        self._order: deque[tuple[datetime, tuple[str, str]]] = deque()
        self._lock = threading.Lock()

    @property
    def judges_keys(self) -> bool:
        """See `ReplayGuard`."""
        return False

    @property
    def begins(self) -> datetime | None:
        """See `ReplayGuard`."""
        return self._begins

    def is_new(self, claim: Claim, now: datetime) -> bool:
        """See `ReplayGuard`."""
        key = (claim.terminal_id, claim.nonce)
        with self._lock:
            self._forget(now)
            if key in self._used:
                return False
            if len(self._used) >= self._most:
                raise GuardFullError
            self._used.add(key)
            # It may be dated ahead by a window, and is fresh for a window after that.
            self._order.append((now + 2 * self._window, key))
            return True

    def _forget(self, now: datetime) -> None:
        while self._order and self._order[0][0] < now:
            self._used.discard(self._order.popleft()[1])


class TableGuard:
    """For any number of processes on PostgreSQL.

    Args:
        turns: of the database.
        window: as for `MemoryGuard`.
    """

    def __init__(self, turns: Turns, window: timedelta) -> None:
        self._turns = turns
        self._window = window
        self._lock = threading.Lock()
        self._swept_at: datetime | None = None

    @property
    def judges_keys(self) -> bool:
        """See `ReplayGuard`."""
        return True

    @property
    def begins(self) -> datetime | None:
        """See `ReplayGuard`."""
        return None

    def is_new(self, claim: Claim, now: datetime) -> bool:
        """See `ReplayGuard`."""
        self.sweep(now)
        asked = (claim.terminal_id, claim.key_id, claim.nonce, claim.created)
        by_driver = self._turns.driver()
        assert by_driver is not None  # this guard is PostgreSQL's
        with by_driver as driver:
            told = driver.execute(_KEEP, asked).fetchone()
        if told is None or not told[0]:
            raise KeyEndedError
        return bool(told[1])

    def sweep(self, now: datetime) -> None:
        """Forget what is too old to be asked for, now and then. Blocks; thread-safe."""
        if self._is_time_to_sweep(now):
            with self._turns.write(None) as connection:
                # A claim is refused as soon as it is older than one window: nobody asks for these.
                connection.execute(_FORGET, {"before": now - 2 * self._window})

    def _is_time_to_sweep(self, now: datetime) -> bool:
        with self._lock:
            due = self._swept_at is None or now - self._swept_at >= _SWEEP_EVERY
            if due:
                self._swept_at = now
            return due
