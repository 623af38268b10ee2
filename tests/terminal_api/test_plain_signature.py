"""The quick reading of a signature says yes only where the general one does, and to the same; the
quick writing writes what the general one does, byte for byte.
"""

from dataclasses import replace
from datetime import UTC, datetime
from unittest.mock import patch

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from terminal_api import signing
from terminal_api.plain_signature import read_plain
from terminal_api.signing import Claim, SignatureRefusedError, Unsigned, sign, verify

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
TERMINAL = "10238898"
AT = datetime(2026, 5, 1, 10, 0, 0, tzinfo=UTC)


def signed(request: Unsigned) -> Unsigned:
    added = sign(request, KEY, terminal_id=TERMINAL, created=AT, nonce="n-1_x")
    return replace(request, headers=(*request.headers, *added.items()))


def plainly(request: Unsigned) -> bool:
    found = read_plain(request.method, request.target, dict(request.headers), request.content)
    return found is not None


def generally(request: Unsigned) -> Claim | None:
    with patch.object(signing, "read_plain", return_value=None):
        return judged(request)


def judged(request: Unsigned) -> Claim | None:
    try:
        return verify(request, lambda *_: KEY.public_key())
    except SignatureRefusedError:
        return None


@pytest.mark.parametrize(
    "request_",
    [
        Unsigned(method="GET", target="/v1/desired?after=7&wait=25", headers=(), content=b""),
        Unsigned(method="GET", target="/v1/content/fees/2026.05-1", headers=(), content=b""),
        Unsigned(
            method="POST",
            target="/terminal/v1/payments",
            headers=(("content-type", "application/json"), ("content-encoding", "gzip")),
            content=b"\x1f\x8b",
        ),
    ],
)
def test_what_this_project_signs_is_read_plainly(request_: Unsigned) -> None:
    assert plainly(signed(request_))
    claim = judged(signed(request_))
    assert claim is not None
    assert claim == generally(signed(request_))


def written(request: Unsigned, nonce: str, *, plainly: bool) -> dict[str, str] | None:
    quick = signing.write_plain if plainly else (lambda *_: None)
    with patch.object(signing, "write_plain", side_effect=quick):
        try:
            return sign(request, KEY, terminal_id=TERMINAL, created=AT, nonce=nonce)
        except Exception:  # noqa: BLE001 - it cannot be signed: nobody sends it
            return None


@given(
    target=st.text(st.sampled_from("/a1.-_~%2f?&=;é"), max_size=12).map(lambda it: "/" + it),
    kinds=st.lists(
        st.tuples(
            st.sampled_from(["content-type", "content-encoding"]),
            st.sampled_from(["application/json", "gzip", "a/b; c=d", " a", "a  b", "", "é"]),
        ),
        max_size=2,
        unique_by=lambda it: it[0],
    ),
    method=st.sampled_from(["GET", "POST", "get", "PUT"]),
    content=st.binary(max_size=3),
    nonce=st.sampled_from(["n-1_x", "AAECAwQFBgcICQoLDA0ODw", 'a"b', "é", "", "a" * 65]),
)
def test_what_is_written_plainly_is_what_the_library_writes(
    target: str, kinds: list[tuple[str, str]], method: str, content: bytes, nonce: str
) -> None:
    request = Unsigned(method=method, target=target, headers=tuple(kinds), content=content)
    assert written(request, nonce, plainly=True) == written(request, nonce, plainly=False)


def test_the_requests_of_a_terminal_are_written_plainly() -> None:
    request = Unsigned(
        method="POST",
        target="/terminal/v1/payments",
        headers=(("content-type", "application/json"), ("content-encoding", "gzip")),
        content=b"\x1f\x8b",
    )
    with patch.object(signing, "HTTPMessageSigner", side_effect=AssertionError("general")):
        assert judged(signed(request)) is not None


@given(
    target=st.text(st.sampled_from("/a1.-_~%2f?&=;"), max_size=12).map(lambda it: "/" + it),
    kind=st.none() | st.text(st.sampled_from("a/ ,;\t=é"), min_size=1, max_size=6),
    method=st.sampled_from(["GET", "POST", "get", "PUT"]),
    content=st.binary(max_size=3),
)
def test_no_request_is_taken_that_the_general_reader_refuses(
    target: str, kind: str | None, method: str, content: bytes
) -> None:
    headers = () if kind is None else (("content-type", kind),)
    request = Unsigned(method=method, target=target, headers=headers, content=content)
    try:
        it = signed(request)
    except Exception:  # noqa: BLE001 - the library cannot sign it: nobody sends it
        return
    claim = judged(it)
    assert claim is None or claim == generally(it)


@given(data=st.data())
def test_a_changed_header_is_taken_by_both_or_by_none(data: st.DataObject) -> None:
    good = signed(
        Unsigned(method="POST", target="/v1/x", headers=(("content-type", "a/b"),), content=b"{}")
    )
    place = data.draw(st.sampled_from(range(len(good.headers))))
    name, old = good.headers[place]
    at = data.draw(st.integers(0, len(old)))
    new = old[:at] + data.draw(st.sampled_from(["", " ", "\n", '"', "=", "A", "0"])) + old[at + 1 :]
    changed = replace(
        good, headers=(*good.headers[:place], (name, new), *good.headers[place + 1 :])
    )
    claim = judged(changed)
    assert claim is None or claim == generally(changed)
