"""The journal's beginning goes once all of it has ended; what follows from it stays, under seal."""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from offline_queue.journal import ChainKey, Journal, JournalDamagedError, JournalWriteError, queries
from offline_queue.journal import prune as pruner
from offline_queue.journal import records as r
from offline_queue.journal.archive import ArchiveError, keep, kept
from offline_queue.journal.cash_records import ClockJumped, JumpSeen, NoteReported
from offline_queue.journal.prune import PruneWork, Retention
from offline_queue.journal.snapshot import take_snapshot
from offline_queue.journal.verify import rows, verify
from terminal_api.notes import LooseState
from terminal_api.payments import PaymentStatus, Verdict

KEY = ChainKey(bytes(range(32)))
OLD = datetime(2026, 1, 1, tzinfo=UTC)
YOUNG = OLD + timedelta(days=60)
TONIGHT = OLD + timedelta(days=100)
CUTOFF = OLD + timedelta(days=10)
FOR_EVER = 10**9


def life_of(make, number, status=PaymentStatus.CREDITED):
    """A whole life of a payment, to its final answer and its printed slip."""
    session, cycle = f"p{number}", f"c{number}"
    return (
        make.session_opened(session),
        make.escrowed(session, cycle),
        make.stacked(session, cycle),
        make.formed(number, session, cycle),
        r.SlipStarted(receipt_number=number),
        r.SlipSettled(receipt_number=number, outcome=r.SlipOutcome.PRINTED),
        r.PaymentsSent(numbers=(number,)),
        make.answered(number, status, Verdict.ACCEPTED),
    )


@pytest.fixture
def paid(make):
    return partial(life_of, make)


def beginning(make):
    """What stands before the payments: suspense, a dispute, a note given back."""
    return (
        r.TerminalStarted(boot="boot-1", version="0.1.0", terminal_id="10238898"),
        make.stacked(None, "lost"),
        NoteReported(cycle="lost", state=LooseState.SUSPENSE, verdict=Verdict.ACCEPTED),
        make.session_opened("d1"),
        make.escrowed(None, "back", r.Decision.RETURN),
        make.disputed("d1", "unclear"),
        r.SessionClosed(session="d1", why=r.SessionEnd.LEFT),
        r.NoteReturned(cycle="back", why="nobody there"),
    )


@pytest.fixture(scope="module")
def written_long_ago(tmp_path_factory, make):
    """Five payments of long ago and one of late; nobody may touch it."""
    path = tmp_path_factory.mktemp("long-ago") / "journal.db"
    with closing(Journal(path, KEY)) as journal:
        journal.append(*beginning(make), at=OLD)
        for number in range(1, 6):
            journal.append(*life_of(make, number), at=OLD)
        journal.append(*life_of(make, 6), at=YOUNG)
    return path


@pytest.fixture
def old_and_young(written_long_ago, path, open_journal):
    return open_journal(Path(shutil.copy(written_long_ago, path)))


def prune(journal, *, now=TONIGHT, **retention):
    work = PruneWork(journal, Retention(**{"older_than": CUTOFF, "up_to": FOR_EVER} | retention))
    for _ in range(1000):
        if work.step(now):
            break
    work.close()
    return work.removed


def places(journal):
    with journal.reading() as connection:
        return [row.seq for row in rows(connection)]


def books(journal):
    with journal.reading() as connection:
        return {
            "cash": queries.cash(connection),
            "suspense": [note.cycle for note in queries.suspense(connection)],
            "payments": [row.number for row in queries.payments(connection)],
            "slips": [row.receipt_number for row in queries.slips(connection)],
            "last": queries.last_ended_note(connection),
            "terminal": queries.terminal_of(connection),
        }


def test_what_has_ended_and_is_old_goes_and_the_rest_stays(old_and_young):
    journal = old_and_young
    before = books(journal)
    assert prune(journal) == 8 + 5 * 8
    assert places(journal) == list(range(49, 58))
    after = books(journal)
    assert after == {**before, "payments": [6], "slips": [6]}
    assert after["cash"] == {10_000: 7}
    assert journal.next_number("payment_number") == 7
    with journal.reading() as connection:
        assert queries.note(connection, "unclear").state == "disputed"
        assert queries.note(connection, "c3") is None
        assert queries.note(connection, "back") is None
        told = r.from_text(list(rows(connection))[-1].body)
    assert isinstance(told, r.JournalPruned)
    assert told.up_to == 48


