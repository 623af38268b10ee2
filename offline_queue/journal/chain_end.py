"""Where the chain ends, read from the file and proved by its seal and its last link.

Asked at every opening and after every error at a commit; so it takes no more than a few rows. It must
never believe a place that the key does not confirm.
"""

import sqlite3
from pathlib import Path
from typing import NamedTuple

from offline_queue.journal.chain import GENESIS, ChainKey, Mac, same
from offline_queue.journal.errors import JournalDamagedError


class ChainEnd(NamedTuple):
    """The last record's place and HMAC; place 0 before the first."""

    seq: int
    mac: Mac


def read_end(driver: sqlite3.Connection, key: ChainKey, path: Path) -> ChainEnd:
    """The end of the chain, within the present transaction.

    Raises:
        JournalDamagedError: it is not marked, or is not where or what it was.
        sqlite3.Error, UnicodeDecodeError: the file cannot be read.
    """
    heads = driver.execute("SELECT seq, seal FROM head").fetchall()
    last = driver.execute(
        "SELECT seq, at, body, mac FROM record ORDER BY seq DESC LIMIT 2"
    ).fetchall()
    if len(heads) != 1:
        raise JournalDamagedError(path, "the end of the chain is not marked")
    seq, seal = heads[0]
    place = last[0][0] if last else 0
    if place != seq:
        raise JournalDamagedError(path, "records are missing at the end")
    mac = _last_link(key, last) if last else GENESIS
    if mac is None or not isinstance(seal, bytes) or not same(seal, key.seal(seq, mac)):
        raise JournalDamagedError(
            path, f"the chain breaks at record {place}, or the key is another one"
        )
    return ChainEnd(seq, mac)


def _last_link(key: ChainKey, last: list[tuple[int, object, object, object]]) -> Mac | None:
    """The last record's HMAC, if it is the one it must be."""
    seq, at, body, mac = last[0]
    before = last[1][3] if len(last) == 2 else GENESIS
    if not (isinstance(at, str) and isinstance(body, str)):
        return None
    if not (isinstance(mac, bytes) and isinstance(before, bytes)):
        return None
    expected = key.link(Mac(before), seq, at, body)
    return expected if same(expected, mac) else None
