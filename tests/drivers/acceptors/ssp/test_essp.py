"""Key exchange and encryption against the vectors of facts sheet ssp section 3."""

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from drivers.acceptors.errors import LocalProtocolError, RemoteProtocolError
from drivers.acceptors.ssp.codes import Command, Generic
from drivers.acceptors.ssp.device_key import KeyExchange, is_prime
from drivers.acceptors.ssp.device_model import DeviceModel
from drivers.acceptors.ssp.essp import (
    DEFAULT_FIXED_KEY,
    GENERATOR,
    LONGEST_SEALED_DATA,
    MODULUS,
    Secret,
    Session,
    new_secret,
    number,
    read_number,
    session_key,
)

G, M = 982451653, 15485863
HOST = Secret(exponent=0x1234, generator=G, modulus=M)
SLAVE = Secret(exponent=0x2BCD, generator=G, modulus=M)
KEY = bytes.fromhex("67 45 23 01 67 45 23 01 2A 21 D0 00 00 00 00 00")
PACKETS = [
    (0, "07", "7E 7C E3 6D 97 AD 18 60 5D 70 E8 16 7B 8F 0A 43 11"),
    (1, "F0 EE 02", "7E 9C 03 DB 1D FB 1A 4E A0 DE 86 97 38 E6 00 E1 A9"),
    (1, "07", "7E 4B 55 9F A3 74 83 4D 9E 23 8B C1 65 D5 E6 38 3A"),
]
"""Count, data, and the packet that carries them, padded with zeros."""
BLOCKS = [
    (0, "07", "01 00 00 00 00 07 00 00 00 00 00 00 00 00 A1 C7"),
    (1, "F0 EE 02", "03 01 00 00 00 F0 EE 02 00 00 00 00 00 00 6F 4B"),
]
"""Count, data, and the block that is encrypted, padded with zeros."""


def no_padding(size: int) -> bytes:
    return bytes(size)


def test_both_sides_of_the_vector_come_to_the_same_key() -> None:
    assert HOST.inter == 3410377
    assert SLAVE.inter == 5146145
    assert HOST.shared(SLAVE.inter) == SLAVE.shared(HOST.inter) == 13639978
    assert session_key(DEFAULT_FIXED_KEY, 13639978) == KEY


def test_numbers_travel_least_significant_byte_first() -> None:
    assert number(G).hex(" ").upper() == "C5 05 8F 3A 00 00 00 00"
    assert read_number(bytes.fromhex("21 86 4E 00 00 00 00 00")) == SLAVE.inter


@pytest.mark.parametrize("data", [b"", bytes(7), bytes(9)])
def test_a_number_has_eight_bytes(data: bytes) -> None:
    with pytest.raises(RemoteProtocolError):
        read_number(data)


@pytest.mark.parametrize(("count", "data", "sealed"), PACKETS)
def test_packets_of_the_vector_both_ways(count: int, data: str, sealed: str) -> None:
    session = Session(KEY, no_padding)
    assert session.seal(bytes.fromhex(data), count) == bytes.fromhex(sealed)
    assert session.unseal(bytes.fromhex(sealed)) == (count, bytes.fromhex(data))


@pytest.mark.parametrize(("count", "data", "block"), BLOCKS)
def test_blocks_of_the_vector_both_ways(count: int, data: str, block: str) -> None:
    cipher = Cipher(algorithms.AES(KEY), modes.ECB())
    decryptor, encryptor = cipher.decryptor(), cipher.encryptor()
    session = Session(KEY, no_padding)
    sealed = session.seal(bytes.fromhex(data), count)
    assert decryptor.update(sealed[1:]) + decryptor.finalize() == bytes.fromhex(block)
    theirs = b"\x7e" + encryptor.update(bytes.fromhex(block)) + encryptor.finalize()
    assert session.unseal(theirs) == (count, bytes.fromhex(data))


@given(st.binary(min_size=1, max_size=LONGEST_SEALED_DATA), st.integers(0, 2**32 - 1), st.binary())
def test_whatever_fits_survives(data: bytes, count: int, padding: bytes) -> None:
    session = Session(KEY, lambda size: (padding * size + bytes(size))[:size])
    sealed = session.seal(data, count)
    assert len(sealed) <= 255
    assert session.unseal(sealed) == (count, data)


@pytest.mark.parametrize("data", [b"", bytes(LONGEST_SEALED_DATA + 1)])
def test_what_does_not_fit_is_a_bug_of_ours(data: bytes) -> None:
    with pytest.raises(LocalProtocolError):
        Session(KEY, no_padding).seal(data, 0)


@given(st.binary(max_size=64))
def test_garbage_is_never_opened(garbage: bytes) -> None:
    with pytest.raises(RemoteProtocolError):
        Session(KEY, no_padding).unseal(b"\x7e" + garbage)


def test_a_packet_of_another_key_is_not_opened() -> None:
    sealed = Session(KEY, no_padding).seal(b"\xf0\xee\x02", 1)
    with pytest.raises(RemoteProtocolError):
        Session(bytes(16), no_padding).unseal(sealed)


def test_our_generator_and_modulus_are_primes_in_the_order_that_devices_want() -> None:
    assert is_prime(GENERATOR)
    assert is_prime(MODULUS)
    assert 2**63 < MODULUS < GENERATOR < 2**64


@pytest.mark.parametrize("entropy", [bytes(8), b"\xff" * 8])
def test_a_secret_is_never_trivial(entropy: bytes) -> None:
    assert 2 <= new_secret(lambda _: entropy).exponent < MODULUS


@pytest.mark.parametrize(
    ("value", "prime"), [(0, False), (1, False), (2, True), (561, False), (M, True), (G, True)]
)
def test_primes(value: int, *, prime: bool) -> None:
    assert is_prime(value) is prime


def test_a_device_refuses_numbers_that_are_no_primes_and_an_exchange_without_them() -> None:
    exchange = KeyExchange(DeviceModel(), no_padding)
    assert exchange.obey(Command.EXCHANGE_KEY, number(5)) == bytes([Generic.CANNOT_PROCESS])
    assert exchange.obey(Command.SET_GENERATOR, number(4)) == bytes([Generic.OUT_OF_RANGE])
    assert not exchange.is_set
