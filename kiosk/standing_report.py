"""How this terminal stands, put together for the backend: from the newest snapshot and the journal.

Wiring and translation only. It reads what the terminal has shown and written anyway, on a thread of
its own; it must never ask the terminal itself, which has customers to serve.
"""

import secrets
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Final

from config.settings import Settings
from kiosk.backend_access import session_of, signer_of
from kiosk.clock import Clock
from kiosk.terminal.snapshot import Banner, Screen, ServiceReason, Snapshot
from offline_queue.standing.journal_reading import Happened, read_events, read_standing
from offline_queue.standing.reporter import Reporter, ReporterThread, ToldPlace
from terminal_api.fleet import DeviceReport, DeviceState, Heartbeat, QueueReport

_ACCEPTOR: Final = frozenset(
    {ServiceReason.ACCEPTOR, ServiceReason.CASSETTE_OUT, ServiceReason.CASSETTE_FULL}
)
_PRINTER: Final = frozenset({ServiceReason.PRINTER, ServiceReason.PAPER})


@dataclass(frozen=True, slots=True, kw_only=True)
class KioskStanding:
    """See `offline_queue.standing.reporter.Standing`.

    `newest` gives the newest snapshot, `applied` the number of each desired item in use, `free_mb`
    the megabytes that are free where the journal lies. `begun_s` is monotonic.
    """

    terminal_id: str
    boot: str
    version: str
    journal: Path
    clock: Clock
    begun_s: float
    newest: Callable[[], Snapshot | None]
    applied: Callable[[], Mapping[str, int]]
    free_mb: Callable[[], int]

    def heartbeat(self) -> Heartbeat | None:
        """See the protocol."""
        shown = self.newest()
        if shown is None:
            return None
        now, read = self.clock.now(), read_standing(self.journal)
        place, link = read.chain_end or (None, None)
        progress = shown.delivery
        return Heartbeat(
            terminal_id=self.terminal_id,
            boot=self.boot,
            at=now,
            version=self.version,
            uptime_s=int(self.clock.monotonic() - self.begun_s),
            screen=shown.screen.value,
            queue=QueueReport(
                pending=progress.pending,
                parked=read.parked,
                oldest_s=_age_s(progress.oldest_formed_at, now),
                since_success_s=_age_s(progress.success_at, now),
            ),
            cash={str(minor): count for minor, count in read.cash.items() if count > 0},
            cash_minor=sum(minor * count for minor, count in read.cash.items()),
            devices=devices_of(shown),
            applied=dict(self.applied()),
            disk_free_mb=self.free_mb(),
            sqlite_version=sqlite3.sqlite_version,
            chain_sequence=place,
            chain_hash=link,
        )

    def happened(self, after: int) -> Happened:
        """See the protocol."""
        return read_events(self.journal, after)


def devices_of(shown: Snapshot) -> dict[str, DeviceReport]:
    """What the screen says of the devices; nothing while nobody knows yet."""
    out = shown.out_of_service
    why = frozenset(out.reasons) if out is not None else frozenset()
    if shown.screen is Screen.STARTING or ServiceReason.STARTING in why:
        return {}
    fault = (out.fault_number,) if out is not None and out.fault_number else ()
    acceptor, printer = DeviceReport(state=DeviceState.OK), DeviceReport(state=DeviceState.OK)
    if why & _ACCEPTOR:
        acceptor = DeviceReport(state=DeviceState.FAULT, faults=fault)
    if why & _PRINTER:
        # The number on the screen is the acceptor's where both have one.
        faults = () if why & _ACCEPTOR else fault
        printer = DeviceReport(state=DeviceState.FAULT, faults=faults)
    elif Banner.NO_RECEIPT in shown.banners:
        printer = DeviceReport(state=DeviceState.WARNING)
    return {"acceptor": acceptor, "printer": printer}


def reporter_thread_of(settings: Settings, standing: KioskStanding) -> ReporterThread:
    """The thread that tells the backend.

    Raises:
        NotEnrolledError, KeyFileError: see `kiosk.backend_access`.
    """
    signer = signer_of(settings)

    def make_reporter() -> Reporter:
        return Reporter(
            session_of(settings),
            settings.backend.url,
            settings.terminal.id,
            standing,
            ToldPlace(settings.journal.path.with_suffix(".events-told")),
            standing.clock.monotonic,
            signer,
        )

    return ReporterThread(make_reporter, Random(secrets.token_bytes(8)))


def _age_s(at: datetime | None, now: datetime) -> int | None:
    """Whole seconds; 0 where the clock went back."""
    return None if at is None else max(0, int((now - at).total_seconds()))
