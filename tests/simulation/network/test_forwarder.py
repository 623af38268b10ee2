"""The forwarder: passes, cuts, restores, and each way of misbehaving, against a tiny server."""

import http.client
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from simulation.network import Forwarder, LineMode

BROKEN = (OSError, http.client.HTTPException)


class Echo(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    got: list[bytes]

    def do_POST(self) -> None:  # noqa: N802
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(body)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    it = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    it.daemon_threads = True
    it.got = []
    thread = threading.Thread(target=it.serve_forever, args=(0.01,))
    thread.start()
    yield it
    it.shutdown()
    it.server_close()
    thread.join()


@pytest.fixture
def line(server: ThreadingHTTPServer) -> Iterator[Forwarder]:
    it = Forwarder("127.0.0.1", server.server_address[1])
    yield it
    it.close()


@pytest.fixture
def client(line: Forwarder) -> Iterator[http.client.HTTPConnection]:
    it = http.client.HTTPConnection("127.0.0.1", line.port, timeout=5)
    yield it
    it.close()


def post(client: http.client.HTTPConnection, body: bytes) -> tuple[int, bytes]:
    client.request("POST", "/", body)
    response = client.getresponse()
    return response.status, response.read()


def test_it_passes_requests_on_one_kept_connection(line, client) -> None:
    assert post(client, b"one") == (200, b"one")
    kept = client.sock
    assert post(client, b"x" * 300_000) == (200, b"x" * 300_000)
    assert client.sock is kept
    assert line.requests == 2
    assert line.url == f"http://127.0.0.1:{line.port}"


def test_a_cut_drops_live_connections_and_new_ones_until_restored(line, client, server) -> None:
    post(client, b"one")
    line.cut()
    assert line.is_cut
    for _ in range(2):
        with pytest.raises(BROKEN):
            post(client, b"two")
        client.close()
    assert server.got == [b"one"]
    line.restore()
    assert post(client, b"three") == (200, b"three")


def test_a_cut_wakes_a_client_that_waits_for_an_answer(line, client, server) -> None:
    line.mode = LineMode.SILENT
    cutter = threading.Timer(0.05, line.cut)
    cutter.start()
    with pytest.raises(BROKEN):
        post(client, b"one")
    cutter.join()
    assert server.got == []


@pytest.mark.parametrize(
    ("mode", "status", "marker"),
    [(LineMode.ANSWER_500, 500, b"oops"), (LineMode.PORTAL, 200, b"<!doctype html>")],
)
def test_it_answers_in_the_backends_place(line, client, server, mode, status, marker) -> None:
    line.mode = mode
    assert line.mode is mode
    got, body = post(client, b"one")
    assert got == status
    assert marker in body
    assert server.got == []
    line.mode = LineMode.PASS
    assert post(client, b"two") == (200, b"two")


def test_garbage_is_not_http(line, client, server) -> None:
    line.mode = LineMode.GARBAGE
    with pytest.raises(BROKEN):
        post(client, b"one")
    assert server.got == []


def test_a_dropped_answer_still_did_its_work(line, client, server) -> None:
    line.mode = LineMode.DROP_ANSWERS
    with pytest.raises(BROKEN):
        post(client, b"one")
    assert server.got == [b"one"]
    assert line.answers_dropped == 1


def test_a_mode_takes_hold_of_a_connection_that_is_open_already(line, client, server) -> None:
    post(client, b"one")
    line.mode = LineMode.DROP_ANSWERS
    with pytest.raises(BROKEN):
        post(client, b"two")
    assert server.got == [b"one", b"two"]


def test_a_backend_that_is_down_closes_the_connection(client, server) -> None:
    server.shutdown()
    server.server_close()
    with pytest.raises(BROKEN):
        post(client, b"one")


def test_a_client_that_hangs_up_half_way_harms_nothing(line, client) -> None:
    for part in (b"", b"POST / HTTP/1.1\r\n", b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nhalf"):
        with socket.create_connection(("127.0.0.1", line.port)) as rude:
            rude.sendall(part)
    assert post(client, b"one") == (200, b"one")


def test_a_closed_forwarder_frees_its_port(server) -> None:
    first = Forwarder("127.0.0.1", server.server_address[1])
    port = first.port
    first.close()
    second = Forwarder("127.0.0.1", server.server_address[1], port=port)
    assert second.port == port
    second.close()
