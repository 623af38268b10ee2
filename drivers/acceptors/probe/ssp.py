"""Asks for an SSP device: SYNC, then set-up, serial number, kind of unit and firmware.

Facts sheet ssp sections 2.1, 5 and 10. SYNC makes the device forget an answer that was not heard,
and that answer may have been a credit: so a port is tried with this last, and whoever calls it must
first make sure that no terminal has a note on this port whose end it does not know.
"""

from collections.abc import Generator
from typing import Final

from drivers.acceptors.errors import RemoteProtocolError
from drivers.acceptors.probe.talk import Ask, Identified, Talk, without_echo
from drivers.acceptors.ssp.codes import Command, Generic
from drivers.acceptors.ssp.device_data import Setup, parse_setup
from drivers.acceptors.ssp.greeting import VERSIONS
from drivers.acceptors.ssp.identity import read_identity
from drivers.acceptors.ssp.packets import Packet, PacketDecoder, encode

TRIES: Final = 2
PATIENCE_S: Final = 0.5


class _Line:
    """Asks one question after the other with the sequence bit that each has to carry."""

    def __init__(self) -> None:
        self._sequence = 0

    def ask(self, command: Command, data: bytes = b"") -> Generator[Ask, bytes, bytes | None]:
        """The data behind OK; None where no good answer came, or a refusal."""
        self._sequence = 1 if command is Command.SYNC else 1 - self._sequence
        question = encode(Packet(sequence=self._sequence, data=bytes([command]) + data))
        for _ in range(TRIES):
            received = yield Ask(data=question, patience_s=PATIENCE_S)
            for part in PacketDecoder().feed(without_echo(question, received), 0.0):
                if isinstance(part, Packet) and part.sequence == self._sequence:
                    return part.data[1:] if part.data[0] == Generic.OK else None
        return None


def talk() -> Talk:
    """See `Talk`."""
    line = _Line()
    if (yield from line.ask(Command.SYNC)) is None:
        return None
    # Without it a device tells its notes in the oldest form, which has no room for large ones.
    for version in VERSIONS:
        if (yield from line.ask(Command.HOST_PROTOCOL, bytes([version]))) is not None:
            break
    setup = _setup((yield from line.ask(Command.SETUP_REQUEST)))
    serial = yield from line.ask(Command.SERIAL_NUMBER)
    unit = yield from line.ask(Command.UNIT_DATA)
    firmware = yield from line.ask(Command.FIRMWARE_VERSION)
    identity = read_identity(serial or b"", unit or b"", firmware or b"")
    notes = tuple(sorted(set(setup.notes.values()))) if setup else ()
    return Identified(identity=identity, notes=notes, is_busy=setup is None)


def _setup(data: bytes | None) -> Setup | None:
    try:
        return parse_setup(data or b"")
    except RemoteProtocolError:
        return None
