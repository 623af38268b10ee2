"""One POST against servers that do every wrong thing: kinds of trouble, bounds, headers."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from offline_queue.sync import Bounds, SyncRequest, TransportTrouble, plain_session
from offline_queue.sync.exchange import Reply, TransportFailedError, exchange

REQUEST = SyncRequest(path="/terminal/v1/payments", body=b'{"a":1}')
BOUNDS = Bounds(connect_s=1.0, read_s=0.2, whole_s=0.5, answer_bytes=1000)

Talk = Callable[[socket.socket], None]


@contextmanager
def server(talk: Talk) -> Iterator[str]:
    """A server that reads one request and then says what `talk` says."""
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def run() -> None:
        try:
            connection, _ = listener.accept()
            with connection:
                data = b""
                while not data.endswith(REQUEST.body):
                    data += connection.recv(65_536)
                server.request = data
                talk(connection)
                over.wait(5)
        except OSError:
            pass

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        over.set()
        listener.close()
        thread.join()


def call(url: str) -> Reply:
    with plain_session() as session:
        return exchange(session, url, REQUEST, BOUNDS, time.monotonic)


def trouble(url: str) -> TransportTrouble:
    with pytest.raises(TransportFailedError) as caught:
        call(url)
    return caught.value.kind


def says(data: bytes) -> Talk:
    return lambda connection: connection.sendall(data)


def test_an_answer_of_any_status_is_an_answer() -> None:
    with server(says(b"HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\nno")) as url:
        assert call(url) == Reply(status_code=503, body=b"no", retry_after_s=7.0)
    head = server.request.decode()
    assert head.startswith("POST /terminal/v1/payments HTTP/1.1\r\n")
    assert f"X-Request-Id: {REQUEST.request_id}\r\n" in head
    assert "Accept-Encoding: identity\r\n" in head
    assert "content-type: application/json\r\n" in head


def test_a_chunked_answer_is_read() -> None:
    chunked = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    )
    with server(says(chunked)) as url:
        assert call(url).body == b"abcde"


def test_a_redirect_is_not_followed() -> None:
    moved = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
    with server(says(moved)) as url:
        assert call(url).status_code == 302


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ("Retry-After: 0", 0.0),
        ("Retry-After: 120", 120.0),
        ("Retry-After: -5", None),
        ("Retry-After: soon", None),
        ("X: y", None),
        ("Retry-After: Fri, 01 May 2026 10:00:30 GMT", None),
        (
            "Date: Fri, 01 May 2026 10:00:00 GMT\r\nRetry-After: Fri, 01 May 2026 10:00:30 GMT",
            30.0,
        ),
        (
            "Date: Fri, 01 May 2026 10:01:00 GMT\r\nRetry-After: Fri, 01 May 2026 10:00:30 GMT",
            0.0,
        ),
    ],
)
def test_retry_after_is_read_without_our_clock(headers: str, seconds: float | None) -> None:
    answer = f"HTTP/1.1 429 Slow\r\n{headers}\r\nContent-Length: 0\r\n\r\n".encode()
    with server(says(answer)) as url:
        assert call(url).retry_after_s == seconds


def test_nobody_listening() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert trouble(f"http://127.0.0.1:{port}") is TransportTrouble.CONNECT


def test_a_name_that_is_none() -> None:
    assert trouble("http://nothing.invalid:1") is TransportTrouble.CONNECT


def test_silence() -> None:
    with server(lambda _: None) as url:
        assert trouble(url) is TransportTrouble.TIMEOUT


def test_silence_in_the_middle_of_the_body() -> None:
    with server(says(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")) as url:
        assert trouble(url) is TransportTrouble.TIMEOUT


def test_an_answer_that_drips_is_not_waited_for() -> None:
    def drip(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n")
        for _ in range(100):
            connection.sendall(b".")
            time.sleep(0.02)

    begun = time.monotonic()
    with server(drip) as url:
        assert trouble(url) is TransportTrouble.TIMEOUT
        assert time.monotonic() - begun < 1.5


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x01\x02\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
    ],
)
def test_a_connection_that_ends_or_is_not_http(data: bytes) -> None:
    def talk(connection: socket.socket) -> None:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_RDWR)

    with server(talk) as url:
        assert trouble(url) is TransportTrouble.BROKEN


@pytest.mark.parametrize("length", [b"Content-Length: 100000", b"Connection: close"])
def test_an_answer_too_long_to_be_one(length: bytes) -> None:
    with server(says(b"HTTP/1.1 200 OK\r\n" + length + b"\r\n\r\n" + b"x" * 50_000)) as url:
        assert trouble(url) is TransportTrouble.OVERSIZED


def test_no_tls_where_tls_is_wanted() -> None:
    def run() -> None:
        connection, _ = listener.accept()
        connection.recv(100)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        connection.close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=run)
        thread.start()
        assert trouble(f"https://127.0.0.1:{listener.getsockname()[1]}") is TransportTrouble.TLS
        thread.join()


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with server(says(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) as url:
        assert call(url).status_code == 200
