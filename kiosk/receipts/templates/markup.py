"""The small line markup that templates are written in, read into a draft.

One statement a line (docs/receipts.md). A value that was put in by the template can never be read as
markup: the sandbox hands it over with its `|` and `[` in disguise and a mark before it, and only here
does it get its own signs back. Whatever is no markup is refused, never guessed.
"""

import re

from kiosk.receipts.errors import TemplateRefusedError
from kiosk.receipts.model import Align, Block, Draft, Feed, Pair, Part, Place, Qr, Rule, Size, Text

VALUE = "\ue000"
"""Stands before every value; no statement begins with it."""
DISGUISES = {"|": "\ue001", "[": "\ue002"}
MOST_LINES = 200
_LONGEST_FEED = 5
_NARROW = 32
_LONGEST_QR = 300
_REVEALED = str.maketrans({VALUE: None, **{mask: sign for sign, mask in DISGUISES.items()}})
_PLACE = re.compile(r"@([a-z]+)")
_FEED = re.compile(r"feed ([0-9])")
_PARTS = {part.value: part for part in Part}
_BOLD = re.compile(r"\[(/?)b\]")


def read_markup(text: str) -> Draft:
    """Read what a template gave out.

    Raises:
        TemplateRefusedError: too many lines, or a line that is no markup.
    """
    lines = [line.strip() for line in text.split("\n")]
    said = [line for line in lines if line]
    if len(said) > MOST_LINES:
        raise TemplateRefusedError(f"the slip has {len(said)} lines, {MOST_LINES} are allowed")
    draft = tuple(_statement(line) for line in said)
    if sum(isinstance(one, Qr) for one in draft) > 1:
        raise TemplateRefusedError("a template may have one QR code of its own")
    rows = sum(map(_rows, draft))
    if rows > MOST_LINES:
        raise TemplateRefusedError(f"it takes {rows} rows of paper, {MOST_LINES} are allowed")
    return draft


def _rows(block: Block | Place) -> int:
    """About how much of narrow paper a template's own block takes: a long text wraps, and a feed of
    five in each line would run metres of paper through the printer.
    """
    match block:
        case Text():
            return -(-len(block.text) // _NARROW)
        case Pair():
            return -(-(len(block.left) + len(block.right)) // _NARROW)
        case Feed():
            return block.lines
        case _:
            return 1


def _statement(line: str) -> Block | Place:
    if line.startswith("@"):
        return _place(line)
    if line == "---":
        return Rule()
    if found := _FEED.fullmatch(line):
        return _feed(int(found[1]))
    if line.startswith("qr:"):
        return _qr(_revealed(line.removeprefix("qr:")))
    if line.startswith("logo:"):
        raise TemplateRefusedError("logos are not printed yet; leave out the line 'logo:'")
    return _text(line)


def _place(line: str) -> Place:
    found = _PLACE.fullmatch(line)
    if found is None or found[1] not in _PARTS:
        known = ", ".join(f"@{name}" for name in _PARTS)
        raise TemplateRefusedError(f"no part is called {_shown(line)}; known: {known}")
    return Place(_PARTS[found[1]])


def _feed(lines: int) -> Feed:
    if not 1 <= lines <= _LONGEST_FEED:
        raise TemplateRefusedError(f"feed takes 1 to {_LONGEST_FEED} lines")
    return Feed(lines=lines)


def _qr(payload: str) -> Qr:
    if not 0 < len(payload) <= _LONGEST_QR:
        raise TemplateRefusedError(f"a QR code takes 1 to {_LONGEST_QR} signs")
    return Qr(payload=payload)


def _text(line: str) -> Block:
    align, bold, size = Align.LEFT, False, Size.NORMAL
    if line.startswith("= "):
        align, line = Align.CENTER, line[2:].lstrip()
    if line.startswith("## "):
        bold, line = True, line[3:]
    elif line.startswith("# "):
        bold, size, align, line = True, Size.DOUBLE, Align.CENTER, line[2:]
    if "|" in line:
        left, _, right = line.partition("|")
        plain_left, accents_left = _accented(left)
        plain_right, accents_right = _accented(right)
        return Pair(
            left=plain_left,
            right=plain_right,
            bold=bold or bool(accents_left or accents_right),
            size=size,
        )
    plain, accents = _accented(line)
    return Text(text=plain, align=align, bold=bold, size=size, accents=() if bold else accents)


def _accented(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    plain = ""
    accents: list[tuple[int, int]] = []
    begun: int | None = None
    at = 0
    for found in _BOLD.finditer(text):
        plain += _revealed(text[at : found.start()], strip=False)
        at = found.end()
        if bool(found[1]) is (begun is None):
            raise TemplateRefusedError(f"[b] and [/b] do not pair in {_shown(text)}")
        if begun is None:
            begun = len(plain)
        else:
            accents += [(begun, len(plain))] if begun < len(plain) else []
            begun = None
    if begun is not None:
        raise TemplateRefusedError(f"[b] is not closed in {_shown(text)}")
    plain += _revealed(text[at:], strip=False)
    cut = len(plain) - len(plain.lstrip())
    end = len(plain.rstrip())
    kept = ((max(a - cut, 0), min(b, end) - cut) for a, b in accents)
    return plain.strip(), tuple((a, b) for a, b in kept if a < b)


def _revealed(text: str, *, strip: bool = True) -> str:
    plain = text.translate(_REVEALED)
    return plain.strip() if strip else plain


def _shown(line: str) -> str:
    """A line as a message may quote it: values may be personal, so only what a template wrote."""
    return repr(line.split(VALUE, 1)[0][:40])
