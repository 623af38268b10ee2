"""Pruning in the middle of everything: the judge reads what went, and sees what must not go."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from offline_queue.journal import Journal
from offline_queue.journal import records as r
from offline_queue.journal.prune import PruneWork, Retention
from simulation.proof.blank import KEY
from simulation.proof.plan import Plan
from simulation.proof.run import run
from simulation.proof.whole import as_if_never_pruned

LOOK_AMONG = range(1, 61)
NOW = datetime(2026, 5, 1, tzinfo=UTC)
LATER = NOW + timedelta(days=100)


def test_runs_prune_while_people_pay_and_no_law_is_broken():
    pruning = [seed for seed in LOOK_AMONG if Plan(seed=seed).stream("pruning").random() < 0.3]
    removed = 0
    for seed in pruning:
        result = run(Plan(seed=seed), keeps_history=False)
        assert result.ok, f"kiosk simulate --protocol ccnet --replay {seed}: {result.violations}"
        removed += result.counts.pruned
        if removed > 30:
            return
    pytest.fail(f"no more than {removed} records were pruned in {len(pruning)} runs")


def session(name):
    opened = r.SessionOpened(
        session=name,
        provider_id=7,
        provider_code="mobile",
        provider_name="Связь",
        account="9161234567",
        fields=(),
        currency="RUB",
        fee_version="1",
        fee=(),
    )
    back = r.NoteEscrowed(
        session=name, cycle=f"{name}-n", minor=100, currency="RUB", decision=r.Decision.RETURN
    )
    return (
        opened,
        back,
        r.NoteReturned(cycle=f"{name}-n", why="too much"),
        r.SessionClosed(session=name, why=r.SessionEnd.LEFT),
    )


@pytest.fixture
def pruned(tmp_path):
    """A journal of which half is in an archive."""
    archive = tmp_path / "archive"
    archive.mkdir()
    with closing(Journal(tmp_path / "journal.db", KEY)) as journal:
        journal.append(*session("a"), *session("b"), at=NOW)
        journal.append(*session("c"), at=LATER)
        work = PruneWork(
            journal, Retention(older_than=LATER, up_to=8, archive=archive, lived=timedelta(0))
        )
        while not work.step(LATER):
            pass
        work.close()
        assert work.removed == 8
        yield journal, archive


def wrong(journal, archive):
    with as_if_never_pruned(journal, archive) as whole:
        return whole.wrong


def test_what_had_ended_may_go_and_is_read_all_the_same(pruned):
    journal, archive = pruned
    with as_if_never_pruned(journal, archive) as whole:
        assert (whole.pruned, whole.wrong) == (8, ())
        cycles = whole.projections.exec_driver_sql("SELECT cycle FROM note ORDER BY cycle")
        assert cycles.scalars().all() == ["a-n", "b-n", "c-n"]


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE note SET minor = 5 WHERE cycle = 'c-n'", "'minor': 5"),
        ("UPDATE session SET state = 'open' WHERE id = 'c'", "session"),
        ("INSERT INTO cash VALUES ('RUB', 5000, 1)", "follows from no record"),
        ("DELETE FROM note", None),
    ],
)
def test_what_pruning_changed_beside_is_seen(pruned, statement, told):
    journal, archive = pruned
    journal.at_rest(lambda driver: driver.execute(statement))
    found = wrong(journal, archive)
    assert any(told in one for one in found) if told else found == ()


def test_what_had_not_ended_must_not_go(pruned):
    journal, archive = pruned
    open_one = session("d")[:2]
    journal.append(*open_one, at=LATER)
    for statement in ("DELETE FROM session WHERE id = 'd'", "DELETE FROM note WHERE cycle = 'd-n'"):
        journal.at_rest(lambda driver, sql=statement: driver.execute(sql))
    assert [one.split(" was ")[0] for one in wrong(journal, archive)] == [
        "session ('d',)",
        "note ('d-n',)",
    ]


def test_where_nothing_went_there_is_nothing_to_put_back(tmp_path):
    with closing(Journal(tmp_path / "journal.db", KEY)) as journal:
        journal.append(*session("a"), at=NOW)
        with as_if_never_pruned(journal, tmp_path) as whole:
            assert whole is None
