"""Terminals over real HTTP: how they stand, what happened, what they shall have, and refusals."""

import gzip
import threading
import time
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from terminal_api import PAYMENTS_PATH, ErrorBody, ErrorCode, PaymentBatch, canonical_bytes
from terminal_api.accounts import AccountAnswer, AccountQuestion, AccountVerdict
from terminal_api.fleet import (
    DesiredAnswer,
    EventBatch,
    EventsAnswer,
    Heartbeat,
    HeartbeatAnswer,
    QueueReport,
    TerminalEvent,
)
from terminal_api.paths import (
    ACCOUNT_CHECK_PATH,
    DESIRED_PATH,
    ENROL_PATH,
    EVENTS_PATH,
    HEARTBEAT_PATH,
    KEY_PATH,
)
from wallet.server import EmbeddedBackend
from wallet.settings import Settings
from wallet.terminals.rates import Rate
from wallet.terminals.tokens import token_of

T, U = "10000001", "10000002"
AT = datetime(2026, 5, 1, tzinfo=UTC)
JSON = {"Content-Type": "application/json"}


def beat(terminal_id: str = T) -> bytes:
    return canonical_bytes(
        Heartbeat(
            terminal_id=terminal_id,
            boot="b1",
            at=AT,
            version="1.0",
            uptime_s=60,
            queue=QueueReport(pending=0),
        )
    )


def events(*sequences: int, terminal_id: str = T) -> bytes:
    told = tuple(TerminalEvent(sequence=it, kind="door_open", at=AT) for it in sequences)
    return canonical_bytes(EventBatch(terminal_id=terminal_id, events=told))


def question(terminal_id: str = T) -> bytes:
    return canonical_bytes(
        AccountQuestion(
            terminal_id=terminal_id,
            provider_id=1,
            provider_code="mts",
            account="9161234567",
            currency="RUB",
        )
    )


def code(response: httpx.Response) -> tuple[int, ErrorCode]:
    return response.status_code, ErrorBody.model_validate_json(response.content).error


def test_a_heartbeat_is_kept_and_answered_with_the_time(client, backend) -> None:
    number = backend.desk.shadow.publish("catalogue", "v1")
    response = client.post(HEARTBEAT_PATH, content=beat(), headers=JSON)
    answer = HeartbeatAnswer.model_validate_json(response.content)
    assert (answer.terminal_id, answer.desired) == (T, number)
    assert abs(answer.server_time - datetime.now(UTC)) < timedelta(minutes=5)
    assert [it.terminal_id for it in backend.desk.register.standing()] == [T]


def test_heartbeats_go_on_whichever_way_they_are_read(client, backend) -> None:
    packed = {**JSON, "Content-Encoding": "gzip"}
    long = beat().replace(b'"queue"', b" " * 9_000 + b'"queue"')
    for body, headers in ((beat(), JSON), (beat(), JSON), (gzip.compress(beat()), packed)):
        assert client.post(HEARTBEAT_PATH, content=body, headers=headers).status_code == 200
    assert client.post(HEARTBEAT_PATH, content=long, headers=JSON).status_code == 200
    again = client.build_request("POST", HEARTBEAT_PATH, content=beat(), headers=JSON)
    assert client.send(again).status_code == 200
    with httpx.Client(trust_env=False) as plain:
        same = plain.build_request("POST", again.url, content=again.content, headers=again.headers)
        assert code(plain.send(same)) == (401, ErrorCode.REPLAYED)
    assert code(client.post(HEARTBEAT_PATH, content=beat(U))) == (403, ErrorCode.OTHER_TERMINAL)
    backend.desk.keys.revoke(T)
    for _ in range(2):
        assert code(client.post(HEARTBEAT_PATH, content=beat())) == (401, ErrorCode.KEY_UNKNOWN)


def test_events_are_kept_once(client) -> None:
    for expected in ("accepted", "duplicate"):
        told = client.post(EVENTS_PATH, content=events(1, 2), headers=JSON)
        answer = EventsAnswer.model_validate_json(told.content)
        assert [it.verdict for it in answer.answers] == [expected] * 2


