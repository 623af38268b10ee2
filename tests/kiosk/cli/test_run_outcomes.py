"""`kiosk run`: one clear message and the right exit code for whatever comes in the way."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from typer.testing import CliRunner

from config.catalogue import CatalogueError
from config.journal_key import KeyFileError
from kiosk import bootstrap
from kiosk.cli import application, build_application
from kiosk.single_instance import AlreadyRunningError, only_one
from kiosk.terminal.snapshot import Screen, ServiceReason
from offline_queue.journal import (
    ChainKey,
    Journal,
    JournalDamagedError,
    JournalUnavailableError,
)
from offline_queue.journal.engine import reading_engine
from offline_queue.journal.number_mark import NumberMark
from offline_queue.journal.records import DeviceNoted
from offline_queue.journal.verify import rows

SECRET = bytes(range(32))
NOW = datetime(2026, 5, 1, 6, 30, tzinfo=UTC)


class FakeTerminal:
    """Stands in for a whole terminal; `does` is what running it comes to."""

    def __init__(self):
        self.does = lambda: True
        self.ran = []

    def __call__(self, settings, finger):
        self.ran.append((settings, finger))
        return self.does()


@pytest.fixture
def terminal():
    return FakeTerminal()


@pytest.fixture
def run(terminal, monkeypatch):
    # The log would keep the runner's captured stream for all later tests.
    monkeypatch.setattr(application, "set_up_logs", lambda **_: None)

    def invoke(*words):
        return CliRunner().invoke(
            build_application(terminal), ["run", *(str(word) for word in words)]
        )

    return invoke


@pytest.fixture
def config(tmp_path):
    """Writes a settings file with a journal in this folder; `extra` is more TOML."""

    def write(extra=""):
        path = tmp_path / "terminal.toml"
        path.write_text(
            f"""
[journal]
path = "{tmp_path}/var/journal.db"
key_file = "{tmp_path}/var/journal.key"

[acceptor]
port = "{tmp_path}/no-acceptor"

[printer]
port = "{tmp_path}/no-printer"

[backend]
url = "http://127.0.0.1:9"

[display]
fullscreen = false

