"""Which notes may rightly be in doubt after a soak: each has a reason of its own.

A machine that counts what it stacks, or that tells of a note until it is heard, leaves no doubt. One
without a word for a note that went back forgets it with its power: when nobody had heard of it by
then, nobody can know. Found while terminal and acceptor are both dark, so that nothing moves.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from offline_queue.journal.queries import NoteRow

_KOPECKS = 100


def forgotten(status: Mapping[str, Any], open_notes: Iterable[NoteRow]) -> frozenset[str]:
    """Cycles of the notes whose return the acceptor forgets now.

    Args:
        status: what the acceptor, without power, says of itself.
        open_notes: of which the journal knows no end.
    """
    if status["has_counter"] or status["inside"] is not None or not status["returned"]:
        return frozenset()
    went_back = status["returned"][-1] * _KOPECKS
    return frozenset(note.cycle for note in open_notes if note.minor == went_back)
