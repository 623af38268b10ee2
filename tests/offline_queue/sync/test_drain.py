"""A long outage ends: the backlog goes through batch by batch, and memory does not grow with it."""

import threading
import time
import tracemalloc
from random import Random

from offline_queue.sync import Answered, SyncEvent, SyncMachine, SyncPolicy, SyncThread

TERMINAL = "10000001"
BATCH = 50
ALL = 1500


def test_a_backlog_drains_without_growing_memory(backend, make_batch) -> None:
    """As the outbox does it: the next batch is handed over when the last one is answered."""
    done = threading.Event()
    answered = 0
    after_some = 0

    def post(event: SyncEvent) -> None:
        nonlocal answered, after_some
        if not isinstance(event, Answered):
            return
        answered += len(event.answers)
        if answered == 5 * BATCH:
            after_some = tracemalloc.get_traced_memory()[0]
        if answered >= ALL:
            done.set()
        else:
            first = answered + 1
            sync.submit(make_batch(*range(first, first + BATCH)), ask_first=False)

    machine = SyncMachine(SyncPolicy(), Random(1), terminal_id=TERMINAL)
    sync = SyncThread(machine, backend.url, post, time.monotonic)
    tracemalloc.start()
    try:
        sync.start()
        sync.submit(make_batch(*range(1, BATCH + 1)), ask_first=False)
        assert done.wait(150)
        grown = tracemalloc.get_traced_memory()[0] - after_some
    finally:
        tracemalloc.stop()
        assert sync.stop()
    # 25 more batches than at the first look; one payment alone is a kilobyte and a half.
    assert grown < 500_000
    assert machine.carried == ()
