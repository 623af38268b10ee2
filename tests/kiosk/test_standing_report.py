"""A heartbeat says what the screen and the journal say."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.standing_report import KioskStanding, devices_of
from kiosk.terminal.snapshot import (
    Banner,
    DeliveryProgress,
    OutOfServiceView,
    Screen,
    ServiceReason,
    Snapshot,
)
from offline_queue.journal import ChainKey, Journal
from offline_queue.journal.records import TerminalStarted
from offline_queue.standing.journal_reading import JournalUnreadableError
from terminal_api.fleet import DeviceState

NOW = datetime(2026, 5, 1, 10, 0, tzinfo=UTC)


class _Clock:
    def monotonic(self) -> float:
        return 107.5

    def now(self) -> datetime:
        return NOW


def standing(journal: Path, shown: Snapshot | None) -> KioskStanding:
    return KioskStanding(
        terminal_id="10238898",
        boot="b1",
        version="0.1.0",
        journal=journal,
        clock=_Clock(),
        begun_s=100.0,
        newest=lambda: shown,
        applied=lambda: {"catalogue": 7},
        free_mb=lambda: 512,
    )


def test_it_is_put_together_from_snapshot_and_journal(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.db", ChainKey(bytes(32)))
    journal.append(TerminalStarted(boot="b1", version="0.1.0"), at=NOW)
    progress = DeliveryProgress(
        pending=2,
        oldest_formed_at=NOW - timedelta(hours=1),
        success_at=NOW + timedelta(days=1825),  # told before the clock was put right
    )
    shown = Snapshot(serial=1, screen=Screen.HOME, delivery=progress)
    beat = standing(journal.path, shown).heartbeat()
    journal.close()
    assert beat is not None
    assert (beat.uptime_s, beat.screen, beat.disk_free_mb) == (7, "home", 512)
    assert (beat.queue.pending, beat.queue.oldest_s, beat.queue.since_success_s) == (2, 3600, 0)
    assert (beat.chain_sequence, beat.applied) == (1, {"catalogue": 7})


def test_nothing_is_told_before_anything_is_shown(tmp_path: Path) -> None:
    assert standing(tmp_path / "none", None).heartbeat() is None


def test_a_journal_that_is_away_is_told_apart(tmp_path: Path) -> None:
    shown = Snapshot(serial=1, screen=Screen.HOME)
    with pytest.raises(JournalUnreadableError):
        standing(tmp_path / "none", shown).heartbeat()


@pytest.mark.parametrize(
    ("reasons", "banners", "acceptor", "printer"),
    [
        ((), (), "ok", "ok"),
        ((), (Banner.NO_RECEIPT,), "ok", "warning"),
        ((ServiceReason.CASSETTE_FULL,), (), "fault", "ok"),
        ((ServiceReason.PAPER,), (Banner.NO_RECEIPT,), "ok", "fault"),
    ],
)
def test_devices_are_told_as_the_screen_has_them(reasons, banners, acceptor, printer) -> None:
    out = OutOfServiceView(reasons=reasons, fault_number=12) if reasons else None
    screen = Screen.OUT_OF_SERVICE if reasons else Screen.HOME
    told = devices_of(Snapshot(serial=1, screen=screen, banners=banners, out_of_service=out))
    assert (told["acceptor"].state, told["printer"].state) == (acceptor, printer)
    faults = {it.faults for it in told.values() if it.state is DeviceState.FAULT}
    assert faults == ({(12,)} if reasons else set())


def test_devices_that_nobody_has_looked_at_are_not_told() -> None:
    assert devices_of(Snapshot(serial=1, screen=Screen.STARTING)) == {}
