"""eSSP: the encrypted form of SSP. Key exchange by Diffie-Hellman, packets by AES-128.

Facts sheet ssp section 4. The exchange is 64 bits wide, so it keeps a curious wire-tapper out and
no determined one; what it does give is a counter in every packet, by which a stale or a forged
answer is told from a fresh one. It must never be a source of chance itself: secrets and padding
come in from outside.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from drivers.acceptors.errors import LocalProtocolError, RemoteProtocolError
from drivers.acceptors.ssp.codes import ENCRYPTED
from drivers.acceptors.ssp.packets import crc16, with_crc

DEFAULT_FIXED_KEY: Final = 0x0123456701234567
"""The half of the AES key that does not change, as devices leave the factory."""
GENERATOR: Final = 0xFFFFFFFFFFFFFFC5
MODULUS: Final = 0xFFFFFFFFFFFFFFAD
"""The two largest 64-bit primes of which the first is greater, as the sheet wants. Both are said in
the clear in every exchange; all that is secret is the exponent.
"""
NUMBER_BYTES: Final = 8
_BLOCK: Final = 16
_COUNT_BYTES: Final = 4
_OVERHEAD: Final = 1 + _COUNT_BYTES + 2
LONGEST_SEALED_DATA: Final = 240 - _OVERHEAD
"""What fits into a packet of 255 bytes together with count, checksum and padding."""

Entropy = Callable[[int], bytes]
"""Gives that many random bytes."""


def number(value: int) -> bytes:
    """Eight bytes, least significant first."""
    return value.to_bytes(NUMBER_BYTES, "little")


def read_number(data: bytes) -> int:
    """The other way round. Raises RemoteProtocolError when it is not eight bytes."""
    if len(data) != NUMBER_BYTES:
        raise RemoteProtocolError(f"a key exchange has numbers of 8 bytes, not {len(data)}")
    return int.from_bytes(data, "little")


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """One side's half of an exchange."""

    exponent: int
    generator: int = GENERATOR
    modulus: int = MODULUS

    @property
    def inter(self) -> int:
        """What is told to the other side."""
        return pow(self.generator, self.exponent, self.modulus)

    def shared(self, other_inter: int) -> int:
        """The number that both sides now know."""
        return pow(other_inter, self.exponent, self.modulus)


def new_secret(entropy: Entropy) -> Secret:
    """A secret from eight random bytes, never a trivial one."""
    return Secret(exponent=int.from_bytes(entropy(NUMBER_BYTES), "little") % (MODULUS - 3) + 2)


def session_key(fixed: int, shared: int) -> bytes:
    """The AES-128 key."""
    return number(fixed) + number(shared)


class Session:
    """One key and its counter, on either side. `count` is that of the next packet to be sealed on
    the host, and of the next packet to be opened on the device.
    """

    def __init__(self, key: bytes, entropy: Entropy) -> None:
        # ECB is what the protocol has: the counter inside keeps equal packets from looking equal.
        cipher = Cipher(algorithms.AES(key), modes.ECB())  # noqa: S305 - see above
        # Blocks of ECB stand each for itself, so that one of each serves all packets.
        self._encryptor, self._decryptor = cipher.encryptor(), cipher.decryptor()
        self._entropy = entropy
        self.count = 0

    def seal(self, data: bytes, count: int) -> bytes:
        """Packet data for these bytes. Raises LocalProtocolError for what does not fit."""
        if not 0 < len(data) <= LONGEST_SEALED_DATA:
            raise LocalProtocolError(f"an encrypted packet carries 1 to 233 bytes, not {len(data)}")
        head = bytes([len(data)]) + count.to_bytes(_COUNT_BYTES, "little") + data
        padding = self._entropy(-(len(head) + 2) % _BLOCK)
        return bytes([ENCRYPTED]) + self._encryptor.update(with_crc(head + padding))

    def unseal(self, sealed: bytes) -> tuple[int, bytes]:
        """Count and data of an encrypted packet.

        Raises RemoteProtocolError for what was sealed with another key, or not at all.
        """
        body = sealed[1:]
        if sealed[:1] != bytes([ENCRYPTED]) or not body or len(body) % _BLOCK:
            raise RemoteProtocolError("not an encrypted packet")
        plain = self._decryptor.update(body)
        length = plain[0]
        if int.from_bytes(plain[-2:], "little") != crc16(plain[:-2]):
            raise RemoteProtocolError("sealed with another key")
        if not 0 < length <= len(plain) - _OVERHEAD:
            raise RemoteProtocolError("an encrypted packet with a length that is not its own")
        start = 1 + _COUNT_BYTES
        return int.from_bytes(plain[1:start], "little"), plain[start : start + length]
