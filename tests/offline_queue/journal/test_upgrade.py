"""A real journal of the first version becomes one of today's, whole or not at all, and goes on."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from offline_queue.journal import (
    ChainKey,
    Journal,
    JournalDamagedError,
    JournalUnavailableError,
    queries,
    schema,
)
from offline_queue.journal import upgrade as upgrader
from offline_queue.journal.records import DeviceNoted
from offline_queue.journal.verify import verify

KEY = ChainKey(bytes(range(32)))
NOW = datetime(2026, 12, 1, tzinfo=UTC)
FIRST = Path(__file__).parent / "data" / "schema-1.db"
RECORDS = 79

# A step that changes a projection by hand, and one that has all of them made anew.
BY_HAND = """
revision, down_revision = "{new:04}", "{old:04}"

def upgrade():
    from alembic import op
    op.execute("CREATE TABLE extra (name VARCHAR PRIMARY KEY) WITHOUT ROWID")
    op.execute("INSERT INTO extra VALUES ('by hand')")
    {then}
"""
REBUILD = """
revision, down_revision = "{new:04}", "{old:04}"
REBUILD = True

def upgrade():
    from alembic import op
    op.execute("UPDATE note SET state = 'nonsense'")
    op.execute("DELETE FROM payment")
"""


def content(path, table="record"):
    with closing(sqlite3.connect(path)) as file:
        return sorted(file.execute(f"SELECT * FROM {table}").fetchall())


def version_of(path):
    with closing(sqlite3.connect(path)) as file:
        return file.execute("PRAGMA user_version").fetchone()[0]


def shape(path):
    """Every table with its columns and kind, every index with its columns and condition."""
    with closing(sqlite3.connect(path)) as file:

        def ask(sql):
            return file.execute(sql).fetchall()

        tables = {
            (name, without_rowid, tuple(ask(f"PRAGMA table_xinfo({name})")))
            for _, name, _, _, without_rowid, _ in ask("PRAGMA table_list")
            if not name.startswith("sqlite_")
        }
        indexes = {
            (name, table, " ".join(sql.split()), tuple(ask(f"PRAGMA index_xinfo({name})")))
            for name, table, sql in ask("SELECT name, tbl_name, sql FROM sqlite_master")
            if sql and sql.startswith("CREATE") and name != table
        }
        return tables, indexes


def copies(path):
    return sorted(one.name for one in path.parent.glob(f"{path.name}.schema-*"))


@pytest.fixture
def first(path):
    """The journal of the first version, as its program left it."""
    return Path(shutil.copyfile(FIRST, path))


@pytest.fixture
def of_today(first, open_journal):
    """The same, brought up to today's version."""
    open_journal().close()
    return first


