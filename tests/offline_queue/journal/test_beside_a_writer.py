"""Tools that read while the terminal runs and writes."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from offline_queue.journal import queries
from offline_queue.journal.engine import reading_engine
from offline_queue.journal.verify import rows, verify


def test_a_tool_sees_what_was_committed_and_the_writer_goes_on(
    journal, path, key, make, now, write, history
):
    write(journal, history)
    with reading_engine(path).connect() as reader:
        assert queries.cash(reader) == {10_000: 3}
        journal.append(make.stacked(None, "n6"), at=now)
        assert queries.cash(reader) == {10_000: 4}
    verdict = verify(path, key)
    assert verdict.ok
    assert verdict.records == len(history) + 1


def test_a_tool_sees_one_moment_while_it_reads(journal, path, make, now, write, history):
    write(journal, history)
    with reading_engine(path).connect() as reader:
        reader.exec_driver_sql("BEGIN")
        before = len(list(rows(reader)))
        journal.append(make.stacked(None, "n6"), at=now)
        assert len(list(rows(reader))) == before
        assert queries.cash(reader) == {10_000: 3}
        reader.exec_driver_sql("COMMIT")
        assert len(list(rows(reader))) == before + 1


def test_a_tool_that_still_reads_does_not_hold_up_writing_or_closing(journal, path, key, make, now):
    with reading_engine(path).connect() as reader:
        reader.exec_driver_sql("BEGIN")
        list(rows(reader))
        for number in range(50):
            journal.append(make.stacked(None, f"n{number}"), at=now)
        journal.close()
        assert list(rows(reader)) == []
    verdict = verify(path, key)
    assert verdict.ok
    assert verdict.records == 50


@pytest.mark.timeout(30)
def test_checking_again_and_again_while_records_are_written_finds_nothing(
    journal, path, key, make, now
):
    done = Event()

    def check_until_done():
        verdicts = [verify(path, key)]
        while not done.is_set():
            verdicts.append(verify(path, key))
        return [*verdicts, verify(path, key)]

    with ThreadPoolExecutor(max_workers=1) as pool:
        auditor = pool.submit(check_until_done)
        try:
            for number in range(150):
                journal.append(make.escrowed(None, f"n{number}"), at=now)
                journal.append(make.stacked(None, f"n{number}"), at=now)
        finally:
            done.set()
        verdicts = auditor.result(timeout=20)
    assert all(verdict.ok for verdict in verdicts), verdicts
    assert verdicts[-1].records == 300
    counts = [verdict.records for verdict in verdicts]
    assert counts == sorted(counts)
