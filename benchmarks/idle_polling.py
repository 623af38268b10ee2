"""What an acceptor at rest costs: the driver's thread polling at the rate of the sheet.

The baseline is the 2 % of one core that it may take: below 1.0 it takes less. Measured is the CPU
time of the driver's own thread, with the validator in another process on a pseudo-terminal.
"""

import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.acceptor_process import acceptor_process
from benchmarks.measure import Comparison, Pair, compare
from drivers.acceptors.contract import AcceptorEvent, Ready
from drivers.acceptors.open_acceptor import AcceptorProtocol, open_acceptor
from drivers.acceptors.options import AcceptorOptions

ALLOWED: Final = 0.02
PATIENCE_S: Final = 20.0
WHAT: Final = "CPU time of the driver's thread while a CCNET validator is at rest and enabled"
BASELINE: Final = "2 % of one core"


def run(*, quick: bool, folder: Path | None) -> tuple[Comparison, ...]:
    """Let it poll."""
    seconds, repetitions = (2.0, 2) if quick else (10.0, 3)
    with TemporaryDirectory(dir=folder) as made, acceptor_process(Path(made)) as acceptor:
        ready = threading.Event()

        def hear(event: AcceptorEvent) -> None:
            if isinstance(event, Ready):
                driver.accept(frozenset(event.denominations))
                ready.set()

        options = AcceptorOptions(boot="bench", port=acceptor.line, baud=9600, currency="RUB")
        driver = open_acceptor(AcceptorProtocol.CCNET, options, hear)
        driver.start()
        try:
            if not ready.wait(PATIENCE_S):
                raise TimeoutError("the acceptor did not become ready")
            pairs = [_share(seconds) for _ in range(repetitions)]
        finally:
            driver.stop_thread()
    return (compare("idle_polling.ccnet", WHAT, BASELINE, pairs),)


def _share(seconds: float) -> Pair:
    clock = time.pthread_getcpuclockid(_driver_thread())
    began, wall = time.clock_gettime(clock), time.monotonic()
    time.sleep(seconds)
    used, passed = time.clock_gettime(clock) - began, time.monotonic() - wall
    return Pair((used / passed,), (ALLOWED,))


def _driver_thread() -> int:
    for thread in threading.enumerate():
        if thread.name == "acceptor" and thread.ident is not None:
            return thread.ident
    raise RuntimeError("the driver's thread is not running")
