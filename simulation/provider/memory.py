"""What the demo provider has credited: one SQLite file, one row for each `txn_id`, for ever.

The unique key is what makes parallel copies of one `pay` a single credit (facts sheet wallet_network
§1.5). It must never forget a payment, nor change one.
"""

import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path

_TABLES = """
CREATE TABLE IF NOT EXISTS credit (
    prv_txn INTEGER PRIMARY KEY AUTOINCREMENT,
    txn_id TEXT NOT NULL UNIQUE,
    txn_date TEXT NOT NULL,
    account TEXT NOT NULL,
    minor INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS request (
    n INTEGER PRIMARY KEY AUTOINCREMENT, command TEXT NOT NULL, txn_id TEXT NOT NULL
);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """One payment that the provider has credited; `minor` in minor units."""

    prv_txn: int
    txn_id: str
    txn_date: str
    account: str
    minor: int


class ProviderMemory:
    """The file. Any thread may use it."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._database = sqlite3.connect(path, check_same_thread=False)
        # It outlives the process, which is all that a demonstration asks of it.
        self._database.execute("PRAGMA synchronous=OFF")
        self._database.executescript(_TABLES)

    def credit(self, *, txn_id: str, txn_date: str, account: str, minor: int) -> Credit:
        """Credit once; for a number that is known, what was credited then."""
        with self._lock, self._database:
            self._database.execute(
                "INSERT OR IGNORE INTO credit (txn_id, txn_date, account, minor)"
                " VALUES (?, ?, ?, ?)",
                (txn_id, txn_date, account, minor),
            )
            found = self._find(txn_id)
        assert found is not None
        return found

    def find(self, txn_id: str) -> Credit | None:
        """What was credited under this number."""
        with self._lock:
            return self._find(txn_id)

    def credits(self) -> list[Credit]:
        """Everything that was credited, in order."""
        with self._lock:
            rows = self._database.execute(f"{_SELECT} ORDER BY prv_txn").fetchall()
        return [_credit(row) for row in rows]

    def note_request(self, command: str, txn_id: str) -> None:
        """Remember that somebody asked."""
        with self._lock, self._database:
            self._database.execute(
                "INSERT INTO request (command, txn_id) VALUES (?, ?)", (command, txn_id)
            )

    def requests(self, command: str) -> dict[str, int]:
        """How often each number was asked about by this command."""
        query = "SELECT txn_id, count(*) FROM request WHERE command = ? GROUP BY txn_id"
        with self._lock:
            return dict(self._database.execute(query, (command,)).fetchall())

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()

    def _find(self, txn_id: str) -> Credit | None:
        row = self._database.execute(f"{_SELECT} WHERE txn_id = ?", (txn_id,)).fetchone()
        return _credit(row) if row is not None else None


_SELECT = "SELECT prv_txn, txn_id, txn_date, account, minor FROM credit"


def _credit(row: tuple[int, str, str, str, int]) -> Credit:
    return Credit(prv_txn=row[0], txn_id=row[1], txn_date=row[2], account=row[3], minor=row[4])
