"""The terminal's thread: one event after the other, deadlines in between, and one way to crash."""

import threading
from datetime import UTC, datetime

import pytest

from kiosk.clock import SystemClock
from kiosk.terminal.ports import Close, Tick
from kiosk.terminal.runner import Mailbox, Showcase, TerminalThread
from kiosk.terminal.snapshot import Screen, Snapshot
from kiosk.terminal.touch import Action, Touch

TOUCH = Touch(screen=Screen.HOME, action=Action.HOME)
PATIENCE_S = 10.0


def snapshot(serial):
    return Snapshot(serial=serial, screen=Screen.HOME)


class FakeTerminal:
    """Writes down what it handles; `fails` is an event that it cannot bear."""

    def __init__(self, *, fails=None, nap_s=60.0):
        self.handled = []
        self.seen = threading.Condition()
        self._fails = fails
        self._nap_s = nap_s
        self._clock = SystemClock()

    def handle(self, event):
        with self.seen:
            self.handled.append(event)
            self.seen.notify_all()
        if event == self._fails:
            raise RuntimeError("a bug")

    def next_deadline(self):
        return self._clock.monotonic() + self._nap_s

    def wait_for(self, event):
        with self.seen:
            return self.seen.wait_for(lambda: event in self.handled, PATIENCE_S)


class FakeAcceptor:
    def __init__(self):
        self.stops = 0

    def stop(self):
        self.stops += 1


@pytest.fixture
def run():
    threads = []

    def start(terminal):
        mailbox, acceptor, crashed = Mailbox(), FakeAcceptor(), threading.Event()
        thread = TerminalThread(terminal, mailbox, SystemClock(), acceptor, on_crash=crashed.set)
        thread.start()
        threads.append(thread)
        return thread, mailbox, acceptor, crashed

    yield start
    for thread in threads:
        thread.stop()


def test_events_come_out_in_the_order_in_which_they_went_in():
    mailbox = Mailbox()
    for event in (TOUCH, Tick(), Close()):
        mailbox.post(event)
    assert [mailbox.take(0.0) for _ in range(3)] == [TOUCH, Tick(), Close()]


def test_an_empty_mailbox_gives_a_tick():
    assert Mailbox().take(0.0) == Tick()


def test_a_screen_that_comes_late_gets_the_newest_snapshot():
    showcase, shown = Showcase(), []
    showcase.publish(snapshot(1))
    showcase.publish(snapshot(2))
    showcase.subscribe(shown.append)
    showcase.publish(snapshot(3))
    assert [one.serial for one in shown] == [2, 3]


def test_a_screen_that_comes_first_gets_the_first():
    showcase, shown = Showcase(), []
    showcase.subscribe(shown.append)
    showcase.publish(snapshot(1))
    assert [one.serial for one in shown] == [1]


def test_a_snapshot_published_while_a_screen_subscribes_is_not_shown_before_the_older_one():
    showcase, shown = Showcase(), []
    showcase.publish(snapshot(1))
    publisher = threading.Thread(target=showcase.publish, args=(snapshot(2),))

    def show(one):
        if one.serial == 1:
            publisher.start()
            publisher.join(0.1)  # Time enough to overtake, if it could.
        shown.append(one.serial)

    showcase.subscribe(show)
    publisher.join(PATIENCE_S)
    assert shown == [1, 2]


def test_events_are_handled_and_stop_ends_the_thread(run):
    terminal = FakeTerminal()
    thread, mailbox, _, _ = run(terminal)
    mailbox.post(TOUCH)
    assert thread.stop()
    assert terminal.handled == [TOUCH, Close()]
    assert not thread.crashed


def test_without_events_the_deadline_wakes_the_terminal(run):
    terminal = FakeTerminal(nap_s=0.01)
    run(terminal)
    assert terminal.wait_for(Tick())


def test_a_deadline_in_the_past_is_looked_at_at_once(run):
    terminal = FakeTerminal(nap_s=-100.0)
    run(terminal)
    assert terminal.wait_for(Tick())


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_crash_closes_the_acceptor_tells_and_handles_nothing_more(run):
    terminal = FakeTerminal(fails=TOUCH)
    thread, mailbox, acceptor, crashed = run(terminal)
    mailbox.post(TOUCH)
    assert crashed.wait(PATIENCE_S)
    mailbox.post(Tick())
    assert thread.stop()
    assert thread.crashed
    assert acceptor.stops == 1
    assert terminal.handled == [TOUCH]


def test_a_terminal_that_hangs_in_an_event_does_not_answer(run):
    class Hanging(FakeTerminal):
        def __init__(self):
            super().__init__(nap_s=0.01)
            self.go_on = threading.Event()

        def handle(self, event):
            super().handle(event)
            if event == TOUCH:
                self.go_on.wait(PATIENCE_S)

    terminal = Hanging()
    thread, mailbox, _, _ = run(terminal)
    assert terminal.wait_for(Tick())
    assert thread.answers(within_s=PATIENCE_S)
    mailbox.post(TOUCH)
    assert terminal.wait_for(TOUCH)
    assert not thread.answers(within_s=0.0)
    terminal.go_on.set()
    thread.stop()
    assert not thread.answers(within_s=PATIENCE_S)


def test_a_real_terminal_runs_in_its_thread_and_closes_the_acceptor_at_the_end(bench, run):
    thread, mailbox, _, _ = run(bench.terminal)
    mailbox.post(Touch(screen=Screen.HOME, action=Action.OPEN_CATEGORIES))
    assert thread.stop()
    assert [one.screen for one in bench.snapshots][-2:] == [
        Screen.CATEGORIES,
        Screen.OUT_OF_SERVICE,
    ]
    assert bench.orders.log[-1] == ("stop",)


def test_the_system_clock_tells_utc_and_never_goes_back():
    clock = SystemClock()
    assert clock.now().tzinfo is UTC
    assert abs((datetime.now(UTC) - clock.now()).total_seconds()) < 60
    first = clock.monotonic()
    assert clock.monotonic() >= first
