"""Sets a finished slip in rows of a given number of columns.

Text, bytes and picture are all made from these rows, so that the journal holds exactly what the
paper says. No row may ever be wider than the paper; a large line that would wrap becomes tall
instead, so that a telephone number is not torn in two.
"""

import textwrap
from dataclasses import dataclass
from typing import assert_never

from kiosk.receipts.codepage import printable
from kiosk.receipts.model import Align, Block, Feed, Pair, Qr, Receipt, Rule, Size, Text

NARROWEST = 24
_RULE_SIGN = "\u2500"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One printed line. A DOUBLE row takes two columns for each sign."""

    text: str
    align: Align = Align.LEFT
    bold: bool = False
    size: Size = Size.NORMAL


@dataclass(frozen=True, slots=True, kw_only=True)
class QrRow:
    """A QR code in the middle."""

    payload: str


Line = Row | QrRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The rows of one slip, and the signs that the printer's page does not have."""

    columns: int
    lines: tuple[Line, ...]
    unknown: frozenset[str]


def lay_out(receipt: Receipt, columns: int) -> Layout:
    """Set `receipt` in rows of at most `columns` signs.

    Raises:
        ValueError: fewer than 24 columns; a hotline number would not fit.
    """
    if columns < NARROWEST:
        raise ValueError(f"a slip needs at least {NARROWEST} columns, not {columns}")
    unknown: set[str] = set()
    lines: list[Line] = []
    for block in receipt.blocks:
        lines.extend(_set_block(_clean(block, unknown), columns))
    return Layout(columns=columns, lines=tuple(lines), unknown=frozenset(unknown))


def _clean(block: Block, unknown: set[str]) -> Block:
    def clean(text: str) -> str:
        result = printable(text)
        unknown.update(result.unknown)
        return " ".join(result.text.split())

    match block:
        case Text():
            return Text(
                text=clean(block.text),
                align=block.align,
                bold=block.bold,
                size=block.size,
            )
        case Pair():
            left, right = clean(block.left), clean(block.right)
            return Pair(left=left, right=right, bold=block.bold, size=block.size)
        case Qr():
            return Qr(payload="".join(c for c in block.payload if c.isprintable()))
        case Rule() | Feed():
            return block
        case _:
            assert_never(block)


def _set_block(block: Block, columns: int) -> list[Line]:
    match block:
        case Text():
            return list(_set_text(block, columns))
        case Pair():
            return list(_set_pair(block, columns))
        case Rule():
            return [Row(text=_RULE_SIGN * columns)]
        case Qr():
            return [QrRow(payload=block.payload)] if block.payload else []
        case Feed():
            return [Row(text="")] * block.lines
        case _:
            assert_never(block)


def _set_text(block: Text, columns: int) -> list[Row]:
    size = block.size
    if size is Size.DOUBLE and len(block.text) > columns // 2:
        size = Size.TALL
    return [
        Row(text=text, align=block.align, bold=block.bold, size=size)
        for text in wrap(block.text, columns)
    ]


def _set_pair(block: Pair, columns: int) -> list[Row]:
    size = Size.TALL if block.size is Size.DOUBLE else block.size
    return [
        Row(text=text, bold=block.bold, size=size)
        for text in _pair_texts(block.left, block.right, columns)
    ]


def _pair_texts(left: str, right: str, columns: int) -> list[str]:
    room = columns - 1 - len(right)
    if room < columns // 3 and len(left) > room:
        return wrap(left, columns) + [text.rjust(columns) for text in wrap(right, columns)]
    first, *rest = wrap(left, max(room, 1)) or [""]
    return [first.ljust(columns - len(right)) + right, *rest]


def wrap(text: str, columns: int) -> list[str]:
    """Break `text` at spaces into lines of at most `columns`; a longer word is cut."""
    return textwrap.wrap(text, columns, break_on_hyphens=False)
