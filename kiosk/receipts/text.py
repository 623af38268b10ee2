"""A slip as plain text: what the journal keeps before anything is printed.

Row for row the same as on paper; large and bold rows lose only their size. It must never leave out a
line that the printer prints.
"""

from typing import assert_never

from kiosk.receipts.codepage import CP866
from kiosk.receipts.layout import Layout, Line, QrRow, Row, lay_out
from kiosk.receipts.model import Align, Receipt

QR_MARK = "QR: "


def render_text(receipt: Receipt, columns: int, page: str = CP866) -> str:
    """Return the slip as lines of at most `columns` signs of `page`, each ended by a line feed."""
    return layout_text(lay_out(receipt, columns, page))


def layout_text(layout: Layout) -> str:
    """Return rows that are already set as plain text."""
    lines = [text for line in layout.lines for text in _texts(line, layout.columns)]
    return "".join(f"{text}\n" for text in lines)


def _texts(line: Line, columns: int) -> list[str]:
    match line:
        case Row():
            return [aligned(line.text, line.align, columns)]
        case QrRow():
            said = QR_MARK + line.payload
            return [said[at : at + columns] for at in range(0, len(said), columns)]
        case _:
            assert_never(line)


def aligned(text: str, align: Align, columns: int) -> str:
    """Place `text` in a line of `columns`, without spaces at its end."""
    match align:
        case Align.LEFT:
            return text.rstrip()
        case Align.CENTER:
            return (" " * ((columns - len(text)) // 2) + text).rstrip()
        case Align.RIGHT:
            return text.rjust(columns)
        case _:
            assert_never(align)
