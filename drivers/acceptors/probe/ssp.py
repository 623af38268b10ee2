"""Asks for an SSP device: SYNC, then set-up, serial number and firmware.

Facts sheet ssp sections 2.1, 5 and 10. SYNC makes the device forget an answer that was not heard,
and that answer may have been a credit: so a port is tried with this last, and whoever calls it must
first make sure that no terminal has a note on this port whose end it does not know.
"""

from collections.abc import Generator
from dataclasses import replace
from typing import Final

from drivers.acceptors.contract import Identity
from drivers.acceptors.errors import RemoteProtocolError
from drivers.acceptors.probe.talk import Ask, Identified, Talk, without_echo
from drivers.acceptors.ssp.codes import Command, Generic
from drivers.acceptors.ssp.device_data import Setup, parse_setup, serial_text, version_text
from drivers.acceptors.ssp.packets import Packet, PacketDecoder, encode

TRIES: Final = 2
PATIENCE_S: Final = 0.5


def talk() -> Talk:
    """See `Talk`."""
    if (yield from _ask(Command.SYNC, 1)) is None:
        return None
    identity = Identity(protocol="ssp", model="", serial="")
    setup = _setup((yield from _ask(Command.SETUP_REQUEST, 0)))
    serial = yield from _ask(Command.SERIAL_NUMBER, 1)
    firmware = yield from _ask(Command.FIRMWARE_VERSION, 0)
    identity = replace(
        identity,
        serial=serial_text(serial or b""),
        firmware=version_text(firmware or b"") or (setup.firmware if setup else ""),
    )
    notes = tuple(sorted(set(setup.notes.values()))) if setup else ()
    return Identified(identity=identity, notes=notes, is_busy=setup is None)


def _ask(command: Command, sequence: int) -> Generator[Ask, bytes, bytes | None]:
    """The data behind OK; None where no good answer came, nothing where it was a refusal."""
    question = encode(Packet(sequence=sequence, data=bytes([command])))
    for _ in range(TRIES):
        received = yield Ask(data=question, patience_s=PATIENCE_S)
        for part in PacketDecoder().feed(without_echo(question, received), 0.0):
            if isinstance(part, Packet) and part.sequence == sequence:
                return part.data[1:] if part.data[0] == Generic.OK else b""
    return None


def _setup(data: bytes | None) -> Setup | None:
    try:
        return parse_setup(data or b"")
    except RemoteProtocolError:
        return None
