"""How a terminal signs a request and how the backend reads that signature: RFC 9421 with Ed25519.

One signature covers method, path, query, content type, content encoding, the terminal's id and the
digest of the content as it is on the wire, together with the time of signing, a nonce and the key's
id. Host and scheme are not covered: a reverse proxy may change them, and a terminal's key is known to
one backend alone. Both sides use this module. No I/O: time and nonces come in as values. It must
never say yes to what covers less than all of this, and never judge whether a signature is fresh or
was seen before: that needs a clock and a memory.
"""

import hashlib
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from cryptography.exceptions import InvalidSignature as WrongBytes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from http_message_signatures import (
    HTTPMessageSignaturesException,
    HTTPMessageSigner,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    InvalidSignature,
    algorithms,
)

from terminal_api.plain_signature import (
    PlainParameters,
    PlainSignature,
    read_plain,
    write_plain,
)

TERMINAL_HEADER: Final = "terminal-id"
TAG: Final = "terminal-v1"
NONCE_BYTES: Final = 16
MOST_NONCE: Final = 64
"""Characters of the longest nonce that is read."""

_LABEL: Final = "t"
_ALWAYS: Final = ("@method", "@path", "@query", TERMINAL_HEADER, "content-digest")
_WHERE_PRESENT: Final = ("content-type", "content-encoding")
_READ: Final = frozenset({*_ALWAYS, *_WHERE_PRESENT, "signature", "signature-input"})
_LONGEST: Final = 1024
"""Characters of the longest signature header that is read; ours take a third of it."""
_TERMINAL_ID: Final = re.compile(r"[0-9]{8}")
_ANY_HOST: Final = "http://backend"
_DAY: Final = timedelta(days=1)


class SignatureFault(StrEnum):
    """Why a signature is none."""

    MISSING = "missing"
    """No signature at all."""
    MALFORMED = "malformed"
    """A header cannot be read, stands twice, or is not covered."""
    KEY_UNKNOWN = "key_unknown"
    """Nobody knows a key of this id."""
    INVALID = "invalid"
    """Something that is covered, or the content, is not what was signed."""


class SignatureRefusedError(Exception):
    """A request without a signature to trust; the message quotes nothing of it."""

    def __init__(self, fault: SignatureFault) -> None:
        super().__init__(f"signature {fault}")
        self.fault = fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsigned:
    """A request as it will go over the wire, or came over it.

    `target` is path and query as sent, beginning with a slash; `content` is the body after its
    content encoding; `headers` have lower-case names.
    """

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a good signature says. Fresh and never seen before it is not yet."""

    terminal_id: str
    key_id: str
    nonce: str
    created: datetime


def key_id_of(key: Ed25519PublicKey) -> str:
    """The name of a public key: the first 16 bytes of its SHA-256, as 32 hexadecimal digits."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:32]


def nonce_of(random: bytes) -> str:
    """A nonce from `NONCE_BYTES` bytes that are fit for secrets."""
    return urlsafe_b64encode(random).decode().rstrip("=")


def sign(
    request: Unsigned, key: Ed25519PrivateKey, *, terminal_id: str, created: datetime, nonce: str
) -> dict[str, str]:
    """The headers that make this a signed request: to be sent beside those of `request`.

    Args:
        request: what is sent; its headers hold `content-type` where there is a body.
        key: the terminal's own.
        terminal_id: eight digits.
        created: aware time of signing; seconds count.
        nonce: never used before by this terminal.
    """
    message = _Message(request, (*request.headers, (TERMINAL_HEADER, terminal_id)))
    key_id = key_id_of(key.public_key())
    plain = None
    if _TERMINAL_ID.fullmatch(terminal_id) and "content-digest" not in message.headers:
        told_of_it = PlainParameters(created=int(created.timestamp()), key_id=key_id, nonce=nonce)
        plain = write_plain(
            request.method, request.target, message.headers, request.content, told_of_it, key.sign
        )
    if plain is not None:
        return {TERMINAL_HEADER: terminal_id, **plain}
    present = tuple(name for name in _WHERE_PRESENT if name in message.headers)
    signer = HTTPMessageSigner(
        signature_algorithm=algorithms.ED25519, key_resolver=_Key(private=key)
    )
    signer.sign(
        message,
        key_id=key_id,
        created=created,
        nonce=nonce,
        label=_LABEL,
        tag=TAG,
        covered_component_ids=(*_ALWAYS[:-1], *present),
        body=request.content,
    )
    told = {name for name, _ in request.headers}
    return {name.lower(): it for name, it in message.headers.items() if name.lower() not in told}


