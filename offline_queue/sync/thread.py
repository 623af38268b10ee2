"""Gives the sync machine a line, a clock and a thread of its own.

Callers hand over payments and questions and go on; events come back through `post`, which is called
on this thread and must only put them somewhere. It must never die silently, and never decide
anything: a fault of our own is logged and told to the machine as a request without an outcome.
"""

import contextlib
import queue
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

import requests
import structlog

from offline_queue.sync.exchange import (
    Bounds,
    TransportFailedError,
    exchange,
    plain_session,
)
from offline_queue.sync.machine import SyncMachine, check_numbers
from offline_queue.sync.messages import (
    Idle,
    LocalSyncError,
    Send,
    SyncEvent,
    SyncRequest,
    TransportTrouble,
    Wait,
)
from offline_queue.sync.reports import Report
from offline_queue.sync.signer import Signer
from terminal_api import PaymentBatch

_log = structlog.get_logger(__name__)

_LONGEST_WAIT_S = 3600.0
_PAUSE_AFTER_FAULT_S = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Submit:
    batch: PaymentBatch
    ask_first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ask:
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _LinkReturned:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stop:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class _Report:
    batch: Report


_Order = _Submit | _Ask | _Report | _LinkReturned | _Stop


class SyncThread:
    """Runs a `SyncMachine` against a backend.

    Args:
        machine: used by this thread alone once it is started.
        base_url: scheme, host and port of the backend, without a path.
        post: takes each event, in order, on this thread; one that raises gets the event again.
        clock: monotonic seconds.
        session_factory: makes the HTTP session (keep-alive, TLS settings) on this thread.
        bounds: limits of one exchange.
        signer: signs every request; None towards a backend that takes anybody's word.
    """

    def __init__(
        self,
        machine: SyncMachine,
        base_url: str,
        post: Callable[[SyncEvent], None],
        clock: Callable[[], float],
        *,
        session_factory: Callable[[], requests.Session] = plain_session,
        bounds: Bounds | None = None,
        signer: Signer | None = None,
    ) -> None:
        self._machine = machine
        self._base_url = base_url.rstrip("/")
        self._post = post
        self._clock = clock
        self._session_factory = session_factory
        self._bounds = bounds or Bounds()
        self._signer = signer
        self._session: requests.Session | None = None
        self._orders: queue.SimpleQueue[_Order] = queue.SimpleQueue()
        self._untold: deque[SyncEvent] = deque()
        self._stopping = False
        self._woken = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def submit(self, batch: PaymentBatch, *, ask_first: bool) -> None:
        """Hand over payments; returns at once. See `SyncMachine.submit`.

        Raises:
            LocalSyncError: the batch belongs to another terminal.
        """
        if batch.terminal_id != self._machine.terminal_id:
            raise LocalSyncError("the batch belongs to another terminal")
        self._orders.put(_Submit(batch=batch, ask_first=ask_first))

    def ask(self, numbers: tuple[int, ...]) -> None:
        """Ask how these payments stand; returns at once. See `SyncMachine.ask`.

        Raises:
            LocalSyncError: a number that no payment can have.
        """
        check_numbers(numbers)
        self._orders.put(_Ask(numbers=numbers))

    def report(self, batch: Report) -> None:
        """Tell of notes or of closed periods; returns at once. See `SyncMachine.report`.

        Raises:
            LocalSyncError: the batch belongs to another terminal.
        """
        if batch.terminal_id != self._machine.terminal_id:
            raise LocalSyncError("the batch belongs to another terminal")
        self._orders.put(_Report(batch=batch))

    def link_returned(self) -> None:
        """Try now instead of waiting out the back-off; returns at once."""
        self._orders.put(_LinkReturned())

    @property
    def alive(self) -> bool:
        """True while the thread runs."""
        return self._thread.is_alive()

    def stop(self, timeout_s: float = 5.0) -> bool:
        """Stop after the exchange that is under way; True when the thread has ended in time.

        What was not answered is told to nobody: the journal knows it, and the next life asks.
        """
        self._orders.put(_Stop())
        self._woken.set()
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopping:
            try:
                self._recover()
                self._turn()
            except Exception:
                # A log that cannot be written must not stop payments.
                with contextlib.suppress(Exception):
                    _log.exception("sync_fault", base_url=self._base_url)
                self._close_session()
                self._woken.wait(_PAUSE_AFTER_FAULT_S)
        self._close_session()

    def _turn(self) -> None:
        self._tell()
        step = self._machine.next_step(self._clock())
        match step:
            case Send(request=request):
                self._perform(request)
            case Wait(until=until):
                self._take_orders(timeout_s=until - self._clock())
            case Idle():
                self._take_orders(timeout_s=_LONGEST_WAIT_S)
            case _:
                assert_never(step)

    def _perform(self, request: SyncRequest) -> None:
        if self._session is None:
            self._session = self._session_factory()
        try:
            reply = exchange(
                self._session, self._base_url, request, self._bounds, self._clock, self._signer
            )
        except TransportFailedError as error:
            self._untold += self._machine.on_transport_error(error.kind, self._clock())
            _log.info("sync_no_answer", kind=error.kind, request_id=request.request_id)
        else:
            self._untold += self._machine.on_answer(
                reply.status_code, reply.body, self._clock(), retry_after_s=reply.retry_after_s
            )
            if reply.status_code != 200:
                _log.warning(
                    "sync_not_served", status=reply.status_code, request_id=request.request_id
                )
        self._take_orders(timeout_s=0.0)

    def _tell(self) -> None:
        while self._untold:
            self._post(self._untold[0])
            self._untold.popleft()

    def _take_orders(self, timeout_s: float) -> None:
        """Carry out what was ordered, waiting up to `timeout_s` for the first order."""
        try:
            order = self._orders.get(timeout=min(max(timeout_s, 0.0), _LONGEST_WAIT_S))
            while True:
                self._carry_out(order)
                order = self._orders.get_nowait()
        except queue.Empty:
            return

    def _carry_out(self, order: _Order) -> None:
        match order:
            case _Submit(batch=batch, ask_first=ask_first):
                self._machine.submit(batch, ask_first=ask_first, now=self._clock())
            case _Ask(numbers=numbers):
                self._machine.ask(numbers)
            case _Report(batch=batch):
                self._machine.report(batch)
            case _LinkReturned():
                self._machine.link_returned(self._clock())
            case _Stop():
                self._stopping = True
            case _:
                assert_never(order)

    def _recover(self) -> None:
        """A request still in flight here is one that a fault of ours cut short: outcome unknown."""
        if self._machine.in_flight:
            now = self._clock()
            self._untold += self._machine.on_transport_error(TransportTrouble.UNEXPECTED, now)

    def _close_session(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None
