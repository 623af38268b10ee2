"""The two requests by which a backend comes to know a terminal's key: enrolment, and a new key.

Both may be sent again with the same key after a lost answer. It must never be given a key that is not
on disk yet: the backend would know a terminal that has forgotten itself.
"""

from collections.abc import Callable

import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import ValidationError

from offline_queue.sync.answers import read_error
from offline_queue.sync.exchange import Bounds, TransportFailedError, exchange
from offline_queue.sync.messages import SyncRequest
from offline_queue.sync.signer import Signer
from terminal_api import canonical_bytes
from terminal_api.enrolment import EnrolAnswer, EnrolRequest, NewKey, NewKeyAnswer, proof_text
from terminal_api.paths import ENROL_PATH, KEY_PATH
from terminal_api.signing import key_id_of


class EnrolmentError(Exception):
    """The backend did not agree, or was not reached; the message says what to do."""


def enrol(
    session: requests.Session,
    base_url: str,
    signer: Signer,
    *,
    terminal_id: str,
    token: str,
    clock: Callable[[], float],
) -> EnrolAnswer:
    """Bring the signer's key under a token. Blocks.

    Raises:
        EnrolmentError: see there.
    """
    try:
        told = EnrolRequest(terminal_id=terminal_id, token=token, public_key=signer.public_key)
    except ValidationError:
        raise EnrolmentError("this is no enrolment token; copy it whole") from None
    if not token.startswith(terminal_id + "."):
        raise EnrolmentError(
            f"the token is for terminal {token[:8]}, this one is {terminal_id} (terminal.id)"
        )
    body = _asked(session, base_url, signer, ENROL_PATH, canonical_bytes(told), clock)
    try:
        answer = EnrolAnswer.model_validate_json(body)
    except ValidationError:
        raise EnrolmentError("what answered is no wallet backend; check backend.url") from None
    if answer.terminal_id != terminal_id:
        raise EnrolmentError("the backend answered for another terminal")
    return answer


def replace_key(
    session: requests.Session,
    base_url: str,
    signer: Signer,
    new: bytes,
    *,
    terminal_id: str,
    clock: Callable[[], float],
) -> NewKeyAnswer:
    """Bring a new raw private key's public half under the signer's. Blocks.

    Raises:
        EnrolmentError: see there.
    """
    key = Ed25519PrivateKey.from_private_bytes(new)
    public = key.public_key().public_bytes_raw().hex()
    text = proof_text(terminal_id, signer.key_id, public)
    told = NewKey(terminal_id=terminal_id, public_key=public, proof=key.sign(text).hex())
    body = _asked(session, base_url, signer, KEY_PATH, canonical_bytes(told), clock)
    try:
        answer = NewKeyAnswer.model_validate_json(body)
    except ValidationError:
        raise EnrolmentError("what answered is no wallet backend; check backend.url") from None
    if answer.key_id != key_id_of(key.public_key()):
        raise EnrolmentError("the backend agreed to another key")
    return answer


def _asked(
    session: requests.Session,
    base_url: str,
    signer: Signer,
    path: str,
    body: bytes,
    clock: Callable[[], float],
) -> bytes:
    request = SyncRequest(path=path, body=body)
    try:
        reply = exchange(session, base_url.rstrip("/"), request, Bounds(), clock, signer)
    except TransportFailedError as error:
        raise EnrolmentError(f"the backend was not reached ({error.kind}); try again") from None
    if reply.status_code == 200:
        return reply.body
    refusal = read_error(reply.body)
    if refusal is None:
        raise EnrolmentError(
            f"what answered is no wallet backend (status {reply.status_code}); check backend.url"
        )
    raise EnrolmentError(f"the backend refuses: {refusal.message} ({refusal.error})")
