"""A damaged journal is set aside whole, a new one goes on, and no number is ever given twice."""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from offline_queue.journal import (
    ChainKey,
    Journal,
    JournalDamagedError,
    JournalUnavailableError,
    JournalWriteError,
    queries,
    sealed_file,
    set_aside,
)
from offline_queue.journal import journal as writing
from offline_queue.journal.chain import Mac
from offline_queue.journal.chain_end import ChainEnd
from offline_queue.journal.door import JournalDoor
from offline_queue.journal.engine import reading_driver
from offline_queue.journal.new_beginning_records import JournalSetAside, NumbersSkipped
from offline_queue.journal.number_mark import NumberGivenError, NumberMark
from offline_queue.journal.numbering import COLLECTION_NUMBER, PAYMENT_NUMBER, RECEIPT_NUMBER
from offline_queue.journal.opening import open_for_service
from offline_queue.journal.records import DeviceNoted, from_text
from offline_queue.journal.sealed_file import SealedFile
from offline_queue.journal.set_aside import NumbersUnknownError, SettingAside
from offline_queue.journal.verify import rows, verify

KEY = ChainKey(bytes(range(32)))
NOW = datetime(2026, 5, 2, 3, 4, 5, tzinfo=UTC)
PLACE = "journal.damaged-20260502T030405Z"
PAGE = 4096


def opening(path, *, key=KEY, set_aside=True, beside=()):
    return open_for_service(path, key, set_aside=set_aside, now=lambda: NOW, beside=beside)


@pytest.fixture
def door(path):
    """Doors to the journal as a terminal opens it; all are closed at the end."""
    doors = []

    def make(**options):
        one = JournalDoor(path, lambda: opening(path, **options))
        doors.append(one)
        one.reopen()
        return one

    yield make
    for one in doors:
        one.close()


@pytest.fixture
def lived(door, history, make):
    """A journal that a terminal has written, with numbers up to 2; a session is open, with 100 inside
    and 50 on their way.
    """
    one = door()
    for record in (
        *history,
        make.session_opened("open"),
        make.escrowed("open", "m1"),
        make.stacked("open", "m1"),
        make.escrowed("open", "m2", minor=5_000),
    ):
        one.append(record, at=NOW)
    one.close()
    return one.path


def spoil_the_end(path):
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute(
            "UPDATE record SET body = body || ' ' WHERE seq = (SELECT max(seq) FROM record)"
        )


def spoil_the_head(path):
    content = bytearray(path.read_bytes())
    content[:PAGE] = b"\xa5" * PAGE
    path.write_bytes(content)


def spoil_a_page(number):
    def spoil(path):
        content = bytearray(path.read_bytes())
        content[number * PAGE : (number + 1) * PAGE] = b"\xa5" * PAGE
        path.write_bytes(content)

    return spoil


def cut_short(path):
    path.write_bytes(path.read_bytes()[: 3 * PAGE])


def forget_the_end(path):
    """Records are missing at the end, as after a disk that lied."""
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute("DELETE FROM record WHERE seq > 12")


DAMAGES = {
    "end": spoil_the_end,
    "head": spoil_the_head,
    "short": cut_short,
    "forgotten": forget_the_end,
    **{f"page {number}": spoil_a_page(number) for number in (1, 2, 5, 9)},
}


def told(journal):
    with journal.reading() as connection:
        return [from_text(row.body) for row in rows(connection)]


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_journal_is_moved_whole_and_numbers_go_on(lived, door, damage):
    damage(lived)
    before = lived.read_bytes()
    with capture_logs() as logs:
        journal = door().journal
    assert journal.next_number(PAYMENT_NUMBER) == 3
    assert journal.next_number(RECEIPT_NUMBER) == 3
    first = told(journal)[0]
    assert isinstance(first, JournalSetAside)
    assert first.place == PLACE
    assert (lived.parent / PLACE / "journal.db").read_bytes() == before
    assert not (lived.parent / "journal.set-aside").exists()
    assert ("journal_damaged", "error") in [(one["event"], one["log_level"]) for one in logs]
    assert verify(lived, KEY).ok


def test_its_log_goes_with_it_and_nothing_is_folded_in(path, door, history, lived):
    """As a power cut leaves it: what was written last stands in the log alone."""
    one = Journal(path, KEY)
    one.append(history[0], at=NOW)
    folder = path.parent / "cut"
    folder.mkdir()
    for name in ("journal.db", "journal.db-wal", "journal.numbers"):
        shutil.copyfile(path.with_name(name), folder / name)
    one.close()
    cut = folder / "journal.db"
    spoil_a_page(9)(cut)
    before = {name: (folder / name).read_bytes() for name in ("journal.db", "journal.db-wal")}
    opened = opening(cut)
    opened.journal.close()
    assert {
        name: (folder / PLACE / name).read_bytes() for name in ("journal.db", "journal.db-wal")
    } == before


