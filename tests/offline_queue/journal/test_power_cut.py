"""A journal whose process died, or whose file lost what was written last, or was damaged."""

import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from offline_queue.journal import ChainKey, Journal, JournalDamagedError
from offline_queue.journal.engine import reading_engine
from offline_queue.journal.records import DeviceNoted, to_text
from offline_queue.journal.verify import rows, verify

KEY = ChainKey(bytes(range(32)))
NOW = datetime(2026, 5, 1, tzinfo=UTC)
PAGE = 4096

# Four processes start one after the other, and each waits for its syncs: on a machine that is busy
# with other things that takes a minute.
slow_disk = pytest.mark.timeout(300)

# Says what was acknowledged, one number a line, until somebody kills it.
WRITE_FOR_EVER = """
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from offline_queue.journal import ChainKey, Journal
from offline_queue.journal.records import NoteStacked

journal = Journal(Path(sys.argv[1]), ChainKey(bytes(range(32))))
for number in count(int(sys.argv[2])):
    journal.append(
        NoteStacked(session=None, cycle=f"n{number}", minor=5000, currency="RUB", how="normal"),
        at=datetime(2026, 5, 1, tzinfo=UTC),
    )
    print(number, flush=True)
"""


def bodies(path):
    with reading_engine(path).connect() as connection:
        return [row.body for row in rows(connection)]


@pytest.fixture(scope="module")
def memory():
    """A folder in memory. Each example opens a journal and waits for its syncs, and nothing is asked
    here of what a disk keeps: that is `tests/simulation/power_cut`.
    """
    where = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with TemporaryDirectory(prefix="kiosk-tests-", dir=where) as name:
        yield Path(name)


def _fresh(memory):
    return Path(mkdtemp(dir=memory))


@pytest.fixture(scope="module")
def dead(tmp_path_factory, day):
    """Journal and log of a terminal that died without a checkpoint: the log holds everything."""
    folder = tmp_path_factory.mktemp("dead")
    journal = Journal(folder / "live.db", KEY)
    for record in day:
        journal.append(record, at=NOW)
    for name in ("live.db", "live.db-wal"):
        shutil.copy(folder / name, folder / name.replace("live", "dead"))
    journal.close()
    return folder / "dead.db"


@pytest.fixture(scope="module")
def folded(tmp_path_factory, day):
    """A journal that was closed in order: one file."""
    path = tmp_path_factory.mktemp("folded") / "journal.db"
    journal = Journal(path, KEY)
    for record in day:
        journal.append(record, at=NOW)
    journal.close()
    return path


@slow_disk
def test_killed_in_the_middle_of_writing_it_keeps_all_that_was_acknowledged(path, key):
    """Four lives, each killed at another moment; the next one takes up the same file."""
    number = 0
    for lines in (1, 7, 40, 120):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITE_FOR_EVER, path, str(number)],
            stdout=subprocess.PIPE,
            text=True,
        )
        told = [int(process.stdout.readline()) for _ in range(lines)]
        process.send_signal(signal.SIGKILL)
        told += [int(line) for line in process.stdout.read().splitlines() if line.isdigit()]
        process.wait(timeout=20)
        process.stdout.close()
        verdict = verify(path, key)
        assert verdict.ok, verdict.findings
        # One more may have been stored, of which the dead process could not tell.
        assert verdict.records in (told[-1] + 1, told[-1] + 2)
        number = verdict.records
    cycles = [f'"cycle":"n{number}"' for number in range(number)]
    assert all(cycle in body for cycle, body in zip(cycles, bodies(path), strict=True))


def test_a_log_that_was_never_folded_in_is_read(dead, tmp_path, day):
    path = _copy(dead, tmp_path)
    assert bodies(path) == [to_text(record) for record in day]
    Journal(path, KEY).close()
    assert verify(path, KEY).records == len(day)


@settings(max_examples=50)
@given(cut=st.integers(min_value=0, max_value=10**6))
def test_a_log_cut_off_anywhere_leaves_a_sound_beginning(dead, memory, day, cut):
    path = _copy(dead, _fresh(memory))
    log = path.with_name(f"{path.name}-wal")
    whole = log.read_bytes()
    log.write_bytes(whole[: cut % (len(whole) + 1)])
    _is_a_beginning(path, day)


