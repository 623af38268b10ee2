"""A `wallet serve` of one's own to put the load on, as a process, so that its time can be read.

Processor time and memory come from the system's accounts of that process. It listens on the loopback
and ends with the run.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_STOP_S: Final = 20.0
_KILOBYTES: Final = 1024.0


class ServerDidNotStartError(Exception):
    """The server ended before it listened; the message says what it said."""


class OwnServer:
    """A server under load. `url` is where it listens."""

    def __init__(self, process: "subprocess.Popen[str]", url: str) -> None:
        self._process = process
        self.url = url

    def processor_s(self) -> float:
        """Seconds of processor time so far, in user and system."""
        text = Path(f"/proc/{self._process.pid}/stat").read_text("ascii")
        fields = text.rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def peak_mb(self) -> float:
        """The most memory it held."""
        for line in Path(f"/proc/{self._process.pid}/status").read_text("ascii").splitlines():
            if line.startswith("VmHWM:"):
                return round(int(line.split()[1]) / _KILOBYTES, 1)
        return 0.0


@contextmanager
def own_server(database: str, log: Path) -> Iterator[OwnServer]:
    """A server on this database; its log goes to a file.

    Raises:
        ServerDidNotStartError: see there.
    """
    arguments = ["-m", "wallet", "serve", "--database", database, "--port", "0"]
    with log.open("w") as errors:
        process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, *arguments], stdout=subprocess.PIPE, stderr=errors, text=True
        )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line.startswith("listening on "):
            process.wait(_STOP_S)
            raise ServerDidNotStartError(log.read_text(errors="replace").strip())
        yield OwnServer(process, line.split()[-1])
    finally:
        process.terminate()
        try:
            process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()
