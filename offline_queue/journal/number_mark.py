"""The highest numbers ever given, in a file beside the journal that outlives it.

A payment's number is its identity at the backend for ever: a journal that was damaged, lost or put
back as it was earlier must not give one twice. So the mark moves, durably, before a record that gives
a number is written: it may be one ahead of the journal, never behind.
"""

from pathlib import Path

from offline_queue.journal.chain import ChainKey
from offline_queue.journal.sealed_file import SealedFile

Numbers = dict[str, int]
"""The last number given, by the name of its counter."""


class NumberGivenError(Exception):
    """A number was to be given that was given before."""

    def __init__(self, path: Path, name: str, number: int, last: int) -> None:
        super().__init__(f"{path}: {name} {number} was given before; the last one was {last}")


class NumberMark:
    """The mark of the journal at `journal`."""

    def __init__(self, journal: Path, key: ChainKey) -> None:
        self._file = SealedFile(mark_path(journal), key, "numbers")
        self._known: Numbers | None = None

    @property
    def path(self) -> Path:
        """Where the mark lies."""
        return self._file.path

    def read(self) -> Numbers | None:
        """The last numbers given; None where there is no mark.

        Raises:
            SealBrokenError: the mark was changed, spoilt, or belongs to another key.
            OSError: it cannot be read.
        """
        content = self._file.read()
        self._known = None if content is None else {name: int(content[name]) for name in content}
        return None if self._known is None else dict(self._known)

    def raise_to(self, numbers: Numbers) -> None:
        """Never give these again, nor any below; durable when this returns.

        Raises:
            SealBrokenError, OSError: it could not be made so; the numbers must not be given.
        """
        known = self._known if self._known is not None else self.read() or {}
        higher = {name: value for name, value in numbers.items() if value > known.get(name, 0)}
        if higher or self._known is None:
            self._write(known | higher)

    def give(self, numbers: Numbers) -> None:
        """As `raise_to`, for numbers that are about to be given: none may be below the last one. The
        last one itself may, because its record need not have been written.

        Raises:
            NumberGivenError: one is; nothing was changed.
            SealBrokenError, OSError: as `raise_to`.
        """
        known = self._known if self._known is not None else self.read() or {}
        for name, number in numbers.items():
            if number < known.get(name, 0):
                raise NumberGivenError(self.path, name, number, known[name])
        self.raise_to(numbers)

    def begin(self, numbers: Numbers) -> None:
        """Write the mark anew, whatever stands there: only for numbers that a sound journal proves.

        Raises:
            OSError: it could not be written.
        """
        self._write(dict(numbers))

    def _write(self, numbers: Numbers) -> None:
        self._known = None
        self._file.write(dict(numbers))
        self._known = numbers


def mark_path(journal: Path) -> Path:
    """Where the mark of a journal lies."""
    return journal.with_suffix(".numbers")
