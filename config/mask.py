r"""Mask notation of entry fields: literal characters and groups `<!REGEX{n}>` or `<!REGEX{n,m}>`.

A mask says how a value is typed and shown, one character at a time, so the REGEX of a group is one
class of characters, optionally with `+` or `*` and anchors: `<!^\d+${3}>` takes three digits. The
mask never decides whether a value is right: that is the field's pattern and checksum.
"""

import re
from dataclasses import dataclass

from config.pattern_syntax import CharSet, PatternError, Repeat, parse_pattern

_GROUP = re.compile(r"<!(?P<chars>.*?)\{(?P<low>\d{1,3})(?:,(?P<high>\d{1,3}))?\}>")


class MaskError(ValueError):
    """The text is not in mask notation."""


@dataclass(frozen=True, slots=True)
class Literal:
    """Characters that are shown and never typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """`low` to `high` typed characters of one set."""

    chars: CharSet
    low: int
    high: int

    def takes(self, char: str) -> bool:
        """True when this one character may stand in the group."""
        return char in self.chars


MaskPart = Literal | Group


@dataclass(frozen=True, slots=True)
class Mask:
    """The parts of a mask in order."""

    parts: tuple[MaskPart, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups alone."""
        return tuple(part for part in self.parts if isinstance(part, Group))

    @property
    def shortest(self) -> int:
        """The least number of typed characters."""
        return sum(group.low for group in self.groups)

    @property
    def longest(self) -> int:
        """The greatest number of typed characters."""
        return sum(group.high for group in self.groups)

    def group_at(self, index: int) -> Group | None:
        """The group that takes the typed character of this index; None when the mask is full."""
        for group in self.groups:
            if index < group.high:
                return group
            index -= group.high
        return None

    @property
    def literals(self) -> str:
        """All literal characters, joined."""
        return "".join(part.text for part in self.parts if isinstance(part, Literal))

    @property
    def lead(self) -> str:
        """The literal text before the first group."""
        first = self.parts[0] if self.parts else None
        return first.text if isinstance(first, Literal) else ""


def parse_mask(text: str) -> Mask:
    """The parts of `text`; the empty text has none. Raises MaskError."""
    parts: list[MaskPart] = []
    at = 0
    for found in _GROUP.finditer(text):
        parts += _literal(text[at : found.start()])
        parts.append(_group(found))
        at = found.end()
    parts += _literal(text[at:])
    return Mask(tuple(parts))


def _literal(text: str) -> list[MaskPart]:
    if "<!" in text or "}>" in text:
        raise MaskError(f"a group that is not <!REGEX{{n}}> or <!REGEX{{n,m}}> near {text!r}")
    return [Literal(text)] if text else []


def _group(found: re.Match[str]) -> Group:
    low = int(found["low"])
    high = int(found["high"]) if found["high"] else low
    if high < max(low, 1):
        raise MaskError(f"a group that can hold nothing: {found[0]!r}")
    return Group(_one_class(found["chars"]), low, high)


def _one_class(regex: str) -> CharSet:
    try:
        tree = parse_pattern(f"^{regex.removeprefix('^').removesuffix('$')}$")
    except PatternError as error:
        raise MaskError(f"{regex!r}: {error}") from None
    match tree:
        case CharSet() as chars:
            return chars
        case Repeat(part=CharSet() as chars, high=None):
            return chars
    raise MaskError(f"{regex!r} is not one class of characters with + or *")
