"""The protocols that a port is tried with, in their order: quick and harmless ones first."""

from typing import Final

from drivers.acceptors.ccnet.open_ccnet import ccnet_line
from drivers.acceptors.id003.open_id003 import id003_line
from drivers.acceptors.probe import ccnet, id003, ssp
from drivers.acceptors.probe.talk import Probe
from drivers.acceptors.ssp.open_ssp import ssp_line
from drivers.transports.serial_port import SerialSettings


def _ccnet_fast(port: str) -> SerialSettings:
    return ccnet_line(port, 19200)


def _id003_fast(port: str) -> SerialSettings:
    return id003_line(port, 19200)


PROBES: Final = (
    Probe(protocol="ccnet", line=ccnet_line, talk=ccnet.talk),
    Probe(protocol="id003", line=id003_line, talk=id003.talk),
    Probe(protocol="ccnet", line=_ccnet_fast, talk=ccnet.talk),
    Probe(protocol="id003", line=_id003_fast, talk=id003.talk),
    Probe(protocol="ssp", line=ssp_line, talk=ssp.talk),
)
