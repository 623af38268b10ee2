"""`kiosk journal`: what it prints and with which code it leaves."""

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kiosk.cli import build_application
from kiosk.single_instance import only_one
from offline_queue.journal import ChainKey, Journal
from offline_queue.journal.number_mark import NumberMark
from offline_queue.journal.records import (
    DeviceNoted,
    NoteStacked,
    SessionClosed,
    SessionEnd,
    SessionOpened,
    TerminalStarted,
)

SECRET = bytes(range(32))
NOW = datetime(2026, 5, 1, 6, 30, tzinfo=UTC)


@pytest.fixture
def kiosk():
    application = build_application(lambda _settings, _finger: True)
    return lambda *words: CliRunner().invoke(application, [str(word) for word in words])


@pytest.fixture
def journal(tmp_path):
    """A closed journal of three records with its key beside it."""
    path = tmp_path / "journal.db"
    one = Journal(path, ChainKey(SECRET))
    one.append(TerminalStarted(boot="b1", version="0.1.0"), at=NOW)
    one.append(
        NoteStacked(session="s1", cycle="n1", minor=10_000, currency="RUB", how="normal"), at=NOW
    )
    one.append(DeviceNoted(device="printer", event="бумага кончается"), at=NOW)
    one.close()
    path.with_name("journal.key").write_text(SECRET.hex() + "\n", encoding="ascii")
    return path


def tamper(path, statement):
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute(statement)


def test_show_gives_every_record_on_a_line(kiosk, journal):
    result = kiosk("journal", "show", journal)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert len(lines) == 3
    assert "note_stacked" in lines[1]
    assert "cycle=n1" in lines[1]
    assert "minor=10000" in lines[1]
    assert "event=бумага кончается" in lines[2]


def test_show_gives_json_lines_to_programs(kiosk, journal):
    result = kiosk("journal", "show", journal, "--json")
    assert result.exit_code == 0
    first, second, third = (json.loads(line) for line in result.stdout.splitlines())
    assert first["kind"] == "terminal_started"
    assert second["seq"] == 2
    assert second["at"] == "2026-05-01T06:30:00.000+00:00"
    assert second["minor"] == 10_000
    assert third["event"] == "бумага кончается"


@pytest.mark.parametrize(
    ("options", "places"),
    [
        (("--after", "1"), [2, 3]),
        (("--after", "3"), []),
        (("--kind", "note_stacked"), [2]),
        (("--kind", "no_such_kind"), []),
        (("--kind", "device_noted", "--after", "2"), [3]),
    ],
)
def test_show_can_be_narrowed(kiosk, journal, options, places):
    result = kiosk("journal", "show", journal, "--json", *options)
    assert result.exit_code == 0
    assert [json.loads(line)["seq"] for line in result.stdout.splitlines()] == places


@pytest.mark.parametrize("body", ["'{broken'", "x'ff00'", "'[1]'", "CAST(x'22ff22' AS TEXT)"])
@pytest.mark.parametrize("as_json", [True, False])
def test_show_shows_also_what_is_no_record_any_more(kiosk, journal, body, as_json):
    tamper(journal, f"UPDATE record SET body = {body} WHERE seq = 2")
    result = kiosk("journal", "show", journal, *(["--json"] if as_json else []))
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert len(lines) == 3
    assert "unreadable" in lines[1]
    if as_json:
        assert json.loads(lines[1])["seq"] == 2


def test_verify_says_that_all_holds(kiosk, journal):
    result = kiosk("journal", "verify", journal)
    assert result.exit_code == 0
    assert result.stdout == "3 records: all hold\n"


def test_verify_answers_programs(kiosk, journal):
    result = kiosk("journal", "verify", journal, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"records": 3, "ok": True, "findings": []}


def test_verify_takes_a_key_from_elsewhere(kiosk, journal, tmp_path):
    elsewhere = tmp_path / "safe.key"
    journal.with_name("journal.key").rename(elsewhere)
    assert kiosk("journal", "verify", journal).exit_code == 2
    assert kiosk("journal", "verify", journal, "--key-file", elsewhere).exit_code == 0


def test_verify_names_the_record_that_was_changed(kiosk, journal):
    tamper(journal, "UPDATE record SET body = replace(body, '10000', '50000')")
    result = kiosk("journal", "verify", journal)
    assert result.exit_code == 3
    assert "record 2: changed, or put in another place" in result.stdout
    assert "finding(s)" in result.stdout


