"""The demo provider over HTTP, one thread for each connection.

It speaks the protocol on `/pay` and takes faults through its `plan`. It listens on the loopback and
nowhere else: it believes whoever asks.
"""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

from simulation.provider.faults import Fault, FaultPlan, Planned
from simulation.provider.memory import ProviderMemory
from simulation.provider.rules import Reply, answer, render

_PATH: Final = "/pay"
_GARBAGE: Final = b"<html><body>Bad Gateway <result>0</body></html>\x00\xff"
_HUGE: Final = b" " * 200_000
_SLOW_S: Final = 0.2
_MOST_BYTES: Final = 65_536
_AFTER: Final = frozenset(fault for fault in Fault if fault.endswith("_after"))
_STILL_RIGHT: Final = frozenset(
    {Fault.WRONG_TYPE, Fault.WHITE_SPACE, Fault.MISSING_FIELDS, Fault.WINDOWS_1251, Fault.SLOW}
)


class DemoProvider:
    """A provider on a port of the loopback. Use it as a context, or `start` and `stop` it."""

    def __init__(self, memory: Path, port: int = 0) -> None:
        self.memory = ProviderMemory(memory)
        self.plan = FaultPlan()
        self._leaving = threading.Event()
        self._server = _Server(("127.0.0.1", port), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}{_PATH}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="provider", daemon=True
        )

    def __enter__(self) -> "DemoProvider":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Serve from now on; connections were taken since it was made."""
        self._thread.start()

    def stop(self) -> None:
        """Answer nobody any more."""
        self._leaving.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        self.memory.close()

    def serve(self, asked: dict[str, str], out: "_Out") -> None:
        """One request."""
        command = asked.get("command", "")
        self.memory.note_request(command, asked.get("txn_id", ""))
        planned = self.plan.draw(command)
        if planned is None:
            out.answer(render(answer(self.memory, asked)))
            return
        self._fail(planned, asked, out)

    def _fail(self, planned: Planned, asked: dict[str, str], out: "_Out") -> None:
        fault = planned.fault
        if fault is Fault.CODE:
            out.answer(render(Reply(result=planned.code, txn_id=asked.get("txn_id"))))
            return
        known = self.memory.find(asked.get("txn_id", ""))
        if fault is Fault.REPEAT_300:
            reply = Reply(result=300) if known else answer(self.memory, asked)
            out.answer(render(reply))
            return
        reply = Reply(result=300)
        if fault in _AFTER or fault in _STILL_RIGHT:
            reply = answer(self.memory, asked)
        self._spoil(fault, reply, out)

    def _spoil(self, fault: Fault, reply: Reply, out: "_Out") -> None:
        match fault:
            case Fault.TIMEOUT_BEFORE | Fault.TIMEOUT_AFTER:
                out.hold(self._leaving)
            case Fault.DROP_BEFORE | Fault.DROP_AFTER:
                out.drop()
            case Fault.ERROR_500_BEFORE | Fault.ERROR_500_AFTER:
                out.answer(b"internal error", status=500)
            case Fault.EMPTY_BEFORE | Fault.EMPTY_AFTER:
                out.answer(b"")
            case Fault.GARBAGE_BEFORE | Fault.GARBAGE_AFTER:
                out.answer(_GARBAGE)
            case Fault.TRUNCATED_AFTER:
                out.answer(render(reply)[:-20])
            case Fault.HUGE_AFTER:
                out.answer(render(reply) + _HUGE)
            case Fault.REDIRECT:
                out.answer(b"", status=302, location="http://127.0.0.1:9/elsewhere")
            case Fault.OTHER_TXN_ID_AFTER:
                out.answer(render(Reply(result=0, txn_id="1")))
            case Fault.WRONG_TYPE:
                out.answer(render(reply), content_type="text/html; charset=koi8-r")
            case Fault.WHITE_SPACE:
                out.answer(b"\r\n\r\n \t" + render(reply))
            case Fault.MISSING_FIELDS:
                out.answer(render(reply, only_result=True))
            case Fault.WINDOWS_1251:
                out.answer(render(reply, encoding="windows-1251"))
            case Fault.SLOW:
                self._leaving.wait(_SLOW_S)
                out.answer(render(reply))
            case Fault.CODE | Fault.REPEAT_300:
                raise AssertionError("answered before")


class _Out:
    """Where an answer goes."""

    def __init__(self, handler: BaseHTTPRequestHandler) -> None:
        self._handler = handler

    def answer(
        self,
        body: bytes,
        *,
        status: int = 200,
        content_type: str = "text/xml; charset=utf-8",
        location: str | None = None,
    ) -> None:
        """A whole answer."""
        self._handler.send_response(status)
        self._handler.send_header("Content-Type", content_type)
        self._handler.send_header("Content-Length", str(len(body)))
        if location is not None:
            self._handler.send_header("Location", location)
        self._handler.end_headers()
        self._handler.wfile.write(body)

    def drop(self) -> None:
        """No answer, and the end of the connection."""
        self._handler.close_connection = True

    def hold(self, leaving: threading.Event) -> None:
        """No answer until the other side has gone."""
        self._handler.close_connection = True
        self._handler.connection.settimeout(0.05)
        while not leaving.is_set():
            try:
                if not self._handler.connection.recv(1):
                    return
            except TimeoutError:
                continue
            except OSError:
                return


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that went away is no news here."""
        del request, client_address


def _handler(provider: DemoProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def do_GET(self) -> None:
            self._serve(urlsplit(self.path).query)

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            self._serve(self.rfile.read(min(length, _MOST_BYTES)).decode("utf-8", "replace"))

        def log_message(self, format: str, *args: Any) -> None:
            del format, args

        def _serve(self, query: str) -> None:
            if urlsplit(self.path).path != _PATH:
                _Out(self).answer(b"", status=404)
                return
            provider.serve(dict(parse_qsl(query, keep_blank_values=True)), _Out(self))

    return Handler
