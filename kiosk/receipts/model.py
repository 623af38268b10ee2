"""What a slip says, free of any width, font or device.

A `SlipModel` is a draft that a template made; a `Receipt` is a finished slip that has passed
`finish_slip`. Renderers take only a `Receipt`, so nothing without hotline can reach paper. These
types must never know columns, bytes or pixels.
"""

from dataclasses import dataclass
from enum import StrEnum


class SlipKind(StrEnum):
    """The kinds of slip that a terminal prints."""

    PAYMENT = "payment"
    REFUSED = "refused"
    DEVICE_ERROR = "device_error"
    TEST = "test"
    COLLECTION = "collection"


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


class Part(StrEnum):
    """A thing that the law or the support desk needs on a slip."""

    TERMINAL = "terminal"
    RECEIPT = "receipt"
    DATE = "date"
    INSERTED = "inserted"
    FEE = "fee"
    CREDITED = "credited"
    INN = "inn"
    HOTLINE = "hotline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A paragraph; it wraps at words."""

    text: str
    align: Align = Align.LEFT
    bold: bool = False
    size: Size = Size.NORMAL
    part: Part | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A name on the left and its value on the right of one line."""

    left: str
    right: str
    bold: bool = False
    size: Size = Size.NORMAL
    part: Part | None = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipModel:
    """A draft: what a template wants to print, without hotline and legal footer."""

    kind: SlipKind
    template_version: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A finished slip, checked and footed by `finish_slip`. Only this may be printed."""

    kind: SlipKind
    template_version: str
    blocks: tuple[Block, ...]
