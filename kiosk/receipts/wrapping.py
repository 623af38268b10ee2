"""Breaks text into lines of a width, and keeps track of the bold stretches in it.

Works on text that is already in signs of the printer's page. No line may ever be wider than asked.
"""

import textwrap
from collections.abc import Iterator

Accents = tuple[tuple[int, int], ...]
"""Bold stretches of a text: first sign, and the one behind the last."""


def wrap(text: str, columns: int) -> list[str]:
    """Break `text` at spaces into lines of at most `columns`; a longer word is cut."""
    if len(text) <= columns:
        return [text] if text else []
    return textwrap.wrap(text, columns, break_on_hyphens=False)


def wrap_accented(text: str, accents: Accents, columns: int) -> Iterator[tuple[str, Accents]]:
    """As `wrap`, each line with the stretches that fell into it."""
    start = 0
    for line in wrap(text, columns):
        start = text.index(line, start)
        end = start + len(line)
        inside = ((max(a, start) - start, min(b, end) - start) for a, b in accents)
        yield line, tuple((a, b) for a, b in inside if a < b)
        start = end


def split_at(text: str, accents: Accents) -> Iterator[tuple[str, bool]]:
    """The stretches of `text` in order, each with whether it is bold."""
    at = 0
    for begin, end in accents:
        if at < begin:
            yield text[at:begin], False
        yield text[begin:end], True
        at = end
    if at < len(text):
        yield text[at:], False


def joined(stretches: Iterator[tuple[str, bool]]) -> tuple[str, Accents]:
    """Put stretches together again, with single spaces, and say where the bold ones are."""
    signs: list[str] = []
    accents: list[tuple[int, int]] = []
    for text, bold in stretches:
        begin = len(signs)
        for sign in text:
            if sign != " " or (signs and signs[-1] != " "):
                signs.append(sign)
        if bold and begin < len(signs):
            accents.append((begin, len(signs)))
    while signs and signs[-1] == " ":
        signs.pop()
    end = len(signs)
    return "".join(signs), tuple((a, min(b, end)) for a, b in accents if a < end)
