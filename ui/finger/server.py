"""Lets another process move the finger: JSON lines over a Unix socket, one answer line per request.

Requests: {"do": "touch", "target": ...}, {"do": "type", "text": ...}, {"do": "wait_screen",
"screen": ..., "timeout_s": ...}, {"do": "wait_text", "text": ..., "timeout_s": ...}, {"do":
"screenshot", "path": ...}, {"do": "texts"}, {"do": "text_of", "target": ...}, {"do": "exists",
"target": ...}, {"do": "screen"}. Answers: {"ok": true, ...} or {"ok": false, "error": ...}. Only
the local user can reach the socket.
"""

import json
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from PySide6.QtCore import QObject, QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from ui.finger.finger import Finger, FingerError

DEFAULT_TIMEOUT_S = 10.0

Request = dict[str, Any]
Answer = dict[str, object]

log = structlog.get_logger(__name__)


class SocketNotOpenedError(RuntimeError):
    """The socket of the finger could not be opened."""


class FingerServer(QObject):
    """Executes requests one after another in the Qt thread."""

    def __init__(self, finger: Finger, path: Path) -> None:
        super().__init__()
        self._finger = finger
        self._waiting: list[tuple[QLocalSocket, bytes]] = []
        self._working = False
        self._connections: list[QLocalSocket] = []
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(str(path))
        if not self._server.listen(str(path)):
            raise SocketNotOpenedError(self._server.errorString())
        self._server.newConnection.connect(self._welcome)

    def close(self) -> None:
        """Stop listening, drop the callers and remove the socket."""
        for connection in tuple(self._connections):
            self._leave(connection)
        self._server.close()

    def _execute(self, request: Request) -> Answer:
        finger = self._finger
        match request["do"]:
            case "touch":
                finger.touch(request["target"])
            case "type":
                finger.type_text(request["text"])
            case "wait_screen":
                finger.wait_screen(request["screen"], _timeout(request))
            case "wait_text":
                finger.wait_text(request["text"], _timeout(request))
            case "screenshot":
                finger.screenshot(Path(request["path"]))
            case "texts":
                return {"texts": finger.texts()}
            case "text_of":
                return {"text": finger.text_of(request["target"])}
            case "exists":
                return {"exists": finger.exists(request["target"])}
            case "screen":
                return {"screen": finger.current_screen(), "settled": finger.settled()}
            case unknown:
                raise ValueError(f"unknown request {unknown!r}")
        return {}

    def _welcome(self) -> None:
        connection = self._server.nextPendingConnection()
        self._connections.append(connection)
        connection.readyRead.connect(partial(self._read, connection))
        connection.disconnected.connect(partial(self._leave, connection))

    def _leave(self, connection: QLocalSocket) -> None:
        if connection in self._connections:
            self._connections.remove(connection)
            connection.blockSignals(True)
            connection.abort()

    def _read(self, connection: QLocalSocket) -> None:
        while connection.canReadLine():
            self._waiting.append((connection, bytes(connection.readLine().data())))
        QTimer.singleShot(0, self, self._work)

    def _work(self) -> None:
        """Execute what waits. A request that waits turns the loop, so a second call must step
        back.
        """
        if self._working:
            return
        self._working = True
        try:
            while self._waiting:
                connection, line = self._waiting.pop(0)
                answer = json.dumps(self._answer(line), ensure_ascii=False) + "\n"
                connection.write(answer.encode())
                connection.flush()
        finally:
            self._working = False

    def _answer(self, line: bytes) -> Answer:
        try:
            return {"ok": True, **self._execute(json.loads(line))}
        except FingerError as error:
            return {"ok": False, "error": str(error), "screen": self._finger.current_screen()}
        except (ValueError, KeyError, TypeError) as error:
            log.warning("finger request not understood", error=repr(error))
            return {"ok": False, "error": f"request not understood: {error!r}"}


def _timeout(request: Request) -> float:
    return float(request.get("timeout_s", DEFAULT_TIMEOUT_S))
