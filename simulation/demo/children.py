"""Processes of the stand: started, watched, ended, and killed like a power cut kills them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

STOP_PATIENCE_S = 15.0


class ChildError(Exception):
    """A process of the stand did not start or ended on its own; the message names its log."""


class Child:
    """One Python process of ours: `python -m MODULE ARGUMENTS`, with standard error in a log."""

    def __init__(
        self,
        name: str,
        module: str,
        arguments: Sequence[str],
        log: Path,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._name = name
        self._log = log
        self._error: IO[bytes] = log.open("ab")
        self._process = subprocess.Popen(  # noqa: S603  our own modules
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._error,
            text=True,
            env={**os.environ, **(environment or {})},
        )

    @property
    def alive(self) -> bool:
        """True while the process runs."""
        return self._process.poll() is None

    @property
    def returncode(self) -> int | None:
        """How it ended; None while it runs."""
        return self._process.poll()

    def first_line(self) -> str:
        """The first line it prints: an address or a path.

        Raises:
            ChildError: it ended before printing one.
        """
        assert self._process.stdout is not None
        line = self._process.stdout.readline().strip()
        if not line:
            raise ChildError(f"{self._name} did not start; see {self._log}")
        return line

    def kill(self) -> None:
        """End it as a power cut does: at once, with nothing tidied up."""
        self.strike()
        self.bury()

    def strike(self) -> None:
        """Send SIGKILL and wait for nothing; any thread may do it."""
        self._process.send_signal(signal.SIGKILL)

    def bury(self) -> int:
        """Wait for its end, and return its exit code."""
        return self._reap()

    def stop(self) -> int:
        """Ask it to end, and insist after a while; return its exit code."""
        if self.alive:
            self._process.terminate()
        try:
            self._process.wait(STOP_PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
        return self._reap()

    def _reap(self) -> int:
        code = self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._error):
            if stream is not None:
                stream.close()
        return code


def wait_until(done: Callable[[], bool], what: str, timeout_s: float) -> None:
    """Look again and again until `done()` is true.

    Raises:
        TimeoutError: it did not become true in time.
    """
    deadline = time.monotonic() + timeout_s
    while not done():
        if time.monotonic() >= deadline:
            raise TimeoutError(f"waited {timeout_s:g} s for {what}")
        time.sleep(0.03)