def verify(request: Unsigned, find: Callable[[str, str], Ed25519PublicKey | None]) -> Claim:
    """Read a signature and check everything that can be checked without clock and memory.

    Args:
        request: as it came.
        find: the public key by terminal id and key id, or None.

    Raises:
        SignatureRefusedError: not signed, or not by a key that `find` knows.
    """
    message = _Message(request, request.headers)
    if "signature" not in message.headers:
        raise SignatureRefusedError(SignatureFault.MISSING)
    terminal_id = message.headers.get(TERMINAL_HEADER, "")
    if not _TERMINAL_ID.fullmatch(terminal_id) or "content-digest" not in message.headers:
        raise SignatureRefusedError(SignatureFault.MALFORMED)
    plain = read_plain(request.method, request.target, message.headers, request.content)
    if plain is not None:
        return _verified(plain, terminal_id, find(terminal_id, plain.key_id))
    key = _Key(find=lambda key_id: find(terminal_id, key_id))
    try:
        (read,) = _verifier(key).verify(
            message,
            max_age=None,
            expect_tag=TAG,
            require_components=(
                *_ALWAYS,
                *(name for name in _WHERE_PRESENT if name in message.headers),
            ),
            body=request.content,
        )
    except (HTTPMessageSignaturesException, InvalidSignature, ValueError):
        if key.trouble is not None:
            raise key.trouble from None
        fault = SignatureFault.KEY_UNKNOWN if key.missed else SignatureFault.INVALID
        raise SignatureRefusedError(fault) from None
    nonce, created = read.nonce, read.parameters["created"]
    if nonce is None or not 0 < len(nonce) <= MOST_NONCE or not isinstance(created, int):
        raise SignatureRefusedError(SignatureFault.MALFORMED)
    return Claim(
        terminal_id=terminal_id,
        key_id=str(read.parameters["keyid"]),
        nonce=nonce,
        created=datetime.fromtimestamp(created, UTC),
    )


def _verified(plain: PlainSignature, terminal_id: str, key: Ed25519PublicKey | None) -> Claim:
    if key is None:
        raise SignatureRefusedError(SignatureFault.KEY_UNKNOWN)
    try:
        key.verify(plain.signature, plain.base)
    except WrongBytes:
        raise SignatureRefusedError(SignatureFault.INVALID) from None
    return Claim(
        terminal_id=terminal_id,
        key_id=plain.key_id,
        nonce=plain.nonce,
        created=datetime.fromtimestamp(plain.created, UTC),
    )


class _Message:
    """A request as the library wants it: an absolute address, headers that can be added to."""

    def __init__(self, request: Unsigned, headers: Iterable[tuple[str, str]]) -> None:
        self.method = request.method
        self.url = _ANY_HOST + request.target
        self.headers: dict[str, str] = {}
        for name, value in headers:
            if name not in _READ:
                continue
            if name in self.headers or len(value) > _LONGEST:
                # Two lines of one header are read by different people in different ways.
                raise SignatureRefusedError(SignatureFault.MALFORMED)
            self.headers[name] = value


class _Key(HTTPSignatureKeyResolver):
    """The one key of a request. `missed`: there was none of that id. `trouble`: nobody can say,
    which the library would take for a bad signature.
    """

    def __init__(
        self,
        *,
        private: Ed25519PrivateKey | None = None,
        find: Callable[[str], Ed25519PublicKey | None] | None = None,
    ) -> None:
        self._private = private
        self._find = find
        self.missed = False
        self.trouble: Exception | None = None

    def resolve_private_key(self, key_id: str) -> Ed25519PrivateKey:
        """The signer's key."""
        del key_id
        assert self._private is not None
        return self._private

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey:
        """The key to verify with.

        Raises:
            InvalidSignature: there is none of this id.
        """
        assert self._find is not None
        try:
            found = self._find(key_id)
        except Exception as error:
            self.trouble = error
            raise
        if found is None:
            self.missed = True
            raise InvalidSignature("no such key")
        return found


def _verifier(key: _Key) -> HTTPMessageVerifier:
    verifier = HTTPMessageVerifier(signature_algorithm=algorithms.ED25519, key_resolver=key)
    # Age is judged elsewhere, by a clock that is given: the library would read the system's.
    verifier.max_clock_skew = _DAY * 365 * 1000
    return verifier
