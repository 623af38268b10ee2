"""What the terminal does with its journal while nobody is there."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from structlog.testing import capture_logs

from drivers.acceptors.contract import CassetteIn, CassetteOut
from kiosk.terminal import housekeeping as keeping
from kiosk.terminal.housekeeping import HousekeepingRules, JournalKeeper, housekeeping_rules_of
from kiosk.terminal.ports import Close, Tick
from kiosk.terminal.service import Collect
from kiosk.terminal.snapshot import Screen
from kiosk.terminal.touch import Action
from offline_queue.journal import queries
from offline_queue.journal import records as r
from offline_queue.journal.numbering import PAYMENT_NUMBER
from offline_queue.journal.verify import rows
from offline_queue.sync.messages import Parked

MOSCOW = ZoneInfo("Europe/Moscow")
NIGHT = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)  # half past three in Moscow


@pytest.fixture
def keep(bench_class, tmp_path):
    """Makes a terminal that keeps house, ready for customers."""

    class KeepingBench(bench_class):
        def housekeeping(self):
            rules = housekeeping_rules_of(self.settings)
            self.keeper = JournalKeeper(self.journal, self.clock, rules)
            return self.keeper

    benches = []

    def make(**journal):
        settings = {"snapshot_every": 10, "keep_days": 1, **journal}
        benches.append(KeepingBench(tmp_path, journal=settings))
        benches[-1].ready()
        return benches[-1]

    yield make
    for bench in benches:
        bench.journal.close()


def sell(bench, times=1):
    for _ in range(times):
        number = bench.journal.next_number(PAYMENT_NUMBER)
        bench.go_to_money()
        bench.feed(100)
        bench.pay()
        bench.printed()
        bench.credited(number)
        bench.wait(1)
        bench.touch(Action.HOME)
        assert bench.shown.screen is Screen.HOME


def rest(bench, seconds=10.0):
    """Let time pass, tick by tick as the runner would."""
    end = bench.clock.monotonic() + seconds
    for _ in range(10_000):
        now = bench.clock.monotonic()
        if now >= end:
            return
        bench.wait(max(min(bench.terminal.next_deadline(), end) - now, 0.001))
    raise AssertionError("the terminal never comes to rest")


def collect(bench):
    bench.tell(Collect(request=f"order-{bench.clock.monotonic()}", operator="Collector"))
    bench.tell(CassetteOut(), CassetteIn())
    bench.ready()
    bench.printed()


def sleep_until(bench, moment):
    bench.clock.pass_time((moment - bench.clock.now()).total_seconds())
    bench.tell(Tick())


def snapshot_place(bench):
    with closing(sqlite3.connect(bench.journal.path)) as file:
        query = "SELECT max(place) FROM sealed WHERE purpose = 'snapshot'"
        return file.execute(query).fetchone()[0]


def first_place(bench):
    with bench.journal.reading() as connection:
        return next(iter(rows(connection))).seq


def noted(bench):
    with bench.journal.reading() as connection:
        found = [r.from_text(row.body) for row in rows(connection)]
    return [one.event for one in found if isinstance(one, r.DeviceNoted)]


def test_a_clock_that_jumped_forward_empties_no_journal(keep):
    bench = keep(keep_days=2)
    sell(bench)
    collect(bench)
    sell(bench)
    bench.clock.wall += timedelta(days=4000)
    bench.tell(Tick())
    sleep_until(bench, NIGHT + timedelta(days=4000))
    rest(bench, 60)
    assert first_place(bench) == 1


def test_at_rest_a_snapshot_is_taken_that_the_next_start_uses(keep):
    bench = keep()
    sell(bench, 2)
    assert snapshot_place(bench) is None
    rest(bench)
    taken = snapshot_place(bench)
    assert taken == bench.journal.end.seq
    bench.cut_power()
    bench.start()
    assert bench.journal.start.snapshot == taken
    assert bench.journal.start.records == 0


def test_few_records_are_worth_no_new_snapshot(keep):
    bench = keep(snapshot_every=1000)
    sell(bench)
    rest(bench)
    assert snapshot_place(bench) is None


def test_nothing_is_done_while_somebody_is_there(keep, monkeypatch):
    bench = keep()
    steps = []
    sell(bench)
    monkeypatch.setattr(bench.keeper, "step", lambda: steps.append(1))
    bench.go_to_money()
    steps.clear()
    bench.wait(5)
    cycle = bench.escrow(100)
    bench.wait(5)
    bench.stacked(cycle, 100)
    bench.wait(5)
    assert steps == []
    bench.pay()
    bench.printed()
    bench.credited(2)
    bench.wait(1)
    assert steps == []
    bench.touch(Action.HOME)
    bench.wait(5)
    assert steps
    bench.touch(Action.OPEN_PROVIDER, "mts")
    steps.clear()
    bench.wait(5)
    assert steps == []


def test_nothing_is_done_before_the_last_life_is_settled(keep, monkeypatch):
    bench = keep()
    bench.go_to_money()
    bench.escrow(100)
    bench.cut_power()
    bench.start()
    steps = []
    monkeypatch.setattr(bench.keeper, "step", lambda: steps.append(1))
    bench.wait(30)
    assert steps == []


def test_an_event_is_answered_before_the_next_piece_of_work(keep, monkeypatch):
    bench = keep()
    sell(bench)
    steps = []
    monkeypatch.setattr(bench.keeper, "step", lambda: steps.append(1))
    bench.wait(60)
    bench.tell(Tick())
    before = len(steps)
    bench.tell(Tick())
    assert len(steps) == before + 1
    bench.touch(Action.OPEN_PROVIDER, "mts")
    assert len(steps) == before + 1
    assert bench.shown.screen is not Screen.HOME


def test_an_end_in_order_leaves_a_snapshot_and_no_log(keep):
    bench = keep(snapshot_every=1000)
    sell(bench)
    bench.tell(Close())
    assert snapshot_place(bench) == bench.journal.end.seq
    assert keeping.log_bytes(bench.journal) == 0


def test_an_end_with_money_inside_leaves_all_for_the_next_start(keep):
    bench = keep()
    bench.go_to_money()
    bench.feed(100)
    bench.tell(Close())
    assert snapshot_place(bench) is None


def test_an_end_on_a_full_disk_is_an_end(keep, monkeypatch):
    bench = keep(snapshot_every=1000)
    sell(bench)

    def full(_):
        raise keeping.JournalError("disk full")

    monkeypatch.setattr(keeping, "take_snapshot", full)
    bench.tell(Close())
    assert snapshot_place(bench) is None


def test_old_records_go_in_quiet_hours_once_they_are_collected(keep, tmp_path):
    (tmp_path / "archive").mkdir()
    bench = keep(archive_folder=str(tmp_path / "archive"))
    sell(bench, 3)
    collect(bench)
    sell(bench, 1)
    rest(bench, 60)
    assert first_place(bench) == 1
    with bench.journal.reading() as connection:
        collected = queries.last_collection_place(connection)
    sleep_until(bench, NIGHT + timedelta(days=2))
    rest(bench, 60)
    assert first_place(bench) == collected
    assert [row.number for row in bench.payments] == [4]
    assert bench.verdict().ok, bench.verdict().findings
    assert len(list((tmp_path / "archive").iterdir())) == 1
    bench.cut_power()
    bench.start()
    bench.ready()
    sell(bench, 1)
    assert bench.verdict().ok, bench.verdict().findings


@pytest.mark.parametrize("moment", [NIGHT, NIGHT + timedelta(days=2, hours=3)])
def test_neither_young_records_go_nor_old_ones_by_day(keep, moment):
    bench = keep()
    sell(bench, 2)
    collect(bench)
    sleep_until(bench, moment)
    rest(bench, 60)
    assert first_place(bench) == 1


def test_without_a_collection_nothing_goes(keep):
    bench = keep()
    sell(bench, 2)
    sleep_until(bench, NIGHT + timedelta(days=900))
    rest(bench, 60)
    assert first_place(bench) == 1


def test_the_nights_work_is_done_once(keep):
    bench = keep()
    sell(bench, 1)
    with capture_logs() as log:
        sleep_until(bench, NIGHT)
        rest(bench, 1800)
        assert [line["event"] for line in log].count("journal_checked") == 1
        sleep_until(bench, NIGHT + timedelta(days=1))
        rest(bench, 60)
    assert [line["event"] for line in log].count("journal_checked") == 2


def test_a_customer_in_the_middle_of_the_night_is_served_and_the_work_goes_on(keep, monkeypatch):
    monkeypatch.setattr("offline_queue.journal.audit.RECORDS_A_STEP", 5)
    bench = keep()
    sell(bench, 3)
    with capture_logs() as log:
        sleep_until(bench, NIGHT)
        rest(bench, 0.2)
        sell(bench, 1)
        assert "journal_checked" not in [line["event"] for line in log]
        rest(bench, 60)
    assert "journal_checked" in [line["event"] for line in log]


def test_settled_history_that_was_changed_is_put_right_at_night(keep):
    bench = keep()
    sell(bench, 2)
    rest(bench)
    with closing(sqlite3.connect(bench.journal.path, isolation_level=None)) as file:
        file.execute("UPDATE payment SET uid = 'other' WHERE number = 1")
    sleep_until(bench, NIGHT)
    with capture_logs() as log:
        rest(bench, 60)
    assert "journal_projections_differed" in [line["event"] for line in log]
    assert noted(bench)[-1] == "projections put right"
    assert bench.payments[0].uid == "uid-1"
    assert bench.verdict().ok


def test_old_records_that_were_changed_are_an_alarm_and_no_outage(keep):
    bench = keep()
    sell(bench, 2)
    rest(bench)
    with closing(sqlite3.connect(bench.journal.path, isolation_level=None)) as file:
        file.execute("UPDATE record SET at = '2020-01-01T00:00:00.000+00:00' WHERE seq = 3")
    sleep_until(bench, NIGHT)
    with capture_logs() as log:
        rest(bench, 600)
    events = [line["event"] for line in log]
    assert events.count("journal_damaged") == 1
    assert noted(bench).count("damaged") == 1
    sell(bench, 1)


def test_no_room_for_the_archive_is_an_alarm_and_the_rest_of_the_work_is_done(keep, tmp_path):
    (tmp_path / "archive").write_text("in the way")
    bench = keep(archive_folder=str(tmp_path / "archive"))
    sell(bench, 2)
    collect(bench)
    sleep_until(bench, NIGHT + timedelta(days=2))
    with capture_logs() as log:
        rest(bench, 60)
    events = [line["event"] for line in log]
    assert events.count("journal_not_pruned") == 1
    assert "journal_checked" in events
    assert first_place(bench) == 1


@pytest.mark.parametrize(("days", "told"), [(10, False), (20, True)])
def test_pruning_that_is_held_up_for_long_is_an_alarm_that_names_the_cause(keep, days, told):
    bench = keep()
    sell(bench)
    number = bench.journal.next_number(PAYMENT_NUMBER)
    bench.go_to_money()
    bench.feed(100)
    bench.pay()
    bench.printed()
    bench.tell(Parked(numbers=(number,), why="unreadable"))
    bench.wait(1)
    bench.touch(Action.HOME)
    collect(bench)
    sleep_until(bench, NIGHT + timedelta(days=days))
    with capture_logs() as log:
        rest(bench, 60)
    found = [line for line in log if line["event"] == "journal_pruning_held_up"]
    assert [line["parked_payments"] for line in found] == ([(number,)] if told else [])


@pytest.mark.parametrize("where", ["audit", "prune"])
def test_a_full_temporary_folder_is_an_alarm_that_names_it_and_no_outage(keep, monkeypatch, where):
    bench = keep()
    sell(bench, 2)
    collect(bench)

    def full(*_):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(f"offline_queue.journal.{where}.Replay.take", full)
    sleep_until(bench, NIGHT + timedelta(days=2))
    with capture_logs() as log:
        rest(bench, 60)
    (told,) = [line["why"] for line in log if line["event"] == "journal_not_checked"]
    assert "temporary folder" in told
    assert bench.shown.screen in (Screen.ATTRACT, Screen.HOME)


def test_a_disk_that_fails_at_night_is_an_outage_and_the_next_night_begins_anew(keep, monkeypatch):
    bench = keep()
    sell(bench, 2)
    collect(bench)
    with monkeypatch.context() as patch:

        def full(*_):
            raise sqlite3.OperationalError("database or disk is full")

        patch.setattr("offline_queue.journal.prune.Sealer.end", full)
        sleep_until(bench, NIGHT + timedelta(days=2))
        rest(bench, keeping.REST_S + 1)
        assert bench.shown.screen is Screen.OUT_OF_SERVICE
        rest(bench, 10)
    assert bench.shown.screen in (Screen.ATTRACT, Screen.HOME)
    assert first_place(bench) == 1
    sleep_until(bench, NIGHT + timedelta(days=3))
    rest(bench, 60)
    assert first_place(bench) > 1
    assert bench.verdict().ok


def test_a_log_that_is_never_folded_in_is_an_alarm_told_once(keep, monkeypatch):
    bench = keep()
    monkeypatch.setattr(keeping, "log_bytes", lambda _: keeping.LOG_ALARM_BYTES + 1)
    with capture_logs() as log:
        rest(bench, 60)
    assert [line["event"] for line in log].count("journal_log_large") == 1


def test_the_log_is_emptied_hourly(keep, monkeypatch):
    bench = keep()
    folds = []
    monkeypatch.setattr(keeping, "log_bytes", lambda _: 4096)
    monkeypatch.setattr(keeping, "fold_log_in", lambda _, *, truncate=False: folds.append(truncate))
    rest(bench, 3 * 3600 + 60)
    assert folds.count(True) == 3


def moscow(*parts):
    return datetime(*parts, tzinfo=MOSCOW)


QUIET = {"quiet_from": time(3), "quiet_to": time(5)}
OVER_MIDNIGHT = {"quiet_from": time(23), "quiet_to": time(2)}


@pytest.mark.parametrize(
    ("hours", "local", "night"),
    [
        (QUIET, moscow(2026, 5, 1, 2, 59), None),
        (QUIET, moscow(2026, 5, 1, 3, 0), date(2026, 5, 1)),
        (QUIET, moscow(2026, 5, 1, 4, 59), date(2026, 5, 1)),
        (QUIET, moscow(2026, 5, 1, 5, 0), None),
        (OVER_MIDNIGHT, moscow(2026, 5, 1, 22, 59), None),
        (OVER_MIDNIGHT, moscow(2026, 5, 1, 23, 0), date(2026, 5, 1)),
        (OVER_MIDNIGHT, moscow(2026, 5, 2, 1, 59), date(2026, 5, 1)),
        (OVER_MIDNIGHT, moscow(2026, 5, 2, 2, 0), None),
    ],
)
def test_quiet_hours_are_by_local_time_and_may_pass_midnight(hours, local, night):
    rules = HousekeepingRules(snapshot_every=10, keep_days=1, archive=None, zone=MOSCOW, **hours)
    assert rules.night(local.astimezone(UTC)) == night
