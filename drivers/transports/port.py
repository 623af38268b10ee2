"""What a driver needs of a serial line, and the one error that a line can make."""

from typing import Protocol


class TransportError(Exception):
    """The line cannot be opened, or is gone. The text names the port and says what to check."""


class LineBlockedError(TransportError):
    """The other side took no bytes for too long; the line itself is still there."""


class Port(Protocol):
    """An open serial line."""

    def read(self, timeout_s: float | None) -> bytes:
        """Whatever has arrived; waits for the first byte until `timeout_s` or `wake`.

        Empty when neither came in time. None waits for ever. Raises TransportError.
        """

    def write(self, data: bytes) -> None:
        """Send all of it. Raises TransportError; LineBlockedError when nobody takes it in time."""

    def wake(self) -> None:
        """End a `read` of another thread, or the next one, at once. Never raises."""

    def close(self) -> None:
        """Give the line back. Never raises."""
