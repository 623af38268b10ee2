"""Turns any text into text that a printer's code page can print, sign for sign.

CP866 has no guillemets, long dashes, curly quotes or rouble sign, CP1251 has no lines to draw with;
what is missing is replaced, and this happens before a line is padded: one sign may become three
(facts sheet receipts §0.3, §1.7). Kazakh letters that a page lacks are written by the nearest letter
that it has, as Kazakh has long been written on such machines: one letter for one letter, so that
columns stand; a printer with the page KZ-1048 prints them as they are. Control characters never
pass: a value typed by a customer must not carry printer commands.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

CP866 = "cp866"
CP1251 = "cp1251"
KZ1048 = "kz1048"
EVERY_SIGN = "utf-8"
"""For the screen and for letters: nothing has to be replaced."""
UNPRINTABLE = "?"
_MOST_REMEMBERED = 4096
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SPACES = frozenset({"Zs", "Zl", "Zp"})
_BLANKS = frozenset("\t\n\r\v\f\u0085")


def _each(signs: Iterable[str], instead: str) -> dict[str, str]:
    return dict.fromkeys(signs, instead)


_INSTEAD = {
    **_each("«»„“”‟❝❞″", '"'),
    **_each("‘’‚‛‹›′`´", "'"),
    **_each("‐‑‒–—―−⁃─", "-"),
    "₽": "руб.",
    "₸": "тг",
    "€": "EUR",
    "…": "...",
    "×": "x",
    "•": "·",
    "·": "-",
    "№": "N",
    **dict(zip("ӘҒҚҢӨҰҮҺІәғқңөұүһі", "АГКНОУУХIагкноуухi", strict=True)),
}


@dataclass(frozen=True, slots=True)
class Printable:
    """Text that the page can print, and the signs that it had to give up."""

    text: str
    unknown: frozenset[str]


@lru_cache(maxsize=1024)  # most of a slip is the same from one to the next
def printable(text: str, page: str = CP866) -> Printable:
    """Return `text` in signs of `page`; what has no sign there becomes `?` and is reported."""
    composed = unicodedata.normalize("NFC", text)
    table = _table(page)
    result = composed.translate(table)
    if result.count(UNPRINTABLE) == composed.count(UNPRINTABLE):
        return Printable(result, frozenset())
    unknown = frozenset(
        sign for sign in composed if sign != UNPRINTABLE and sign.translate(table) == UNPRINTABLE
    )
    return Printable(result, unknown)


class _Table(dict[int, str]):
    """For `str.translate`: what each sign becomes on one page, worked out when it is first met."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self._page = page

    def __missing__(self, code: int) -> str:
        became = _on_page(chr(code), self._page)
        if len(self) < _MOST_REMEMBERED:
            self[code] = became
        return became


@cache
def _table(page: str) -> _Table:
    return _Table(page)


def _on_page(sign: str, page: str) -> str:
    category = unicodedata.category(sign)
    if category in _SPACES or sign in _BLANKS:
        return " "
    if category in _INVISIBLE_CATEGORIES:
        return ""
    if _has(page, sign):
        return sign
    instead = _INSTEAD.get(sign, UNPRINTABLE)
    return "".join(one if _has(page, one) else _INSTEAD.get(one, UNPRINTABLE) for one in instead)


def _has(page: str, sign: str) -> bool:
    try:
        sign.encode(page)
    except UnicodeEncodeError:
        return False
    return True
