"""The journal's disk drops out while money is inside: nothing goes on as if it had never been."""

import sqlite3

from kiosk.terminal.snapshot import Screen
from offline_queue.journal import journal as writer


def fail_once(monkeypatch):
    """The disk's next commit fails, as one does that has dropped out."""
    really = writer.commit

    def commit(_driver):
        monkeypatch.setattr(writer, "commit", really)
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(writer, "commit", commit)


def test_money_inside_is_paid_for_once_the_disk_is_back(bench, monkeypatch):
    bench.go_to_money()
    bench.feed(100)
    bench.feed(500)
    hidden = bench.folder / "hidden"
    hidden.mkdir()
    for file in list(bench.folder.glob("journal.db*")):
        file.rename(hidden / file.name)
    fail_once(monkeypatch)
    bench.pay()
    for _ in range(4):
        bench.wait(3)
    assert bench.shown.screen is not Screen.HOME
    assert not list(bench.folder.glob("journal.db*"))
    for file in hidden.iterdir():
        file.rename(bench.folder / file.name)
    bench.wait(3)
    (payment,) = bench.payments
    assert payment.item.number == 1
    assert [note.minor for note in payment.item.notes] == [10_000, 50_000]


def test_a_session_of_which_the_journal_never_heard_does_not_end_without_money(bench, monkeypatch):
    """Whatever the reason: out of service, and not "nothing was inside"."""
    bench.go_to_money()
    bench.feed(100)
    monkeypatch.setattr("offline_queue.journal.queries.open_session", lambda _connection: None)
    monkeypatch.setattr("offline_queue.journal.queries.knows_session", lambda *_: False)
    bench.pay()
    bench.wait(3)
    assert not bench.terminal._health.storage_writable
    monkeypatch.undo()
    bench.start()
    bench.ready()
    (payment,) = bench.payments
    assert [note.minor for note in payment.item.notes] == [10_000]
