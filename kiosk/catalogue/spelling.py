"""The ways in which a word can be typed: other layout, other alphabet, one slip of a finger. Pure."""

from collections.abc import Iterator

_LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_RUSSIAN_KEYS = "йцукенгшщзхъфывапролджэячсмитьбюё"
_TO_RUSSIAN = str.maketrans(_LATIN_KEYS, _RUSSIAN_KEYS)
_TO_LATIN = str.maketrans(_RUSSIAN_KEYS, _LATIN_KEYS)

_SOUNDS = str.maketrans(
    {
        **dict(zip("абвгдезийклмнопрстуфыэ", "abvgdezijklmnoprstufye", strict=True)),
        **{"ж": "zh", "х": "h", "ц": "c", "ч": "ch", "ш": "sh", "щ": "sch", "ю": "yu", "я": "ya"},
        **{"ъ": "", "ь": "", "ё": "e"},
        **{
            "ә": "a",
            "ғ": "g",
            "қ": "k",
            "ң": "n",
            "ө": "o",
            "ұ": "u",
            "ү": "u",
            "һ": "h",
            "і": "i",
        },
    }
)


def plain(text: str) -> str:
    """The text without what people do not care for: case, and the two dots of ё."""
    return text.casefold().replace("ё", "е")


def romanised(word: str) -> str:
    """A Russian or Kazakh word in Latin letters, as people write it in a hurry."""
    return word.translate(_SOUNDS)


def in_other_layout(text: str) -> str:
    """What the same keys give in the other layout."""
    return plain(text.translate(_TO_RUSSIAN if text.isascii() else _TO_LATIN))


def slips(word: str, alphabet: str) -> Iterator[str]:
    """Every word that may have been meant, if one slip was made; the first letter is right."""
    for place in range(1, len(word) + 1):
        head, tail = word[:place], word[place:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in alphabet:
            if tail:
                yield head + letter + tail[1:]
            yield head + letter + tail
    if len(word) > 1:
        yield word[1] + word[0] + word[2:]
