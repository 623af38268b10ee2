"""Runs the service on a socket: in the foreground, or on a thread of whoever embeds it.

Stopping is graceful: requests under way are answered, then the store is closed with its WAL
emptied.
"""

import secrets
import signal
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import structlog
import uvicorn

from wallet.http.app import Parts, create_app
from wallet.http.metrics import Metrics
from wallet.payments.store import Store
from wallet.providers.client import profiles_to_pay_by
from wallet.providers.payout_figures import measure_payouts
from wallet.providers.payout_rows import has_payouts
from wallet.providers.payout_store import PayoutStore, queue_with
from wallet.providers.service import ProviderService
from wallet.settings import Settings, Settle
from wallet.storage.database import open_for_writing
from wallet.storage.errors import DatabaseUnusableError
from wallet.terminals.desk import Desk, nobody_can_say, open_desk
from wallet.terminals.gate import Gate
from wallet.terminals.rates import Rate

_log = structlog.get_logger(__name__)

_GRACE_S = 10
_BACKLOG = 256


class BackendDidNotStartError(Exception):
    """The embedded backend did not come up in time."""


def open_store(
    settings: Settings,
    clock: Callable[[], datetime] | None = None,
    new_uid: Callable[[], str] | None = None,
) -> Store:
    """The store that the settings name, with what an earlier life left unsettled settled.

    Raises:
        DatabaseUnusableError: see the message. Also where providers are paid from this database and
            the settings name none and do not say that payments shall stay accepted.
    """
    store = Store(
        open_for_writing(settings.database, settings.database_connections),
        clock or (lambda: datetime.now(UTC)),
        new_uid or (lambda: uuid.uuid4().hex),
        queue_with if settings.settle is Settle.PROVIDERS else None,
    )
    if settings.settle is not Settle.PROVIDERS and not settings.off_on_purpose:
        _refuse_where_providers_are_paid(store)
    if settings.settle is Settle.INSTANT:
        while store.settle():
            pass
    return store


def _refuse_where_providers_are_paid(store: Store) -> None:
    with store.turns.read() as connection:
        pays = has_payouts(connection)
    if pays:
        store.close()
        raise DatabaseUnusableError(
            "providers are paid from this database; name their file (--providers FILE), or set"
            ' settle = "off": without them nobody pays what is accepted'
        )


def providers_of(settings: Settings, store: Store) -> ProviderService | None:
    """Who pays providers and asks them about accounts; None where nobody does.

    Raises:
        ProfilesError: the file of providers cannot be used, or a password of it is missing.
    """
    if settings.providers is None:
        return None

    def now() -> datetime:
        return datetime.now(UTC)

    def new_lease() -> str:
        return uuid.uuid4().hex

    payouts = PayoutStore(lambda: store.turns.write(None), now, new_lease)
    return ProviderService(
        payouts if settings.worker else None,
        profiles_to_pay_by(settings.providers),
        now,
        secrets.randbelow,
    )


def listen(settings: Settings) -> socket.socket:
    """A listening socket; connections made from now on wait for the service.

    Raises:
        OSError: the address cannot be had.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    return socket.create_server(
        (settings.host, settings.port), family=family, backlog=_BACKLOG, reuse_port=False
    )


def url_of(listener: socket.socket) -> str:
    """The base address of a listening socket."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def desk_of(settings: Settings, store: Store) -> Desk:
    """Everything about terminals, on the store's database."""
    return open_desk(
        store.turns,
        lambda: datetime.now(UTC),
        window=timedelta(seconds=settings.signature_window_s),
        rate=Rate(per_s=settings.requests_per_s, burst=settings.requests_burst),
    )


def serve(settings: Settings, store: Store, listener: socket.socket) -> None:
    """Serve until SIGTERM or SIGINT, then close the store. Main thread only."""
    if settings.settle is not Settle.PROVIDERS:
        _log.warning("nobody_is_paid", alarm=True, settle=settings.settle)
    for number in (signal.SIGTERM, signal.SIGINT):
        # The server repeats the signal to whoever handled it before: to nobody, for a clean exit.
        signal.signal(number, lambda *_: None)
    try:
        desk, providers = desk_of(settings, store), providers_of(settings, store)
        with _running(providers):
            _server(settings, store, desk, desk.gate, providers).run(sockets=[listener])
    finally:
        store.close()
        _log.info("stopped")


class EmbeddedBackend:
    """The whole backend on a thread, for demo, simulation and tests.

    `url` and `port` say where it listens, from the moment it is made. Without `store` it opens the
    one that the settings name; either way it closes it. `gate` stands before payments and notes; None
    is the one that `wallet serve` has.
    """

    def __init__(
        self, settings: Settings, store: Store | None = None, *, gate: Gate | None = None
    ) -> None:
        self.store = store or open_store(settings)
        self.desk = desk_of(settings, self.store)
        self._listener = listen(settings)
        self.url = url_of(self._listener)
        self.port = int(self._listener.getsockname()[1])
        self._stopped = False
        self._providers = providers_of(settings, self.store)
        self._server = _server(
            settings, self.store, self.desk, gate or self.desk.gate, self._providers
        )
        self._thread = threading.Thread(
            target=self._server.run, args=([self._listener],), name="backend", daemon=True
        )

    def start(self, timeout_s: float = 10.0) -> None:
        """Return when requests are served.

        Raises:
            BackendDidNotStartError: not in time.
        """
        if self._providers is not None:
            self._providers.start()
        self._thread.start()
        deadline = time.monotonic() + timeout_s
        while not self._server.started:
            if time.monotonic() > deadline or not self._thread.is_alive():
                raise BackendDidNotStartError
            time.sleep(0.005)

    def stop(self, timeout_s: float = 15.0) -> None:
        """Answer what is under way, stop, close the store; a second call does nothing."""
        if self._stopped:
            return
        self._stopped = True
        self._server.should_exit = True
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        self._listener.close()
        if self._providers is not None:
            self._providers.stop()
        self.store.close()


@contextmanager
def _running(providers: ProviderService | None) -> Iterator[None]:
    """The service runs within; it finishes what it began."""
    if providers is None:
        yield
        return
    providers.start()
    try:
        yield
    finally:
        providers.stop()


def _server(
    settings: Settings,
    store: Store,
    desk: Desk,
    gate: Gate,
    providers: ProviderService | None = None,
) -> uvicorn.Server:
    servers: list[uvicorn.Server] = []
    desk.gate.remember_all()
    metrics = Metrics()
    store.measure(metrics.registry)
    measure_payouts(metrics.registry, store.turns.read, lambda: datetime.now(UTC))
    parts = Parts(
        gate=gate,
        desk=desk,
        check=providers.check if providers is not None else nobody_can_say,
        metrics=metrics,
        stopping=lambda: any(server.should_exit for server in servers),
    )
    servers.append(
        uvicorn.Server(
            uvicorn.Config(
                create_app(settings, store, parts),
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_keep_alive=75,
                timeout_graceful_shutdown=_GRACE_S,
                lifespan="off",
            )
        )
    )
    return servers[0]
