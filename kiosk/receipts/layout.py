"""Sets a finished slip in rows of a given number of columns, in signs of a given code page.

Text, bytes and picture are all made from these rows, so that the journal holds exactly what the
paper says. No row may ever be wider than the paper; a large line that would wrap becomes tall
instead, so that a telephone number is not torn in two.
"""

from dataclasses import dataclass
from typing import assert_never

from kiosk.receipts.codepage import CP866, printable
from kiosk.receipts.model import Align, Block, Feed, Pair, Qr, Receipt, Rule, Size, Text
from kiosk.receipts.wrapping import Accents, joined, split_at, wrap, wrap_accented

NARROWEST = 24
_RULE_SIGN = "\u2500"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One printed line. A DOUBLE row takes two columns for each sign; `accents` are bold stretches
    of a row that is not bold as a whole.
    """

    text: str
    align: Align = Align.LEFT
    bold: bool = False
    size: Size = Size.NORMAL
    accents: Accents = ()


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


def lay_out(receipt: Receipt, columns: int, page: str = CP866) -> Layout:
    """Set `receipt` in rows of at most `columns` signs of `page`.

    Raises:
        ValueError: fewer than 24 columns; a hotline number would not fit.
    """
    if columns < NARROWEST:
        raise ValueError(f"a slip needs at least {NARROWEST} columns, not {columns}")
    setter = _Setter(columns, page)
    for block in receipt.blocks:
        setter.block(block)
    return Layout(columns=columns, lines=tuple(setter.lines), unknown=frozenset(setter.unknown))


class _Setter:
    """Takes blocks, gathers rows."""

    def __init__(self, columns: int, page: str) -> None:
        self._columns = columns
        self._page = page
        self.lines: list[Line] = []
        self.unknown: set[str] = set()

    def block(self, block: Block) -> None:
        match block:
            case Text():
                self._text(block)
            case Pair():
                self._pair(block)
            case Rule():
                self.lines.append(Row(text=self._signs(_RULE_SIGN) * self._columns))
            case Qr():
                payload = "".join(sign for sign in block.payload if sign.isprintable())
                self.lines += [QrRow(payload=payload)] if payload else []
            case Feed():
                self.lines += [Row(text="")] * block.lines
            case _:
                assert_never(block)

    def _signs(self, text: str) -> str:
        result = printable(text, self._page)
        self.unknown |= result.unknown
        return result.text

    def _clean(self, text: str) -> str:
        return " ".join(self._signs(text).split())

    def _text(self, block: Text) -> None:
        if block.accents:
            stretches = split_at(block.text, block.accents)
            text, accents = joined((self._signs(part), bold) for part, bold in stretches)
            rows = wrap_accented(text, accents, self._columns)
        else:
            text = self._clean(block.text)
            rows = iter((line, ()) for line in wrap(text, self._columns))
        size = block.size
        if size is Size.DOUBLE and len(text) > self._columns // 2:
            size = Size.TALL
        self.lines += (
            Row(text=line, align=block.align, bold=block.bold, size=size, accents=accents)
            for line, accents in rows
        )

    def _pair(self, block: Pair) -> None:
        size = Size.TALL if block.size is Size.DOUBLE else block.size
        left, right = self._clean(block.left), self._clean(block.right)
        self.lines += (
            Row(text=text, bold=block.bold, size=size)
            for text in _pair_texts(left, right, self._columns)
        )


def _pair_texts(left: str, right: str, columns: int) -> list[str]:
    room = columns - 1 - len(right)
    if len(left) <= room:
        return [left.ljust(columns - len(right)) + right]
    if room < columns // 3 or _widest_word(left) > room:
        return wrap(left, columns) + [text.rjust(columns) for text in wrap(right, columns)]
    first, *rest = wrap(left, room)
    return [first.ljust(columns - len(right)) + right, *rest]


def _widest_word(text: str) -> int:
    return max((len(word) for word in text.split()), default=0)
