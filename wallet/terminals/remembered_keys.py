"""Public keys that were in force when they were looked up, so that a signature can be judged before
the database is asked anything. A key id names one public key for ever; whether it is still in force
is for the guard to say, request by request. It must never be the last word on a key.
"""

import threading
from typing import Final

from wallet.terminals.keyring import InForce, KeyRing

_MOST: Final = 200_000
"""Keys of all terminals; some 400 bytes each."""


class RememberedKeys:
    """What `KeyRing.find` found. Thread-safe; blocks where it has to look."""

    def __init__(self, ring: KeyRing, most: int = _MOST) -> None:
        self._ring = ring
        self._most = most
        self._known: dict[tuple[str, str], InForce] = {}
        self._lock = threading.Lock()

    def find(self, terminal_id: str, key_id: str) -> InForce | None:
        """The key of this terminal and id, which was in force when it was looked up."""
        return self.remembered(terminal_id, key_id) or self.look_up(terminal_id, key_id)

    def remembered(self, terminal_id: str, key_id: str) -> InForce | None:
        """The same without looking it up: never blocks."""
        return self._known.get((terminal_id, key_id))

    def look_up(self, terminal_id: str, key_id: str) -> InForce | None:
        """The key of this terminal and id, which is in force now; remembered from now on."""
        found = self._ring.find(terminal_id, key_id)
        # One that still replaces another is looked up until it has taken over.
        if found is not None and found.replaces is None:
            with self._lock:
                if len(self._known) >= self._most:
                    del self._known[next(iter(self._known))]
                self._known[terminal_id, key_id] = found
        return found

    def look_all_up(self) -> None:
        """Remember every key in force, as far as there is room."""
        found = self._ring.settled(self._most)
        with self._lock:
            self._known.update({(terminal_id, key_id): it for terminal_id, key_id, it in found})

    def forget(self, terminal_id: str, key_id: str) -> None:
        """It is not in force any more."""
        with self._lock:
            self._known.pop((terminal_id, key_id), None)