def test_money_without_a_payment_is_suspense_or_disputed_in_the_new_journal(lived, door):
    """n4: suspense before; n3 disputed and in no payment; m1 in the open session; m2 on its way."""
    spoil_a_page(9)(lived)
    journal = door().journal
    with journal.reading() as connection:
        loose = {note.cycle: note.minor for note in queries.suspense(connection)}
        cash = queries.cash(connection)
    (open_,) = [record for record in told(journal) if isinstance(record, JournalSetAside)]
    disputed = {
        record.cycle: record.evidence for record in told(journal) if record.kind == "note_disputed"
    }
    assert loose.keys() <= {"n4", "m1"}
    assert disputed.keys() <= {"n3", "m2"}
    assert all("damaged" in evidence[0] for evidence in disputed.values())
    assert open_.last_seq > 0
    assert sum(minor * count for minor, count in cash.items()) >= 10_000


def test_a_full_temporary_folder_costs_a_damaged_journal_nothing(
    lived, door, make, full_temporary_folder
):
    """What could not be derived for want of room would be missing in the new journal."""
    one = door()
    one.append(*(make.session_opened(f"more{number}") for number in range(60)), at=NOW)
    one.append(make.stacked(None, "late"), at=NOW)
    one.close()
    spoil_the_end(lived)
    before = lived.read_bytes()
    with (
        full_temporary_folder(),
        pytest.raises(JournalUnavailableError, match="temporary folder"),
    ):
        door()
    assert lived.read_bytes() == before
    assert not (lived.parent / PLACE).exists()
    with door().journal.reading() as connection:
        assert [note.cycle for note in queries.suspense(connection)] == ["n4", "m1"]


def test_a_sound_file_with_a_broken_end_tells_everything(lived, door):
    """All records but the last are proved: nothing is lost but that one."""
    spoil_the_end(lived)
    journal = door().journal
    with journal.reading() as connection:
        assert [note.cycle for note in queries.suspense(connection)] == ["n4", "m1"]
        assert queries.cash(connection) == {10_000: 4}
    (first,) = [one for one in told(journal) if isinstance(one, JournalSetAside)]
    assert first.session == "open"
    assert first.unfinished == (2,)
    assert [one.cycle for one in told(journal) if one.kind == "note_disputed"] == ["n3"]


def test_a_record_of_a_later_program_is_no_damage(lived, door, monkeypatch):
    """Back to an earlier version: what it does not know must not cost payments their delivery."""
    one = door()
    with monkeypatch.context() as later:
        later.setattr(writing, "to_text", lambda _record: '{"kind":"of_tomorrow"}')
        one.append(DeviceNoted(device="test", event="later"), at=NOW)
    one.close()
    there, stored = sorted(lived.parent.iterdir()), lived.read_bytes()
    with pytest.raises(JournalUnavailableError, match="later program.*update the terminal"):
        opening(lived)
    assert sorted(lived.parent.iterdir()) == there
    assert lived.read_bytes() == stored


@pytest.mark.parametrize("left", [None, b""], ids=["missing", "empty"])
@pytest.mark.parametrize("marked", [True, False])
def test_a_log_whose_file_is_gone_is_kept_for_a_person(path, door, history, left, marked):
    """SQLite would delete the log before anybody has looked at it."""
    one = Journal(path, KEY)
    one.append(*history, at=NOW)
    log = path.with_name("journal.db-wal").read_bytes()
    one.close()
    path.unlink()
    if left is not None:
        path.write_bytes(left)
    path.with_name("journal.db-wal").write_bytes(log)
    if marked:
        NumberMark(path, KEY).begin({PAYMENT_NUMBER: 2, RECEIPT_NUMBER: 2})
        assert door().journal.next_number(PAYMENT_NUMBER) == 3
        kept = path.parent / PLACE / "journal.db-wal"
    else:
        with pytest.raises(NumbersUnknownError):
            door()
        kept = path.with_name("journal.db-wal")
    assert kept.read_bytes() == log


