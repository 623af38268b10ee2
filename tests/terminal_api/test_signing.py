"""Signed requests: a fixed vector, and nothing that is covered may change."""

import hashlib
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from terminal_api.signing import (
    Claim,
    SignatureFault,
    SignatureRefusedError,
    Unsigned,
    key_id_of,
    nonce_of,
    sign,
    verify,
)

# The private key of RFC 9421, appendix B.1.4.
KEY = Ed25519PrivateKey.from_private_bytes(
    bytes.fromhex("9f8362f87a484a954e6e740c5b4c0e84229139a20aa8ab56ff66586f6a7d29c5")
)
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
TERMINAL = "10238898"
AT = datetime(2026, 5, 1, 10, 0, 0, tzinfo=UTC)
NONCE = nonce_of(bytes(range(16)))
PAID = Unsigned(
    method="POST",
    target="/terminal/v1/payments",
    headers=(("content-type", "application/json"),),
    content=b'{"terminal_id":"10238898"}',
)
ASKED = Unsigned(
    method="GET", target="/terminal/v1/desired?after=7&wait=25", headers=(), content=b""
)

Find = Callable[[str, str], Ed25519PublicKey | None]


def known(terminal_id: str, key_id: str) -> Ed25519PublicKey | None:
    public = KEY.public_key()
    return public if (terminal_id, key_id) == (TERMINAL, key_id_of(public)) else None


def signed(request: Unsigned, key: Ed25519PrivateKey = KEY) -> Unsigned:
    added = sign(request, key, terminal_id=TERMINAL, created=AT, nonce=NONCE)
    return replace(request, headers=(*request.headers, *added.items()))


def header(request: Unsigned, name: str, value: str | None) -> Unsigned:
    kept = tuple(it for it in request.headers if it[0] != name)
    return replace(request, headers=kept if value is None else (*kept, (name, value)))


def fault_of(request: Unsigned, find: Find = known) -> SignatureFault:
    with pytest.raises(SignatureRefusedError) as refused:
        verify(request, find)
    return refused.value.fault


def test_a_signature_is_made_over_these_very_lines() -> None:
    """Written by hand after RFC 9421 section 2.5, so that another implementation can follow it."""
    digest = b64encode(hashlib.sha256(PAID.content).digest()).decode()
    covered = (
        '("@method" "@path" "@query" "terminal-id" "content-type" "content-digest");'
        'created=1777629600;keyid="b16c2d1bead1262639764fdb0ee4d377";alg="ed25519";'
        'nonce="AAECAwQFBgcICQoLDA0ODw";tag="terminal-v1"'
    )
    base = (
        '"@method": POST\n'
        '"@path": /terminal/v1/payments\n'
        '"@query": ?\n'
        '"terminal-id": 10238898\n'
        '"content-type": application/json\n'
        f'"content-digest": sha-256=:{digest}:\n'
        f'"@signature-params": {covered}'
    )
    assert dict(signed(PAID).headers) == {
        "content-type": "application/json",
        "terminal-id": "10238898",
        "content-digest": f"sha-256=:{digest}:",
        "signature-input": f"t={covered}",
        "signature": f"t=:{b64encode(KEY.sign(base.encode())).decode()}:",
    }


def test_a_good_signature_tells_who_signed_when() -> None:
    claim = Claim(terminal_id=TERMINAL, key_id=key_id_of(KEY.public_key()), nonce=NONCE, created=AT)
    assert verify(signed(PAID), known) == claim
    assert verify(signed(ASKED), known) == claim


def test_a_packed_body_is_signed_as_it_travels() -> None:
    packed = signed(header(PAID, "content-encoding", "gzip"))
    assert verify(packed, known).terminal_id == TERMINAL
    assert fault_of(header(packed, "content-encoding", None)) is SignatureFault.INVALID
    assert fault_of(header(packed, "content-encoding", "br")) is SignatureFault.INVALID


