"""A journal that is really full: SQLite itself refuses the page, nothing is pretended."""

from kiosk.terminal.snapshot import Screen, ServiceReason
from offline_queue.journal import queries
from offline_queue.journal.verify import verify


def fill(bench):
    """No further page for this journal, as on a disk without free space."""
    connection = bench.journal._connection
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    connection.rollback()


def test_what_cannot_be_recorded_is_neither_stacked_nor_credited(bench):
    bench.go_to_money()
    bench.feed(100)
    fill(bench)
    accepted = 10_000
    for _ in range(400):
        before = len(bench.orders.named("stack"))
        cycle = bench.escrow(50)
        if len(bench.orders.named("stack")) == before:
            break
        bench.stacked(cycle, 50)
        if ("settled", cycle) not in bench.orders.log:
            break
        accepted += 5_000
        fill(bench)
    assert bench.shown.screen is Screen.OUT_OF_SERVICE
    assert bench.shown.out_of_service.reasons == (ServiceReason.STORAGE,)
    assert bench.shown.out_of_service.inside_minor == accepted
    recorded = sum(minor * count for minor, count in bench.ask(queries.cash).items())
    assert recorded == accepted


def test_when_there_is_space_again_the_payment_goes_on_and_the_journal_holds(bench):
    bench.go_to_money()
    bench.feed(100)
    stopped = False
    for _ in range(400):
        fill(bench)
        cycle = bench.escrow(50)
        stopped = bench.shown.screen is Screen.OUT_OF_SERVICE
        if stopped:
            break
        bench.stacked(cycle, 50)
    assert stopped
    # A reopened journal has no such limit: the space is back.
    bench.wait(3)
    assert bench.shown.screen is Screen.MONEY
    bench.pay()
    assert bench.payments[0].item.inserted_minor == sum(
        minor * count for minor, count in bench.cash.items()
    )
    assert verify(bench.journal.path, bench.journal._key).ok
