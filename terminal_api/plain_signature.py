"""Reads a signature that is written exactly as this project writes it, without a general parser.

Every request of a fleet comes in this one form, and a general reading of structured fields costs four
times what the cryptography does. What differs by one character is not judged here but left to the
library. It must never accept what the library would refuse: each rule of it that the form does not
fix by itself (which headers are covered, what a path is) stands here as a narrower one.
"""

import hashlib
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
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
    lines = [
        f'"@method": {method}',
        f'"@path": {where[1]}',
        f'"@query": {where[2] or "?"}',
        f'"terminal-id": {headers["terminal-id"]}',
    ]
    for group, name in _BY_GROUP:
        value = headers.get(name)
        if (value is None) != (told[group] is None):
            return None
        if value is not None:
            if not _VALUE.fullmatch(value):
                return None
            lines.append(f'"{name}": {value}')
    lines += (f'"content-digest": {digest}', f'"@signature-params": {told[1]}')
    return PlainSignature(
        key_id=told[5],
        nonce=told[6],
        created=int(told[4]),
        base="\n".join(lines).encode("ascii"),
        signature=b64decode(signature[1]),
    )
