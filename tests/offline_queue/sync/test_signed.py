"""Signed requests towards the real backend: enrolment, a wrong clock, packing, a key that went."""

import gzip
import secrets
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from offline_queue.sync import Bounds, Session, Signer, plain_session
from offline_queue.sync.enrolment import EnrolmentError, enrol, replace_key
from offline_queue.sync.exchange import PACK_FROM, exchange
from offline_queue.sync.messages import SyncRequest
from terminal_api import PAYMENTS_PATH, BatchAnswer, ErrorBody, ErrorCode, canonical_bytes
from terminal_api.signing import key_id_of
from wallet.server import EmbeddedBackend
from wallet.settings import Settings

T = "10000001"
HOUR = timedelta(hours=1)


@pytest.fixture
def strict(tmp_path) -> Iterator[EmbeddedBackend]:
    """The wallet as `wallet serve` runs it."""
    it = EmbeddedBackend(Settings(database=f"sqlite:///{tmp_path}/strict.db", port=0))
    it.start()
    yield it
    it.stop()


@pytest.fixture
def session() -> Iterator[Session]:
    with plain_session() as it:
        yield it


def signer(key: bytes = b"k" * 32, off: timedelta = timedelta(0)) -> Signer:
    return Signer(T, key, lambda: datetime.now(UTC) + off, secrets.token_bytes)


def enrolled(backend: EmbeddedBackend, session: Session, by: Signer) -> str:
    token = backend.desk.new_token(T, HOUR)
    return enrol(session, backend.url, by, terminal_id=T, token=token, clock=time.monotonic).key_id


def sent(session: Session, url: str, body: bytes, by: Signer | None) -> tuple[int, bytes]:
    request = SyncRequest(path=PAYMENTS_PATH, body=body)
    reply = exchange(session, url, request, Bounds(), time.monotonic, by)
    return reply.status_code, reply.body


def test_an_enrolled_terminal_is_served_and_nobody_else(strict, session, make_batch) -> None:
    body = canonical_bytes(make_batch(1))
    for by, code in (
        (None, ErrorCode.SIGNATURE_MISSING),
        (signer(), ErrorCode.KEY_UNKNOWN),
    ):
        status, told = sent(session, strict.url, body, by)
        assert (status, ErrorBody.model_validate_json(told).error) == (401, code)
    mine = signer()
    assert enrolled(strict, session, mine) == mine.key_id
    assert sent(session, strict.url, body, mine)[0] == 200
    strict.desk.keys.revoke(T)
    status, told = sent(session, strict.url, body, mine)
    assert (status, ErrorBody.model_validate_json(told).error) == (401, ErrorCode.KEY_UNKNOWN)


def test_a_large_body_is_packed_and_read_whole(strict, session, make_batch) -> None:
    mine = signer()
    enrolled(strict, session, mine)
    body = canonical_bytes(make_batch(*range(1, 101)))
    assert len(gzip.compress(body)) < PACK_FROM < len(body)
    status, told = sent(session, strict.url, body, mine)
    assert status == 200
    assert len(BatchAnswer.model_validate_json(told).answers) == 100


@pytest.mark.parametrize("off", [timedelta(days=-400), timedelta(hours=3)])
def test_a_terminal_with_a_wrong_clock_signs_by_the_backends(
    strict, session, make_batch, off
) -> None:
    mine = signer(off=off)
    enrolled(strict, session, mine)
    assert sent(session, strict.url, canonical_bytes(make_batch(1)), mine)[0] == 200


def test_a_clock_that_is_set_later_is_learnt_again(strict, session, make_batch) -> None:
    off = [timedelta(hours=3)]
    mine = Signer(T, b"k" * 32, lambda: datetime.now(UTC) + off[0], secrets.token_bytes)
    enrolled(strict, session, mine)
    off[0] = timedelta(0)
    assert sent(session, strict.url, canonical_bytes(make_batch(1)), mine)[0] == 200


def test_a_key_is_replaced_by_one_that_it_brings(strict, session, make_batch) -> None:
    old, new = signer(), signer(b"n" * 32)
    enrolled(strict, session, old)
    for _ in range(2):
        answer = replace_key(
            session, strict.url, old, b"n" * 32, terminal_id=T, clock=time.monotonic
        )
        assert answer.key_id == new.key_id
    body = canonical_bytes(make_batch(1))
    assert sent(session, strict.url, body, old)[0] == 200
    assert sent(session, strict.url, body, new)[0] == 200
    assert sent(session, strict.url, body, old)[0] == 401
    assert strict.desk.keys.find(T, new.key_id) is not None
    assert key_id_of(strict.desk.keys.find(T, new.key_id).key) == new.key_id


def test_an_enrolment_that_cannot_be_is_told_in_words(strict, session, line) -> None:
    def refused(token: str, url: str = strict.url) -> str:
        with pytest.raises(EnrolmentError) as error:
            enrol(session, url, signer(), terminal_id=T, token=token, clock=time.monotonic)
        return str(error.value)

    assert "copy it whole" in refused("x")
    assert "is for terminal 10000002" in refused("10000002." + "a" * 43)
    assert "used up" in refused(f"{T}." + "a" * 43)
    line.cut()
    assert "not reached" in refused(f"{T}." + "a" * 43, line.url)
