"""The shape of every host half: bytes and time in, events and bytes out.

One shell (`drivers.acceptors.thread`) drives any of them on a serial line, and the simulation
drives the same ones under simulated time. A host half must never block, sleep, log or read a
clock.
"""

from typing import Protocol

from drivers.acceptors.contract import AcceptorEvent, BillAcceptor


class AcceptorHost(BillAcceptor, Protocol):
    """A host half. Times are monotonic seconds.

    The commands of `BillAcceptor` take effect at the next `receive` or `tick`, so whoever gives one
    calls `tick` right after it. None of these methods is safe for several threads.
    """

    def receive(self, data: bytes, now: float) -> list[AcceptorEvent]:
        """Take bytes from the wire."""

    def tick(self, now: float) -> list[AcceptorEvent]:
        """Let time pass; does whatever is due."""

    def data_to_send(self) -> bytes:
        """Take the bytes that belong on the wire now; empty when there are none."""

    def next_deadline(self) -> float | None:
        """When `tick` has something to do next; None when nothing is planned."""

    def port_opened(self, now: float) -> list[AcceptorEvent]:
        """The line is open, for the first time or again: what was on its way before is lost."""

    def port_lost(self, now: float) -> list[AcceptorEvent]:
        """The line is gone; nothing is sent before `port_opened`."""
