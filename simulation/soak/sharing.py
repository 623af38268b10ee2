"""How the kills of one soak are shared out over the protocols: none is left without."""

from collections.abc import Iterator, Sequence

from simulation.acceptor.protocols import ProtocolName


def shared_out(kills: int, protocols: Sequence[ProtocolName]) -> Iterator[tuple[ProtocolName, int]]:
    """Each protocol with its kills; the first ones get what does not go evenly. One that would get
    none is left out.
    """
    each, rest = divmod(kills, len(protocols))
    for place, protocol in enumerate(protocols):
        if share := each + (place < rest):
            yield protocol, share
