"""The layer under SQLite: changes nothing, misses nothing, and tells a safe setting from others.

Which settings lose an acknowledged row is known from measurements of another kind (a traced process,
a file layer written anew); the same must come out here.
"""

import sqlite3
from contextlib import closing

import pytest

from simulation.power_cut.lossy_disk import Everything, LossyDisk, NothingMore
from simulation.power_cut.operations import Linked, Synced
from simulation.power_cut.recording import recorded

pytestmark = pytest.mark.usefixtures("lossy")


def fill(path, mode, synchronous, rows=6):
    """Yields after each commit."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA journal_mode={mode}")
        connection.execute(f"PRAGMA synchronous={synchronous}")
        connection.execute("PRAGMA wal_autocheckpoint=5")
        connection.execute("CREATE TABLE t (n INTEGER PRIMARY KEY, filling TEXT)")
        for row in range(rows):
            connection.execute("INSERT INTO t VALUES (?, ?)", (row, "x" * 3000))
            yield row


def rows_in(path):
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT n FROM t ORDER BY n")]


@pytest.mark.parametrize(
    ("mode", "synchronous", "loses"),
    [
        ("WAL", "FULL", False),
        ("WAL", "NORMAL", True),
        ("DELETE", "FULL", True),
        ("DELETE", "EXTRA", False),
        ("TRUNCATE", "FULL", False),
    ],
)
def test_settings_lose_acknowledged_rows_as_measured_elsewhere(tmp_path, mode, synchronous, loses):
    live, left = tmp_path / "live", tmp_path / "left"
    live.mkdir()
    lost = []
    with recorded(live) as tape:
        for row in fill(live / "t.db", mode, synchronous):
            left.joinpath(str(row)).mkdir(parents=True)
            for name, content in tape.disk().left(NothingMore()).items():
                left.joinpath(str(row), name).write_bytes(content)
            try:
                lost.append(rows_in(left / str(row) / "t.db") != list(range(row + 1)))
            except sqlite3.OperationalError:  # not even the table is there
                lost.append(True)
    assert any(lost) is loses


def test_the_model_follows_the_real_files_to_the_byte(tmp_path):
    with recorded(tmp_path) as tape:
        for _ in fill(tmp_path / "t.db", "WAL", "FULL"):
            real = {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.suffix != ".db-shm"}
            assert tape.disk().left(Everything()) == real
    assert tape.disk().left(Everything()) == {"t.db": (tmp_path / "t.db").read_bytes()}


def test_what_was_there_before_counts_as_durable(tmp_path):
    list(fill(tmp_path / "t.db", "WAL", "FULL"))
    with recorded(tmp_path) as tape:
        assert rows_in(tmp_path / "t.db") == list(range(6))
    assert tape.disk().left(NothingMore()) == {"t.db": (tmp_path / "t.db").read_bytes()}


def test_other_folders_and_other_times_are_left_alone(tmp_path):
    watched, other = tmp_path / "watched", tmp_path / "other"
    watched.mkdir()
    other.mkdir()
    with recorded(watched) as tape:
        list(fill(other / "t.db", "WAL", "FULL"))
        list(fill(":memory:", "MEMORY", "OFF"))
        assert tape.operations == []
    list(fill(watched / "t.db", "WAL", "FULL"))
    assert tape.operations == []


def test_a_connection_may_outlive_the_recording(tmp_path):
    with recorded(tmp_path) as tape:
        filling = fill(tmp_path / "t.db", "WAL", "FULL")
        next(filling)
    before = len(tape.operations)
    assert list(filling) == list(range(1, 6))
    assert rows_in(tmp_path / "t.db") == list(range(6))
    assert len(tape.operations) > before


def test_one_recording_within_another(tmp_path):
    outer, inner = tmp_path / "outer", tmp_path / "inner"
    outer.mkdir()
    inner.mkdir()
    with recorded(outer) as first:
        with recorded(inner) as second:
            list(fill(inner / "t.db", "WAL", "FULL"))
        list(fill(outer / "t.db", "WAL", "FULL"))
    for tape in (first, second):
        assert isinstance(tape.operations[0], Linked)
        assert any(isinstance(one, Synced) for one in tape.operations)
        assert isinstance(tape.disk(), LossyDisk)
