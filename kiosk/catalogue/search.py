"""Finds providers by what a customer types: name in any language, synonym, legal name or tax number.

Forgiving: case, ё and е, a keyboard left in the other layout, Latin letters for Russian sounds, and
one slip a word (a letter wrong, missing, doubled or swapped). Pure, and quick enough for every key:
all words lie in one sorted list, so a beginning is a stretch of it, and a slip is looked for by
trying each of the few hundred words that may have been meant. It must never touch the network, and
never show what customers cannot choose.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from heapq import nsmallest

from config.catalogue import Catalogue, Provider
from kiosk.catalogue.spelling import in_other_layout, plain, romanised, slips

MOST_RESULTS = 8
SHORTEST_SLIP = 4
"""Shorter words are near too many others."""

_WORD = re.compile(r"\w+")
_LAST = "\U0010ffff"

_NAME, _SYNONYM, _OTHER = 0, 2, 4
_NOT_FIRST = 1
_EXACT = -1
"""How well a word stands for its provider: less is better. A whole word beats a beginning."""

_ORDER_BITS = 24
_ORDER = (1 << _ORDER_BITS) - 1
"""A find is one number, the rank above the provider's place in the list: numbers sort quickly."""


Names = Callable[[str], Iterable[str]]
"""What a provider's name is in the other languages of the screen."""


def no_other_names(_name: str) -> Iterable[str]:
    """Every provider has its one name."""
    return ()


class Finder:
    """An index of one catalogue's visible providers, by their names and `other_names`."""

    def __init__(self, catalogue: Catalogue, other_names: Names = no_other_names) -> None:
        self._providers = _most_wanted_first(catalogue)
        postings: dict[str, list[int]] = {}
        for order, provider in enumerate(self._providers):
            for word, rank in _words_of(provider, other_names):
                postings.setdefault(word, []).append(_packed(2 * rank - _EXACT, order))
        self._words = sorted(postings)
        self._finds: list[int] = []
        self._starts = [0]
        for word in self._words:
            self._finds.extend(postings[word])
            self._starts.append(len(self._finds))
        letters = {letter for word in self._words for letter in word}
        self._latin = "".join(sorted(one for one in letters if one.isascii()))
        self._cyrillic = "".join(sorted(one for one in letters if not one.isascii()))

    def find(self, text: str, most: int = MOST_RESULTS) -> tuple[Provider, ...]:
        """The providers that fit every word of `text`, the best first; none for no text."""
        chunks = [self._chunk(chunk) for chunk in plain(text).split() if _WORD.search(chunk)]
        best = nsmallest(most, _in_all(chunks).values())
        return tuple(self._providers[one & _ORDER] for one in best)

    def _chunk(self, chunk: str) -> dict[int, int]:
        """Finds by place. The chunk as it was typed; what it is in the other layout, or with a slip,
        only where it means nothing as it is.
        """
        if found := self._fitting([[word] for word in _WORD.findall(chunk)]):
            return found
        others = _WORD.findall(in_other_layout(chunk))
        if found := self._fitting([[word] for word in others]):
            return found
        for meant in (_WORD.findall(chunk), others):
            if found := self._fitting([self._slips(word) for word in meant]):
                return found
        return {}

    def _slips(self, word: str) -> Iterable[str]:
        if len(word) < SHORTEST_SLIP or word.isdigit():
            return [word]
        return slips(word, self._latin if word.isascii() else self._cyrillic)

    def _fitting(self, ways: list[Iterable[str]]) -> dict[int, int]:
        """Finds by place of the providers that have a word beginning in one of the ways, for each."""
        return _in_all([self._beginning(beginnings) for beginnings in ways])

    def _beginning(self, beginnings: Iterable[str]) -> dict[int, int]:
        words, starts = self._words, self._starts
        best: dict[int, int] = {}
        for beginning in beginnings:
            first = bisect_left(words, beginning)
            if first == len(words) or not words[first].startswith(beginning):
                continue
            behind = bisect_left(words, beginning + _LAST, lo=first)
            finds = self._finds[starts[first] : starts[behind]]
            if words[first] == beginning:
                whole = starts[first + 1] - starts[first]
                finds[:whole] = [one + (_EXACT << _ORDER_BITS) for one in finds[:whole]]
            finds.sort(reverse=True)
            # The last of equal places stays, which is the best.
            found = dict(zip(map(_ORDER.__and__, finds), finds, strict=True))
            best = {**found, **best} if best else found
        return best


def _in_all(each: list[dict[int, int]]) -> dict[int, int]:
    """The finds that are in all of these, ranks added."""
    if len(each) < 2:
        return each[0] if each else {}
    one, *others = sorted(each, key=len)
    places = set(one).intersection(*others)
    return {place: one[place] + sum(other[place] - place for other in others) for place in places}


def _packed(rank: int, order: int) -> int:
    return rank << _ORDER_BITS | order


def _most_wanted_first(catalogue: Catalogue) -> tuple[Provider, ...]:
    wanted = {code: place for place, code in enumerate(catalogue.popular)}
    visible = [one for one in catalogue.providers if one.visible]
    return tuple(sorted(visible, key=lambda one: (wanted.get(one.code, len(wanted)), one.name)))


def _words_of(provider: Provider, other_names: Names) -> Iterator[tuple[str, int]]:
    """Every word by which a provider is known, with its rank. The tax number is one of them."""
    for text, rank in (
        (provider.name, _NAME),
        *((name, _NAME) for name in other_names(provider.name)),
        *((keyword, _SYNONYM) for keyword in provider.keywords),
        (provider.legal_name, _OTHER),
        (provider.receipt_name, _OTHER),
    ):
        for place, word in enumerate(_WORD.findall(plain(text))):
            later = rank + (_NOT_FIRST if place else 0)
            yield word, later
            if not word.isascii():
                yield romanised(word), later + 1
    yield provider.inn, _OTHER
