"""Contents on their whole way: published, desired, fetched over HTTP with signatures, taken."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from structlog.testing import capture_logs

from offline_queue.content.watcher import ContentLook, ContentThread, LookFailedError
from offline_queue.sync import SyncPolicy, plain_session
from offline_queue.sync.signer import Signer
from terminal_api.content import ContentKind, ContentName
from wallet.publishing.publisher import PublishingRefusedError, publish, version_of
from wallet.server import EmbeddedBackend
from wallet.settings import Settings
from wallet.terminals.keyring import KeyRing

_TERMINAL = "10238898"


class _Taker:
    """Takes everything but what it is told to refuse."""

    def __init__(self) -> None:
        self.taken: list[tuple[ContentKind, str, bytes]] = []
        self.refuses = False
        self.asked = threading.Event()

    def has(self, kind: str, sha256: str) -> bool:
        last = [it for it in self.taken if it[0] == kind][-1:]
        return any(ContentName.of(it[1], it[2]).sha256 == sha256 for it in last)

    def take(self, kind: ContentKind, version: str, content: bytes) -> bool:
        self.asked.set()
        if not self.refuses:
            self.taken.append((kind, version, content))
        return not self.refuses


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[EmbeddedBackend]:
    with capture_logs():
        it = EmbeddedBackend(Settings(database=f"sqlite:///{tmp_path / 'wallet.db'}", port=0))
        it.start()
        yield it
        it.stop()


@pytest.fixture
def make_look(backend: EmbeddedBackend) -> Callable[[_Taker], ContentLook]:
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    ring = KeyRing(backend.store.turns, lambda: datetime.now(UTC))
    token = ring.new_token(_TERMINAL, bytes(32), valid=timedelta(hours=1))
    ring.enrol(_TERMINAL, token, key.public_key())
    nonces = itertools.count(1)

    def make(taker: _Taker) -> ContentLook:
        signer = Signer(
            _TERMINAL,
            bytes(32),
            lambda: datetime.now(UTC),
            lambda n: next(nonces).to_bytes(n, "big"),
        )
        return ContentLook(plain_session(), backend.url, _TERMINAL, taker, time.monotonic, signer)

    return make


def _publish(backend: EmbeddedBackend, kind: ContentKind, version: str, content: bytes) -> None:
    with backend.store.turns.write(None) as connection:
        publish(connection, kind, version, content, operator="petrov", now=datetime.now(UTC))


def test_what_is_published_is_taken_once(
    backend: EmbeddedBackend, make_look: Callable[[_Taker], ContentLook]
) -> None:
    taker = _Taker()
    look = make_look(taker)
    assert look.look(0) == 0
    _publish(backend, ContentKind.CATALOGUE, "1", b"one")
    _publish(backend, ContentKind.TEMPLATES, "7", b"\x00\xff")
    assert look.look(0) == 2
    assert look.look(0) == 0
    assert taker.taken == [
        (ContentKind.CATALOGUE, "1", b"one"),
        (ContentKind.TEMPLATES, "7", b"\x00\xff"),
    ]
    assert make_look(taker).look(0) == 0  # After a restart: it has them already.


def test_going_back_is_a_change_too(
    backend: EmbeddedBackend, make_look: Callable[[_Taker], ContentLook]
) -> None:
    taker = _Taker()
    look = make_look(taker)
    for version in ("1", "2", "1"):
        _publish(backend, ContentKind.FEES, version, version.encode())
        look.look(0)
    assert [it[1] for it in taker.taken] == ["1", "2", "1"]


def test_a_version_never_changes(backend: EmbeddedBackend) -> None:
    _publish(backend, ContentKind.FEES, "1", b"one")
    _publish(backend, ContentKind.FEES, "1", b"one")
    with pytest.raises(PublishingRefusedError, match="other content"):
        _publish(backend, ContentKind.FEES, "1", b"two")
    with pytest.raises(PublishingRefusedError, match="no version"):
        _publish(backend, ContentKind.FEES, "../1", b"two")


def test_what_was_refused_is_not_fetched_again(
    backend: EmbeddedBackend, make_look: Callable[[_Taker], ContentLook]
) -> None:
    taker = _Taker()
    taker.refuses = True
    look = make_look(taker)
    _publish(backend, ContentKind.FEES, "1", b"bad")
    assert look.look(0) == 0
    taker.asked.clear()
    _publish(backend, ContentKind.FEES, "1", b"bad")
    assert look.look(0) == 0
    assert not taker.asked.is_set()


def test_bytes_that_are_not_those_named_are_not_taken(
    backend: EmbeddedBackend,
    make_look: Callable[[_Taker], ContentLook],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taker = _Taker()
    look = make_look(taker)
    monkeypatch.setattr("wallet.http.content_routes.content_of", lambda *_: b"other")
    _publish(backend, ContentKind.FEES, "1", b"one")
    with pytest.raises(LookFailedError, match="not those"):
        look.look(0)
    monkeypatch.undo()
    assert look.look(0) == 1


def test_who_does_not_sign_gets_nothing(backend: EmbeddedBackend) -> None:
    look = ContentLook(
        plain_session(), backend.url, _TERMINAL, _Taker(), time.monotonic, signer=None
    )
    with pytest.raises(LookFailedError, match="HTTP 401"):
        look.look(0)


def test_the_thread_goes_on_after_failures(
    backend: EmbeddedBackend, make_look: Callable[[_Taker], ContentLook]
) -> None:
    taker = _Taker()
    look, failed = make_look(taker), threading.Event()
    real = look.look

    def first_fails(wait_s: int = 1) -> int:
        if not failed.is_set():
            failed.set()
            raise LookFailedError("no line")
        return real(1)

    look.look = first_fails  # type: ignore[method-assign]
    thread = ContentThread(lambda: look, SyncPolicy(base_s=0.01, cap_s=0.02), Random(1))
    thread.start()
    _publish(backend, ContentKind.CATALOGUE, "1", b"one")
    assert taker.asked.wait(30)
    thread.stop()


@pytest.mark.parametrize(
    ("kind", "content", "told", "reason"),
    [
        (ContentKind.CATALOGUE, b"{}", None, "no text 'version'"),
        (ContentKind.CATALOGUE, b"\xff", None, "not JSON"),
        (ContentKind.FEES, b'{"fee_version": 1}', None, "no text 'fee_version'"),
        (ContentKind.CATALOGUE, b'{"version": "1"}', "2", "version 1, not 2"),
        (ContentKind.TEMPLATES, b"x", None, "needs --version"),
    ],
)
def test_what_cannot_be_a_content_is_not_published(
    kind: ContentKind, content: bytes, told: str | None, reason: str
) -> None:
    with pytest.raises(PublishingRefusedError, match=reason):
        version_of(kind, content, told)
