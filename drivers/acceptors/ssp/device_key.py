"""The device's end of an eSSP key exchange (facts sheet ssp section 4).

The running terminal must never import it.
"""

from functools import lru_cache
from typing import Final

from drivers.acceptors.errors import RemoteProtocolError
from drivers.acceptors.ssp.codes import Command, Generic
from drivers.acceptors.ssp.device_model import DeviceModel
from drivers.acceptors.ssp.essp import Entropy, Secret, Session, number, session_key

_WITNESSES: Final = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)


@lru_cache(maxsize=64)
def is_prime(value: int) -> bool:
    """Miller-Rabin; certain for 64 bits with these witnesses."""
    if value < 2:
        return False
    if any(value % small == 0 for small in _WITNESSES):
        return value in _WITNESSES
    odd, twos = value - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    return all(_passes(value, base, odd, twos) for base in _WITNESSES)


def _passes(value: int, base: int, odd: int, twos: int) -> bool:
    x = pow(base, odd, value)
    if x in (1, value - 1):
        return True
    for _ in range(twos - 1):
        x = x * x % value
        if x == value - 1:
            return True
    return False


class KeyExchange:
    """Numbers of an exchange, and the key it ended in."""

    def __init__(self, model: DeviceModel, entropy: Entropy) -> None:
        self._model = model
        self._entropy = entropy
        self._numbers: dict[Command, int] = {}
        self._session: Session | None = None

    @property
    def is_set(self) -> bool:
        """There is a key."""
        return self._session is not None

    def forget(self) -> None:
        """A reset loses the key."""
        self._numbers.clear()
        self._session = None

    def obey(self, command: Command, data: bytes) -> bytes:
        """One of the three commands of the exchange."""
        value = int.from_bytes(data, "little")
        if command is not Command.EXCHANGE_KEY:
            if not is_prime(value):
                return bytes([Generic.OUT_OF_RANGE])
            self._numbers[command] = value
            return bytes([Generic.OK])
        if len(self._numbers) < 2:
            return bytes([Generic.CANNOT_PROCESS])
        secret = Secret(
            exponent=int.from_bytes(self._entropy(7), "little") + 2,
            generator=self._numbers[Command.SET_GENERATOR],
            modulus=self._numbers[Command.SET_MODULUS],
        )
        key = session_key(self._model.fixed_key, secret.shared(value))
        self._session = Session(key, self._entropy)
        return bytes([Generic.OK]) + number(secret.inter)

    def open(self, sealed: bytes) -> bytes:
        """The command in a packet. Raises RemoteProtocolError for one to be ignored."""
        assert self._session is not None
        count, plain = self._session.unseal(sealed)
        if count != self._session.count:
            raise RemoteProtocolError(f"count {count} instead of {self._session.count}")
        return plain

    def seal(self, answer: bytes) -> bytes:
        """The answer to the packet that was opened last."""
        if self._session is None:
            return answer  # The command was a reset.
        self._session.count += 1
        return self._session.seal(answer, self._session.count)