{extra}
""",
            encoding="utf-8",
        )
        return path

    return write


def message(result):
    """What stands on standard error: never a traceback."""
    assert "Traceback" not in result.stderr
    return result.stderr


def test_without_a_settings_file_it_is_the_demo_terminal(run, terminal):
    assert run().exit_code == 0
    ((settings, finger),) = terminal.ran
    assert settings.terminal.id == "00000000"
    assert finger is None


def test_settings_and_finger_are_handed_on(run, terminal, config, tmp_path):
    assert run("--config", config(), "--finger", tmp_path / "finger").exit_code == 0
    ((settings, finger),) = terminal.ran
    assert settings.journal.path == tmp_path / "var" / "journal.db"
    assert finger == tmp_path / "finger"


def test_a_missing_settings_file_is_told_and_nothing_runs(run, terminal, tmp_path):
    result = run("--config", tmp_path / "missing.toml")
    assert result.exit_code == 2
    assert "missing.toml" in message(result)
    assert len(message(result).splitlines()) == 1
    assert terminal.ran == []


@pytest.mark.parametrize(
    ("extra", "named"),
    [
        ("[acceptor_]\nport = 1", "acceptor_"),
        ("[session]\nidle = 45", "idle"),
        ("[session]\nidle_s = 0", "idle_s"),
        ("[limits]\ncash_max_minor = 'much'", "cash_max_minor"),
        ("this is no TOML", "line"),
    ],
)
def test_a_wrong_key_is_named_and_nothing_runs(run, terminal, config, extra, named):
    result = run("--config", config(extra))
    assert result.exit_code == 2
    assert named in message(result)
    assert terminal.ran == []


def test_a_wrong_variable_of_the_environment_is_named(run, terminal, config, monkeypatch):
    monkeypatch.setenv("KIOSK_SESSION__IDLE_S", "soon")
    result = run("--config", config())
    assert result.exit_code == 2
    assert "idle_s" in message(result).lower()
    assert terminal.ran == []


def test_check_runs_nothing_and_makes_nothing(run, terminal, config, tmp_path):
    result = run("--config", config(), "--check")
    assert result.exit_code == 0
    assert "good" in result.stdout
    assert terminal.ran == []
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("content", [None, "{", "{}"])
def test_check_looks_into_the_catalogue_too(run, config, tmp_path, content):
    catalogue = tmp_path / "catalogue.json"
    if content is not None:
        catalogue.write_text(content, encoding="utf-8")
    result = run("--config", config(f'[catalogue]\npath = "{catalogue}"'), "--check")
    assert result.exit_code == 2
    assert "catalogue.json" in message(result)


def test_a_crash_is_told_to_the_supervisor(run, terminal):
    terminal.does = lambda: False
    result = run()
    assert result.exit_code == 70
    assert "crashed" in message(result)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (AlreadyRunningError(Path("journal.db")), 4),
        (OSError(28, "No space left on device", "var"), 1),
        (CatalogueError(file="catalogue.json", key="popular", reason="no such provider"), 2),
        (KeyFileError("journal.key: is not 64 hex digits"), 2),
        (JournalDamagedError(Path("journal.db"), "the chain breaks at record 7"), 3),
        (JournalUnavailableError(Path("journal.db"), "unable to open"), 3),
    ],
)
def test_expected_trouble_is_one_message_and_a_code(run, terminal, error, code):
    def fails():
        raise error

    terminal.does = fails
    result = run()
    assert result.exit_code == code
    assert message(result).startswith("kiosk: ")
    assert str(error).splitlines()[0] in message(result)


def test_a_bug_keeps_its_traceback(run, terminal):
    def fails():
        raise ZeroDivisionError("a bug")

    terminal.does = fails
    assert isinstance(run().exception, ZeroDivisionError)


@pytest.mark.parametrize("words", [[], ["run"], ["demo"], ["journal"], ["acceptor"], ["printer"]])
def test_every_command_explains_itself(terminal, words):
    result = CliRunner().invoke(build_application(terminal), [*words, "--help"])
    assert result.exit_code == 0
    assert "Usage" in result.stdout


# --- with the real terminal, but no window --------------------------------------------------------


class FakeWindow:
    """Is shown what a window would be, and is closed at once."""

    def __init__(self):
        self.opened = 0
        self.shown = []

    def __call__(self, *, subscribe, **_):
        self.opened += 1
        subscribe(self.shown.append)
        return 0


@pytest.fixture
def window(terminal, monkeypatch):
    fake = FakeWindow()
    monkeypatch.setattr(bootstrap, "run_window", fake)
    terminal.does = lambda: bootstrap.run_terminal(*terminal.ran[-1])
    return fake


@pytest.fixture
def journal(tmp_path):
    """A journal of an earlier life with its key."""
    folder = tmp_path / "var"
    folder.mkdir()
    key = folder / "journal.key"
    key.write_text(SECRET.hex(), encoding="ascii")
    key.chmod(0o600)
    path = folder / "journal.db"
    one = Journal(path, ChainKey(SECRET))
    for number in range(3):
        one.append(DeviceNoted(device="test", event=str(number)), at=NOW)
    one.close()
    return path


def test_a_terminal_starts_shows_itself_and_ends_in_order(run, window, config, journal):
    result = run("--config", config())
    assert (result.exit_code, result.exception) == (0, None)
    assert window.shown[0].screen in (Screen.STARTING, Screen.OUT_OF_SERVICE)
    engine = reading_engine(journal)
    with engine.connect() as connection:
        kinds = [row.body for row in rows(connection)]
    engine.dispose()
    assert "terminal_started" in kinds[3]


def tamper(journal):
    with closing(sqlite3.connect(journal)) as connection, connection:
        connection.execute("UPDATE record SET body = replace(body, 'test', 'mine')")


def out_of_service(window):
    shown = window.shown[0]
    if shown.screen is not Screen.OUT_OF_SERVICE:
        return False
    return shown.out_of_service.reasons[0] is ServiceReason.STORAGE


def test_a_damaged_journal_is_set_aside_and_the_terminal_goes_on(run, window, config, journal):
    NumberMark(journal, ChainKey(SECRET)).raise_to({"payment_number": 7})
    tamper(journal)
    before = journal.read_bytes()
    assert run("--config", config()).exit_code == 0
    # On a busy machine the acceptor that is not there has been told of before the window looks.
    assert not out_of_service(window)
    (place,) = journal.parent.glob("journal.damaged-*")
    assert (place / "journal.db").read_bytes() == before
    engine = reading_engine(journal)
    with engine.connect() as connection:
        bodies = [row.body for row in rows(connection)]
    engine.dispose()
    assert "journal_set_aside" in bodies[0]
    assert '["payment_number",7]' in bodies[1]
    assert "terminal_started" in bodies[2]


def test_a_damaged_journal_stays_where_it_is_when_the_settings_say_so(
    run, window, config, journal, monkeypatch
):
    NumberMark(journal, ChainKey(SECRET)).raise_to({"payment_number": 7})
    tamper(journal)
    before = journal.read_bytes()
    monkeypatch.setenv("KIOSK_JOURNAL__ON_DAMAGE", "stop")
    assert run("--config", config()).exit_code == 0
    assert out_of_service(window)
    assert journal.read_bytes() == before


def rubbish(journal):
    journal.write_bytes(b"rubbish" * 1000)


def another_key(journal):
    journal.with_name("journal.key").write_text(bytes(32).hex(), encoding="ascii")


@pytest.mark.parametrize("trouble", [tamper, rubbish, another_key])
def test_where_numbers_are_not_known_the_terminal_stays_out_of_service_and_says_why(
    run, window, config, journal, trouble
):
    trouble(journal)
    before = journal.read_bytes()
    with capture_logs() as logs:
        assert run("--config", config()).exit_code == 0
    assert out_of_service(window)
    assert journal.read_bytes() == before
    (told,) = [one for one in logs if one["event"] == "journal_failed"]
    assert told["damaged"]
    why = told["why"]
    assert "support desk" in why
    assert "kiosk journal set-aside" in why


def test_a_missing_key_opens_no_window(run, window, config, journal):
    journal.with_name("journal.key").unlink()
    result = run("--config", config())
    assert result.exit_code == 2
    assert "restore it" in message(result)
    assert window.opened == 0


def test_a_journal_of_another_terminal_opens_no_window(run, window, config, journal, monkeypatch):
    assert run("--config", config()).exit_code == 0
    monkeypatch.setenv("KIOSK_TERMINAL__ID", "00000001")
    result = run("--config", config())
    assert result.exit_code == 2
    assert "not of 00000001" in message(result)
    assert window.opened == 1


def a_folder_in_its_place(journal):
    for one in journal.parent.glob("journal.db*"):
        one.unlink()
    journal.mkdir()


def a_lock_that_cannot_be_made(journal):
    journal.with_name("journal.db.lock").mkdir()


@pytest.mark.parametrize("trouble", [a_folder_in_its_place, a_lock_that_cannot_be_made])
def test_a_journal_that_cannot_be_opened_is_a_screen_and_no_end(
    run, window, config, journal, trouble
):
    trouble(journal)
    assert run("--config", config()).exit_code == 0
    assert out_of_service(window)


def test_a_second_terminal_on_one_journal_is_refused(run, window, config, journal):
    with only_one(journal):
        result = run("--config", config())
    assert result.exit_code == 4
    assert f"already runs on {journal} (process {os.getpid()})" in message(result)
    assert window.opened == 0


def test_a_wrong_catalogue_opens_no_window(run, window, config, journal, tmp_path):
    result = run("--config", config(f'[catalogue]\npath = "{tmp_path}/none.json"'))
    assert result.exit_code == 2
    assert "none.json" in message(result)
    assert window.opened == 0
