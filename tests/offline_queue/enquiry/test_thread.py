"""Questions about an account on their whole way: signed, over HTTP, to the backend's own answer."""

from __future__ import annotations

import itertools
import json
import queue
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from structlog.testing import capture_logs

from offline_queue.enquiry import AccountTold, Enquiry, EnquiryThread
from offline_queue.sync import plain_session
from offline_queue.sync.signer import Signer
from simulation.network import Forwarder
from terminal_api.accounts import AccountAnswer, AccountQuestion, AccountVerdict
from wallet.server import EmbeddedBackend
from wallet.settings import Settings
from wallet.terminals.keyring import KeyRing

_TERMINAL = "10238898"
_ACCOUNT = "9161234567"


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[EmbeddedBackend]:
    with capture_logs():
        it = EmbeddedBackend(Settings(database=f"sqlite:///{tmp_path / 'wallet.db'}", port=0))
        it.start()
        yield it
        it.stop()


@pytest.fixture
def line(backend: EmbeddedBackend) -> Iterator[Forwarder]:
    it = Forwarder("127.0.0.1", backend.port)
    yield it
    it.close()


@pytest.fixture
def make_enquiry(backend: EmbeddedBackend, line: Forwarder) -> Callable[[], Enquiry]:
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    ring = KeyRing(backend.store.turns, lambda: datetime.now(UTC))
    ring.enrol(
        _TERMINAL, ring.new_token(_TERMINAL, bytes(32), valid=timedelta(hours=1)), key.public_key()
    )
    numbers = itertools.count()

    def make() -> Enquiry:
        return Enquiry(
            plain_session(),
            f"http://127.0.0.1:{line.port}",
            clock=lambda: 0.0,
            signer=Signer(
                _TERMINAL,
                key.private_bytes_raw(),
                lambda: datetime.now(UTC),
                lambda n: next(numbers).to_bytes(n, "big"),
            ),
            patience_s=5.0,
            name=lambda: "a name of chance",
        )

    return make


def question(account: str = _ACCOUNT) -> AccountQuestion:
    return AccountQuestion(
        terminal_id=_TERMINAL,
        provider_id=1,
        provider_code="mts",
        account=account,
        fields={"account": account},
        currency="RUB",
    )


def test_a_signed_question_brings_the_backends_answer(make_enquiry: Callable[[], Enquiry]) -> None:
    answer = make_enquiry().ask(question())
    assert answer is not None
    # This backend pays nobody, so nobody can say.
    assert answer.verdict is AccountVerdict.UNKNOWN


def test_an_unsigned_question_has_no_answer(backend: EmbeddedBackend) -> None:
    enquiry = Enquiry(
        plain_session(),
        f"http://127.0.0.1:{backend.port}",
        clock=lambda: 0.0,
        signer=None,
        patience_s=5.0,
        name=lambda: "x",
    )
    assert enquiry.ask(question()) is None


def test_a_dead_line_is_no_answer_and_no_log_tells_the_account(
    make_enquiry: Callable[[], Enquiry], line: Forwarder
) -> None:
    line.close()
    with capture_logs() as logs:
        assert make_enquiry().ask(question()) is None
    assert _ACCOUNT not in repr(logs)
    assert logs[0]["request_id"] == "a name of chance"


def test_neither_a_broken_question_nor_its_end_shows_what_it_was_about() -> None:
    told: queue.SimpleQueue[AccountTold] = queue.SimpleQueue()

    class Broken:
        def ask(self, asked: AccountQuestion) -> AccountAnswer | None:
            raise RuntimeError(asked.account)

    with capture_logs() as logs:
        thread = EnquiryThread(Broken, told.put)
        thread.start()
        thread.ask(1, question())
        ended = told.get(timeout=10)
        thread.stop()
    assert ended == AccountTold(ticket=1, answer=None)
    assert [one["event"] for one in logs] == ["enquiry_broke"]
    assert _ACCOUNT not in repr(logs)
    answer = AccountAnswer(
        terminal_id=_TERMINAL, verdict=AccountVerdict.GOOD, fields={"disp1": "Ivanov"}
    )
    assert "Ivanov" not in repr(AccountTold(ticket=1, answer=answer))


