"""Chooses the driver by the protocol's name: the one place that lists the protocols of a terminal.

Wiring and technicians' tools call `open_acceptor`; a new protocol adds its opener here. Drivers are
loaded only when they are wanted.
"""

import time
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from drivers.acceptors.contract import AcceptorEvent
from drivers.acceptors.options import AcceptorOptions
from drivers.acceptors.sans_io import AcceptorHost
from drivers.acceptors.thread import AcceptorThread
from drivers.transports.serial_port import SerialPort, SerialSettings
from drivers.transports.wire_trace import Explainer, Tap, TracedPort


class AcceptorProtocol(StrEnum):
    """Protocols that the terminal speaks."""

    CCNET = "ccnet"
    ID003 = "id003"
    SSP = "ssp"


Opener = Callable[[AcceptorOptions], tuple[AcceptorHost, SerialSettings]]


def open_acceptor(
    protocol: AcceptorProtocol,
    options: AcceptorOptions,
    post: Callable[[AcceptorEvent], None],
    clock: Callable[[], float] = time.monotonic,
    tap: Tap | None = None,
) -> AcceptorThread:
    """An acceptor that has to be started with `start()`.

    Args:
        protocol: what it speaks.
        options: what the settings ask of it.
        post: takes the events, on the driver's thread.
        clock: monotonic seconds.
        tap: sees what crosses the line, such as a wire trace.
    """
    host, line = _OPENERS[protocol](options)
    if tap is None:
        return AcceptorThread(host, lambda: SerialPort(line), post, clock)
    return AcceptorThread(host, lambda: TracedPort(SerialPort(line), tap), post, clock)


def explainer_of(protocol: AcceptorProtocol) -> Explainer:
    """What puts the traffic of a protocol into plain words."""
    return _EXPLAINERS[protocol]()


def _explain_ccnet() -> Explainer:
    from drivers.acceptors.ccnet.explain import CcnetExplainer

    return CcnetExplainer()


def _explain_id003() -> Explainer:
    from drivers.acceptors.id003.explain import Id003Explainer

    return Id003Explainer()


def _explain_ssp() -> Explainer:
    from drivers.acceptors.ssp.explain import SspExplainer

    return SspExplainer()


def _ccnet(options: AcceptorOptions) -> tuple[AcceptorHost, SerialSettings]:
    from drivers.acceptors.ccnet.open_ccnet import ccnet_host, ccnet_line

    return ccnet_host(options), ccnet_line(options.port, options.baud)


def _id003(options: AcceptorOptions) -> tuple[AcceptorHost, SerialSettings]:
    from drivers.acceptors.id003.open_id003 import id003_host, id003_line

    return id003_host(options), id003_line(options.port, options.baud)


def _ssp(options: AcceptorOptions) -> tuple[AcceptorHost, SerialSettings]:
    from drivers.acceptors.ssp.open_ssp import ssp_host, ssp_line

    return ssp_host(options), ssp_line(options.port, options.baud)


_OPENERS: Final[Mapping[AcceptorProtocol, Opener]] = {
    AcceptorProtocol.CCNET: _ccnet,
    AcceptorProtocol.ID003: _id003,
    AcceptorProtocol.SSP: _ssp,
}
_EXPLAINERS: Final[Mapping[AcceptorProtocol, Callable[[], Explainer]]] = {
    AcceptorProtocol.CCNET: _explain_ccnet,
    AcceptorProtocol.ID003: _explain_id003,
    AcceptorProtocol.SSP: _explain_ssp,
}