def test_without_a_provider_nobody_can_say_anything_of_an_account(client) -> None:
    told = client.post(ACCOUNT_CHECK_PATH, content=question(), headers=JSON)
    assert AccountAnswer.model_validate_json(told.content).verdict is AccountVerdict.UNKNOWN


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (HEARTBEAT_PATH, beat(U)),
        (EVENTS_PATH, events(1, terminal_id=U)),
        (ACCOUNT_CHECK_PATH, question(U)),
    ],
)
def test_nobody_speaks_for_another(client, backend, path: str, body: bytes) -> None:
    assert code(client.post(path, content=body)) == (403, ErrorCode.OTHER_TERMINAL)
    assert backend.desk.register.standing(U) == []


@pytest.mark.parametrize("path", [HEARTBEAT_PATH, EVENTS_PATH, ACCOUNT_CHECK_PATH, KEY_PATH])
def test_bodies_are_bounded_read_strictly_and_signed(client, backend, path: str) -> None:
    assert code(client.post(path, content=b"{}")) == (422, ErrorCode.MALFORMED)
    assert code(client.post(path, content=b" " * 262_145)) == (413, ErrorCode.TOO_LARGE)
    unsigned = httpx.post(backend.url + path, content=b"{}", trust_env=False)
    assert code(unsigned) == (401, ErrorCode.SIGNATURE_MISSING)


def test_a_packed_body_may_not_grow_beyond_the_limit(client) -> None:
    packed = {"Content-Encoding": "gzip"}
    bomb = gzip.compress(b" " * 50_000_000)
    assert len(bomb) < 60_000
    for path in (HEARTBEAT_PATH, PAYMENTS_PATH):
        response = client.post(path, content=bomb, headers=packed)
        assert code(response) == (413, ErrorCode.TOO_LARGE)
    for body in (gzip.compress(b"{}")[:-9], b"no gzip", gzip.compress(b"{}") + b"more"):
        response = client.post(HEARTBEAT_PATH, content=body, headers=packed)
        assert code(response) == (422, ErrorCode.MALFORMED)
    response = client.post(HEARTBEAT_PATH, content=b"x", headers={"Content-Encoding": "br"})
    assert code(response) == (422, ErrorCode.MALFORMED)


def test_the_same_bytes_twice_are_a_replay(client, backend) -> None:
    request = client.build_request("POST", HEARTBEAT_PATH, content=beat(), headers=JSON)
    assert client.send(request).status_code == 200
    with httpx.Client(trust_env=False) as plain:
        again = plain.build_request(
            "POST", request.url, content=request.content, headers=request.headers
        )
        assert code(plain.send(again)) == (401, ErrorCode.REPLAYED)


def test_one_more_item_ends_the_wait_of_those_it_is_for(client, other, backend) -> None:
    told: dict[str, DesiredAnswer] = {}

    def wait(name: str, by: httpx.Client, wait_s: int) -> None:
        response = by.get(f"{DESIRED_PATH}?after=0&wait={wait_s}")
        told[name] = DesiredAnswer.model_validate_json(response.content)

    threads = [
        threading.Thread(target=wait, args=("mine", client, 30)),
        threading.Thread(target=wait, args=("other", other, 3)),
    ]
    for thread in threads:
        thread.start()
    while "wallet_long_polls 2.0" not in httpx.get(f"{backend.url}/metrics").text:
        time.sleep(0.02)
    backend.desk.shadow.publish("config", "7", [T])
    for thread in threads:
        thread.join(25)
    assert [(it.kind, it.content) for it in told["mine"].items] == [("config", "7")]
    assert (told["other"].items, told["other"].version) == ((), told["mine"].version)


def test_who_waits_does_not_keep_the_backend_from_stopping(client, backend) -> None:
    told: list[int] = []
    thread = threading.Thread(
        target=lambda: told.append(client.get(f"{DESIRED_PATH}?after=0&wait=30").status_code)
    )
    thread.start()
    while "wallet_long_polls 1.0" not in httpx.get(f"{backend.url}/metrics").text:
        time.sleep(0.02)
    backend.stop(8.0)
    thread.join(1)
    assert told == [200]


