"""What a terminal must remember of an ID-003 device to name a note that an earlier life let in.

A VEND VALID often says no denomination, and a device may refuse its table while it holds a note. So
the table and the code that was in escrow last are made durable before the note is decided on. Losing
them loses no money, for a note without a name becomes a dispute; keeping a wrong code would. What
cannot be written is therefore taken away, and where even that fails the note is not let in.
"""

import contextlib
import json
from dataclasses import dataclass
from pathlib import Path

from drivers.acceptors.kept_file import read_kept, remove_kept, replace_kept, warn


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What outlives the process.

    `table` is the data of a CURRENCY answer, `escrow` the code that was in escrow last. `mark` stands
    in a volatile register of the device, too, if nobody has reset it since; 0 for none.
    """

    table: bytes = b""
    escrow: int | None = None
    mark: int = 0

    def to_bytes(self) -> bytes:
        """For `from_bytes`, also of later versions."""
        kept = {"table": self.table.hex(), "escrow": self.escrow, "mark": self.mark}
        return json.dumps(kept).encode()

    @classmethod
    def from_bytes(cls, raw: bytes | None) -> "Kept":
        """What was kept; nothing where that cannot be read."""
        with contextlib.suppress(ValueError, KeyError, TypeError, RecursionError):
            said = json.loads(raw or b"{}")
            escrow, mark = said["escrow"], said["mark"]
            table = bytes.fromhex(said["table"])
            if (escrow is None or _is_byte(escrow)) and _is_byte(mark):
                return cls(table=table, escrow=escrow, mark=mark)
        return cls()


def _is_byte(value: object) -> bool:
    return type(value) is int and 0 <= value <= 0xFF


class DeviceMemory:
    """One file; `read` and `write` fit `known` and `remember` of `Id003Host`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> bytes | None:
        """What was written last, None where there is nothing that can be read."""
        return read_kept(self._path, or_warn="device_memory_not_read")

    def write(self, kept: bytes) -> bool:
        """Replace the file in one step. False when what stands there now may be something older."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            replace_kept(self._path, kept)
        except OSError as error:
            warn("device_memory_not_kept", error)
            return self._take_away()
        return True

    def _take_away(self) -> bool:
        try:
            remove_kept(self._path)
        except OSError as error:
            warn("device_memory_is_stale", error)
            return False
        return True