def test_a_pruned_journal_verifies_and_starts_with_and_without_a_snapshot(
    old_and_young, open_journal, path
):
    prune(old_and_young)
    assert verify(path, KEY).ok, verify(path, KEY).findings
    old_and_young.close()
    journal = open_journal()
    assert (journal.start.snapshot, journal.start.records, journal.start.differed) == (None, 9, ())
    take_snapshot(journal)
    journal.close()
    assert open_journal().start.snapshot == 57


def test_pruning_goes_on_where_it_ended(old_and_young, open_journal, path, paid):
    journal = old_and_young
    assert prune(journal, up_to=20) == 20
    assert prune(journal, up_to=30) == 10
    journal.close()
    journal = open_journal()
    journal.append(*paid(7), at=TONIGHT)
    assert prune(journal) == 18
    assert prune(journal) == 0
    assert verify(path, KEY).ok, verify(path, KEY).findings
    assert books(journal)["payments"] == [6, 7]


@pytest.mark.parametrize("up_to", range(1, 49, 3))
def test_wherever_the_cut_falls_all_that_follows_stays_true(old_and_young, path, up_to):
    """Also in the middle of a payment's life: what began before the cut and ended after it."""
    before = books(old_and_young)
    assert prune(old_and_young, up_to=up_to) == up_to
    assert verify(path, KEY).ok, verify(path, KEY).findings
    after = books(old_and_young)
    assert {**after, "payments": 0, "slips": 0} == {**before, "payments": 0, "slips": 0}
    assert prune(old_and_young) == 48 - up_to
    assert verify(path, KEY).ok, verify(path, KEY).findings


def test_a_note_that_the_backend_has_not_heard_of_holds_its_record(open_journal, make, paid):
    journal = open_journal()
    journal.append(*paid(1), make.stacked(None, "lost"), *paid(2), at=OLD)
    assert prune(journal) == 8
    journal.append(
        NoteReported(cycle="lost", state=LooseState.SUSPENSE, verdict=Verdict.REJECTED), at=OLD
    )
    assert prune(journal) == 0
    journal.append(
        NoteReported(cycle="lost", state=LooseState.SUSPENSE, verdict=Verdict.DUPLICATE), at=OLD
    )
    assert prune(journal) == 1 + 8


UNENDED = {
    "queued": lambda make, life: life[:6],
    "sent": lambda make, life: life[:7],
    "accepted": lambda make, life: (
        *life[:7],
        make.answered(5, PaymentStatus.ACCEPTED, Verdict.ACCEPTED),
    ),
    "parked": lambda make, life: (*life[:7], r.PaymentParked(number=5, why="unreadable")),
    "in conflict": lambda make, life: (
        *life[:7],
        make.answered(5, PaymentStatus.CREDITED, Verdict.CONFLICT),
    ),
    "no slip": lambda make, life: (*life[:4], *life[6:]),
    "slip begun": lambda make, life: (*life[:5], *life[6:]),
    "open": lambda make, life: life[:3],
    "in escrow": lambda make, life: life[:2],
}


@pytest.mark.parametrize("how", UNENDED)
def test_nothing_goes_from_where_something_has_not_ended(open_journal, paid, make, path, how):
    journal = open_journal()
    for number in range(1, 5):
        journal.append(*paid(number), at=OLD)
    journal.append(*UNENDED[how](make, paid(5)), at=OLD)
    if how not in ("open", "in escrow"):
        journal.append(*paid(6), at=OLD)
    assert prune(journal) == 4 * 8
    assert verify(path, KEY).ok
    assert prune(journal) == 0


@pytest.mark.parametrize(
    "status", [PaymentStatus.CREDITED, PaymentStatus.REFUSED, PaymentStatus.DISPUTED]
)
def test_every_final_answer_is_an_end(open_journal, paid, status):
    journal = open_journal()
    journal.append(*paid(1, status), at=OLD)
    journal.append(*paid(2), at=OLD)
    assert prune(journal) == 16


