"""A loopback TCP forwarder that stands between a terminal and its backend and misbehaves on order.

It carries bytes and understands just enough HTTP to know where a request ends. The line can be
cut and restored at any moment; while it is up, `mode` says what becomes of each further request.
It must never be part of a terminal in the field.
"""

import contextlib
import socket
import struct
import threading
from enum import StrEnum
from typing import Final

_CHUNK: Final = 65_536
_PAGE = (
    b"<!doctype html><html><head><title>Welcome</title></head><body>Log in, please.</body></html>"
)
_ERROR = b'{"oops":"internal"}'


class LineMode(StrEnum):
    """What becomes of a request while the line is up."""

    PASS = "pass"  # noqa: S105 - a way of behaving, no secret
    ANSWER_500 = "answer 500"
    """The request is swallowed and answered with status 500; the backend never sees it."""
    PORTAL = "portal"
    """The request is swallowed and answered with status 200 and a web page."""
    GARBAGE = "garbage"
    """The request is swallowed and answered with bytes that are not HTTP."""
    DROP_ANSWERS = "drop answers"
    """The backend gets the request and does its work; the connection dies before the answer."""
    SILENT = "silent"
    """The request is swallowed and nothing ever comes back."""


class Forwarder:
    """Forwards connections to a target on its own threads. Every public member is thread-safe.

    Args:
        target_host: where the backend is.
        target_port: its port.
        port: where to listen on the loopback; 0 takes a free one.
    """

    def __init__(self, target_host: str, target_port: int, port: int = 0) -> None:
        self._target = (target_host, target_port)
        self._lock = threading.Lock()
        self._live: set[socket.socket] = set()
        self._is_cut = False
        self._closed = False
        self._mode = LineMode.PASS
        self._requests = 0
        self._answers_dropped = 0
        self._listener = socket.create_server(("127.0.0.1", port))
        self._port = int(self._listener.getsockname()[1])
        self._acceptor = threading.Thread(target=self._accept, name="forwarder", daemon=True)
        self._acceptor.start()

    @property
    def port(self) -> int:
        """The port it listens on; stays the same through cuts."""
        return self._port

    @property
    def target_port(self) -> int:
        """The port of the backend behind it."""
        return self._target[1]

    @property
    def url(self) -> str:
        """The base address to give to a client."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def mode(self) -> LineMode:
        """What becomes of the next request."""
        return self._mode

    @mode.setter
    def mode(self, mode: LineMode) -> None:
        with self._lock:
            self._mode = mode

    @property
    def is_cut(self) -> bool:
        """True between `cut` and `restore`."""
        return self._is_cut

    @property
    def requests(self) -> int:
        """How many requests came in so far, whatever became of them."""
        return self._requests

    @property
    def answers_dropped(self) -> int:
        """How many answers of the backend were lost on the way back by `DROP_ANSWERS`."""
        return self._answers_dropped

    def cut(self) -> None:
        """Drop every live connection with a reset; new ones are closed as soon as they are made."""
        with self._lock:
            self._is_cut = True
            live, self._live = self._live, set()
        for connection in live:
            _reset(connection)

    def restore(self) -> None:
        """Let connections through again."""
        with self._lock:
            self._is_cut = False

    def close(self) -> None:
        """Cut the line for good and stop listening."""
        self._closed = True
        self.cut()
        # Closing alone does not wake a thread that sits in accept.
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._acceptor.join(5.0)

    def _accept(self) -> None:
        while not self._closed:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self._adopt(client):
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _adopt(self, connection: socket.socket) -> bool:
        """Count a connection among the live ones, or reset it when the line is cut."""
        with self._lock:
            if not self._is_cut:
                self._live.add(connection)
                return True
        _reset(connection)
        return False

    def _serve(self, client: socket.socket) -> None:
        backend: socket.socket | None = None
        try:
            while request := _read_request(client):
                with self._lock:
                    self._requests += 1
                    mode = self._mode
                if mode in (LineMode.PASS, LineMode.DROP_ANSWERS):
                    backend = backend or self._call_backend(client)
                    backend.sendall(request)
                elif not _answer_instead(client, mode):
                    break
        except OSError:
            pass  # either side hung up, or the line was cut: both ends are closed below
        finally:
            self._drop(client, backend)

    def _call_backend(self, client: socket.socket) -> socket.socket:
        backend = socket.create_connection(self._target, timeout=5.0)
        backend.settimeout(None)
        if not self._adopt(backend):
            raise ConnectionAbortedError("the line was cut")
        threading.Thread(target=self._carry_back, args=(backend, client), daemon=True).start()
        return backend

    def _carry_back(self, backend: socket.socket, client: socket.socket) -> None:
        try:
            while chunk := backend.recv(_CHUNK):
                if self._mode is LineMode.DROP_ANSWERS:
                    with self._lock:
                        self._answers_dropped += 1
                    break
                client.sendall(chunk)
        except OSError:
            pass  # either side hung up, or the line was cut: both ends are closed below
        finally:
            self._drop(client, backend)

    def _drop(self, *connections: socket.socket | None) -> None:
        for connection in connections:
            if connection is not None:
                with self._lock:
                    self._live.discard(connection)
                _hang_up(connection)


def _read_request(client: socket.socket) -> bytes:
    """One whole HTTP request with a Content-Length body; empty when the client has hung up."""
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = client.recv(_CHUNK)
        if not chunk:
            return b""
        data += chunk
    head, _, body = data.partition(b"\r\n\r\n")
    missing = _content_length(head) - len(body)
    parts = [data]
    while missing > 0:
        chunk = client.recv(min(missing, _CHUNK))
        if not chunk:
            return b""
        parts.append(chunk)
        missing -= len(chunk)
    return b"".join(parts)


def _content_length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            return int(value)
    return 0


def _answer_instead(client: socket.socket, mode: LineMode) -> bool:
    """Answer in the backend's place; False when the connection has to end."""
    match mode:
        case LineMode.ANSWER_500:
            client.sendall(_response("500 Internal Server Error", "application/json", _ERROR))
            return True
        case LineMode.PORTAL:
            client.sendall(_response("200 OK", "text/html", _PAGE))
            return True
        case LineMode.GARBAGE:
            client.sendall(bytes(range(256)))
            return False
        case _:
            return True


def _response(status: str, content_type: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"\r\n" + body


def _hang_up(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        # A close alone leaves the other thread of this connection asleep in recv.
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()


def _reset(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.shutdown(socket.SHUT_RD)
    connection.close()
