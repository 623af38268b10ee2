"""The terminal's side of `benchmarks.drain`, as a process of its own so that its memory can be read.

Journal, outbox, sync thread and signer are the product's; the loop does what the terminal's thread
does with an answer, and nothing else runs. What it was like is printed as a line of JSON at the end.
"""

import json
import os
import queue
import secrets
import sys
import time
from contextlib import closing
from pathlib import Path
from random import Random

from benchmarks import stores
from config.terminal_key import load_terminal_key
from kiosk.clock import SystemClock
from kiosk.terminal.books import Books
from kiosk.terminal.outbox import Outbox
from kiosk.terminal.snapshot import DeliveryProgress
from offline_queue.journal import Journal
from offline_queue.sync import (
    Answered,
    LinkChanged,
    Signer,
    SyncEvent,
    SyncMachine,
    SyncPolicy,
    SyncThread,
)

PATIENCE_S = 120.0
_PAGE = os.sysconf("SC_PAGE_SIZE")


def main(journal: str, url: str, key_file: str, terminal_id: str, payments: str, size: str) -> None:
    """Deliver everything that waits in the journal."""
    clock = SystemClock()
    key = load_terminal_key(Path(key_file))
    assert key is not None
    signer = Signer(terminal_id, key.private, clock.now, secrets.token_bytes)
    events: queue.SimpleQueue[SyncEvent] = queue.SimpleQueue()
    machine = SyncMachine(SyncPolicy(), Random(1), terminal_id=terminal_id)
    sync = SyncThread(machine, url, events.put, time.monotonic, signer=signer)
    with closing(Journal(Path(journal), stores.KEY)) as opened:
        books = Books(opened, clock, first_payment_number=1)
        outbox = Outbox(books, sync, terminal_id=terminal_id, batch_size=int(size))
        sync.start()
        try:
            told = _drain(outbox, events, int(payments))
        finally:
            sync.stop()
    sys.stdout.write(f"\n{json.dumps(told)}\n")


def _drain(
    outbox: Outbox, events: "queue.SimpleQueue[SyncEvent]", payments: int
) -> dict[str, list[float]]:
    seconds: list[float] = []
    resident: list[float] = []
    progress = DeliveryProgress()
    outbox.pump()
    answered, begun = 0, time.perf_counter()
    while answered < payments:
        event = events.get(timeout=PATIENCE_S)
        if isinstance(event, LinkChanged):
            continue
        if not isinstance(event, Answered):
            raise TypeError(f"no payment is to be refused here: {event}")
        outbox.answered(event)
        progress = outbox.progress(progress)
        answered += len(event.answers)
        now = time.perf_counter()
        seconds.append(now - begun)
        resident.append(_resident_mb())
        begun = now
    if progress.pending:
        raise RuntimeError(f"{progress.pending} still wait")
    return {"seconds": seconds, "resident_mb": resident}


def _resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * _PAGE / 1e6


if __name__ == "__main__":
    main(*sys.argv[1:])
