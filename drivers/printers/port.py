"""The little that a printer needs from a line of bytes.

Any transport that fits may stand behind it. It must never know what a printer is.
"""

from typing import Protocol


class Port(Protocol):
    """An open two-way line of bytes. A dead line raises the transport's own error."""

    def read(self, timeout_s: float) -> bytes:
        """Whatever has arrived; waits for the first byte until `timeout_s`, then empty."""

    def write(self, data: bytes) -> None:
        """Send all of `data`, or raise when the line does not take it in time."""

    def close(self) -> None:
        """Give the line back."""