def test_a_power_cut_while_a_log_without_file_is_moved_costs_nothing(path, door, monkeypatch):
    path.with_name("journal.db-wal").write_bytes(b"what was written last")
    NumberMark(path, KEY).begin({PAYMENT_NUMBER: 2})
    for cut in range(3, 30):
        if not _cut_at(cut, path, monkeypatch):
            break
    assert door().journal.next_number(PAYMENT_NUMBER) == 3
    (place,) = path.parent.glob("*.damaged-*")
    assert (place / "journal.db-wal").read_bytes() == b"what was written last"


def test_a_reader_does_not_cost_an_empty_file_its_log(path):
    path.touch()
    path.with_name("journal.db-wal").write_bytes(b"what was written last")
    with pytest.raises(sqlite3.Error, match="empty"):
        reading_driver(path)
    assert path.with_name("journal.db-wal").exists()


@pytest.mark.parametrize("spoilt", ["'abc'", "9223372036854775807", "5000000000", "x'00'", "-3"])
def test_figures_that_nothing_proves_do_not_make_the_next_ones_impossible(
    lived, door, make, spoilt
):
    with closing(sqlite3.connect(lived, isolation_level=None)) as file:
        file.execute("DELETE FROM record WHERE seq = 5")
        file.execute("UPDATE head SET seal = x'00'")
        file.execute(f"UPDATE counter SET value = {spoilt}")  # noqa: S608 - of the test
        file.execute(f"UPDATE cash SET count = {spoilt}")  # noqa: S608 - of the test
    one = door()
    assert one.journal.next_number(PAYMENT_NUMBER) == 3
    one.append(make.session_opened("s9"), make.stacked("s9", "x1"), at=NOW)
    one.append(make.formed(3, "s9", "x1"), at=NOW)
    one.close()
    assert door().journal.next_number(PAYMENT_NUMBER) == 4


@pytest.mark.parametrize("moved", [False, True])
def test_a_sound_copy_put_back_under_a_plan_is_not_moved_away(lived, door, make, moved):
    """The power went while the damaged one was set aside, and a person was quicker."""
    good = lived.read_bytes()
    one = door()
    one.append(make.session_opened("t3"), make.stacked("t3", "c3"), at=NOW)
    one.append(make.formed(3, "t3", "c3"), at=NOW)
    one.close()
    spoil_the_head(lived)
    aside = SettingAside(path=lived, key=KEY)
    aside.plan("its end", NOW, NumberMark(lived, KEY).read())
    if moved:
        aside._move(lived.parent / PLACE)
    lived.write_bytes(good)
    with capture_logs() as logs:
        journal = door().journal
    assert "journal_set_aside_dropped" in [one["event"] for one in logs]
    assert journal.next_number(PAYMENT_NUMBER) == 4
    assert "journal_set_aside" not in [one.kind for one in told(journal)]
    with journal.reading() as connection:
        assert queries.open_session(connection).session == "open"
    assert (lived.parent / f"{PLACE}.plan").exists()
    assert not (lived.parent / "journal.set-aside").exists()


def test_a_damaged_copy_put_back_under_a_plan_is_set_aside(lived, door):
    damaged = lived.read_bytes()
    spoil_the_head(lived)
    SettingAside(path=lived, key=KEY).plan("its end", NOW, NumberMark(lived, KEY).read())
    lived.write_bytes(damaged)
    spoil_the_end(lived)
    assert door().journal.next_number(PAYMENT_NUMBER) == 3
    assert (lived.parent / PLACE / "journal.db").exists()


def test_files_of_the_acceptor_are_copied_to_it(lived, door):
    notes = lived.with_suffix(".ccnet-notes")
    notes.write_bytes(b"table")
    spoil_the_head(lived)
    door(beside=(notes, lived.with_name("missing")))
    assert (lived.parent / PLACE / notes.name).read_bytes() == b"table"
    assert notes.read_bytes() == b"table"
    assert (lived.parent / PLACE / "journal.numbers").exists()


def test_a_second_damage_in_the_same_second_finds_another_place(lived, door, path):
    spoil_the_head(lived)
    door().close()
    spoil_the_head(lived)
    door()
    assert (path.parent / PLACE / "journal.db").exists()
    assert (path.parent / f"{PLACE}-2" / "journal.db").exists()


@pytest.mark.parametrize("damage", [spoil_the_end, spoil_the_head])
def test_without_the_mark_nothing_is_set_aside(lived, door, path, damage):
    damage(lived)
    before = lived.read_bytes()
    NumberMark(path, KEY).path.unlink()
    with pytest.raises(NumbersUnknownError, match="kiosk journal set-aside"):
        door()
    assert lived.read_bytes() == before
    assert not list(path.parent.glob("*.damaged-*"))


