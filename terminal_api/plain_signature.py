"""Writes and reads a signature in the one form of this project, without a general parser.

Every request of a fleet comes in this one form, and a general reading of structured fields costs four
times what the cryptography does. What differs by one character is not judged here but left to the
library. It must never accept what the library would refuse: each rule of it that the form does not
fix by itself (which headers are covered, what a path is) stands here as a narrower one. What is
written is what the library writes, byte for byte (Ed25519 leaves nothing to chance).
"""

import hashlib
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

_INPUT: Final = re.compile(
    r't=(\("@method" "@path" "@query" "terminal-id"( "content-type")?( "content-encoding")?'
    r' "content-digest"\);created=([0-9]{1,11});keyid="([0-9a-f]{32})";alg="ed25519"'
    r';nonce="([A-Za-z0-9_-]{1,64})";tag="terminal-v1")'
)
_SIGNATURE: Final = re.compile(r"t=:([A-Za-z0-9+/]{86}==):")
_METHOD: Final = re.compile(r"GET|POST")
_TARGET: Final = re.compile(
    # Nothing here that anybody writes in two ways: no percent sign, no dot segment.
    r"((?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)+)(\?[A-Za-z0-9=&_-]+)?"
)
_VALUE: Final = re.compile(r"[\x21-\x7e]+(?: [\x21-\x7e]+)*")
_BY_GROUP: Final = ((2, "content-type"), (3, "content-encoding"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainSignature:
    """What was read. `base` is what `signature` must be good for; the digest fits the content."""

    key_id: str
    nonce: str
    created: int
    base: bytes
    signature: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainParameters:
    """What a signature says of itself. `created` in seconds since 1970."""

    created: int
    key_id: str
    nonce: str


def digest_of(content: bytes) -> str:
    """The `content-digest` of these bytes (RFC 9530)."""
    return f"sha-256=:{b64encode(hashlib.sha256(content).digest()).decode()}:"


def read_plain(
    method: str, target: str, headers: Mapping[str, str], content: bytes
) -> PlainSignature | None:
    """The signature, or None where the general reader has to look.

    Args:
        method: as it came.
        target: path and query as they came.
        headers: by lower-case names, each once; `terminal-id` is eight digits.
        content: of which the digest is taken.
    """
    told = _INPUT.fullmatch(headers.get("signature-input", ""))
    signature = _SIGNATURE.fullmatch(headers.get("signature", ""))
    where = _TARGET.fullmatch(target)
    if told is None or signature is None or where is None or not _METHOD.fullmatch(method):
        return None
    digest = digest_of(content)
    if headers.get("content-digest") != digest:
        return None
    if any((headers.get(name) is None) != (told[group] is None) for group, name in _BY_GROUP):
        return None
    base = _base(method, where, headers, digest, told[1])
    if base is None:
        return None
    return PlainSignature(
        key_id=told[5],
        nonce=told[6],
        created=int(told[4]),
        base=base,
        signature=b64decode(signature[1]),
    )


def write_plain(
    method: str,
    target: str,
    headers: Mapping[str, str],
    content: bytes,
    parameters: PlainParameters,
    sign: Callable[[bytes], bytes],
) -> dict[str, str] | None:
    """The headers of a signature that `read_plain` reads, or None where the library has to write it.

    Args:
        method: as it will go.
        target: path and query as they will go.
        headers: as for `read_plain`, before these are among them.
        content: of which the digest is taken.
        parameters: of the signature.
        sign: Ed25519 over these bytes.
    """
    where = _TARGET.fullmatch(target)
    covered = "".join(f' "{name}"' for _, name in _BY_GROUP if name in headers)
    told = (
        f'("@method" "@path" "@query" "terminal-id"{covered} "content-digest")'
        f';created={parameters.created};keyid="{parameters.key_id}";alg="ed25519"'
        f';nonce="{parameters.nonce}";tag="terminal-v1"'
    )
    if where is None or not _METHOD.fullmatch(method) or not _INPUT.fullmatch(f"t={told}"):
        return None
    digest = digest_of(content)
    base = _base(method, where, headers, digest, told)
    if base is None:
        return None
    return {
        "content-digest": digest,
        "signature-input": f"t={told}",
        "signature": f"t=:{b64encode(sign(base)).decode()}:",
    }


def _base(
    method: str, where: re.Match[str], headers: Mapping[str, str], digest: str, told: str
) -> bytes | None:
    """What is signed; None for a header that has more than one form."""
    lines = [
        f'"@method": {method}',
        f'"@path": {where[1]}',
        f'"@query": {where[2] or "?"}',
        f'"terminal-id": {headers["terminal-id"]}',
    ]
    for _, name in _BY_GROUP:
        value = headers.get(name)
        if value is not None:
            if not _VALUE.fullmatch(value):
                return None
            lines.append(f'"{name}": {value}')
    lines += (f'"content-digest": {digest}', f'"@signature-params": {told}')
    return "\n".join(lines).encode("ascii")