def test_verify_tells_programs_what_it_found(kiosk, journal):
    tamper(journal, "DELETE FROM record WHERE seq = 3")
    result = kiosk("journal", "verify", journal, "--json")
    assert result.exit_code == 3
    assert json.loads(result.stdout) == {
        "records": 2,
        "ok": False,
        "findings": [{"record": None, "what": "records are missing at the end"}],
    }


def test_verify_with_another_key_finds_everything_changed(kiosk, journal):
    journal.with_name("journal.key").write_text(bytes(32).hex(), encoding="ascii")
    result = kiosk("journal", "verify", journal, "--json")
    assert result.exit_code == 3
    assert len(json.loads(result.stdout)["findings"]) == 4


@pytest.mark.parametrize("command", ["show", "verify"])
def test_a_file_that_is_not_there_is_bad_input(kiosk, tmp_path, command):
    result = kiosk("journal", command, tmp_path / "none.db")
    assert result.exit_code == 2
    assert "no such file" in result.stderr
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("command", ["show", "verify"])
def test_a_file_that_is_no_journal_leaves_with_its_own_code(kiosk, journal, command):
    journal.write_bytes(b"no database, only text\n" * 300)
    result = kiosk("journal", command, journal)
    assert result.exit_code == 3
    assert "not readable as a journal" in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "content",
    [b"", b"no hex at all", b"\xff\xfe", b"00" * 31],
    ids=["empty", "words", "bytes", "short"],
)
def test_a_key_file_that_holds_no_key_is_bad_input(kiosk, journal, content):
    journal.with_name("journal.key").write_bytes(content)
    result = kiosk("journal", "verify", journal)
    assert result.exit_code == 2
    assert "not a key" in result.stderr


def test_the_key_is_never_printed(kiosk, journal):
    for words in (("show", journal), ("verify", journal), ("verify", journal, "--json")):
        assert SECRET.hex() not in kiosk("journal", *words).output


def test_both_work_beside_a_terminal_that_has_the_journal_open(kiosk, journal):
    running = Journal(journal, ChainKey(SECRET))
    running.append(DeviceNoted(device="test", event="running"), at=NOW)
    shown = kiosk("journal", "show", journal, "--json")
    verified = kiosk("journal", "verify", journal, "--json")
    running.close()
    assert len(shown.stdout.splitlines()) == 4
    assert json.loads(verified.stdout) == {"records": 4, "ok": True, "findings": []}


# --- a journal of an earlier version --------------------------------------------------------------

FIRST = Path(__file__).parents[2] / "offline_queue" / "journal" / "data" / "schema-1.db"


@pytest.fixture
def of_the_first_version(tmp_path):
    path = tmp_path / "journal.db.schema-1.79-b3971b57"
    shutil.copyfile(FIRST, path)
    path.with_name("journal.key").write_text(SECRET.hex() + "\n", encoding="ascii")
    return path


def test_verify_proves_a_journal_of_an_earlier_version_and_leaves_it_as_it_is(
    kiosk, of_the_first_version
):
    result = kiosk("journal", "verify", of_the_first_version)
    assert result.exit_code == 0, result.stdout + result.stderr
    assert "79 records: all hold" in result.stdout
    assert of_the_first_version.read_bytes() == FIRST.read_bytes()


def test_verify_finds_what_was_changed_in_a_journal_of_an_earlier_version(
    kiosk, of_the_first_version
):
    tamper(of_the_first_version, "UPDATE record SET body = body || ' ' WHERE seq = 9")
    result = kiosk("journal", "verify", of_the_first_version)
    assert result.exit_code == 3
    assert "record 9" in result.stderr


# --- export, and what can be read of a damaged journal --------------------------------------------


@pytest.fixture
def with_a_customer(tmp_path):
    """Two hundred sessions, long enough for many pages, each with the customer's phone."""
    path = tmp_path / "journal.db"
    one = Journal(path, ChainKey(SECRET))
    for number in range(200):
        one.append(
            SessionOpened(
                session=f"s{number}",
                provider_id=1,
                provider_code="mts",
                provider_name="МТС",
                account="9161234567",
                fields=(("phone", "9161234567"),),
                currency="RUB",
                fee_version="1",
                fee=(),
            ),
            SessionClosed(session=f"s{number}", why=SessionEnd.LEFT),
            at=NOW,
        )
    one.close()
    path.with_name("journal.key").write_text(SECRET.hex() + "\n", encoding="ascii")
    return path


def spoil_a_page_of_records(path):
    """Somewhere in the middle of the file, where only records lie."""
    content = bytearray(path.read_bytes())
    place = content.index(b'"session_closed","session":"s100"') // 4096 * 4096
    content[place : place + 4096] = b"\xa5" * 4096
    path.write_bytes(content)


