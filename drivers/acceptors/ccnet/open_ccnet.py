"""Puts a CCNET validator on a serial line together: the one call that wiring needs."""

import time
from collections.abc import Callable
from pathlib import Path

from drivers.acceptors.ccnet.host import CcnetHost
from drivers.acceptors.ccnet.memory import TableMemory
from drivers.acceptors.ccnet.timing import HostTiming
from drivers.acceptors.contract import AcceptorEvent
from drivers.acceptors.thread import AcceptorThread
from drivers.transports.serial_port import SerialPort, SerialSettings


def ccnet_acceptor(
    *,
    boot: str,
    currency: str,
    line: SerialSettings,
    memory: Path | None,
    post: Callable[[AcceptorEvent], None],
    clock: Callable[[], float] = time.monotonic,
    timing: HostTiming | None = None,
) -> AcceptorThread:
    """A validator that has to be started with `start()`.

    Args:
        boot: unique for each start of the process.
        currency: ISO 4217 code of the notes to accept.
        line: where the validator hangs.
        memory: file that keeps the bill table between two lives; without it, a note that was being
            stacked when the process was killed cannot be named and becomes a dispute.
        post: takes the events, on the driver's thread.
        clock: monotonic seconds.
        timing: the patience of the host half, where it is not the usual one.
    """
    kept = TableMemory(memory) if memory else None
    host = CcnetHost(
        boot,
        currency,
        timing=timing,
        known_table=kept.read() if kept else None,
        remember_table=kept.write if kept else None,
    )
    return AcceptorThread(host, lambda: SerialPort(line), post, clock)
