r"""The regular expressions of the catalogue: a small anchored subset, run without backtracking.

A catalogue can come over the wire, so its expressions must never be able to stall the terminal: a
check costs a bounded step a character. Because the machine is ours it can also say what `re`
cannot: how many characters a typed beginning still lacks. A digit is 0 to 9, nothing else.

The subset is `^...$` of: `.`  `\d \w \s`  escaped punctuation  `[a-z_]`  `[^@\s]`  `(a|b)`
`? * + {n} {n,} {n,m}`. No flags, look-arounds, back references or lazy repeats.
"""

from functools import lru_cache

from config.pattern_syntax import (
    CharSet,
    Either,
    Node,
    PatternError,
    Repeat,
    Sequence,
    parse_pattern,
)

__all__ = ["Pattern", "PatternError", "compiled"]

_MAX_STATES = 2_000


class Pattern:
    """A compiled expression. Immutable once built."""

    def __init__(self, expression: str) -> None:
        """Compile `expression`; raises PatternError."""
        self.expression = expression
        self.longest = _longest(tree := parse_pattern(expression))
        """Length of the longest text that fits; None = without end."""
        self._states = _States()
        self._start = self._states.add_tree(tree, self._states.accept)
        self._missing = self._states.distances_to_accept()

    def matches(self, text: str) -> bool:
        """True when the whole text fits."""
        return self._states.accept in self._after(text)

    def missing(self, beginning: str) -> int | None:
        """How many characters `beginning` lacks at least to fit; None when nothing helps."""
        ways = [self._missing[state] for state in self._after(beginning) if state in self._missing]
        return min(ways, default=None)

    @property
    def shortest(self) -> int:
        """Length of the shortest text that fits."""
        missing = self.missing("")
        assert missing is not None, "the subset has no expression that fits nothing"
        return missing

    def _after(self, text: str) -> set[int]:
        alive = self._states.reach({self._start})
        for char in text:
            alive = self._states.step(alive, char)
            if not alive:
                break
        return alive


@lru_cache(maxsize=512)
def compiled(expression: str) -> Pattern:
    """The pattern of this expression, compiled once."""
    return Pattern(expression)


class _States:
    """A nondeterministic automaton: states joined by a character or by nothing."""

    def __init__(self) -> None:
        self._on_char: dict[int, tuple[CharSet, int]] = {}
        self._free: dict[int, list[int]] = {}
        self._count = 0
        self.accept = self._new()

    def add_tree(self, tree: Node, then: int) -> int:
        """States for `tree` that lead on to `then`; the answer is where they begin."""
        match tree:
            case CharSet():
                state = self._new()
                self._on_char[state] = (tree, then)
                return state
            case Sequence():
                for part in reversed(tree.parts):
                    then = self.add_tree(part, then)
                return then
            case Either():
                return self._fork([self.add_tree(option, then) for option in tree.options])
            case Repeat():
                return self._add_repeat(tree, then)

    def reach(self, states: set[int]) -> set[int]:
        """These states and all that are reached from them by nothing."""
        reached, todo = set(states), list(states)
        while todo:
            for further in self._free.get(todo.pop(), ()):
                if further not in reached:
                    reached.add(further)
                    todo.append(further)
        return reached

    def step(self, states: set[int], char: str) -> set[int]:
        """Where one more character leads."""
        moves = (self._on_char[state] for state in states if state in self._on_char)
        return self.reach({then for chars, then in moves if char in chars})

    def distances_to_accept(self) -> dict[int, int]:
        """For each state that can end well, the least number of characters to the end."""
        into: dict[int, list[tuple[int, int]]] = {}
        for state, (_, then) in self._on_char.items():
            into.setdefault(then, []).append((state, 1))
        for state, ways in self._free.items():
            for then in ways:
                into.setdefault(then, []).append((state, 0))
        distances, layer = {self.accept: 0}, [self.accept]
        while layer:
            layer = _relaxed(layer, into, distances)
        return distances

    def _add_repeat(self, repeat: Repeat, then: int) -> int:
        if repeat.high is None:
            loop = self._new()
            self._free[loop] = [then]
            self._free[loop].append(self.add_tree(repeat.part, loop))
            then = loop
        else:
            end = then
            for _ in range(repeat.high - repeat.low):
                then = self._fork([self.add_tree(repeat.part, then), end])
        for _ in range(repeat.low):
            then = self.add_tree(repeat.part, then)
        return then

    def _fork(self, ways: list[int]) -> int:
        state = self._new()
        self._free[state] = ways
        return state

    def _new(self) -> int:
        if self._count >= _MAX_STATES:
            raise PatternError("the expression is too large")
        self._count += 1
        return self._count


def _relaxed(
    layer: list[int], into: dict[int, list[tuple[int, int]]], distances: dict[int, int]
) -> list[int]:
    """Carry distances one move back from `layer`; the answer is the states that became nearer."""
    nearer: list[int] = []
    for state in layer:
        for before, cost in into.get(state, ()):
            distance = distances[state] + cost
            if distance < distances.get(before, distance + 1):
                distances[before] = distance
                nearer.append(before)
    return nearer


def _longest(tree: Node) -> int | None:
    match tree:
        case CharSet():
            return 1
        case Sequence():
            return _total([_longest(part) for part in tree.parts])
        case Either():
            lengths = [_longest(option) for option in tree.options]
            return None if None in lengths else max(length or 0 for length in lengths)
        case Repeat():
            length = _longest(tree.part)
            if length == 0 or tree.high == 0:
                return 0
            return None if length is None or tree.high is None else length * tree.high


def _total(lengths: list[int | None]) -> int | None:
    total = 0
    for length in lengths:
        if length is None:
            return None
        total += length
    return total