def test_export_masks_what_belongs_to_a_customer(kiosk, with_a_customer):
    for options in ((), ("--json",)):
        result = kiosk("journal", "export", with_a_customer, *options)
        assert result.exit_code == 0
        assert len(result.stdout.splitlines()) == 400
        assert "9161234567" not in result.stdout
        assert "******4567" in result.stdout


def test_a_full_export_holds_everything_as_it_is_stored(kiosk, with_a_customer):
    result = kiosk("journal", "export", with_a_customer, "--full", "--json", "--after", "398")
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert first["account"] == "9161234567"
    assert (second["seq"], second["kind"]) == (400, "session_closed")


@pytest.mark.parametrize("command", ["show", "export"])
def test_of_a_damaged_journal_all_is_given_out_that_can_be_read(kiosk, with_a_customer, command):
    spoil_a_page_of_records(with_a_customer)
    result = kiosk("journal", command, with_a_customer, "--json")
    places = [json.loads(line)["seq"] for line in result.stdout.splitlines()]
    assert places[0] == 1
    assert places[-1] == 400
    assert 300 < len(places) < 400
    assert places == sorted(set(places))
    assert result.exit_code == 3
    assert "cannot be read" in result.stderr


# --- copies ---------------------------------------------------------------------------------------


def test_backup_makes_a_proved_copy(kiosk, journal, tmp_path):
    result = kiosk("journal", "backup", journal, tmp_path / "copy.db")
    assert result.exit_code == 0
    assert "up to record 3" in result.stdout
    assert kiosk("journal", "verify", tmp_path / "copy.db").exit_code == 0


def test_backup_into_a_folder_and_for_programs(kiosk, journal, tmp_path):
    (tmp_path / "disk").mkdir()
    result = kiosk("journal", "backup", journal, tmp_path / "disk", "--json")
    assert json.loads(result.stdout) == {
        "copy": str(tmp_path / "disk" / "journal.db"),
        "last_record": 3,
    }


def test_backup_overwrites_nothing(kiosk, journal, tmp_path):
    (tmp_path / "copy.db").write_text("mine")
    result = kiosk("journal", "backup", journal, tmp_path / "copy.db")
    assert result.exit_code == 2
    assert (tmp_path / "copy.db").read_text() == "mine"


def test_backup_of_a_damaged_journal_is_refused(kiosk, journal, tmp_path):
    tamper(journal, "UPDATE record SET body = body || ' ' WHERE seq = 3")
    result = kiosk("journal", "backup", journal, tmp_path / "copy.db")
    assert result.exit_code == 3
    assert not (tmp_path / "copy.db").exists()


# --- set aside by hand ----------------------------------------------------------------------------

LAST = ("--payment-number", "41", "--receipt-number", "57")


def test_set_aside_goes_on_after_the_numbers_that_a_person_names(kiosk, journal):
    tamper(journal, "UPDATE record SET body = body || ' ' WHERE seq = 3")
    result = kiosk("journal", "set-aside", journal, *LAST)
    assert result.exit_code == 0, result.stderr
    (place,) = journal.parent.glob("journal.damaged-*")
    assert (place / "journal.db").exists()
    opened = Journal(journal, ChainKey(SECRET))
    assert opened.next_number("payment_number") == 42
    assert opened.next_number("receipt_number") == 58
    opened.close()
    assert NumberMark(journal, ChainKey(SECRET)).read()["payment_number"] == 41


def test_set_aside_leaves_a_sound_journal_alone(kiosk, journal):
    result = kiosk("journal", "set-aside", journal, *LAST)
    assert result.exit_code == 2
    assert "nothing is wrong" in result.stderr
    assert not list(journal.parent.glob("journal.damaged-*"))


def test_set_aside_is_not_misled_by_another_key(kiosk, journal):
    journal.with_name("journal.key").write_text(bytes(32).hex(), encoding="ascii")
    result = kiosk("journal", "set-aside", journal, *LAST)
    assert result.exit_code == 2
    assert "right one" in result.stderr
    assert not list(journal.parent.glob("journal.damaged-*"))


def test_set_aside_waits_until_the_terminal_is_stopped(kiosk, journal):
    with only_one(journal):
        assert kiosk("journal", "set-aside", journal, *LAST).exit_code == 4


def test_set_aside_needs_the_numbers(kiosk, journal):
    assert kiosk("journal", "set-aside", journal).exit_code == 2
