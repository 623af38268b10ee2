"""A serial transport in the shape that the printer's thread wants: so many bytes, in so much time.

What arrives beyond the bytes asked for is kept for the next read.
"""

from drivers.transports.port import Port as Transport


class SerialLine:
    """See `drivers.printers.port.Port`; errors are the transport's own."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._kept = b""

    def read(self, size: int, timeout: float) -> bytes:
        """At most `size` bytes; nothing when `timeout` seconds pass in silence."""
        if not self._kept:
            self._kept = self._transport.read(timeout)
        data, self._kept = self._kept[:size], self._kept[size:]
        return data

    def write(self, data: bytes) -> None:
        """Send all of it."""
        self._transport.write(data)

    def close(self) -> None:
        """Give the line back."""
        self._transport.close()
