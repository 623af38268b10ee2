"""A disk without room: nothing half-written, nothing claimed, and on it goes when there is room."""

import subprocess
import sys

import pytest

from offline_queue.journal import JournalWriteError
from offline_queue.journal.verify import verify

# The limit is the operating system's, so it needs a process of its own.
WRITE_UNTIL_FULL = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from offline_queue.journal import ChainKey, Journal, JournalError
from offline_queue.journal.records import DeviceNoted

now = datetime(2026, 5, 1, tzinfo=UTC)
journal = Journal(Path(sys.argv[1]), ChainKey(bytes(range(32))))
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), hard))
stored = failed = 0
while failed < 3:
    try:
        journal.append(DeviceNoted(device="test", event="x" * 900, detail=str(stored)), at=now)
        stored += 1
    except JournalError:
        failed += 1
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
journal.append(DeviceNoted(device="test", event="room again"), at=now)
journal.close()
print(stored)
"""


def test_a_file_that_may_not_grow_refuses_whole_records(journal, make, now, path, key):
    with journal.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    journal._connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 6}")
    journal._connection.rollback()
    stored = 0

    def fill():
        nonlocal stored
        for number in range(10_000):
            journal.append(
                make.session_opened(f"s{number}"), make.stacked(None, f"n{number}"), at=now
            )
            stored = number + 1

    with pytest.raises(JournalWriteError, match="full"):
        fill()
    assert stored > 0
    assert verify(path, key).records == 2 * stored
    # Reopening has made a new connection, on which the limit is gone: there is room again.
    journal.append(make.stacked(None, "after"), at=now)
    verdict = verify(path, key)
    assert verdict.ok
    assert verdict.records == 2 * stored + 1


@pytest.mark.parametrize("limit", [70_000, 71_003, 200_000])
def test_a_disk_that_is_full_keeps_what_was_acknowledged_and_no_more(path, key, limit):
    done = subprocess.run(
        [sys.executable, "-c", WRITE_UNTIL_FULL, path, str(limit)],
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    verdict = verify(path, key)
    assert verdict.ok, verdict.findings
    assert verdict.records == int(done.stdout) + 1
