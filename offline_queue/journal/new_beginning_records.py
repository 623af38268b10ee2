"""Records with which a journal begins anew after another one, or after what it has lost.

`offline_queue.journal.records` joins these kinds to the others. They must hold nothing of a customer:
no account, no phone.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalSetAside:
    """This journal goes on where a damaged one ended, which lies in `place` for a person.

    Attributes:
        place: the folder of the damaged journal, beside this one.
        why: what was found wrong with it.
        last_seq: the last record that could be read there; 0 where none could.
        session: the session that was open there, where there was one.
        unfinished: payments that stand there without a final answer; nobody delivers them by itself.
        cash: currency, minor units and count of the notes in the cassette by the damaged journal,
            without those that are recorded anew as suspense.
        last_note: cycle, minor units, currency and state of the note whose end was recorded last
            there, where it is known and is not recorded anew: the acceptor may tell of it again.
        notes: how many notes are recorded anew, after this record and the next.
    """

    kind: Literal["journal_set_aside"] = "journal_set_aside"
    place: str
    why: str
    last_seq: int
    session: str | None
    unfinished: tuple[int, ...]
    cash: tuple[tuple[str, int, int], ...]
    last_note: tuple[str, int, str, str] | None = None
    notes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbersSkipped:
    """Numbers up to these (by the name of their counter) may have been given and are never given
    again, though this journal does not know what for.
    """

    kind: Literal["numbers_skipped"] = "numbers_skipped"
    numbers: tuple[tuple[str, int], ...]
    why: str