def test_with_another_key_nothing_is_set_aside(lived, door, path):
    """To the key of somebody else every journal looks damaged, and its mark does, too."""
    before = lived.read_bytes()
    with pytest.raises(NumbersUnknownError):
        door(key=ChainKey(bytes(32)))
    assert lived.read_bytes() == before


def test_where_a_person_wants_to_look_first_nothing_is_set_aside(lived, door):
    spoil_the_head(lived)
    with pytest.raises(JournalDamagedError):
        door(set_aside=False)
    assert lived.exists()


def test_a_journal_that_vanished_does_not_begin_at_one_again(lived, door):
    lived.unlink()
    journal = door().journal
    assert journal.next_number(PAYMENT_NUMBER) == 3
    (first,) = told(journal)
    assert isinstance(first, NumbersSkipped)


def test_a_journal_put_back_as_it_was_goes_on_after_the_last_number(path, door, make, lived):
    old = lived.read_bytes()
    one = door()
    for number in (3, 4, 5):
        one.append(
            make.session_opened(f"t{number}"),
            make.formed(number, f"t{number}", f"c{number}"),
            at=NOW,
        )
    one.close()
    path.write_bytes(old)
    with capture_logs() as logs:
        journal = door().journal
    assert journal.next_number(PAYMENT_NUMBER) == 6
    assert "journal_damaged" in [one["event"] for one in logs]


def test_a_number_marked_whose_record_was_never_written_leaves_no_gap(path, door, lived):
    given = {PAYMENT_NUMBER: 3, RECEIPT_NUMBER: 3, COLLECTION_NUMBER: 1}
    with closing(Journal(path, KEY)) as one:
        NumberMark(path, KEY).give(given, one.end)
    journal = door().journal
    assert journal.next_number(PAYMENT_NUMBER) == 3
    assert journal.next_number(RECEIPT_NUMBER) == 3
    assert not [one for one in told(journal) if isinstance(one, NumbersSkipped)]


def test_a_copy_of_before_the_last_payment_does_not_give_its_number_again(
    path, door, make, history
):
    """Put back as the manual says, one number short: as if it had been marked and no more."""
    one = door()
    for record in history:
        one.append(record, at=NOW)
    one.close()
    copy = path.read_bytes()
    one = door()
    one.append(make.session_opened("t3"), make.stacked("t3", "c3"), at=NOW)
    copy_of_the_session = copy_of(one.journal)
    one.append(make.formed(3, "t3", "c3"), at=NOW)
    one.close()
    for earlier in (copy, copy_of_the_session):
        path.write_bytes(earlier)
        with capture_logs() as logs:
            journal = door().journal
        assert journal.next_number(PAYMENT_NUMBER) == 4
        assert journal.next_number(RECEIPT_NUMBER) == 4
        assert "journal_damaged" in [one["event"] for one in logs]
        journal.close()


def copy_of(journal):
    with closing(sqlite3.connect(journal.path)) as source:
        return source.serialize()


def test_a_number_is_free_until_its_record_is_written(path, door, make, monkeypatch):
    one = door()
    one.append(make.session_opened("s1"), make.stacked("s1", "c1"), at=NOW)
    after = one.journal.end
    really = one.journal.append
    monkeypatch.setattr(one.journal, "append", fails)
    with pytest.raises(JournalWriteError):
        one.append(make.formed(1, "s1", "c1"), at=NOW)
    free = {PAYMENT_NUMBER, RECEIPT_NUMBER}
    marked = NumberMark(path, KEY).look()
    assert (marked.free, marked.after) == (free, after)
    monkeypatch.setattr(one.journal, "append", really)
    one.append(make.formed(1, "s1", "c1"), at=NOW)
    marked = NumberMark(path, KEY).look()
    assert (marked.free, marked.after) == (set(), None)


def fails(*_records, at):
    raise JournalWriteError("database or disk is full")


def test_what_another_record_settles_stays_free_for_the_first(path, key):
    mark = NumberMark(path, key)
    mark.give({PAYMENT_NUMBER: 3, RECEIPT_NUMBER: 3}, ChainEnd(4, Mac(bytes(32))))
    mark.give({COLLECTION_NUMBER: 1, RECEIPT_NUMBER: 3}, ChainEnd(5, Mac(bytes(32))))
    mark.settle({COLLECTION_NUMBER, RECEIPT_NUMBER})
    mark.give({PAYMENT_NUMBER: 3, RECEIPT_NUMBER: 4}, ChainEnd(6, Mac(bytes(32))))
    with pytest.raises(NumberGivenError):
        mark.give({COLLECTION_NUMBER: 1}, ChainEnd(6, Mac(bytes(32))))


