"""The highest numbers ever given, in a file beside the journal that outlives it.

A payment's number is its identity at the backend for ever: a journal that was damaged, lost or put
back as it was earlier must not give one twice. So the mark moves, durably, before a record that gives
a number is written: it may be one ahead of the journal, never behind. Until that record is known to
be written its numbers are free, but only to a journal that holds the place at which they were marked:
one put back from before it may have recorded them in the life that was lost.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from offline_queue.journal.chain import ChainKey, Mac
from offline_queue.journal.chain_end import ChainEnd
from offline_queue.journal.sealed_file import SealedFile

Numbers = dict[str, int]
"""The last number given, by the name of its counter."""


class NumberGivenError(Exception):
    """A number was to be given that was given before."""

    def __init__(self, path: Path, name: str, number: int, last: int) -> None:
        super().__init__(f"{path}: {name} {number} was given before; the last one was {last}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """What a mark holds.

    Attributes:
        numbers: the last ones given.
        free: names of those whose record need not have been written.
        after: where the chain ended when they were marked; None where nothing is free.
    """

    numbers: Numbers
    free: frozenset[str] = frozenset()
    after: ChainEnd | None = None


class NumberMark:
    """The mark of the journal at `journal`."""

    def __init__(self, journal: Path, key: ChainKey) -> None:
        self._file = SealedFile(mark_path(journal), key, "numbers")
        self._known: Marked | None = None

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
        marked = self.look()
        return None if marked is None else dict(marked.numbers)

    def look(self) -> Marked | None:
        """As `read`, with what is free."""
        content = self._file.read()
        self._known = None if content is None else _marked(content)
        return self._known

    def give(self, numbers: Numbers, after: ChainEnd) -> None:
        """Mark numbers that are about to be given; durable when this returns. None may have been
        given before, but for those whose record was not written. `after` is the chain's end now.

        Raises:
            NumberGivenError: one was; nothing was changed.
            SealBrokenError, OSError: it could not be made so; the numbers must not be given.
        """
        known = self._known or self.look() or Marked(numbers={})
        for name, number in numbers.items():
            last = known.numbers.get(name, 0)
            if number < last or (number == last > 0 and name not in known.free):
                raise NumberGivenError(self.path, name, number, last)
        if any(number > known.numbers.get(name, 0) for name, number in numbers.items()):
            free = known.free | numbers.keys()
            self._write(Marked(numbers=known.numbers | numbers, free=free, after=after))

    def settle(self, names: Iterable[str]) -> None:
        """The records that gave the last numbers of these are written: those are free no more.

        Raises:
            SealBrokenError, OSError: it could not be made so.
        """
        known = self._known or self.look()
        if known is None or known.free.isdisjoint(names):
            return
        free = known.free - frozenset(names)
        after = known.after if free else None
        self._write(Marked(numbers=known.numbers, free=free, after=after))

    def raise_to(self, numbers: Numbers) -> None:
        """Never give these again, nor any below; durable when this returns.

        Raises:
            SealBrokenError, OSError: it could not be made so.
        """
        known = self._known or self.look()
        held = known or Marked(numbers={})
        higher = {name: last for name, last in numbers.items() if last > held.numbers.get(name, 0)}
        if higher or known is None:
            free = held.free - higher.keys()
            after = held.after if free else None
            self._write(Marked(numbers=held.numbers | higher, free=free, after=after))

    def begin(self, numbers: Numbers) -> None:
        """Write the mark anew, whatever stands there: only for numbers that a sound journal proves.

        Raises:
            OSError: it could not be written.
        """
        self._write(Marked(numbers=dict(numbers)))

    def _write(self, marked: Marked) -> None:
        self._known = None
        self._file.write(_content(marked))
        self._known = marked


def _content(marked: Marked) -> dict[str, Any]:
    content: dict[str, Any] = {"numbers": marked.numbers}
    if marked.after is not None:
        seq, mac = marked.after
        content["free"] = {"names": sorted(marked.free), "seq": seq, "mac": mac.hex()}
    return content


def _marked(content: dict[str, Any]) -> Marked:
    if "numbers" not in content:  # an earlier program's: nothing is said of what is free
        return Marked(numbers={name: int(last) for name, last in content.items()})
    numbers = {name: int(last) for name, last in content["numbers"].items()}
    free = content.get("free")
    if free is None:
        return Marked(numbers=numbers)
    after = ChainEnd(int(free["seq"]), Mac(bytes.fromhex(free["mac"])))
    return Marked(numbers=numbers, free=frozenset(free["names"]), after=after)


def mark_path(journal: Path) -> Path:
    """Where the mark of a journal lies."""
    return journal.with_suffix(".numbers")