@settings(max_examples=50)
@given(place=st.integers(min_value=0, max_value=10**6), mask=st.integers(1, 255))
def test_a_log_with_a_spoilt_byte_leaves_a_sound_beginning(dead, memory, day, place, mask):
    path = _copy(dead, _fresh(memory))
    log = path.with_name(f"{path.name}-wal")
    content = bytearray(log.read_bytes())
    content[place % len(content)] ^= mask
    log.write_bytes(content)
    _is_a_beginning(path, day)


def test_a_log_that_was_lost_whole_leaves_a_sound_beginning(dead, tmp_path, day):
    path = _copy(dead, tmp_path)
    path.with_name(f"{path.name}-wal").unlink()
    _is_a_beginning(path, day)


def _is_a_beginning(path, day):
    """Whole records from the first on, sound, and ready to go on."""
    journal = Journal(path, KEY)
    kept = bodies(path)
    assert kept == [to_text(record) for record in day[: len(kept)]]
    assert verify(path, KEY).ok
    journal.append(DeviceNoted(device="test", event="goes on"), at=NOW)
    assert verify(path, KEY).records == len(kept) + 1
    assert verify(path, KEY).ok
    journal.close()


def _copy(source, folder):
    for name in (source.name, f"{source.name}-wal"):
        shutil.copy(source.with_name(name), folder / name)
    return folder / source.name


def _holds(path):
    """What an auditor would say; a file that cannot even be read does not hold."""
    try:
        return verify(path, KEY).ok
    except DBAPIError:
        return False


@settings(max_examples=50)
@given(place=st.integers(min_value=0, max_value=10**6), mask=st.integers(1, 255))
def test_a_spoilt_byte_of_the_file_is_noticed_or_touches_nothing_that_is_read(
    folded, memory, day, place, mask
):
    content = bytearray(folded.read_bytes())
    content[place % len(content)] ^= mask
    path = _fresh(memory) / "journal.db"
    path.write_bytes(content)
    assert not _holds(path) or bodies(path) == [to_text(record) for record in day]


def test_a_spoilt_name_in_the_file_stops_the_terminal_and_is_found(folded, tmp_path, open_journal):
    """The driver then cannot even say what is wrong: its message is no text."""
    content = folded.read_bytes()
    assert content.count(b"note_by_session") == 2
    path = tmp_path / "name.db"
    path.write_bytes(content.replace(b"note_by_session", b"note_by_s\xc5ssion", 1))
    with pytest.raises(JournalDamagedError):
        open_journal(path)
    assert not _holds(path)


@pytest.mark.parametrize("page", range(1, 12))
def test_a_spoilt_page_stops_the_terminal_or_is_found(folded, tmp_path, page, open_journal):
    content = bytearray(folded.read_bytes())
    assert len(content) > 12 * PAGE
    content[page * PAGE : (page + 1) * PAGE] = b"\xa5" * PAGE
    path = tmp_path / "page.db"
    path.write_bytes(content)
    with pytest.raises(JournalDamagedError, match="keep the file"):
        open_journal(path)
    assert not _holds(path)


def test_a_file_cut_short_stops_the_terminal(folded, tmp_path, open_journal):
    path = tmp_path / "short.db"
    path.write_bytes(folded.read_bytes()[: 10 * PAGE])
    with pytest.raises(JournalDamagedError):
        open_journal(path)


@pytest.mark.parametrize("content", [b"no database, only text\n" * 300, b"\x00" * PAGE])
def test_a_file_that_is_no_database_stops_the_terminal_and_is_left_alone(
    path, open_journal, content
):
    path.write_bytes(content)
    with pytest.raises(JournalDamagedError):
        open_journal()
    assert path.read_bytes() == content


def test_a_file_without_a_byte_is_a_journal_that_was_never_begun(path, key, open_journal):
    """What a power cut right after the very first start may leave."""
    path.touch()
    open_journal()
    assert verify(path, key).ok
