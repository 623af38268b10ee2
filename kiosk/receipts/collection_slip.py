"""The slip of a collection: what the journal expects in the box, and which notes are in question.

It is for the collector and for whoever counts the cassette; it names no customer. Takes counts that
are computed elsewhere and multiplies a denomination by its count, nothing more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import structlog

from kiosk.receipts.errors import ReceiptError
from kiosk.receipts.figures import moment_text, money_text
from kiosk.receipts.finish import (
    Mandatory,
    SlipIssuer,
    finish_slip,
    head_blocks,
    minimal_receipt,
)
from kiosk.receipts.marks import mark_blocks
from kiosk.receipts.model import Block, Feed, Pair, Receipt, Rule, Size, SlipKind, SlipModel, Text
from kiosk.receipts.wording import Wording

COLLECTION_TEMPLATE_VERSION = "collection-1"
_ROUBLES = "RUB"

_log = structlog.get_logger(__name__)


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
    minor: int | None
    currency: str
    at: datetime | None
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionSlipData:
    """All that a collection's slip shows. Sums in kopecks; moments carry their zone; `since` is None
    for a period without a beginning on record.
    """

    issuer: SlipIssuer
    receipt_number: int
    printed_at: datetime
    number: int
    operator: str
    since: datetime | None
    counts: tuple[SlipCount, ...]
    payments: int
    disputed: tuple[SlipNote, ...]
    suspense: tuple[SlipNote, ...]
    openings: int
    copy: bool = False


def collection_receipt(data: CollectionSlipData, wording: Wording) -> Receipt:
    """Make the slip of a collection; a failing template gives way to the built-in minimal slip."""
    mandatory = Mandatory(
        issuer=data.issuer,
        receipt_number=data.receipt_number,
        printed_at=data.printed_at,
        sums=None,
    )
    try:
        subject = wording.say("mark.collection")
        blocks = (
            *mark_blocks(data.issuer, wording, copy=data.copy, subject=subject),
            *head_blocks(mandatory, wording),
            *_blocks(data, wording),
        )
        model = SlipModel(
            kind=SlipKind.COLLECTION, template_version=COLLECTION_TEMPLATE_VERSION, blocks=blocks
        )
        return finish_slip(model, mandatory, wording)
    except ReceiptError:
        _log.exception("slip_template_refused", receipt=data.receipt_number)
        return minimal_receipt(SlipKind.COLLECTION, mandatory, wording)


def _blocks(data: CollectionSlipData, wording: Wording) -> Iterator[Block]:
    yield Pair(left=wording.say("collection.number"), right=str(data.number), bold=True)
    yield Pair(left=wording.say("collection.operator"), right=data.operator)
    if data.since is not None:
        yield Pair(left=wording.say("collection.since"), right=moment_text(data.since))
    yield Pair(left=wording.say("collection.until"), right=moment_text(data.printed_at))
    yield Pair(left=wording.say("collection.payments"), right=str(data.payments))
    yield Rule()
    yield from _count_blocks(data.counts, wording)
    yield Rule()
    yield from _notes(data.disputed, "collection.disputed", wording)
    yield from _notes(data.suspense, "collection.suspense", wording)
    if data.openings:
        yield Pair(left=wording.say("collection.openings"), right=str(data.openings), bold=True)
    for party in ("collection.gave", "collection.took"):
        yield Feed()
        yield Text(text=wording.say(party))


def _count_blocks(counts: tuple[SlipCount, ...], wording: Wording) -> Iterator[Block]:
    for one in counts:
        note = _money(one.minor, one.currency, wording)
        face = wording.say("collection.face", note=note, count=str(one.count))
        yield Pair(left=face, right=_money(one.minor * one.count, one.currency, wording))
    pieces = sum(one.count for one in counts)
    yield Pair(left=wording.say("collection.pieces"), right=str(pieces))
    # A note of another currency may lie in the box, in suspense: it has a total of its own.
    for currency in dict.fromkeys((_ROUBLES, *(one.currency for one in counts))):
        total = sum(one.minor * one.count for one in counts if one.currency == currency)
        yield Pair(
            left=wording.say("collection.total"),
            right=_money(total, currency, wording),
            bold=True,
            size=Size.TALL,
        )


def _notes(notes: tuple[SlipNote, ...], title: str, wording: Wording) -> Iterator[Block]:
    yield Pair(left=wording.say(title), right=str(len(notes)), bold=bool(notes))
    for note in notes:
        at = "" if note.at is None else moment_text(note.at)
        value = (
            wording.say("sums.value_unknown")
            if note.minor is None
            else _money(note.minor, note.currency, wording)
        )
        yield Pair(left=at, right=value)
        yield Text(text=" | ".join((note.cycle, *note.evidence)))


def _money(minor: int, currency: str, wording: Wording) -> str:
    if currency == _ROUBLES:
        return wording.say("sums.money", sum=money_text(minor))
    return f"{money_text(minor)} {currency}"
