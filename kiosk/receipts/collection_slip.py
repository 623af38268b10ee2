"""The slip of a collection: what the journal expects in the box, and which notes are in question.

It is for the collector and for whoever counts the cassette; it names no customer. Takes counts that
are computed elsewhere and multiplies a denomination by its count, nothing more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kiosk.receipts.errors import SumsDoNotAddUpError
from kiosk.receipts.figures import moment_text, money_text, short_moment_text
from kiosk.receipts.finish import Facts
from kiosk.receipts.issuer import Parts, SlipHead, head_parts
from kiosk.receipts.model import Block, Feed, Pair, Part, Size, SlipKind, Text
from kiosk.receipts.wording import Wording

_ROUBLES = "RUB"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipCount:
    """So many notes of one denomination (kopecks)."""

    minor: int
    count: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipNote:
    """A note in question. `minor` is None where its value is unknown, `at` where its time is."""

    cycle: str
    minor: int | None = None
    currency: str
    at: datetime | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionSlipData:
    """All that a collection's slip shows. Sums in kopecks; moments carry their zone; `since` is None
    for a period without a beginning on record.
    """

    head: SlipHead
    number: int
    operator: str
    since: datetime | None = None
    counts: tuple[SlipCount, ...]
    payments: int
    disputed: tuple[SlipNote, ...] = ()
    suspense: tuple[SlipNote, ...] = ()
    openings: int = 0

    @property
    def kind(self) -> SlipKind:
        """See `SlipData`."""
        return SlipKind.COLLECTION

    def check(self) -> None:
        """Raise SumsDoNotAddUpError for a negative count or value."""
        if any(one.minor < 0 or one.count < 0 for one in self.counts):
            raise SumsDoNotAddUpError("a count of notes is negative")

    def parts(self, wording: Wording) -> Parts:
        """See `SlipData`."""
        return {
            **head_parts(self.head, wording, subject=wording.say("mark.collection")),
            Part.PERIOD: tuple(self._period(wording)),
            Part.COUNTS: tuple(count_blocks(self.counts, wording)),
            Part.NOTES: tuple(self._notes(wording)),
            Part.SIGNATURES: (
                Feed(),
                Text(text=wording.say("collection.gave")),
                Feed(),
                Text(text=wording.say("collection.took")),
            ),
        }

    def facts(self) -> Facts:
        """See `SlipData`."""
        return {"number": self.number, "payments": self.payments, "operator": self.operator}

    def _period(self, wording: Wording) -> Iterator[Block]:
        yield Pair(left=wording.say("collection.number"), right=str(self.number), bold=True)
        yield Pair(left=wording.say("collection.operator"), right=self.operator)
        if self.since is not None:
            yield Pair(left=wording.say("collection.since"), right=moment_text(self.since))
        until = moment_text(self.head.printed_at)
        yield Pair(left=wording.say("collection.until"), right=until)
        yield Pair(left=wording.say("collection.payments"), right=str(self.payments))

    def _notes(self, wording: Wording) -> Iterator[Block]:
        yield from note_blocks(self.disputed, "collection.disputed", wording)
        yield from note_blocks(self.suspense, "collection.suspense", wording)
        if self.openings:
            openings = str(self.openings)
            yield Pair(left=wording.say("collection.openings"), right=openings, bold=True)


def count_blocks(counts: tuple[SlipCount, ...], wording: Wording) -> Iterator[Block]:
    """Notes by denomination, their number, and a total for each currency."""
    for one in counts:
        note = _face(one.minor, one.currency, wording)
        face = wording.say("collection.face", note=note, count=str(one.count))
        yield Pair(left=face, right=money_of(one.minor * one.count, one.currency, wording))
    pieces = sum(one.count for one in counts)
    yield Pair(left=wording.say("collection.pieces"), right=str(pieces))
    # A note of another currency may lie in the box, in suspense: it has a total of its own.
    for currency in dict.fromkeys((_ROUBLES, *(one.currency for one in counts))):
        total = sum(one.minor * one.count for one in counts if one.currency == currency)
        yield Pair(
            left=wording.say("collection.total"),
            right=money_of(total, currency, wording),
            bold=True,
            size=Size.TALL,
        )


def note_blocks(notes: tuple[SlipNote, ...], title: str, wording: Wording) -> Iterator[Block]:
    """How many notes are in question, and each with its value, moment and evidence."""
    yield Pair(left=wording.say(title), right=str(len(notes)), bold=bool(notes))
    for note in notes:
        at = "" if note.at is None else short_moment_text(note.at)
        value = (
            wording.say("sums.value_unknown")
            if note.minor is None
            else money_of(note.minor, note.currency, wording)
        )
        yield Pair(left=at, right=value)
        yield Text(text=" | ".join((note.cycle, *note.evidence)))


def _face(minor: int, currency: str, wording: Wording) -> str:
    """What stands on a note: whole roubles, as nobody prints kopecks on one."""
    text = money_of(minor, currency, wording)
    return text.replace(",00", "") if minor % 100 == 0 else text


def money_of(minor: int, currency: str, wording: Wording) -> str:
    """A sum with the name of its currency."""
    if currency == _ROUBLES:
        return wording.say("sums.money", sum=money_text(minor))
    return f"{money_text(minor)} {currency}"
