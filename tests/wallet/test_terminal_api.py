"""The service over real HTTP: verdicts, refusals in one form, once under concurrent repeats."""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy.exc
from structlog.testing import capture_logs

from simulation.proof.blank import blank_wallet
from terminal_api import (
    PAYMENTS_PATH,
    STATUS_PATH,
    BatchAnswer,
    ErrorBody,
    ErrorCode,
    PaymentBatch,
    PaymentStatus,
    StatusAnswer,
    StatusQuestion,
    Verdict,
    canonical_bytes,
)
from wallet.books.balances import ledger_balances
from wallet.books.verify import verify_books
from wallet.load.signing_client import SignedBy
from wallet.server import EmbeddedBackend
from wallet.settings import Settings, Settle
from wallet.storage.database import open_for_reading
from wallet.storage.turns import StoreBusyError

T = "10000001"


@pytest.fixture
def settings(database: Path) -> Settings:
    return Settings(
        database=f"sqlite:///{database}",
        port=0,
        settle=Settle.INSTANT,
        body_limit_bytes=400_000,
    )


@pytest.fixture
def backend(settings: Settings, database: Path) -> Iterator[EmbeddedBackend]:
    database.write_bytes(blank_wallet())
    it = EmbeddedBackend(settings)
    it.start()
    yield it
    it.stop()


@pytest.fixture
def signed(backend: EmbeddedBackend, enrol) -> SignedBy:
    return enrol(backend.store.turns, T)


@pytest.fixture
def client(backend: EmbeddedBackend, signed: SignedBy) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=backend.url, auth=signed, trust_env=False, timeout=30.0) as it:
        yield it


def batch_of(*payments: Any, terminal_id: str = T) -> bytes:
    return canonical_bytes(PaymentBatch(terminal_id=terminal_id, payments=payments))


def answers(response: httpx.Response) -> BatchAnswer:
    assert response.status_code == 200, response.text
    return BatchAnswer.model_validate_json(response.content)


def refusal(response: httpx.Response) -> ErrorBody:
    body = ErrorBody.model_validate_json(response.content)
    assert body.request_id == response.headers["x-request-id"]
    return body


def test_a_payment_is_accepted_then_credited_then_a_duplicate(client, make_payment) -> None:
    (first,) = answers(client.post(PAYMENTS_PATH, content=batch_of(make_payment(1)))).answers
    assert (first.verdict, first.status) == (Verdict.ACCEPTED, PaymentStatus.ACCEPTED)
    question = canonical_bytes(StatusQuestion(terminal_id=T, numbers=(1, 2)))
    told = StatusAnswer.model_validate_json(client.post(STATUS_PATH, content=question).content)
    assert [state.status for state in told.payments] == [
        PaymentStatus.CREDITED,
        PaymentStatus.UNKNOWN,
    ]
    (second,) = answers(client.post(PAYMENTS_PATH, content=batch_of(make_payment(1)))).answers
    assert (second.verdict, second.status) == (Verdict.DUPLICATE, PaymentStatus.CREDITED)
    assert second.uid == first.uid == told.payments[0].uid


def test_without_settlement_a_payment_stays_accepted(database, make_payment, enrol) -> None:
    backend = EmbeddedBackend(Settings(database=f"sqlite:///{database}", port=0, settle="off"))
    backend.start()
    signed = enrol(backend.store.turns, T)
    with httpx.Client(base_url=backend.url, auth=signed, trust_env=False) as client:
        for _ in range(2):
            told = answers(client.post(PAYMENTS_PATH, content=batch_of(make_payment(1))))
            assert told.answers[0].status is PaymentStatus.ACCEPTED
    backend.stop()


def test_what_an_earlier_life_left_unsettled_is_settled_at_start(database, make_payment) -> None:
    url = f"sqlite:///{database}"
    earlier = EmbeddedBackend(Settings(database=url, port=0, settle="off"))
    earlier.store.take(T, [make_payment(1)])
    earlier.stop()
    later = EmbeddedBackend(Settings(database=url, port=0, settle="instant"))
    assert later.store.states(T, [1])[0].status is PaymentStatus.CREDITED
    later.stop()


