"""The pseudo-terminal that the simulated printer hangs on.

The simulator keeps the far end open itself, so that a terminal may close and open it again at will;
only `unplug` takes the line away, and a terminal then sees a dead device as with a pulled cable.
"""

import contextlib
import os
import pty
import tty
from pathlib import Path

_READ_SIZE = 4096


class PrinterLine:
    """A pty in raw mode, with a stable name when `link` is given."""

    def __init__(self, link: Path | None) -> None:
        self._link = link
        self._near: int | None = None
        self._far: int | None = None
        self.path = ""
        self.plug()

    @property
    def fileno(self) -> int | None:
        """The descriptor to watch, or None while unplugged."""
        return self._near

    def plug(self) -> None:
        """Make a fresh pty and let the link point at it; nothing when plugged already."""
        if self._near is not None:
            return
        self._near, self._far = pty.openpty()
        tty.setraw(self._far)
        os.set_blocking(self._near, False)
        self.path = os.ttyname(self._far)
        if self._link is not None:
            self._point_link(self._link)

    def unplug(self) -> None:
        """Take the line away; nothing when it is away already."""
        if self._link is not None:
            self._link.unlink(missing_ok=True)
        for descriptor in (self._near, self._far):
            if descriptor is not None:
                os.close(descriptor)
        self._near = self._far = None

    def read(self) -> bytes:
        """Return what came in; empty when nothing did."""
        if self._near is None:
            return b""
        try:
            return os.read(self._near, _READ_SIZE)
        except BlockingIOError:
            return b""

    def write(self, data: bytes) -> None:
        """Send answers. Nobody reading for long loses them, as on a real line."""
        if self._near is None or not data:
            return
        with contextlib.suppress(BlockingIOError):
            os.write(self._near, data)

    def _point_link(self, link: Path) -> None:
        fresh = link.with_name(f".{link.name}.{os.getpid()}")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(self.path)
        fresh.replace(link)