def test_a_mark_of_an_earlier_program_is_read(path, key):
    SealedFile(NumberMark(path, key).path, key, "numbers").write({PAYMENT_NUMBER: 7})
    assert NumberMark(path, key).read() == {PAYMENT_NUMBER: 7}


def test_a_number_is_marked_before_its_record_is_written(path, door, make, monkeypatch):
    one = door()
    one.append(make.session_opened("s1"), at=NOW)
    seen = []
    really = one.journal.append

    def watched(*records, at):
        seen.append(NumberMark(path, KEY).read())
        really(*records, at=at)

    monkeypatch.setattr(one.journal, "append", watched)
    one.append(make.formed(1, "s1", "c1"), at=NOW)
    assert seen == [{PAYMENT_NUMBER: 1, RECEIPT_NUMBER: 1}]


def test_what_cannot_be_marked_is_not_recorded(path, door, make):
    one = door()
    one.append(make.session_opened("s1"), at=NOW)
    path.with_name("journal.numbers.new").mkdir()
    with pytest.raises(JournalWriteError, match="mark"):
        one.append(make.formed(1, "s1", "c1"), at=NOW)
    with one.journal.reading() as connection:
        assert queries.payments(connection) == ()
    path.with_name("journal.numbers.new").rmdir()
    one.append(make.formed(1, "s1", "c1"), at=NOW)


def test_a_sound_journal_without_a_mark_gets_one(lived, door, path):
    """A journal of an earlier version, or a mark that was lost: the journal knows its numbers."""
    for spoil in (lambda mark: mark.unlink(), lambda mark: mark.write_bytes(b"x")):
        spoil(NumberMark(path, KEY).path)
        door().close()
        assert NumberMark(path, KEY).read() == {PAYMENT_NUMBER: 2, RECEIPT_NUMBER: 2}


def test_a_folder_that_cannot_be_written_can_be_tried_again(lived, door, path):
    spoil_the_head(lived)
    (path.parent / "journal.set-aside.new").mkdir()
    with pytest.raises(JournalUnavailableError):
        door()
    (path.parent / "journal.set-aside.new").rmdir()
    assert door().journal.next_number(PAYMENT_NUMBER) == 3


class PowerCutError(Exception):
    pass


def test_a_power_cut_at_any_step_is_taken_up_by_the_next_life(lived, door, tmp_path, monkeypatch):
    """Every step that changes a name or makes one durable is cut, one after the other."""
    spoil_a_page(9)(lived)
    damaged = lived.read_bytes()
    image = tmp_path / "image"
    shutil.copytree(lived.parent, image, ignore=shutil.ignore_patterns("image", "life-*"))
    steps = 0
    for cut in range(100):
        life = tmp_path / f"life-{cut}"
        shutil.copytree(image, life)
        if not _cut_at(cut, life / "journal.db", monkeypatch):
            break
        steps += 1
        opened = opening(life / "journal.db")
        assert opened.journal.next_number(PAYMENT_NUMBER) == 3, cut
        assert [one.kind for one in told(opened.journal)].count("journal_set_aside") == 1, cut
        opened.journal.close()
        (place,) = life.glob("*.damaged-*")
        assert (place / "journal.db").read_bytes() == damaged, cut
        assert verify(life / "journal.db", KEY).ok, cut
        assert not (life / "journal.set-aside").exists()
    assert steps > 10


def _cut_at(step, path, monkeypatch):
    """Open the journal; True when the power went at this step."""
    passed = [0]

    def gate(really):
        def passing(*given, **options):
            passed[0] += 1
            if passed[0] > step:
                raise PowerCutError
            return really(*given, **options)

        return passing

    with monkeypatch.context() as patched:
        patched.setattr(set_aside, "sync_folder", gate(set_aside.sync_folder))
        patched.setattr(sealed_file, "sync_folder", gate(sealed_file.sync_folder))
        patched.setattr(set_aside.Path, "rename", gate(set_aside.Path.rename))
        patched.setattr(set_aside.Journal, "append", gate(set_aside.Journal.append))
        patched.setattr(SettingAside, "_mark", gate(SettingAside._mark))
        try:
            opening(path).journal.close()
        except PowerCutError:
            return True
    return False