def test_host_and_what_a_proxy_adds_are_not_covered() -> None:
    passed = replace(
        signed(PAID), headers=(*signed(PAID).headers, ("host", "other"), ("x-request-id", "1"))
    )
    assert verify(passed, known).terminal_id == TERMINAL


@pytest.mark.parametrize("request_", [PAID, ASKED])
@given(data=st.data())
def test_any_changed_covered_byte_is_refused(request_: Unsigned, data: st.DataObject) -> None:
    good = signed(request_)
    places = ["method", "target", *(name for name, _ in good.headers)]
    place = data.draw(st.sampled_from([*places, "content"] if good.content else places))
    if place == "content":
        changed = replace(good, content=_one_byte_other(data, good.content))
    elif place in ("method", "target"):
        text = _one_byte_other(data, getattr(good, place).encode()).decode("latin-1")
        changed = replace(good, **{place: text})
    else:
        old = dict(good.headers)[place]
        changed = header(good, place, _one_byte_other(data, old.encode()).decode("latin-1"))
    with pytest.raises(SignatureRefusedError):
        verify(changed, known)


def _one_byte_other(data: st.DataObject, text: bytes) -> bytes:
    # The last digit of the signature has bits that mean nothing: change any byte before it.
    where = data.draw(st.integers(0, max(0, len(text) - 5)))
    by = data.draw(st.integers(1, 127))
    return text[:where] + bytes([text[where] ^ by]) + text[where + 1 :]


@given(
    st.dictionaries(
        st.sampled_from(
            ["signature", "signature-input", "content-digest", "terminal-id", "content-type"]
        ),
        st.text(st.characters(max_codepoint=255), max_size=200),
    ),
    st.text(st.characters(max_codepoint=255), max_size=50),
)
def test_garbage_is_refused_by_the_one_error(headers: dict[str, str], target: str) -> None:
    kept = dict(signed(PAID).headers) | headers
    with pytest.raises(SignatureRefusedError):
        verify(replace(PAID, target="/x" + target, headers=tuple(kept.items())), known)


@pytest.mark.parametrize("name", ["terminal-id", "content-digest", "signature-input"])
def test_a_missing_header_is_refused(name: str) -> None:
    assert fault_of(header(signed(PAID), name, None)) in (
        SignatureFault.MALFORMED,
        SignatureFault.INVALID,
    )


def test_no_signature_is_said_apart_from_a_bad_one() -> None:
    assert fault_of(PAID) is SignatureFault.MISSING


def test_a_header_that_stands_twice_is_refused() -> None:
    good = signed(PAID)
    twice = replace(good, headers=(*good.headers, ("content-type", "text/plain")))
    assert fault_of(twice) is SignatureFault.MALFORMED


def test_a_key_that_nobody_knows_is_said_apart() -> None:
    assert fault_of(signed(PAID, OTHER)) is SignatureFault.KEY_UNKNOWN


def test_a_key_is_looked_for_under_the_terminal_that_the_request_names() -> None:
    looked: list[str] = []

    def find(terminal_id: str, key_id: str) -> Ed25519PublicKey | None:
        looked.append(terminal_id)
        return known(TERMINAL, key_id)

    assert fault_of(header(signed(PAID), "terminal-id", "10238899"), find) is SignatureFault.INVALID
    assert looked == ["10238899"]


def test_trouble_with_finding_a_key_is_no_bad_signature() -> None:
    def find(terminal_id: str, key_id: str) -> Ed25519PublicKey | None:
        raise ConnectionError("the database is away")

    with pytest.raises(ConnectionError):
        verify(signed(PAID), find)


def test_a_signature_that_leaves_something_out_is_refused() -> None:
    bare = signed(header(PAID, "content-type", None))
    assert verify(bare, known).terminal_id == TERMINAL
    added = replace(bare, headers=(*bare.headers, ("content-type", "application/json")))
    assert fault_of(added) is SignatureFault.INVALID
