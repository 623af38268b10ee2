"""The sync thread against the real backend, through a line that is cut, lies and loses answers."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
import requests
from structlog.testing import capture_logs

from offline_queue.sync import (
    Answered,
    Bounds,
    LinkChanged,
    LocalSyncError,
    Missing,
    Parked,
    SyncEvent,
    SyncMachine,
    SyncPolicy,
    SyncThread,
    plain_session,
)
from simulation.network import Forwarder, LineMode
from terminal_api import PaymentAnswer, PaymentBatch, PaymentStatus, Verdict
from wallet.books.balances import ledger_balances
from wallet.books.verify import verify_books
from wallet.payments.reports import list_payments
from wallet.server import EmbeddedBackend
from wallet.settings import Settings
from wallet.storage.database import open_for_reading
from wallet.terminals.gate import OpenGate

TERMINAL = "10000001"
QUICK = SyncPolicy(base_s=0.02, cap_s=0.05, poll_every_s=0.02)
SHORT = Bounds(connect_s=2.0, read_s=2.0, whole_s=5.0)


class Inbox:
    """Where events go, with waiting for what has to come."""

    def __init__(self) -> None:
        self.events: list[SyncEvent] = []
        self.arrived = threading.Condition()

    def post(self, event: SyncEvent) -> None:
        with self.arrived:
            self.events.append(event)
            self.arrived.notify_all()

    def wait(self, wanted: Callable[["Inbox"], bool], timeout_s: float = 15.0) -> None:
        with self.arrived:
            assert self.arrived.wait_for(lambda: wanted(self), timeout_s), self.events

    @property
    def answers(self) -> list[PaymentAnswer]:
        return [it for event in self.events if isinstance(event, Answered) for it in event.answers]

    @property
    def link(self) -> list[bool]:
        return [event.online for event in self.events if isinstance(event, LinkChanged)]

    def answered(self, *numbers: int) -> None:
        self.wait(lambda inbox: set(numbers) <= {it.number for it in inbox.answers})

    def offline(self) -> None:
        self.wait(lambda inbox: inbox.link[-1:] == [False])


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


def thread_for(url: str, inbox: Inbox, policy: SyncPolicy = QUICK, **options) -> SyncThread:
    machine = SyncMachine(policy, Random(1), terminal_id=TERMINAL)
    return SyncThread(
        machine, url, options.pop("post", inbox.post), time.monotonic, bounds=SHORT, **options
    )


@pytest.fixture
def sync(line: Forwarder, inbox: Inbox) -> Iterator[SyncThread]:
    it = thread_for(line.url, inbox)
    it.start()
    yield it
    assert it.stop()


@pytest.fixture
def stored(tmp_path: Path) -> Callable[[], list[int]]:
    """Numbers that the backend has, ascending; checks the books on the way."""

    def look() -> list[int]:
        engine = open_for_reading(tmp_path / "wallet.db")
        try:
            assert verify_books(engine).findings == ()
            payments = list_payments(engine, 10_000, None)
            books = {it.account: it.minor for it in ledger_balances(engine) if it.minor}
            taken = sum(it.inserted_minor for it in payments)
            assert books.get("cash_in_transit", 0) == taken
            return sorted(it.number for it in payments)
        finally:
            engine.dispose()

    return look


def test_a_payment_is_accepted_and_later_credited(sync, inbox, make_batch, stored) -> None:
    sync.submit(make_batch(1), ask_first=False)
    inbox.answered(1)
    assert inbox.events[0] == LinkChanged(online=True)
    assert inbox.answers[0].verdict is Verdict.ACCEPTED
    sync.ask((1,))
    inbox.wait(lambda it: it.answers[-1].status is PaymentStatus.CREDITED)
    assert inbox.answers[-1].uid == inbox.answers[0].uid
    assert stored() == [1]


def test_five_hundred_payments_go_in_one_request(sync, inbox, make_batch, line, stored) -> None:
    sync.submit(make_batch(*range(1, 501)), ask_first=False)
    inbox.answered(*range(1, 501))
    assert line.requests == 1
    assert stored() == list(range(1, 501))


def test_a_cut_line_holds_payments_back_and_loses_none(
    sync, inbox, make_batch, line, stored
) -> None:
    line.cut()
    sync.submit(make_batch(1, 2), ask_first=False)
    inbox.offline()
    sync.submit(make_batch(3), ask_first=False)
    assert inbox.answers == []
    line.restore()
    inbox.answered(1, 2, 3)
    assert inbox.link == [False, True]
    assert stored() == [1, 2, 3]


def test_a_lost_answer_is_asked_for_until_it_comes(sync, inbox, make_batch, line, stored) -> None:
    line.mode = LineMode.DROP_ANSWERS
    sync.submit(make_batch(1, 2), ask_first=False)
    inbox.offline()
    assert stored() == [1, 2]
    line.mode = LineMode.PASS
    inbox.answered(1, 2)
    assert {it.verdict for it in inbox.answers} == {Verdict.DUPLICATE}
    assert len(inbox.answers) == 2
    assert stored() == [1, 2]


@pytest.mark.parametrize("mode", [LineMode.ANSWER_500, LineMode.PORTAL, LineMode.GARBAGE])
def test_whoever_answers_in_the_backends_place_decides_nothing(
    sync, inbox, make_batch, line, stored, mode
) -> None:
    line.mode = mode
    sync.submit(make_batch(1, 2, 3), ask_first=False)
    inbox.offline()
    assert inbox.answers == []
    assert stored() == []
    line.mode = LineMode.PASS
    inbox.answered(1, 2, 3)
    assert {it.verdict for it in inbox.answers} == {Verdict.ACCEPTED}
    assert not any(isinstance(event, Parked) for event in inbox.events)


def test_after_a_restart_the_status_is_asked_before_anything_is_sent(
    line, inbox, make_batch, stored
) -> None:
    line.mode = LineMode.DROP_ANSWERS
    earlier = thread_for(line.url, inbox)
    earlier.start()
    earlier.submit(make_batch(1), ask_first=False)
    inbox.offline()
    assert earlier.stop()
    line.mode = LineMode.PASS
    later_inbox = Inbox()
    later = thread_for(line.url, later_inbox)
    later.start()
    later.submit(make_batch(1, 2), ask_first=True)
    later_inbox.answered(1, 2)
    assert later.stop()
    told = {it.number: (it.verdict, it.status) for it in later_inbox.answers}
    assert told == {
        1: (Verdict.DUPLICATE, PaymentStatus.CREDITED),
        2: (Verdict.ACCEPTED, PaymentStatus.ACCEPTED),
    }
    assert stored() == [1, 2]


def test_a_number_used_twice_is_a_conflict_even_when_asked_first(
    sync, inbox, make_batch, stored
) -> None:
    sync.submit(make_batch(1), ask_first=False)
    inbox.answered(1)
    sync.submit(make_batch(1, minor=50_000), ask_first=True)
    inbox.wait(lambda it: len(it.answers) == 2)
    assert inbox.answers[1].verdict is Verdict.CONFLICT
    assert stored() == [1]


def test_a_backend_that_is_restarted_with_the_same_file_answers_duplicate(
    line, inbox, make_batch, tmp_path, backend, sync
) -> None:
    line.mode = LineMode.DROP_ANSWERS
    sync.submit(make_batch(1), ask_first=False)
    inbox.offline()
    line.cut()
    backend.stop()
    database = f"sqlite:///{tmp_path}/wallet.db"
    again = EmbeddedBackend(Settings(database=database, port=backend.port), gate=OpenGate())
    again.start()
    line.mode = LineMode.PASS
    line.restore()
    inbox.answered(1)
    assert inbox.answers[0].verdict is Verdict.DUPLICATE
    again.stop()


def test_a_payment_that_the_backend_never_had_is_missing(sync, inbox) -> None:
    sync.ask((9,))
    inbox.wait(lambda it: Missing(numbers=(9,)) in it.events)


def test_a_terminal_that_is_not_enrolled_waits(tmp_path, inbox, make_batch) -> None:
    database = f"sqlite:///{tmp_path}/other.db"
    strict = EmbeddedBackend(Settings(database=database, port=0))
    strict.start()
    it = thread_for(strict.url, inbox)
    it.start()
    it.submit(make_batch(1), ask_first=False)
    inbox.wait(
        lambda box: box.events == [LinkChanged(online=False, why="status 401: signature_missing")]
    )
    assert it.stop()
    strict.stop()


def test_orders_and_a_returned_link_wake_a_thread_that_waits_long(line, inbox, make_batch) -> None:
    slow = thread_for(line.url, inbox, SyncPolicy(base_s=600.0, cap_s=600.0))
    line.cut()
    slow.start()
    slow.submit(make_batch(1), ask_first=False)
    inbox.offline()
    line.restore()
    slow.link_returned()
    inbox.answered(1)
    begun = time.monotonic()
    assert slow.stop()
    assert time.monotonic() - begun < 1.0
    assert not slow.alive


def test_orders_that_make_no_sense_are_refused_at_once(sync, make_batch) -> None:
    with pytest.raises(LocalSyncError):
        sync.ask((0,))
    other = PaymentBatch(terminal_id="99999999", payments=make_batch(1).payments)
    with pytest.raises(LocalSyncError):
        sync.submit(other, ask_first=False)


def test_a_fault_of_our_own_is_logged_and_the_payment_goes_through(
    line, inbox, make_batch, stored, monkeypatch
) -> None:
    monkeypatch.setattr("offline_queue.sync.thread._PAUSE_AFTER_FAULT_S", 0.01)
    broken = iter([True, True])

    def session() -> requests.Session:
        if next(broken, False):
            raise RuntimeError("bug")
        return plain_session()

    it = thread_for(line.url, inbox, session_factory=session)
    with capture_logs() as logs:
        it.start()
        it.submit(make_batch(1), ask_first=False)
        inbox.answered(1)
        assert it.stop()
    assert [log["event"] for log in logs].count("sync_fault") == 2
    assert inbox.events[0] == LinkChanged(online=False, why="unexpected")
    assert stored() == [1]


def test_an_event_that_could_not_be_taken_comes_again(line, inbox, make_batch, monkeypatch) -> None:
    monkeypatch.setattr("offline_queue.sync.thread._PAUSE_AFTER_FAULT_S", 0.01)
    refusals = iter([True] * 3)

    def post(event: SyncEvent) -> None:
        if next(refusals, False):
            raise RuntimeError("full")
        inbox.post(event)

    it = thread_for(line.url, inbox, post=post)
    it.start()
    it.submit(make_batch(1), ask_first=False)
    inbox.answered(1)
    assert it.stop()
    assert [type(event) for event in inbox.events] == [LinkChanged, Answered]


def test_a_log_that_cannot_be_written_does_not_kill_the_thread(
    line, inbox, make_batch, monkeypatch
) -> None:
    class Broken:
        def __getattr__(self, _: str) -> Callable[..., None]:
            def fail(*_: object, **__: object) -> None:
                raise OSError("disk full")

            return fail

    monkeypatch.setattr("offline_queue.sync.thread._PAUSE_AFTER_FAULT_S", 0.01)
    monkeypatch.setattr("offline_queue.sync.thread._log", Broken())
    line.mode = LineMode.ANSWER_500
    it = thread_for(line.url, inbox)
    it.start()
    it.submit(make_batch(1), ask_first=False)
    inbox.offline()
    line.mode = LineMode.PASS
    inbox.answered(1)
    assert it.stop()


def test_a_thread_that_was_never_started_can_be_stopped(line, inbox) -> None:
    assert thread_for(line.url, inbox).stop()


def test_through_every_kind_of_trouble_in_turn_each_payment_is_stored_once(
    sync, inbox, make_batch, line, stored
) -> None:
    rng = Random(7)
    modes = [mode for mode in LineMode if mode is not LineMode.SILENT]
    for number in range(1, 61):
        sync.submit(make_batch(number), ask_first=rng.random() < 0.3)
        if number % 3 == 0:
            line.mode = rng.choice(modes)
        if number % 7 == 0:
            line.cut()
            line.restore()
    line.mode = LineMode.PASS
    line.restore()
    inbox.answered(*range(1, 61))
    numbers = [it.number for it in inbox.answers]
    assert sorted(numbers) == list(range(1, 61))
    assert {it.verdict for it in inbox.answers} <= {Verdict.ACCEPTED, Verdict.DUPLICATE}
    assert stored() == list(range(1, 61))
