"""The line markup, statement by statement."""

import pytest

from kiosk.receipts.errors import TemplateRefusedError
from kiosk.receipts.model import Align, Feed, Pair, Part, Place, Qr, Rule, Size, Text
from kiosk.receipts.templates.markup import MOST_LINES, read_markup


@pytest.mark.parametrize(
    ("line", "block"),
    [
        ("@sums", Place(Part.SUMS)),
        ("---", Rule()),
        ("feed 3", Feed(lines=3)),
        ("qr: https://example.org/a", Qr(payload="https://example.org/a")),
        ("слова", Text(text="слова")),
        ("# Скидка", Text(text="Скидка", align=Align.CENTER, bold=True, size=Size.DOUBLE)),
        ("## Скидка", Text(text="Скидка", bold=True)),
        ("= Скидка", Text(text="Скидка", align=Align.CENTER)),
        ("= ## Скидка", Text(text="Скидка", align=Align.CENTER, bold=True)),
        ("Касса | 5", Pair(left="Касса", right="5")),
        ("## Касса | 5", Pair(left="Касса", right="5", bold=True)),
        ("Касса | [b]5[/b]", Pair(left="Касса", right="5", bold=True)),
        ("от [b]5[/b] рублей", Text(text="от 5 рублей", accents=((3, 4),))),
        ("[b]x[/b] y [b]z[/b]", Text(text="x y z", accents=((0, 1), (4, 5)))),
        ("#нет", Text(text="#нет")),
        ("--- нет", Text(text="--- нет")),
    ],
)
def test_a_statement_is_a_block(line, block):
    assert read_markup(f"\n  {line}\n\n") == (block,)


@pytest.mark.parametrize(
    "line",
    [
        "@hotline",
        "@Sums",
        "feed 0",
        "feed 9",
        "qr:",
        "qr: " + "x" * 301,
        "[b]жирно",
        "жирно[/b]",
        "[b][b]x[/b][/b]",
        "logo: x",
        "qr: a\nqr: b",
        "x\n" * (MOST_LINES + 1),
        "feed 5\n" * 41,
        "x " * 3_300,
        "x" * 3_300 + "|" + "y" * 3_300,
    ],
)
def test_what_is_no_markup_is_refused(line):
    with pytest.raises(TemplateRefusedError):
        read_markup(line)
