"""Questions to a simulated SSP validator that change nothing in it (facts sheet ssp section 5).

The running terminal must never import it.
"""

from collections.abc import Mapping
from typing import Final

from drivers.acceptors.device_half.mechanism import Mechanism
from drivers.acceptors.ssp.codes import Command, Generic
from drivers.acceptors.ssp.device_events import EventQueue
from drivers.acceptors.ssp.device_model import (
    DeviceModel,
    channel_values,
    counters,
    setup_answer,
    unit_data,
)

_OK: Final = bytes([Generic.OK])
_DATA_BYTES: Final[Mapping[int, frozenset[int]]] = {
    Command.SET_INHIBITS: frozenset(range(2, 9)),
    Command.HOST_PROTOCOL: frozenset({1}),
    Command.SET_GENERATOR: frozenset({8}),
    Command.SET_MODULUS: frozenset({8}),
    Command.EXCHANGE_KEY: frozenset({8}),
    Command.SET_FIXED_KEY: frozenset({8}),
}
"""Bytes behind a command; none for all others."""
_ESSP: Final = frozenset(
    {
        Command.SET_GENERATOR,
        Command.SET_MODULUS,
        Command.EXCHANGE_KEY,
        Command.SET_FIXED_KEY,
        Command.RESET_FIXED_KEY,
    }
)
_ACK: Final = frozenset({Command.POLL_WITH_ACK, Command.EVENT_ACK})
_COUNTS: Final = frozenset({Command.COUNTERS, Command.RESET_COUNTERS})
_KNOWN: Final = frozenset(Command)


def is_known(code: int, model: DeviceModel) -> bool:
    """A validator of this make knows the command."""
    if code in _ESSP:
        return model.has_essp
    if code in _ACK:
        return model.has_poll_with_ack
    return code in _KNOWN and (model.has_counter or code not in _COUNTS)


def takes(code: int, data_bytes: int) -> bool:
    """The command has that many bytes of data."""
    return data_bytes in _DATA_BYTES.get(code, frozenset({0}))


class Answers:
    """Remembers the protocol version that was agreed upon; nothing else."""

    def __init__(self, model: DeviceModel) -> None:
        self._model = model
        self._version = min(model.highest_version, 4)

    def to(self, command: Command, data: bytes, body: Mechanism, events: EventQueue) -> bytes:
        """The answer to a question; OK to what has no effect here."""
        model = self._model
        match command:
            case Command.HOST_PROTOCOL:
                return self._host_protocol(data[0])
            case Command.SETUP_REQUEST:
                return _OK + setup_answer(model, self._version)
            case Command.UNIT_DATA:
                return _OK + unit_data(model, self._version)
            case Command.CHANNEL_VALUES:
                return _OK + channel_values(model, self._version)
            case Command.CHANNEL_SECURITY:
                return _OK + bytes([max(model.channels)]) + bytes([2] * max(model.channels))
            case Command.SERIAL_NUMBER:
                return _OK + model.serial.to_bytes(4, "big")
            case Command.FIRMWARE_VERSION | Command.DATASET_VERSION:
                return _OK + model.firmware_text.encode()
            case Command.LAST_REJECT:
                return _OK + bytes([events.last_reject])
            case Command.COUNTERS:
                return _OK + counters(body.counter, events.rejected)
            case Command.RESET_COUNTERS:
                body.counter = 0
                return _OK
            case _:
                return _OK

    def _host_protocol(self, version: int) -> bytes:
        if version > self._model.highest_version:
            return bytes([self._model.refuses_version_with])
        self._version = version
        return _OK
