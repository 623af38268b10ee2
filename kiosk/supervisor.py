"""Tells the supervisor how this process stands, in the datagrams of systemd's `sd_notify`.

Where nobody asks for it (`NOTIFY_SOCKET` is not set) nothing is sent. A supervisor that cannot be
told must never stop a terminal.
"""

import socket
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

SHARE: Final = 4
"""How many signs of life fit into the time after which the supervisor takes us for dead: one may be
late on a busy machine.
"""


_RUNS: Final = "the terminal runs"


class Supervisor:
    """One supervisor.

    Args:
        address: where it listens, `@` for an abstract name; None: nobody does.
        patience_s: after how long without a sign of life it starts us anew; None: it never does.
    """

    def __init__(self, address: str | None, patience_s: float | None = None) -> None:
        self._address = address
        self.patience_s = patience_s

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> "Supervisor":
        """The one that this environment names.

        `WATCHDOG_PID` is not looked at: it names the program that the unit starts, which is the
        compositor, and this process is its child (`NotifyAccess=all` in the unit).
        """
        waits = environment.get("WATCHDOG_USEC", "")
        patience_s = int(waits) / 1e6 if waits.isdecimal() and int(waits) else None
        return cls(environment.get("NOTIFY_SOCKET") or None, patience_s)

    @property
    def beat_s(self) -> float | None:
        """How often it wants a sign of life; None: never."""
        if self._address is None or self.patience_s is None:
            return None
        return self.patience_s / SHARE

    def ready(self) -> None:
        """The window has painted and the terminal runs."""
        self._tell(f"READY=1\nSTATUS={_RUNS}")

    def alive(self, doing: str = _RUNS) -> None:
        """Everything that must move has moved since the last time. What it does is for whoever asks
        for the unit's state. That it is ready is said again:
        where the first word was lost, the supervisor would end a terminal that serves.
        """
        self._tell(f"WATCHDOG=1\nREADY=1\nSTATUS={doing}")

    def silent(self, why: str) -> None:
        """Say, for whoever asks for the unit's state, what does not move; no sign of life."""
        self._tell(f"STATUS={why}")

    def stopping(self) -> None:
        """We were asked to end."""
        self._tell("STOPPING=1")

    def _tell(self, words: str) -> None:
        if self._address is None:
            return
        address = "\0" + self._address[1:] if self._address.startswith("@") else self._address
        with (
            suppress(OSError),
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as to,
        ):
            to.setblocking(False)
            to.sendto(words.encode(), address)
