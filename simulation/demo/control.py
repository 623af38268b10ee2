"""Talks to control sockets of simulated devices and of the finger: a line out, a JSON line back."""

import json
import socket
from pathlib import Path
from typing import Any


class ControlError(Exception):
    """The other side did not answer, or answered that it could not."""


class Control:
    """One control socket. Each call is a connection of its own, so that either side may restart."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def path(self) -> Path:
        """Where the socket lies."""
        return self._path

    def say(self, line: str, timeout_s: float = 10.0) -> dict[str, Any]:
        """Send one line and return the answer.

        Raises:
            ControlError: no answer in time, or one that says it was not done.
        """
        try:
            answer = self._exchange(line, timeout_s)
        except (OSError, ValueError) as error:
            raise ControlError(f"{self._path.name}: {line}: {error}") from error
        if not answer.get("ok"):
            raise ControlError(f"{self._path.name}: {line}: {answer.get('error', answer)}")
        return answer

    def do(self, *, socket_timeout_s: float = 10.0, **request: object) -> dict[str, Any]:
        """Send a request as a JSON object; see `say`."""
        return self.say(json.dumps(request, ensure_ascii=False), socket_timeout_s)

    def _exchange(self, line: str, timeout_s: float) -> dict[str, Any]:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(timeout_s)
            connection.connect(str(self._path))
            connection.sendall(line.encode() + b"\n")
            with connection.makefile("r", encoding="utf-8") as answers:
                text = answers.readline()
        answer = json.loads(text) if text else {"error": "no answer"}
        return answer if isinstance(answer, dict) else {"error": text}
