"""What crosses a serial line, written down for a technician: time, direction, hex, meaning.

Off until switched on, at any moment and from any thread; a *switch file* beside the trace does it
from outside the process. Two files of bounded size hold the newest traffic. A trace must never
disturb the line: what the disk refuses is lost, and a reader of meanings that fails is left out.
"""

import contextlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from drivers.transports.port import Port

SWITCH_SUFFIX: Final = ".on"
OLDER_SUFFIX: Final = ".1"


class Explainer(Protocol):
    """Reads meanings off the bytes of one protocol; keeps what it needs from one call to the next."""

    def explain(self, data: bytes, *, to_device: bool) -> list[str]:
        """The frames that these bytes complete, in plain words."""


class Tap(Protocol):
    """Sees what crosses a line."""

    def crossed(self, data: bytes, *, to_device: bool) -> None:
        """These bytes were sent, or have arrived. Must be quick and never raise."""


class WireTrace:
    """The trace of one device; a `Tap`.

    Args:
        path: the newer of the two files; the older has the suffix `.1`, the switch file `.on`.
        max_bytes: how large each of the two may grow.
        clock: wall-clock time, zone-aware.
        explainer: gives the meanings; without one only the bytes are written.
    """

    def __init__(
        self,
        path: Path,
        *,
        max_bytes: int,
        clock: Callable[[], datetime],
        explainer: Explainer | None = None,
    ) -> None:
        self._path = path
        self._max_bytes = max_bytes
        self._clock = clock
        self._explainer = explainer
        self._switch_file = switch_file(path)
        self._switched_on = False

    def switch(self, *, on: bool) -> None:
        """Begin or end to write; the switch file does so too, for as long as it is there."""
        self._switched_on = on

    @property
    def is_on(self) -> bool:
        """Whether traffic is written down now."""
        return self._switched_on or self._switch_file.exists()

    def crossed(self, data: bytes, *, to_device: bool) -> None:
        """See `Tap.crossed`."""
        if data and self.is_on:
            with contextlib.suppress(OSError):
                self._write(self._line(data, to_device=to_device))

    def _line(self, data: bytes, *, to_device: bool) -> str:
        stamp = self._clock().isoformat(timespec="milliseconds")
        arrow = ">" if to_device else "<"
        meaning = "; ".join(self._meanings(data, to_device=to_device))
        return f"{stamp} {arrow} {data.hex(' ').upper()}{'  ' + meaning if meaning else ''}\n"

    def _meanings(self, data: bytes, *, to_device: bool) -> list[str]:
        if self._explainer is None:
            return []
        try:
            return self._explainer.explain(data, to_device=to_device)
        except Exception as error:  # noqa: BLE001 - a reader of meanings must not stop the line
            return [f"not explained: {type(error).__name__}"]

    def _write(self, line: str) -> None:
        if self._path.exists() and self._path.stat().st_size + len(line) > self._max_bytes:
            self._path.replace(self._path.with_name(self._path.name + OLDER_SUFFIX))
        with self._path.open("a", encoding="utf-8") as file:
            file.write(line)


def switch_file(path: Path) -> Path:
    """The file whose being there switches the trace at `path` on."""
    return path.with_name(path.name + SWITCH_SUFFIX)


class TracedPort:
    """A line whose traffic a tap sees; in all else the line itself."""

    def __init__(self, port: Port, tap: Tap) -> None:
        self._port = port
        self._tap = tap

    def read(self, timeout_s: float | None) -> bytes:
        """See `Port.read`."""
        data = self._port.read(timeout_s)
        self._tap.crossed(data, to_device=False)
        return data

    def write(self, data: bytes) -> None:
        """See `Port.write`."""
        self._port.write(data)
        self._tap.crossed(data, to_device=True)

    def wake(self) -> None:
        """See `Port.wake`."""
        self._port.wake()

    def close(self) -> None:
        """See `Port.close`."""
        self._port.close()
