"""Turns any text into text that a CP866 printer can print, sign for sign.

The page has no guillemets, long dashes, curly quotes or rouble sign, so they are replaced, and this
happens before a line is padded: one sign may become three (facts sheet receipts §0.3, §1.7).
Control characters never pass: a value typed by a customer must not carry printer commands.
"""

import unicodedata
from dataclasses import dataclass

PAGE = "cp866"
UNPRINTABLE = "?"
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_REPLACEMENTS = str.maketrans(
    {
        **dict.fromkeys("«»„“”‟❝❞″", '"'),
        **dict.fromkeys("‘’‚‛‹›′`´", "'"),
        **dict.fromkeys("‐‑‒–—―−⁃", "-"),
        **dict.fromkeys(
            "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f",
            " ",
        ),
        **dict.fromkeys("\t\n\r\v\f\u0085\u2028\u2029", " "),
        "₽": "руб.",
        "…": "...",
        "×": "x",
        "•": "·",
    }
)


@dataclass(frozen=True, slots=True)
class Printable:
    """Text that the page can print, and the signs that it had to give up."""

    text: str
    unknown: frozenset[str]


def printable(text: str) -> Printable:
    """Return `text` in signs of CP866; what has no sign there becomes `?` and is reported."""
    composed = unicodedata.normalize("NFC", text).translate(_REPLACEMENTS)
    visible = [c for c in composed if unicodedata.category(c) not in _INVISIBLE_CATEGORIES]
    unknown = frozenset(c for c in visible if not _on_page(c))
    return Printable("".join(UNPRINTABLE if c in unknown else c for c in visible), unknown)


def _on_page(character: str) -> bool:
    try:
        character.encode(PAGE)
    except UnicodeEncodeError:
        return False
    return True