def test_a_payment_that_cannot_be_one_does_not_hold_the_others(client, make_payment) -> None:
    payments = [json.loads(canonical_bytes(make_payment(number))) for number in (1, 2, 3)]
    payments[1]["fee_minor"] = 1
    payments[2]["surprise"] = "9161234567"
    body = json.dumps({"terminal_id": T, "payments": payments})
    with capture_logs() as logs:
        told = answers(client.post(PAYMENTS_PATH, content=body)).answers
    assert [it.verdict for it in told] == [Verdict.ACCEPTED, Verdict.REJECTED, Verdict.REJECTED]
    assert [it.status for it in told[1:]] == [PaymentStatus.UNKNOWN] * 2
    assert "credited + fee + change" in told[1].message
    assert "surprise" in told[2].message
    assert "9161234567" not in repr(logs) + told[2].message
    assert sum(log["event"] == "payment_rejected" for log in logs) == 2


def test_a_batch_of_poison_alone_is_answered(client) -> None:
    body = json.dumps({"terminal_id": T, "payments": [{"number": 1}]})
    (told,) = answers(client.post(PAYMENTS_PATH, content=body)).answers
    assert told.verdict is Verdict.REJECTED


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"terminal_id":"10000001","payments":[]}',
        b'{"terminal_id":"10000001","payments":[{"number":2},{"number":1}]}',
        b'{"terminal_id":"10000001","payments":[{"number":1},{"number":1}]}',
        b'{"terminal_id":"10000001","payments":[{"number":"1"}]}',
        b'{"terminal_id":"10000001","payments":[{"number":1}],"more":1}',
        b'{"terminal_id":"1","payments":[{"number":1}]}',
        b"[" * 100_000,
        json.dumps(
            {"terminal_id": T, "payments": [{"number": number} for number in range(1, 502)]}
        ).encode(),
    ],
    ids=range(12),
)
def test_what_cannot_be_answered_payment_by_payment_is_refused_whole(client, body: bytes) -> None:
    response = client.post(PAYMENTS_PATH, content=body)
    assert response.status_code == 422
    assert refusal(response).error is ErrorCode.MALFORMED
    assert refusal(response).details


def test_a_question_that_is_none_is_refused(client) -> None:
    response = client.post(STATUS_PATH, content=b'{"terminal_id":"10000001","numbers":[2,1]}')
    assert (response.status_code, refusal(response).error) == (422, ErrorCode.MALFORMED)


def test_what_one_terminal_signed_speaks_for_no_other(client, backend, make_payment) -> None:
    for path, body in (
        (PAYMENTS_PATH, batch_of(make_payment(1), terminal_id="10000009")),
        (STATUS_PATH, b'{"terminal_id":"10000009","numbers":[1]}'),
    ):
        response = client.post(path, content=body)
        assert (response.status_code, refusal(response).error) == (403, ErrorCode.OTHER_TERMINAL)
    assert backend.store.states("10000009", [1])[0].status is PaymentStatus.UNKNOWN


def test_a_body_beyond_the_limit_is_refused(client) -> None:
    response = client.post(PAYMENTS_PATH, content=b" " * 400_001)
    assert (response.status_code, refusal(response).error) == (413, ErrorCode.TOO_LARGE)


def test_other_paths_and_methods_are_refused_in_the_same_form(client) -> None:
    assert refusal(client.get("/nowhere")).error is ErrorCode.NOT_FOUND
    assert refusal(client.get(PAYMENTS_PATH)).error is ErrorCode.METHOD_NOT_ALLOWED


def test_a_caller_may_bring_its_request_id(client) -> None:
    assert (
        client.get("/health", headers={"X-Request-Id": "a1b2c3d4"}).headers["x-request-id"]
        == "a1b2c3d4"
    )
    strange = client.get("/health", headers={"X-Request-Id": "<script>"}).headers["x-request-id"]
    assert strange.isalnum()


