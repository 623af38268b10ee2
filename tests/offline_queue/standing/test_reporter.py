"""A terminal tells how it stands and what happened, over HTTP with signatures, each event once."""

from __future__ import annotations

import itertools
import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from random import Random
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select
from structlog.testing import capture_logs

from offline_queue.journal import ChainKey, Journal
from offline_queue.journal import records as r
from offline_queue.journal.cash_records import CassetteOpened
from offline_queue.standing.journal_reading import Happened, read_events, read_standing
from offline_queue.standing.reporter import NotToldError, Reporter, ReporterThread, ToldPlace
from offline_queue.sync import plain_session
from offline_queue.sync.signer import Signer
from terminal_api.fleet import Heartbeat, QueueReport
from wallet.server import EmbeddedBackend
from wallet.settings import Settings
from wallet.terminals.keyring import KeyRing
from wallet.terminals.tables import events

_TERMINAL = "10238898"
_AT = datetime(2026, 5, 1, 6, 30, tzinfo=UTC)
_ACCOUNT = "9161234567"


class _Standing:
    def __init__(self, journal: Path) -> None:
        self._journal = journal

    def heartbeat(self) -> Heartbeat:
        return Heartbeat(
            terminal_id=_TERMINAL,
            boot="b",
            at=_AT,
            version="0.1.0",
            uptime_s=1,
            queue=QueueReport(pending=3),
        )

    def happened(self, after: int) -> Happened:
        return read_events(self._journal, after)


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[EmbeddedBackend]:
    with capture_logs():
        it = EmbeddedBackend(Settings(database=f"sqlite:///{tmp_path / 'wallet.db'}", port=0))
        it.start()
        yield it
        it.stop()


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    it = Journal(tmp_path / "j.db", ChainKey(bytes(32)))
    yield it
    it.close()


def _reporter(url: str, journal: Path, place: Path, nonces: Iterator[int]) -> Reporter:
    signer = Signer(
        _TERMINAL, bytes(32), lambda: datetime.now(UTC), lambda n: next(nonces).to_bytes(n, "big")
    )
    return Reporter(
        plain_session(),
        url,
        _TERMINAL,
        _Standing(journal),
        ToldPlace(place),
        time.monotonic,
        signer,
    )


@pytest.fixture
def make_reporter(
    backend: EmbeddedBackend, journal: Journal, tmp_path: Path
) -> Callable[[], Reporter]:
    ring = KeyRing(backend.store.turns, lambda: datetime.now(UTC))
    key = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key()
    ring.enrol(_TERMINAL, ring.new_token(_TERMINAL, bytes(32), valid=timedelta(hours=1)), key)
    nonces = itertools.count(1)
    return lambda: _reporter(backend.url, journal.path, tmp_path / "told", nonces)


def _kept(backend: EmbeddedBackend) -> list[Any]:
    with backend.store.turns.read() as connection:
        rows = connection.execute(select(events).order_by(events.c.sequence))
        return list(rows.mappings())


def _started(boot: str) -> r.TerminalStarted:
    return r.TerminalStarted(boot=boot, version="0.1.0", terminal_id=_TERMINAL)


def test_it_tells_how_it_stands_and_what_happened_once(
    backend: EmbeddedBackend, journal: Journal, make_reporter: Callable[[], Reporter]
) -> None:
    opened = r.SessionOpened(
        session="s",
        provider_id=1,
        provider_code="m",
        provider_name="M",
        account=_ACCOUNT,
        fields=(),
        currency="RUB",
        fee_version="1",
        fee=(),
    )
    noted = r.DeviceNoted(device="acceptor", event="jam", detail=_ACCOUNT)
    for record in (_started("b1"), opened, noted):
        journal.append(record, at=_AT)
    reporter = make_reporter()
    assert reporter.round() == 2
    (standing,) = backend.desk.register.standing(_TERMINAL)
    assert json.loads(standing.report)["queue"]["pending"] == 3
    kept = _kept(backend)
    assert [(row["sequence"], row["kind"]) for row in kept] == [
        (1, "terminal_started"),
        (3, "device_noted"),
    ]
    assert not any(_ACCOUNT in row["body"] for row in kept)
    assert reporter.round() == 0
    journal.append(CassetteOpened(expected=False), at=_AT)
    assert make_reporter().round() == 1  # After a restart: from where it was.


def test_a_lost_place_tells_again_and_changes_nothing(
    backend: EmbeddedBackend,
    journal: Journal,
    make_reporter: Callable[[], Reporter],
    tmp_path: Path,
) -> None:
    journal.append(_started("b1"), at=_AT)
    make_reporter().round()
    before = _kept(backend)
    for left in (b"", b"-3", b"nonsense", b"9" * 40):
        (tmp_path / "told").write_bytes(left)
        assert make_reporter().round() == 1
    assert _kept(backend) == before


def test_a_long_past_is_told_in_parts(journal: Journal) -> None:
    journal.append(*(_started(f"b{n}") for n in range(620)), at=_AT)
    first = read_events(journal.path, 0)
    second = read_events(journal.path, first.up_to)
    assert [len(first.events), len(second.events)] == [500, 120]
    assert second.up_to == 620
    assert read_events(journal.path, 620) == Happened(events=(), up_to=620)


def test_large_events_are_told_in_smaller_parts(journal: Journal) -> None:
    big = r.DeviceNoted(device="x", event="e" * 500)
    journal.append(*([big] * 400), at=_AT)
    place, told = 0, 0
    while (found := read_events(journal.path, place)).up_to > place:
        assert sum(len(event.model_dump_json()) for event in found.events) <= 100_000
        place, told = found.up_to, told + len(found.events)
    assert told == 400


def test_a_record_that_fits_no_event_holds_up_no_other(journal: Journal) -> None:
    journal.append(r.DeviceNoted(device="x", event="e" * 501), _started("b"), at=_AT)
    with capture_logs() as logs:
        found = read_events(journal.path, 0)
    assert [event.kind for event in found.events] == ["terminal_started"]
    assert logs[0]["place"] == 1


def test_reading_does_not_hold_up_whoever_writes(journal: Journal) -> None:
    journal.append(_started("b1"), at=_AT)
    assert read_standing(journal.path).chain_end is not None
    journal.append(_started("b2"), at=_AT)
    end = read_standing(journal.path).chain_end
    assert end == (2, journal.end.mac.hex())


class _Portal(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = b"<html>pay for the network</html>"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        del format, args


def test_a_portals_page_is_no_answer(journal: Journal, tmp_path: Path) -> None:
    journal.append(_started("b1"), at=_AT)
    with HTTPServer(("127.0.0.1", 0), _Portal) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        reporter = _reporter(url, journal.path, tmp_path / "told", itertools.count(1))
        with pytest.raises(NotToldError, match="no HeartbeatAnswer"):
            reporter.round()
        server.shutdown()
    assert not (tmp_path / "told").exists()


def test_the_thread_goes_on_after_what_it_could_not_tell() -> None:
    rounds, enough = itertools.count(), threading.Event()

    class Broken(Reporter):
        def __init__(self) -> None:
            pass

        def round(self) -> int:
            number = next(rounds)
            if number == 3:
                enough.set()
            raise (NotToldError("no"), OSError("full"), RuntimeError("bug"))[number % 3]

    with capture_logs() as logs:
        thread = ReporterThread(Broken, Random(1), every_s=0.001)
        thread.start()
        assert enough.wait(10)
        thread.stop()
    assert [log["event"] for log in logs][:2] == ["not_reported", "reporter_broke"]
