"""Puts a CCNET validator together as the settings ask: its host half and its line."""

from drivers.acceptors.ccnet.host import CcnetHost
from drivers.acceptors.ccnet.memory import TableMemory
from drivers.acceptors.ccnet.timing import HostTiming
from drivers.acceptors.options import AcceptorOptions
from drivers.transports.serial_port import SerialSettings


def ccnet_host(options: AcceptorOptions, timing: HostTiming | None = None) -> CcnetHost:
    """The host half. CCNET has no command for orientations: those of the options are left alone."""
    kept = TableMemory(options.memory) if options.memory else None
    return CcnetHost(
        options.boot,
        options.currency,
        timing=timing,
        known_table=kept.read() if kept else None,
        remember_table=kept.write if kept else None,
        high_security=options.high_security,
    )


def ccnet_line(port: str, baud: int = 9600) -> SerialSettings:
    """8 data bits, no parity, 1 stop bit; 9600 or 19200 baud (facts sheet ccnet section 1)."""
    return SerialSettings(url=port, baud=baud)
