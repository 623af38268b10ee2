"""Reading of the catalogue's regular expressions: text to a tree, errors with their position.

It must refuse everything outside the subset that `config.pattern` describes, so that an expression
never means something else here than to the reader.
"""

import string
from dataclasses import dataclass

_DIGITS = frozenset(string.digits)
_WORD = frozenset(string.ascii_letters + string.digits + "_")
_SPACE = frozenset(" \t\n\r\f\v")
_ESCAPES = {"d": _DIGITS, "w": _WORD, "s": _SPACE}
_SPECIAL = frozenset("^$.|?*+()[]{}\\")
_REPEATS: dict[str, tuple[int, int | None]] = {
    "?": (0, 1),
    "*": (0, None),
    "+": (1, None),
}
_MAX_DEPTH = 10


class PatternError(ValueError):
    """The expression is not anchored, or not in the subset."""


@dataclass(frozen=True, slots=True)
class CharSet:
    """One character: of the listed ones and ranges, or, negated, any other."""

    chars: frozenset[str]
    ranges: tuple[tuple[str, str], ...] = ()
    negated: bool = False

    def __contains__(self, char: str) -> bool:
        inside = char in self.chars or any(low <= char <= high for low, high in self.ranges)
        return inside != self.negated


@dataclass(frozen=True, slots=True)
class Sequence:
    """Parts one after another; no parts = the empty text."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of the options."""

    options: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part `low` to `high` times; `high` None = without end."""

    part: "Node"
    low: int
    high: int | None


Node = CharSet | Sequence | Either | Repeat

ANY_CHAR = CharSet(frozenset("\n"), negated=True)


def parse_pattern(expression: str) -> Node:
    """The tree of an anchored expression; raises PatternError."""
    if len(expression) < 2 or not (expression.startswith("^") and expression.endswith("$")):
        raise PatternError("must be anchored: ^...$")
    return _Parser(expression[1:-1]).parse()


class _Parser:
    """Recursive descent over the text between the anchors."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0

    def parse(self) -> Node:
        tree = self._either()
        if self._at < len(self._text):
            raise self._error("a bracket closes that never opened")
        return tree

    def _either(self) -> Node:
        options = [self._sequence()]
        while self._take("|"):
            options.append(self._sequence())
        return options[0] if len(options) == 1 else Either(tuple(options))

    def _sequence(self) -> Node:
        parts: list[Node] = []
        while self._peek() not in ("", "|", ")"):
            parts.append(self._repeated(self._atom()))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _atom(self) -> Node:
        char = self._next()
        match char:
            case "(":
                return self._group()
            case "[":
                return self._class()
            case ".":
                return ANY_CHAR
            case "\\":
                return CharSet(self._escaped())
            case _ if char in _SPECIAL:
                raise self._error(f"{char!r} has no meaning here")
            case _:
                return CharSet(frozenset(char))

    def _group(self) -> Node:
        if self._peek() == "?":
            raise self._error("(?...) is outside the subset")
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise self._error("groups are nested too deep")
        inside = self._either()
        if not self._take(")"):
            raise self._error("a bracket never closes")
        self._depth -= 1
        return inside

    def _escaped(self) -> frozenset[str]:
        char = self._next()
        if char in _ESCAPES:
            return _ESCAPES[char]
        if char in string.punctuation:
            return frozenset(char)
        raise self._error(f"\\{char} is outside the subset")

    def _class(self) -> CharSet:
        negated = self._take("^")
        chars: set[str] = set()
        ranges: list[tuple[str, str]] = []
        while not self._take("]"):
            low = self._class_item()
            if len(low) == 1 and self._peek() == "-" and self._peek(1) != "]":
                self._at += 1
                ranges.append(self._range(next(iter(low))))
            else:
                chars |= low
        if not (chars or ranges):
            raise self._error("an empty class")
        return CharSet(frozenset(chars), tuple(ranges), negated)

    def _class_item(self) -> frozenset[str]:
        char = self._next()
        if char == "[":
            raise self._error("a '[' inside a class must be escaped")
        return self._escaped() if char == "\\" else frozenset(char)

    def _range(self, low: str) -> tuple[str, str]:
        high = self._class_item()
        if len(high) != 1 or low > max(high):
            raise self._error("a range that runs backwards")
        return low, next(iter(high))

    def _repeated(self, part: Node) -> Node:
        char = self._peek()
        if char in _REPEATS:
            self._at += 1
            low, high = _REPEATS[char]
        elif char == "{":
            low, high = self._counts()
        else:
            return part
        if self._peek() in ("?", "*", "+", "{"):
            raise self._error("a repeat of a repeat")
        return Repeat(part, low, high)

    def _counts(self) -> tuple[int, int | None]:
        end = self._text.find("}", self._at)
        low, comma, high = self._text[self._at + 1 : end].partition(",")
        if end < 0 or not _is_number(low) or (high and not _is_number(high)):
            raise self._error("{n}, {n,} or {n,m} is expected")
        self._at = end + 1
        least, most = int(low), int(high) if high else None if comma else int(low)
        if most is not None and most < least:
            raise self._error("a repeat that runs backwards")
        return least, most

    def _peek(self, ahead: int = 0) -> str:
        return self._text[self._at + ahead : self._at + ahead + 1]

    def _next(self) -> str:
        char = self._peek()
        if not char:
            raise self._error("the expression ends too early")
        self._at += 1
        return char

    def _take(self, char: str) -> bool:
        found = self._peek() == char
        self._at += found
        return found

    def _error(self, reason: str) -> PatternError:
        return PatternError(f"{reason} (after {('^' + self._text[: self._at])!r})")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 3