def test_health_and_readiness(client, backend, monkeypatch) -> None:
    assert client.get("/health").json()["status"] == "ok"
    assert client.get("/ready").json() == {"status": "ready"}

    def broken() -> None:
        raise sqlalchemy.exc.OperationalError("SELECT 1", None, OSError("disk I/O error"))

    monkeypatch.setattr(backend.store, "check", broken)
    response = client.get("/ready")
    assert (response.status_code, refusal(response).error) == (503, ErrorCode.BUSY)


def test_a_busy_store_asks_to_come_later(client, backend, make_payment, monkeypatch) -> None:
    def busy(*_: object) -> None:
        raise StoreBusyError

    monkeypatch.setattr(backend.store, "take", busy)
    response = client.post(PAYMENTS_PATH, content=batch_of(make_payment(1)))
    assert (response.status_code, response.headers["retry-after"]) == (503, "5")
    assert refusal(response).error is ErrorCode.BUSY


def test_what_nobody_expected_is_logged_and_tells_nothing(
    client, backend, make_payment, monkeypatch
) -> None:
    def bug(*_: object) -> None:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr(backend.store, "take", bug)
    with capture_logs() as logs:
        response = client.post(PAYMENTS_PATH, content=batch_of(make_payment(1)))
    assert (response.status_code, refusal(response).error) == (500, ErrorCode.INTERNAL)
    assert "secret" not in response.text
    assert logs[0]["event"] == "request_broke"


def test_the_document_of_the_api_holds_its_models(client) -> None:
    document = client.get("/openapi.json").json()
    operation = document["paths"][PAYMENTS_PATH]["post"]
    reference = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    assert reference == "#/components/schemas/PaymentBatch"
    assert {"PaymentBatch", "PaymentItem", "NoteItem", "BatchAnswer", "ErrorBody"} <= set(
        document["components"]["schemas"]
    )
    text = json.dumps(document)
    names = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert names <= set(document["components"]["schemas"])


def test_concurrent_repeats_store_each_payment_once(
    backend, make_payment, database, signed
) -> None:
    """Eight terminals' worth of impatience: overlapping batches, all at the same moment."""
    payments = [make_payment(number, 10_000, fee=100) for number in range(1, 41)]
    bodies = [batch_of(*payments[start : start + 20]) for start in (0, 10, 20, 0)] * 3
    gate = threading.Barrier(len(bodies))

    def post(body: bytes) -> BatchAnswer:
        with httpx.Client(
            base_url=backend.url, auth=signed, trust_env=False, timeout=30.0
        ) as client:
            gate.wait(10)
            return answers(client.post(PAYMENTS_PATH, content=body))

    with ThreadPoolExecutor(len(bodies)) as pool:
        told = [it for answer in pool.map(post, bodies) for it in answer.answers]
    accepted = Counter(it.number for it in told if it.verdict is Verdict.ACCEPTED)
    assert accepted == dict.fromkeys(range(1, 41), 1)
    assert {it.verdict for it in told} == {Verdict.ACCEPTED, Verdict.DUPLICATE}
    assert len({(it.number, it.uid) for it in told}) == 40
    engine = open_for_reading(database)
    assert verify_books(engine).findings == ()
    assert {it.account: it.minor for it in ledger_balances(engine) if it.minor} == {
        "cash_in_transit": 400_000,
        "fee_income": -4_000,
        "provider_settlement:mobile": -396_000,
    }
    engine.dispose()


def test_concurrent_contradictions_let_one_win(backend, make_payment, signed) -> None:
    bodies = [batch_of(make_payment(1, minor)) for minor in (100, 200, 300, 400)]
    gate = threading.Barrier(len(bodies))

    def post(body: bytes) -> Verdict:
        gate.wait(10)
        response = httpx.post(
            backend.url + PAYMENTS_PATH, content=body, auth=signed, trust_env=False
        )
        return answers(response).answers[0].verdict

    with ThreadPoolExecutor(len(bodies)) as pool:
        verdicts = Counter(pool.map(post, bodies))
    assert verdicts == {Verdict.ACCEPTED: 1, Verdict.CONFLICT: 3}