def test_a_disputed_payment_outlives_its_records_until_it_is_settled(
    open_journal, paid, make, path
):
    journal = open_journal()
    journal.append(*paid(1, PaymentStatus.DISPUTED), *paid(2), at=OLD)
    assert prune(journal) == 16
    assert books(journal)["payments"] == books(journal)["slips"] == [1]
    assert verify(path, KEY).ok
    journal.append(make.answered(1, PaymentStatus.CREDITED, None), at=OLD)
    assert prune(journal, older_than=TONIGHT + timedelta(days=1), up_to=18) == 2
    assert books(journal)["payments"] == []
    assert verify(path, KEY).ok


def test_a_stacked_note_without_a_payment_is_never_forgotten(open_journal, make, paid, path):
    journal = open_journal()
    journal.append(make.session_opened("x"), make.stacked("x", "orphan"), at=OLD)
    journal.append(r.SessionClosed(session="x", why=r.SessionEnd.LEFT), *paid(1), at=OLD)
    prune(journal)
    with journal.reading() as connection:
        assert queries.note(connection, "orphan").state == "stacked"
    assert verify(path, KEY).ok


def test_a_wrong_clock_for_a_while_brings_no_younger_record_into_reach(open_journal, paid, path):
    journal = open_journal()
    journal.append(*paid(1), at=OLD)
    journal.append(*paid(2), at=YOUNG)
    journal.append(*paid(3), at=datetime(1970, 1, 1, tzinfo=UTC))
    journal.append(*paid(4), at=YOUNG)
    assert prune(journal) == 8


def jumped(became):
    return ClockJumped(
        seen=JumpSeen.RUNNING,
        should_be=YOUNG.isoformat(),
        became=became.isoformat(),
        difference_ms=1,
    )


@pytest.mark.parametrize("told", [True, False])
def test_a_clock_that_jumps_forward_makes_nothing_old(open_journal, paid, path, told):
    journal = open_journal()
    for day in range(10):
        journal.append(*paid(day + 1), at=YOUNG + timedelta(days=day))
    wrong = YOUNG + timedelta(days=4000)
    journal.append(*([jumped(wrong)] if told else []), *paid(11), at=wrong)
    keep = timedelta(days=5)
    # A jump that nobody saw, at a start, counts for one day, and so does the time since.
    expected = 8 * (5 if told else 6)
    assert prune(journal, now=wrong, older_than=wrong - keep, lived=keep) == expected
    assert verify(path, KEY).ok


def test_a_clock_that_jumps_to_and_fro_makes_nothing_old(open_journal, paid):
    journal = open_journal()
    for number in range(1, 11):
        journal.append(*paid(number), at=datetime(1970, 1, 1, tzinfo=UTC))
        journal.append(jumped(YOUNG), at=YOUNG)
    keep = timedelta(days=5)
    assert prune(journal, now=YOUNG, older_than=YOUNG - keep, lived=keep) == 0


def test_a_record_of_the_future_holds_nothing_up_once_it_lies_far_enough_back(
    open_journal, paid, path
):
    journal = open_journal()
    journal.append(*paid(1), at=OLD + timedelta(days=25_000))
    for day in range(10):
        journal.append(*paid(day + 2), at=OLD + timedelta(days=day))
    now = OLD + timedelta(days=9)
    assert (
        prune(journal, now=now, older_than=now - timedelta(days=5), lived=timedelta(days=5)) == 40
    )
    assert verify(path, KEY).ok


def test_a_payment_that_the_backend_opens_again_while_it_is_pruned_stays(old_and_young, make, path):
    work = PruneWork(old_and_young, Retention(older_than=CUTOFF, up_to=FOR_EVER))
    while work._sealer is None:
        assert not work.step(TONIGHT)
    old_and_young.append(make.answered(3, PaymentStatus.ACCEPTED, None), at=TONIGHT)
    assert work.step(TONIGHT)
    work.close()
    assert work.removed == 0
    assert places(old_and_young)[0] == 1
    assert verify(path, KEY).ok