def test_only_the_newest_of_the_questions_that_wait_is_asked() -> None:
    told: queue.SimpleQueue[AccountTold] = queue.SimpleQueue()
    begun, may_end = threading.Event(), threading.Event()
    asked: list[str] = []

    class Slow:
        def ask(self, it: AccountQuestion) -> AccountAnswer | None:
            asked.append(it.account)
            begun.set()
            assert may_end.wait(10)
            return None

    thread = EnquiryThread(Slow, told.put, lines=1)
    thread.start()
    thread.ask(1, question("1"))
    assert begun.wait(10)
    thread.ask(2, question("2"))
    thread.ask(3, question("3"))
    may_end.set()
    assert [told.get(timeout=10).ticket for _ in range(2)] == [1, 3]
    thread.stop()
    assert asked == ["1", "3"]


class SlowBackend(ThreadingHTTPServer):
    """Holds its answers about some accounts back until it may give them."""

    def __init__(self, *slow: str) -> None:
        super().__init__(("127.0.0.1", 0), SlowAnswers)
        self.slow = slow
        self.may_answer = threading.Event()
        self.asked: queue.SimpleQueue[str] = queue.SimpleQueue()


class SlowAnswers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        server = self.server
        assert isinstance(server, SlowBackend)
        account = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["account"]
        server.asked.put(account)
        if account in server.slow:
            server.may_answer.wait(30)
        told = AccountAnswer(terminal_id=_TERMINAL, verdict=AccountVerdict.GOOD, code=0)
        content = told.model_dump_json().encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def slow_backend() -> Iterator[SlowBackend]:
    with SlowBackend("slow 1", "slow 2") as it:
        serving = threading.Thread(target=it.serve_forever)
        serving.start()
        yield it
        it.may_answer.set()
        it.shutdown()
        serving.join()


def asking(
    backend: SlowBackend, told: queue.SimpleQueue[AccountTold], lines: int = 4
) -> EnquiryThread:
    def make() -> Enquiry:
        return Enquiry(
            plain_session(),
            f"http://127.0.0.1:{backend.server_port}",
            clock=lambda: 0.0,
            signer=None,
            patience_s=20.0,
            name=lambda: "x",
        )

    thread = EnquiryThread(make, told.put, lines=lines)
    thread.start()
    return thread


def test_a_question_does_not_wait_behind_a_slow_one_that_nobody_wants_to_know_any_more(
    slow_backend: SlowBackend,
) -> None:
    told: queue.SimpleQueue[AccountTold] = queue.SimpleQueue()
    thread = asking(slow_backend, told)
    for ticket in (1, 2):
        thread.ask(ticket, question(f"slow {ticket}"))
        assert slow_backend.asked.get(timeout=10) == f"slow {ticket}"
    for ticket in (3, 4):
        # The second of them needs no further line: there is an idle one.
        thread.ask(ticket, question())
        ended = told.get(timeout=10)
        assert (ended.ticket, ended.answer is None) == (ticket, False)
    slow_backend.may_answer.set()
    assert {told.get(timeout=10).ticket for _ in range(2)} == {1, 2}
    thread.stop()


def test_a_slow_backend_is_not_asked_on_more_lines_than_there_are(
    slow_backend: SlowBackend,
) -> None:
    told: queue.SimpleQueue[AccountTold] = queue.SimpleQueue()
    thread = asking(slow_backend, told, lines=2)
    for ticket in (1, 2):
        thread.ask(ticket, question(f"slow {ticket}"))
        assert slow_backend.asked.get(timeout=10) == f"slow {ticket}"
    thread.ask(3, question("too many"))
    assert slow_backend.asked.empty()
    slow_backend.may_answer.set()
    assert {told.get(timeout=10).ticket for _ in range(3)} == {1, 2, 3}
    thread.stop()