@pytest.fixture
def next_version(monkeypatch, tmp_path):
    """Pretends that a later program is running, with one step more."""

    def add(text, then="pass"):
        folder = tmp_path / "migrations"
        shutil.copytree(upgrader.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
        old = schema.SCHEMA_VERSION
        step = folder / "versions" / "v_next.py"
        step.write_text(text.format(old=old, new=old + 1, then=then))
        monkeypatch.setattr(upgrader, "MIGRATIONS", folder)
        monkeypatch.setattr(schema, "SCHEMA_VERSION", old + 1)
        return old + 1

    return add


def test_the_first_journal_opens_verifies_and_goes_on(first, open_journal):
    before = content(first)
    journal = open_journal()
    journal.append(DeviceNoted(device="test", event="goes on"), at=NOW)
    with journal.reading() as connection:
        assert [one.number for one in queries.outbox(connection, 10)] == [6, 7, 8]
        session = queries.open_session(connection)
        assert session is not None
        assert [note.cycle for note in queries.open_notes(connection)] == ["boot-2/n"]
    journal.close()
    assert content(first)[:RECORDS] == before
    verdict = verify(first, KEY)
    assert verdict.ok, verdict.findings
    assert verdict.records == RECORDS + 1


def test_what_was_derived_of_the_first_journal_is_derived_again_to_the_byte(of_today):
    """Also texts: what the backend was told, and will be told again, is what was stored."""
    with closing(sqlite3.connect(FIRST)) as old, closing(sqlite3.connect(of_today)) as new:
        tables = [
            name
            for (name,) in old.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if name not in ("head", "record")
        ]
        assert "payment" in tables
        for table in tables:
            columns = [row[1] for row in old.execute(f"PRAGMA table_info({table})")]
            question = f"SELECT {', '.join(columns)} FROM {table}"
            assert sorted(old.execute(question), key=repr) == sorted(
                new.execute(question), key=repr
            ), table


def test_an_upgraded_file_has_the_shape_of_a_new_one(of_today, tmp_path, open_journal):
    open_journal(tmp_path / "new.db").close()
    assert shape(of_today) == shape(tmp_path / "new.db")


def test_the_revisions_are_one_line_up_to_the_present_version():
    script = ScriptDirectory(str(upgrader.MIGRATIONS))
    walked = [one.revision for one in script.walk_revisions()]
    assert walked == [f"{number:04}" for number in range(schema.SCHEMA_VERSION, 0, -1)]


def test_a_step_is_taken_and_the_file_before_it_is_kept(of_today, open_journal, next_version):
    before, earlier = content(of_today), copies(of_today)
    new = next_version(BY_HAND)
    open_journal().close()
    assert version_of(of_today) == new
    assert content(of_today, "extra") == [("by hand",)]
    assert content(of_today) == before
    (kept,) = set(copies(of_today)) - set(earlier)
    assert kept.startswith(f"journal.db.schema-{new - 1}.{RECORDS}-")
    assert version_of(of_today.with_name(kept)) == new - 1
    assert content(of_today.with_name(kept)) == before
    open_journal().close()
    assert kept in copies(of_today)


def test_projections_are_made_anew_from_the_records(of_today, open_journal, next_version):
    before = {table.name: content(of_today, table.name) for table in schema.PROJECTIONS}
    next_version(REBUILD)
    open_journal().close()
    assert {table.name: content(of_today, table.name) for table in schema.PROJECTIONS} == before
    assert verify(of_today, KEY).ok


def test_a_step_that_fails_leaves_the_old_file(of_today, open_journal, next_version):
    before, shape_before = content(of_today), shape(of_today)
    new = next_version(BY_HAND, then="raise RuntimeError('a bug')")
    with pytest.raises(RuntimeError, match="a bug"):
        open_journal()
    assert version_of(of_today) == new - 1
    assert content(of_today) == before
    assert shape(of_today) == shape_before


def test_records_that_were_changed_are_not_made_the_base_of_anything(
    of_today, open_journal, next_version, tampering
):
    new = next_version(REBUILD)
    with tampering(of_today) as file:
        file.execute("UPDATE record SET body = body || ' ' WHERE seq = 9")
    with pytest.raises(JournalDamagedError, match="record 9 was changed"):
        open_journal()
    assert version_of(of_today) == new - 1


def test_no_step_is_taken_with_another_key(of_today, open_journal, next_version):
    new = next_version(BY_HAND)
    with pytest.raises(JournalDamagedError, match="the key is another one"):
        open_journal(key=ChainKey(bytes(32)))
    assert version_of(of_today) == new - 1
    assert f"journal.db.schema-{new - 1}" not in "".join(copies(of_today))


def test_without_room_for_the_copy_nothing_is_changed(
    of_today, open_journal, next_version, monkeypatch
):
    def no_room(*_):
        raise OSError(28, "No space left on device")

    new = next_version(BY_HAND)
    monkeypatch.setattr(upgrader, "copy_whole", no_room)
    with pytest.raises(JournalUnavailableError, match="No space left"):
        open_journal()
    assert version_of(of_today) == new - 1


def test_a_power_cut_at_any_statement_leaves_the_old_file_or_the_new(
    of_today, open_journal, next_version, tmp_path, monkeypatch
):
    """What lies on the disk at each statement is opened by the next life."""
    before = content(of_today)
    new = next_version(REBUILD)
    with monkeypatch.context() as patched:
        images = _cut_at_each_statement(patched, tmp_path / "cuts", of_today)
        open_journal().close()
    assert len(images) > 50
    seen = set()
    for image in [*images[:: len(images) // 20], *images[-6:]]:
        life = image / "journal.db"
        seen.add(version_of(life))
        journal = Journal(life, KEY)
        journal.append(DeviceNoted(device="test", event="goes on"), at=NOW)
        journal.close()
        assert version_of(life) == new
        assert content(life)[:RECORDS] == before
        assert verify(life, KEY).ok
    assert seen == {new - 1, new}


def _cut_at_each_statement(monkeypatch, folder, path):
    images = []
    really = upgrader.upgrade

    def upgrade(connection, *rest):
        driver = upgrader.driver_of(connection)
        driver.set_trace_callback(lambda _: images.append(_image(path, folder / str(len(images)))))
        really(connection, *rest)
        driver.set_trace_callback(None)
        images.append(_image(path, folder / "after"))

    monkeypatch.setattr(upgrader, "upgrade", upgrade)
    return images


def _image(path, folder):
    """What a power cut leaves now: file, log and copies, not the shared memory."""
    folder.mkdir(parents=True)
    for one in path.parent.glob("journal.db*"):
        if one.is_file() and not one.name.endswith("-shm"):
            shutil.copyfile(one, folder / one.name)
    return folder


def test_a_start_without_an_upgrade_does_not_load_alembic(path):
    program = (
        "import sys; from pathlib import Path; from offline_queue.journal import *;"
        "Journal(Path(sys.argv[1]), ChainKey(bytes(32))).close();"
        "sys.exit('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program, path], check=False)
    assert done.returncode == 0
