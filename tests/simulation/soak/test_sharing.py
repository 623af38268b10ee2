"""A soak's kills are shared out: every protocol gets some, none gets lost."""

import pytest

from simulation.acceptor.protocols import ProtocolName
from simulation.soak.sharing import shared_out

ALL = tuple(ProtocolName)


@pytest.mark.parametrize(
    ("kills", "shares"), [(200, [67, 67, 66]), (3, [1, 1, 1]), (2, [1, 1]), (1, [1])]
)
def test_kills_are_shared_out_over_all_protocols(kills, shares):
    found = list(shared_out(kills, ALL))
    assert [share for _, share in found] == shares
    assert [protocol for protocol, _ in found] == list(ALL)[: len(shares)]


def test_one_protocol_gets_them_all():
    assert list(shared_out(7, (ProtocolName.SSP,))) == [(ProtocolName.SSP, 7)]
