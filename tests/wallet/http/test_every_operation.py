"""Every operation of the OpenAPI, signed and valid: a success that its schema allows is the answer,
and with nothing of another terminal.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
import schemathesis
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from terminal_api.content import ContentKind
from terminal_api.enrolment import proof_text
from terminal_api.signing import Unsigned, key_id_of, nonce_of, sign
from wallet.http.document import api_document
from wallet.publishing.publisher import publish
from wallet.server import EmbeddedBackend
from wallet.settings import Settings

T, U, NEW = "10000001", "10000002", "10000003"
HIDDEN = ("79990000002", "cycle-of-u", "config-of-u")
AT = "2026-05-01T00:00:00Z"
CHECKS = (status_code_conformance, content_type_conformance, response_schema_conformance)

document = api_document()
schema = schemathesis.openapi.from_dict(document)
OPERATIONS = sorted(
    (path, method) for path, methods in document["paths"].items() for method in methods
)


@dataclass
class Asked:
    """A request: what is put into the path, the query and the body, and who signs."""

    by: str = T
    body: Any = None
    path: dict[str, str] | None = None
    query: dict[str, int] | None = None


class Signs(requests.auth.AuthBase):
    def __init__(self, terminal_id: str) -> None:
        self.terminal_id = terminal_id
        self.key = key_of(terminal_id)

    def __call__(self, prepared: requests.PreparedRequest) -> requests.PreparedRequest:
        body = prepared.body or b""
        kind = prepared.headers.get("content-type")
        bare = Unsigned(
            method=prepared.method,
            target=prepared.path_url,
            headers=() if kind is None else (("content-type", kind),),
            content=body.encode() if isinstance(body, str) else body,
        )
        created, nonce = datetime.now(UTC), nonce_of(secrets.token_bytes(16))
        added = sign(bare, self.key, terminal_id=self.terminal_id, created=created, nonce=nonce)
        prepared.headers.update(added)
        return prepared


def key_of(terminal_id: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(terminal_id.encode() * 4)


def public_of(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes_raw().hex()


def payment(terminal_id: str, account: str, cycle: str) -> dict[str, Any]:
    one = {
        "number": 1,
        "session": "s",
        "provider_id": 1,
        "provider_code": "mts",
        "account": account,
        "fields": {},
        "currency": "RUB",
        "inserted_minor": 100,
        "fee_minor": 0,
        "credited_minor": 100,
        "fee_version": "1",
        "formed_at": AT,
        "receipt_number": 1,
        "notes": [{"cycle": cycle, "minor": 100, "currency": "RUB"}],
    }
    return {"terminal_id": terminal_id, "payments": [one]}


def note(terminal_id: str, cycle: str) -> dict[str, Any]:
    one = {"cycle": cycle, "state": "suspense", "minor": 100, "currency": "RUB", "at": AT}
    return {"terminal_id": terminal_id, "notes": [one]}


def asked(path: str, token: str) -> Asked:
    """What is asked of this operation."""
    match path.removeprefix("/terminal/v1"):
        case "/payments":
            return Asked(body=payment(T, "79990000001", "c"))
        case "/payments/status":
            return Asked(body={"terminal_id": T, "numbers": [1, 2]})
        case "/notes":
            return Asked(body=note(T, "loose"))
        case "/collections":
            period = {"period": 1, "opened_at": None, "closed_at": AT, "operator_id": "anna"}
            period |= {"counts": [], "disputed": [], "suspense": []}
            return Asked(body={"terminal_id": T, "collections": [period]})
        case "/heartbeat":
            beat = {"boot": "b", "at": AT, "version": "1", "uptime_s": 1, "queue": {"pending": 0}}
            return Asked(body={"terminal_id": T, **beat})
        case "/events":
            return Asked(
                body={"terminal_id": T, "events": [{"sequence": 1, "kind": "door", "at": AT}]}
            )
        case "/accounts/check":
            question = {"provider_id": 1, "provider_code": "mts", "account": "1", "currency": "RUB"}
            return Asked(body={"terminal_id": T, **question})
        case "/desired":
            return Asked(query={"after": 0, "wait": 0})
        case "/content/{kind}/{version}":
            return Asked(path={"kind": "catalogue", "version": "v1"})
        case "/enrol":
            public = public_of(key_of(NEW))
            return Asked(by=NEW, body={"terminal_id": NEW, "token": token, "public_key": public})
        case "/key":
            new = Ed25519PrivateKey.from_private_bytes(b"n" * 32)
            text = proof_text(T, key_id_of(key_of(T).public_key()), public_of(new))
            proof = {"public_key": public_of(new), "proof": new.sign(text).hex()}
            return Asked(body={"terminal_id": T, **proof})
        case _:
            return Asked()


@contextmanager
def session_of(terminal_id: str) -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        session.auth = Signs(terminal_id)
        yield session


@pytest.fixture(scope="module")
def backend(tmp_path_factory) -> Iterator[EmbeddedBackend]:
    """T and U are known, and U has told and is to have what T must never see."""
    database = tmp_path_factory.mktemp("every") / "wallet.db"
    it = EmbeddedBackend(Settings(database=f"sqlite:///{database}", port=0))
    for known in (T, U):
        it.desk.keys.enrol(
            known, it.desk.new_token(known, timedelta(hours=1)), key_of(known).public_key()
        )
    with it.store.turns.write(None) as connection:
        publish(
            connection,
            ContentKind.CATALOGUE,
            "v1",
            b'{"version": "v1"}',
            operator="anna",
            now=datetime.now(UTC),
        )
    it.desk.shadow.publish("config", HIDDEN[2], [U])
    it.start()
    with session_of(U) as session:
        for path, body in (("payments", payment(U, *HIDDEN[:2])), ("notes", note(U, HIDDEN[1]))):
            told = session.post(f"{it.url}/terminal/v1/{path}", json=body)
            assert told.status_code == 200, told.text
    yield it
    it.stop()


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_it_is_served_as_the_document_says(backend, path: str, method: str) -> None:
    what = asked(path, backend.desk.new_token(NEW, timedelta(hours=1)))
    more = {} if what.body is None else {"body": what.body, "media_type": "application/json"}
    case = schema[path][method].Case(path_parameters=what.path, query=what.query, **more)
    with session_of(what.by) as session:
        response = case.call(base_url=backend.url, session=session)
    assert response.status_code == 200, response.text
    case.validate_response(response, checks=CHECKS)
    assert not any(hidden in response.text for hidden in HIDDEN)
    if what.by == T and isinstance(what.body, dict):
        _is_refused_for_another(backend, path, what.body)


def _is_refused_for_another(backend: EmbeddedBackend, path: str, body: dict[str, Any]) -> None:
    with session_of(T) as session:
        told = session.post(backend.url + path, json={**body, "terminal_id": U})
    assert (told.status_code, told.json()["error"]) == (403, "other_terminal")
