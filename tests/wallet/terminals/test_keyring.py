"""Keys come by a token or by the key before them, and go for good."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import select

from terminal_api.signing import key_id_of
from wallet.terminals.keyring import KeyRefusedError, TokenRefusedError
from wallet.terminals.tables import tokens

T = "10000001"
DAY = timedelta(days=1)


def public(number: int) -> Ed25519PublicKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32).public_key()


def token_for(ring, terminal_id: str = T, number: int = 7) -> str:
    return ring.new_token(terminal_id, bytes([number]) * 32, valid=DAY)


def test_a_token_lets_one_key_in_and_is_used_up(ring) -> None:
    token = token_for(ring)
    key_id = ring.enrol(T, token, public(1))
    assert ring.find(T, key_id).key.public_bytes_raw() == public(1).public_bytes_raw()
    with pytest.raises(TokenRefusedError):
        ring.enrol(T, token, public(2))
    assert ring.find(T, key_id_of(public(2))) is None


def test_the_same_key_may_ask_again_after_a_lost_answer(ring) -> None:
    token = token_for(ring)
    assert ring.enrol(T, token, public(1)) == ring.enrol(T, token, public(1))
    assert len(ring.known()) == 1


def test_a_token_is_for_one_terminal_and_for_a_while(ring, clock) -> None:
    token = token_for(ring)
    with pytest.raises(TokenRefusedError):
        ring.enrol("10000002", token, public(1))
    with pytest.raises(TokenRefusedError):
        ring.enrol(T, token[:-1], public(1))
    clock.on(days=1)
    with pytest.raises(TokenRefusedError):
        ring.enrol(T, token, public(1))


def test_a_token_is_not_kept_as_it_is(ring, turns) -> None:
    token = token_for(ring)
    with turns.read() as connection:
        (row,) = connection.execute(select(tokens))
    assert token not in repr(row)
    assert token.split(".")[1] not in repr(row)


def test_a_new_enrolment_ends_every_key_before_it(ring) -> None:
    first = ring.enrol(T, token_for(ring), public(1))
    second = ring.enrol(T, token_for(ring, number=8), public(2))
    assert ring.find(T, first) is None
    assert ring.find(T, second) is not None
    assert [one.ended_by for one in ring.known(T)] == ["enrolled", None]


def test_a_key_and_its_successor_are_both_in_force_until_the_successor_signs(ring) -> None:
    old = ring.enrol(T, token_for(ring), public(1))
    new = ring.add(T, public(2), replaces=old)
    assert ring.add(T, public(2), replaces=old) == new
    assert ring.find(T, old) is not None
    assert ring.find(T, new).replaces == old
    ring.took_over(T, new)
    assert ring.find(T, old) is None
    assert ring.find(T, new).replaces is None
    with pytest.raises(KeyRefusedError):
        ring.add(T, public(1), replaces=new)
    with pytest.raises(KeyRefusedError):
        ring.add(T, public(2), replaces=new)


def test_a_revocation_ends_keys_and_tokens_at_once(ring) -> None:
    key_id = ring.enrol(T, token_for(ring), public(1))
    other = ring.enrol("10000002", token_for(ring, "10000002"), public(3))
    unused = token_for(ring, number=8)
    assert ring.revoke(T) == 1
    assert ring.find(T, key_id) is None
    assert ring.find("10000002", other) is not None
    with pytest.raises(TokenRefusedError):
        ring.enrol(T, unused, public(2))
    with pytest.raises(KeyRefusedError):
        ring.enrol(T, token_for(ring, number=9), public(1))
    assert ring.enrol(T, token_for(ring, number=10), public(4))
