"""The interface of a simulated acceptor, the same for every protocol.

Simulator, controls, bench, proof and contract suite know a `Machine` and nothing more. The paper
is in `body` and the line's faults are in `trouble`, both shared by all protocols; people and bad luck
act on `body` by its methods and by the functions of `drivers.acceptors.device_half.mishaps`. It must
never show a byte of any protocol.
"""

from collections.abc import Mapping
from typing import Protocol

from drivers.acceptors.device_half.line_trouble import LineTrouble
from drivers.acceptors.device_half.mechanism import Mechanism
from drivers.acceptors.device_half.phases import Phase


class Machine(Protocol):
    """A device half. Times in monotonic seconds; not safe for several threads."""

    @property
    def body(self) -> Mechanism:
        """The metal: where every piece of paper is."""

    @property
    def trouble(self) -> LineTrouble:
        """What is wrong with its words."""

    @property
    def has_counter(self) -> bool:
        """It tells the host how many notes it ever stacked."""

    @property
    def values(self) -> tuple[int, ...]:
        """Denominations that it knows, in whole units, smallest first."""

    @property
    def failures(self) -> Mapping[int, str]:
        """Codes with which it can fail, with their names."""

    @property
    def power_ups(self) -> Mapping[str, Phase]:
        """The protocol's own words for the ways in which it can come up again."""

    @property
    def shown(self) -> str:
        """What it says of itself now, in the protocol's words."""

    # --- the wire -------------------------------------------------------------------------------

    def receive(self, data: bytes, now: float) -> None:
        """Take bytes from the line."""

    def tick(self, now: float) -> None:
        """Let time pass."""

    def data_to_send(self) -> bytes:
        """Take the bytes that belong on the line now."""

    def next_deadline(self) -> float | None:
        """When `tick` has something to do."""

    # --- people and power -----------------------------------------------------------------------

    def insert(self, value: int | None, now: float) -> bool:
        """Offer a note by its value in whole units, a coupon by COUPON, a counterfeit by None.

        False when it is not drawn in.
        """

    def power_cut(self) -> None:
        """Cut the power; the line is dead until `power_on`. Harmless when it is cut already."""

    def power_on(self, outcome: Phase | None = None) -> None:
        """Give power again, see `mishaps.power_on`."""
