"""The quick acceptor's process and its controls, as a benchmark uses them."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class AcceptorProcess:
    """A running validator: `line` is where it hangs."""

    def __init__(self, line: str, control: socket.socket) -> None:
        self.line = line
        self._control = control
        self._answers = control.makefile("r", encoding="utf-8")

    def obey(self, command: str) -> dict[str, Any]:
        """Let it do something; what it says then."""
        self._control.sendall(f"{command}\n".encode())
        answer: dict[str, Any] = json.loads(self._answers.readline())
        return answer


@contextmanager
def acceptor_process(folder: Path) -> Iterator[AcceptorProcess]:
    """A validator for the time of the block."""
    path = folder / "control"
    command = [sys.executable, "-m", "benchmarks.quick_acceptor", str(path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline().strip()
        with socket.socket(socket.AF_UNIX) as control:
            control.connect(str(path))
            yield AcceptorProcess(line, control)
    finally:
        process.kill()
        process.wait()
