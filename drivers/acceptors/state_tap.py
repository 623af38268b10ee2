"""Hears on the line what state a device reports, for a technician who watches it.

A `Tap`: sees what crosses the line and never changes it. Acknowledgements and plain data are no
states; what is encrypted stays closed.
"""

from collections.abc import Callable
from typing import Final

from drivers.transports.wire_trace import Explainer

_NO_STATES: Final = ("ack", "nak", "ok", "answer to ", "encrypted", "nothing to tell")


class StateTap:
    """Implements `drivers.transports.wire_trace.Tap`.

    Args:
        explainer: puts the protocol's traffic into words.
        say: takes each state that is reported, again and again, on the driver's thread.
    """

    def __init__(self, explainer: Explainer, say: Callable[[str], None]) -> None:
        self._explainer = explainer
        self._say = say

    def crossed(self, data: bytes, *, to_device: bool) -> None:
        """See `Tap.crossed`."""
        for words in self._explainer.explain(data, to_device=to_device):
            if not to_device and not words.startswith(_NO_STATES):
                self._say(words)
