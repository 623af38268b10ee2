"""The auditor's check on files: rows removed, swapped, put back, and files cut to fit."""

from itertools import combinations

import pytest
from sqlalchemy.exc import DBAPIError

from offline_queue.journal import ChainKey, schema
from offline_queue.journal.engine import reading_engine
from offline_queue.journal.records import DeviceNoted, to_text
from offline_queue.journal.verify import rows, verify

COUNT = 22  # records in the day of conftest.py


def test_an_untouched_journal_holds(written, key, history):
    verdict = verify(written, key)
    assert verdict.ok
    assert verdict.findings == ()
    assert verdict.records == len(history) == COUNT


def test_verifying_changes_nothing(written, key):
    before = written.read_bytes()
    verify(written, key)
    assert written.read_bytes() == before


def test_another_key_finds_every_record_changed(written):
    verdict = verify(written, ChainKey(bytes(32)))
    places = [one.seq for one in verdict.findings if one.seq is not None]
    assert places == list(range(1, COUNT + 1))


def test_a_changed_record_is_named(written, key, tampering):
    with tampering(written) as file:
        file.execute("UPDATE record SET body = replace(body, '10000', '50000') WHERE seq = 6")
    findings = verify(written, key).findings
    assert findings[0].seq == 6
    assert findings[0].what == "changed, or put in another place"
    # The very next record was chained to the HMAC that still stands there, so it holds.
    assert [one.seq for one in findings if one.seq is not None] == [6]
    assert {one.what for one in findings if one.seq is None} == {
        "projection note does not follow from the records",
        "projection cash does not follow from the records",
    }


@pytest.mark.parametrize(
    ("removed", "missing"),
    [([1], 1), ([11], 11), ([COUNT - 1], COUNT - 1), ([5, 6, 7], 5)],
    ids=["the first", "one in the middle", "the last but one", "several"],
)
def test_removed_records_are_named(written, key, tampering, removed, missing):
    with tampering(written) as file:
        for seq in removed:
            file.execute("DELETE FROM record WHERE seq = ?", (seq,))
    findings = verify(written, key).findings
    assert findings[0].what == f"record {missing} is missing"


@pytest.mark.parametrize("count", range(1, COUNT + 1))
def test_records_removed_at_the_end_are_missed(written, key, tampering, count):
    with tampering(written) as file:
        file.execute("DELETE FROM record WHERE seq > ?", (COUNT - count,))
    assert "records are missing at the end" in [one.what for one in verify(written, key).findings]


@pytest.mark.parametrize("count", [1, 2, 5, COUNT])
@pytest.mark.parametrize("seal", ["kept", "the HMAC of the new end", "zeros"])
def test_an_end_cut_off_with_all_that_followed_from_it_is_still_found(
    tmp_path, written, key, tampering, open_journal, write, history, count, seal
):
    """The file is made to look in everything but the seal as it did some records ago."""
    earlier = tmp_path / "earlier.db"
    shorter = open_journal(earlier)
    write(shorter, history[: COUNT - count])
    shorter.close()
    with tampering(earlier) as file:
        file.execute("ATTACH ? AS whole", (str(written),))
        end = file.execute("SELECT mac FROM record ORDER BY seq DESC LIMIT 1").fetchone()
        forged = {
            "kept": file.execute("SELECT seal FROM whole.head").fetchone()[0],
            "the HMAC of the new end": end[0] if end else bytes(32),
            "zeros": bytes(32),
        }
        file.execute("UPDATE head SET seal = ?", (forged[seal],))
    assert [one.what for one in verify(earlier, key).findings] == ["records are missing at the end"]


def test_any_two_records_that_changed_places_are_found(written, key, tampering):
    with tampering(written) as file:
        for one, other in combinations(range(1, COUNT + 1), 2):
            _swap(file, one, other, "at", "body", "mac")
            verdict = verify(written, key)
            _swap(file, one, other, "at", "body", "mac")
            assert {one, other} <= {finding.seq for finding in verdict.findings}
    assert verify(written, key).ok


@pytest.mark.parametrize("columns", [("body",), ("at",), ("mac",), ("at", "body")])
def test_parts_of_records_that_changed_places_are_found(written, key, tampering, columns):
    with tampering(written) as file:
        _swap(file, 8, 9, *columns)
    assert 8 in {one.seq for one in verify(written, key).findings}


def _swap(file, one, other, *columns):
    names = ", ".join(columns)
    query = f"SELECT {names} FROM record WHERE seq = ?"
    rows = {seq: file.execute(query, (seq,)).fetchone() for seq in (one, other)}
    change = f"UPDATE record SET {', '.join(f'{name} = ?' for name in columns)} WHERE seq = ?"
    file.execute("BEGIN")
    file.execute(change, (*rows[other], one))
    file.execute(change, (*rows[one], other))
    file.execute("COMMIT")


@pytest.mark.parametrize("at", [-5, 0, COUNT + 1, 1_000_000])
def test_a_record_put_in_again_at_a_free_place_is_found(written, key, tampering, at):
    with tampering(written) as file:
        file.execute("INSERT INTO record SELECT ?, at, body, mac FROM record WHERE seq = 6", (at,))
    assert not verify(written, key).ok