def test_removed_records_can_be_read_back_from_the_archive(old_and_young, tmp_path, path):
    folder = tmp_path / "archive"
    folder.mkdir()
    with old_and_young.reading() as connection:
        whole = [(row.seq, row.at, row.body, row.mac) for row in rows(connection)]
    prune(old_and_young, archive=folder, up_to=30)
    prune(old_and_young, archive=folder)
    assert list(kept(folder)) == whole[:48]
    verdict = verify(path, KEY, archive=folder)
    assert verdict.ok, verdict.findings
    assert verdict.records == 48 + 8 + 2  # two prunings, each with a record of its own
    assert {one.name for one in folder.iterdir()} == {
        "records-0000000001-0000000030.jsonl.gz",
        "records-0000000031-0000000048.jsonl.gz",
    }


@pytest.mark.parametrize("before", [None, 30])
def test_records_that_a_cut_off_pruning_has_archived_already_are_no_finding(
    old_and_young, tmp_path, path, before
):
    folder = tmp_path / "archive"
    folder.mkdir()
    if before is not None:
        prune(old_and_young, archive=folder, up_to=before)
    still_there = [
        (row.seq, row.at, row.body, row.mac) for row in _stored(old_and_young) if row.seq < 40
    ]
    keep(folder, still_there)
    assert verify(path, KEY, archive=folder).ok
    prune(old_and_young, archive=folder)
    assert verify(path, KEY, archive=folder).ok


def _stored(journal):
    with journal.reading() as connection:
        return list(rows(connection))


@pytest.mark.parametrize("how", ["changed", "missing", "cut", "no archive"])
def test_an_archive_that_is_not_what_was_written_is_found(old_and_young, tmp_path, path, how):
    folder = tmp_path / "archive"
    folder.mkdir()
    prune(old_and_young, archive=folder, up_to=30)
    prune(old_and_young, archive=folder)
    first, second = sorted(folder.iterdir())
    match how:
        case "changed":
            shutil.copy(second, first)
        case "missing":
            first.unlink()
        case "cut":
            first.write_bytes(first.read_bytes()[:-9])
        case "no archive":
            shutil.rmtree(folder)
    assert not verify(path, KEY, archive=folder).ok


def test_an_archive_folder_that_is_not_there_is_not_made_and_nothing_is_removed(
    old_and_young, tmp_path
):
    """More often than not it is a disk that is not there."""
    with pytest.raises(ArchiveError, match="archive"):
        prune(old_and_young, archive=tmp_path / "disk" / "archive")
    assert not (tmp_path / "disk").exists()
    assert places(old_and_young)[0] == 1


def test_a_file_of_the_archive_is_its_owners_alone_and_half_ones_go(old_and_young, tmp_path):
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "records-0000000001-0000000007.jsonl.gz.new").write_bytes(b"half a file")
    prune(old_and_young, archive=folder)
    (one,) = folder.iterdir()
    assert one.stat().st_mode & 0o777 == 0o600


def test_without_room_for_the_archive_nothing_is_removed(old_and_young, tmp_path, path):
    (tmp_path / "archive").write_text("a file where the folder should be")
    with pytest.raises(ArchiveError, match="archive"):
        prune(old_and_young, archive=tmp_path / "archive")
    assert places(old_and_young)[0] == 1
    assert verify(path, KEY).ok


def test_records_that_are_not_what_was_written_are_not_pruned(old_and_young, tampering, path):
    with tampering(path) as file:
        file.execute("UPDATE record SET body = replace(body, '10000', '90000') WHERE seq = 11")
    with pytest.raises(JournalDamagedError, match="record 11"):
        prune(old_and_young)
    assert places(old_and_young)[0] == 1


@pytest.mark.parametrize("at", ["no time", "2026-01-01T00:00:00"])
def test_a_time_that_is_no_time_is_damage(old_and_young, tampering, path, at):
    with tampering(path) as file:
        file.execute("UPDATE record SET at = ? WHERE seq = 11", (at,))
    with pytest.raises(JournalDamagedError, match="record 11"):
        prune(old_and_young)
    with pytest.raises(JournalDamagedError, match="record 11"):
        prune(old_and_young, lived=timedelta(days=900))


