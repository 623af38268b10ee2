"""What a key costs while a provider is searched for among ten thousand.

The baseline is the 16 ms in which the next frame is due: below 1.0 the list keeps up with the finger.
CPU time, so that a busy machine measures the same.
"""

import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.measure import Comparison, Pair, compare
from config.catalogue import Catalogue, load_catalogue
from kiosk.catalogue.search import Finder

PROVIDERS: Final = 10_000
FRAME_S: Final = 0.016
BASELINE: Final = "the 16 ms in which the next frame is due"

_SYLLABLES: Final = (
    *("мо", "ка", "та", "ри", "не", "ва", "ло", "ши", "гра", "стро"),
    *("тел", "бан", "ком", "сер", "вис", "про", "дом", "газ", "эн", "ер", "го"),
)


def run(*, quick: bool, folder: Path | None) -> tuple[Comparison, ...]:
    """Measure every key of many names, half of them with a slip; `folder` has no meaning here."""
    del folder
    chance = random.Random(7)
    catalogue = _crowded(chance)
    finder = Finder(catalogue)
    pairs = [
        Pair((_seconds(finder, typed),), (FRAME_S,))
        for typed in _typed(catalogue, chance, names=20 if quick else 300)
    ]
    what = f"one key of a search among {PROVIDERS:,} providers"
    return (compare("search.key", what, BASELINE, pairs),)


def _seconds(finder: Finder, typed: str) -> float:
    began = time.process_time()
    finder.find(typed)
    return time.process_time() - began


def _typed(catalogue: Catalogue, chance: random.Random, names: int) -> Iterator[str]:
    for _ in range(names):
        name = chance.choice(catalogue.providers).name
        if chance.random() < 0.5:
            place = chance.randrange(1, len(name))
            name = name[:place] + chance.choice("аеиокт") + name[place + 1 :]
        yield from (name[:length] for length in range(1, len(name) + 1))


def _crowded(chance: random.Random) -> Catalogue:
    catalogue = load_catalogue()
    model = catalogue.providers[0]
    crowd = tuple(
        model.model_copy(
            update={
                "id": 1_000 + number,
                "code": f"crowd_{number}",
                "name": f"{_word(chance).capitalize()} {_word(chance)}",
                "legal_name": f"ООО «{_word(chance).capitalize()}»",
                "inn": f"{number:010d}",
                "keywords": (_word(chance), _word(chance)),
            }
        )
        for number in range(PROVIDERS)
    )
    return catalogue.model_copy(update={"providers": crowd, "popular": ()})


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(2, 4)))