@pytest.mark.parametrize("query", ["after=-1", "wait=31", "after=x", f"after={2**53}"])
def test_a_question_beyond_the_bounds_is_refused(client, query: str) -> None:
    assert code(client.get(f"{DESIRED_PATH}?{query}")) == (422, ErrorCode.MALFORMED)


def test_an_enrolment_by_another_key_or_token_is_refused(client, backend) -> None:
    from wallet.load.signing_client import SignedBy

    known: SignedBy = client.auth
    token = backend.desk.new_token(U, timedelta(hours=1))
    public = known.key.public_key().public_bytes_raw().hex()
    body = {"terminal_id": U, "token": token, "public_key": public}
    signed_by_t = httpx.post(backend.url + ENROL_PATH, json=body, auth=known, trust_env=False)
    assert code(signed_by_t) == (403, ErrorCode.OTHER_TERMINAL)
    as_u = SignedBy(U, known.key)
    wrong = {**body, "token": f"{U}." + "a" * 43}
    refused = httpx.post(backend.url + ENROL_PATH, json=wrong, auth=as_u, trust_env=False)
    assert code(refused) == (403, ErrorCode.TOKEN_INVALID)
    stranger = {**body, "public_key": "00" * 32}
    refused = httpx.post(backend.url + ENROL_PATH, json=stranger, auth=as_u, trust_env=False)
    assert code(refused) == (401, ErrorCode.KEY_UNKNOWN)
    done = httpx.post(backend.url + ENROL_PATH, json=body, auth=as_u, trust_env=False)
    assert done.status_code == 200


def test_failing_enrolments_are_limited_and_good_ones_are_not(database, enrol, monkeypatch) -> None:
    monkeypatch.setattr("wallet.terminals.desk.NEWCOMERS", Rate(per_s=0.001, burst=2))
    backend = EmbeddedBackend(Settings(database=f"sqlite:///{database}", port=0))
    backend.start()
    by = enrol(backend.store.turns, T)  # its key is T's already: the same token may ask again
    public = by.key.public_key().public_bytes_raw().hex()

    def ask(token: str) -> httpx.Response:
        body = {"terminal_id": T, "token": token, "public_key": public}
        return httpx.post(backend.url + ENROL_PATH, json=body, auth=by, trust_env=False)

    good = token_of(T, bytes(32))
    assert [ask(good).status_code for _ in range(4)] == [200] * 4
    wrong = f"{T}." + "a" * 43
    assert [ask(wrong).status_code for _ in range(2)] == [403, 403]
    refused = ask(good)
    assert code(refused) == (429, ErrorCode.TOO_MANY)
    assert 0 < int(refused.headers["Retry-After"]) <= 1000
    backend.stop()


def test_what_happens_is_counted_without_names(client, backend, make_payment) -> None:
    batch = PaymentBatch(terminal_id=T, payments=(make_payment(1),))
    client.post(PAYMENTS_PATH, content=canonical_bytes(batch))
    client.post(HEARTBEAT_PATH, content=b"{}")
    httpx.get(f"{backend.url}/no/such/{T}", trust_env=False)
    text = httpx.get(f"{backend.url}/metrics", trust_env=False).text
    assert 'wallet_payments_total{verdict="accepted"} 1.0' in text
    assert 'wallet_refusals_total{code="malformed"} 1.0' in text
    assert 'wallet_requests_total{method="GET",route="other",status="404"} 1.0' in text
    assert T not in text


def test_too_many_requests_are_told_when_to_come(database, enrol) -> None:
    few = Settings(database=f"sqlite:///{database}", port=0, requests_per_s=0.1, requests_burst=2)
    backend = EmbeddedBackend(few)
    backend.start()
    signed = enrol(backend.store.turns, T)
    with httpx.Client(base_url=backend.url, auth=signed, trust_env=False) as client:
        told = [client.post(HEARTBEAT_PATH, content=beat(), headers=JSON) for _ in range(3)]
    backend.stop()
    assert [it.status_code for it in told] == [200, 200, 429]
    assert 0 < int(told[2].headers["retry-after"]) <= 10