def test_a_cut_of_power_after_any_step_leaves_the_journal_before_or_after(
    old_and_young, tmp_path, monkeypatch
):
    """The files are copied after each step, as a power cut would leave them, and taken up again."""
    monkeypatch.setattr(pruner, "ROWS_A_STEP", 3)
    monkeypatch.setattr(pruner, "RECORDS_A_STEP", 7)
    monkeypatch.setattr(pruner, "RECORDS_A_PRUNE", 16)
    before = books(old_and_young)
    archive = tmp_path / "archive"
    archive.mkdir()
    work = PruneWork(old_and_young, Retention(older_than=CUTOFF, up_to=FOR_EVER, archive=archive))
    done, cuts, firsts = False, 0, set()
    while not done:
        done = work.step(TONIGHT)
        cuts += 1
        folder = tmp_path / f"cut-{cuts}"
        folder.mkdir()
        for suffix in ("", "-wal"):
            shutil.copy(f"{old_and_young.path}{suffix}", folder / f"journal.db{suffix}")
        shutil.copytree(archive, folder / "archive")
        with closing(Journal(folder / "journal.db", KEY)) as next_life:
            firsts.add(places(next_life)[0])
            assert next_life.start.differed == ()
            after = books(next_life)
            assert {**after, "payments": 0, "slips": 0} == {**before, "payments": 0, "slips": 0}
            assert verify(folder / "journal.db", KEY).ok
            prune(next_life, archive=folder / "archive")
            assert places(next_life)[0] == 49
            assert verify(folder / "journal.db", KEY, archive=folder / "archive").ok
    work.close()
    assert cuts >= 20
    assert firsts == {1, 17, 33, 49}


def test_a_write_that_fails_removes_nothing(old_and_young, path, monkeypatch):
    def full(*_, **__):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(pruner.Sealer, "end", full)
    with pytest.raises(JournalWriteError, match="full"):
        prune(old_and_young)
    assert places(old_and_young) == list(range(1, 57))
    assert verify(path, KEY).ok


TAMPER = {
    "the base's cash": "UPDATE sealed SET body = replace(body, '10000', '50000')",
    "the base's seal": "UPDATE sealed SET mac = zeroblob(32)",
    "the base itself": "DELETE FROM sealed",
    "its last part": "DELETE FROM sealed WHERE part = (SELECT max(part) FROM sealed)",
    "its place": "UPDATE sealed SET place = place + 1",
    "the record of it": "UPDATE record SET body = replace(body, 'up_to\":48', 'up_to\":40') "
    "WHERE seq = 57",
    "the first record left": "DELETE FROM record WHERE seq = 49",
    "a record before it": "INSERT INTO record VALUES (48, '', '', zeroblob(32))",
    "suspense": "DELETE FROM note WHERE cycle = 'lost'",
    "cash": "UPDATE cash SET count = 1",
}


@pytest.mark.parametrize("what", TAMPER)
def test_whatever_is_done_to_a_pruned_journal_is_found(old_and_young, path, tampering, what):
    prune(old_and_young)
    old_and_young.close()
    with tampering(path) as file:
        assert file.execute(TAMPER[what]).rowcount > 0
    assert not verify(path, KEY).ok


def test_a_base_of_an_earlier_pruning_with_its_records_put_back_is_found(
    old_and_young, path, tmp_path, tampering
):
    prune(old_and_young, up_to=20)
    old_and_young.at_rest(lambda driver: driver.execute("PRAGMA wal_checkpoint(TRUNCATE)"))
    earlier = tmp_path / "earlier.db"
    shutil.copy(path, earlier)
    prune(old_and_young)
    old_and_young.close()
    with tampering(path) as file:
        file.execute("ATTACH ? AS earlier", (str(earlier),))
        file.execute("DELETE FROM sealed")
        file.execute("INSERT INTO sealed SELECT * FROM earlier.sealed")
        file.execute("INSERT OR IGNORE INTO record SELECT * FROM earlier.record WHERE seq <= 48")
    findings = [one.what for one in verify(path, KEY).findings]
    assert any("last pruning" in what for what in findings)


def test_the_end_of_the_chain_cannot_be_removed(old_and_young):
    end = old_and_young.end.seq
    record = r.JournalPruned(up_to=end, mac="", kept="")
    with pytest.raises(ValueError, match="end of the chain"):
        old_and_young.prune(record, at=TONIGHT, keep=lambda driver: None)


def test_a_terminal_knows_its_journal_after_pruning(old_and_young):
    prune(old_and_young)
    with old_and_young.reading() as connection:
        assert queries.terminal_of(connection) == "10238898"