def test_a_record_put_in_between_the_others_is_found(written, key, tampering):
    with tampering(written) as file:
        file.execute("UPDATE record SET seq = -seq WHERE seq > 6")
        file.execute("UPDATE record SET seq = 1 - seq WHERE seq < 0")
        file.execute("INSERT INTO record SELECT 7, at, body, mac FROM record WHERE seq = 6")
    verdict = verify(written, key)
    assert verdict.records == COUNT + 1
    assert verdict.findings[0].seq == 7


def test_a_record_of_another_journal_with_the_same_key_is_found(
    tmp_path, written, key, tampering, open_journal, write, make, history
):
    other = open_journal(tmp_path / "other.db")
    write(other, (*history[:5], make.stacked("s2", "n1", 500_000)))
    other.close()
    with tampering(written) as file:
        file.execute("ATTACH ? AS other", (str(other.path),))
        file.execute(
            "REPLACE INTO record SELECT seq, at, body, mac FROM other.record WHERE seq = 6"
        )
    # In its own place it fits what stands before it; what stood after it no longer does.
    assert verify(written, key).findings[0].seq == 7


def test_a_record_of_no_known_kind_is_named(written, key, tampering):
    with tampering(written) as file:
        file.execute("""UPDATE record SET body = '{"kind":"note_eaten"}' WHERE seq = 4""")
    assert ("not a record of any known kind", 4) in [
        (one.what, one.seq) for one in verify(written, key).findings
    ]


@pytest.mark.parametrize("field", ["minor", "number"])
def test_a_number_beyond_every_column_is_a_finding_and_no_crash(
    written, key, tampering, make, field
):
    huge = {
        "minor": to_text(make.stacked(None, "n9", 2**70)),
        "number": '{"kind":"payment_parked","number":1180591620717411303424,"why":""}',
    }
    with tampering(written) as file:
        file.execute("UPDATE record SET body = ? WHERE seq = 11", (huge[field],))
    assert ("contradicts the records before it", 11) in [
        (one.what, one.seq) for one in verify(written, key).findings
    ]


def test_a_record_that_cannot_follow_is_a_finding_and_no_crash(written, key, tampering, make):
    with tampering(written) as file:
        again = to_text(make.session_opened("s1"))
        file.execute("UPDATE record SET body = ? WHERE seq = 4", (again,))
    assert ("contradicts the records before it", 4) in [
        (one.what, one.seq) for one in verify(written, key).findings
    ]


@pytest.mark.parametrize("version", [0, schema.SCHEMA_VERSION + 1])
def test_another_schema_is_a_finding(written, key, tampering, version):
    with tampering(written) as file:
        file.execute(f"PRAGMA user_version={version}")
    assert f"schema {version}" in verify(written, key).findings[0].what


def test_a_sign_of_spoilt_text_that_was_written_is_told_from_text_that_was_spoilt(
    journal, path, key, now, tampering
):
    """To a lenient reader both look the same."""
    journal.append(DeviceNoted(device="test", event="noise \ufffd"), at=now)
    assert verify(path, key).ok
    with tampering(path) as file:
        file.execute("UPDATE record SET body = CAST(replace(hex(body), 'EFBFBD', 'FF') AS TEXT)")
        (spoilt,) = file.execute("SELECT body FROM record").fetchone()
        file.execute(f"UPDATE record SET body = CAST(x'{spoilt}' AS TEXT)")
    assert [one.seq for one in verify(path, key).findings][:1] == [1]


def test_a_file_that_is_no_database_is_not_readable(path, key):
    path.write_bytes(b"not a database at all, only text " * 200)
    with pytest.raises(DBAPIError, match="not a database"):
        verify(path, key)


def test_a_database_that_is_no_journal_is_not_taken_for_one(path, key, tampering):
    with tampering(path) as file:
        file.execute("CREATE TABLE ledger (amount INTEGER)")
    assert not verify(path, key).ok


def test_rows_are_given_from_a_place_on(written, history):
    with reading_engine(written).connect() as connection:
        found = list(rows(connection, after=20))
    assert [row.seq for row in found] == [21, 22]
    assert [row.body for row in found] == [to_text(record) for record in history[20:]]
    assert found[0].at == "2026-05-01T06:30:20.000+00:00"


@pytest.mark.parametrize("column", ["at", "body"])
@pytest.mark.parametrize("value", [b"\xff\xfe", 5, "CAST(x'ff41' AS TEXT)"], ids=repr)
def test_rows_that_are_no_text_are_given_in_a_form_that_can_be_shown(
    written, tampering, column, value
):
    with tampering(written) as file:
        if isinstance(value, str):
            file.execute(f"UPDATE record SET {column} = {value} WHERE seq = 3")
        else:
            file.execute(f"UPDATE record SET {column} = ? WHERE seq = 3", (value,))
    with reading_engine(written).connect() as connection:
        found = list(rows(connection))
    assert len(found) == COUNT
    getattr(found[2], column).encode("utf-8")


def test_a_mac_that_is_none_is_shown_as_nothing(written, tampering):
    with tampering(written) as file:
        file.execute("UPDATE record SET mac = 'text' WHERE seq = 3")
    with reading_engine(written).connect() as connection:
        assert list(rows(connection))[2].mac == b""
