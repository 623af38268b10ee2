"""Puts an SSP validator together as the settings ask: its host half and its line."""

import secrets

from drivers.acceptors.options import AcceptorOptions
from drivers.acceptors.ssp.greeting import Encryption
from drivers.acceptors.ssp.host import SspHost
from drivers.acceptors.ssp.memory import LineMemory
from drivers.acceptors.ssp.timing import HostTiming
from drivers.transports.serial_port import SerialSettings

STOP_BITS = 2


def ssp_host(
    options: AcceptorOptions,
    timing: HostTiming | None = None,
    encryption: Encryption = Encryption.PREFERRED,
) -> SspHost:
    """The host half. SSP sets neither strictness nor orientations by command: those of the options
    are left alone.
    """
    kept = LineMemory(options.memory) if options.memory else None
    return SspHost(
        options.boot,
        options.currency,
        entropy=secrets.token_bytes,
        timing=timing,
        known=kept.read() if kept else None,
        remember=kept.write if kept else None,
        encryption=encryption,
    )


def ssp_line(port: str, baud: int = 9600) -> SerialSettings:
    """8 data bits, no parity, 2 stop bits, 9600 baud (facts sheet ssp section 1); a pseudo-terminal
    ignores the stop bits.
    """
    return SerialSettings(url=port, baud=baud, stop_bits=STOP_BITS)
