"""What a slip says, free of any width, font or device.

A template gives a draft: its own blocks, and places for the parts that code owns. A `Receipt` is a
finished slip that has passed `finish`; renderers take nothing else, so that nothing without hotline
can reach paper. These types must never know columns, bytes or pixels.
"""

from dataclasses import dataclass
from enum import StrEnum


class SlipKind(StrEnum):
    """The kinds of slip that a terminal prints; each has a template of its own."""

    PAYMENT = "payment"
    PAYMENT_OFFLINE = "payment_offline"
    REPRINT = "reprint"
    REFUSED = "refused"
    DISPUTED = "disputed"
    ERROR = "error"
    BALANCE = "balance"
    OPERATIONS = "operations"
    COLLECTION = "collection"
    TEST = "test"
    INFORMATION = "information"
    SHIFT = "shift"


class Part(StrEnum):
    """A part of a slip that code fills and a template can only place (`@sums`). Which of them a slip
    must show is decided by what it is about; the hotline is placed by code alone.
    """

    TITLE = "title"
    AGENT = "agent"
    TERMINAL = "terminal"
    RECEIPT = "receipt"
    PAYMENT = "payment"
    DATE = "date"
    PROVIDER = "provider"
    ACCOUNT = "account"
    SUMS = "sums"
    NOTES = "notes"
    STATUS = "status"
    REASON = "reason"
    BALANCE = "balance"
    OPERATIONS = "operations"
    PERIOD = "period"
    COUNTS = "counts"
    TOTALS = "totals"
    SIGNATURES = "signatures"
    SAMPLE = "sample"
    FACTS = "facts"
    KEEP = "keep"
    CHECK = "check"


class Align(StrEnum):
    """Where a line of text stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Size(StrEnum):
    """How large a line is. TALL doubles the height only, DOUBLE both height and width."""

    NORMAL = "normal"
    TALL = "tall"
    DOUBLE = "double"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A paragraph; it wraps at words. `accents` are the bold stretches of a text that is not bold as
    a whole: first sign, and the one behind the last.
    """

    text: str
    align: Align = Align.LEFT
    bold: bool = False
    size: Size = Size.NORMAL
    accents: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A name on the left and its value on the right of one line."""

    left: str
    right: str
    bold: bool = False
    size: Size = Size.NORMAL


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line across the paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Qr:
    """A QR code in the middle of the paper."""

    payload: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Empty lines."""

    lines: int = 1


Block = Text | Pair | Rule | Qr | Feed


@dataclass(frozen=True, slots=True)
class Place:
    """Where a template wants a part that code owns."""

    part: Part


Draft = tuple[Block | Place, ...]
"""What a template wants to print."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A finished slip, checked and footed by `finish`. Only this may be printed. `template` names
    what made it: bundle, its version, kind and language.
    """

    kind: SlipKind
    language: str
    template: str
    blocks: tuple[Block, ...]
