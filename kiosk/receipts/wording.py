"""Words of the slips, read from one data file a language.

Every word that a customer reads on paper comes from here, so that a translation is a file and not a
change of code. It must never supply a missing word in silence: an absent key is an error.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from kiosk.receipts.errors import WordingError

LANGUAGES: Final = ("ru", "en", "kk")
"""Languages that slips are written in; the first where nobody chose."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language, by `section.key`."""

    language: str
    words: Mapping[str, str]

    def say(self, key: str, **values: str) -> str:
        """Return the words under `key` with `values` put in their places.

        Raises:
            WordingError: the key is absent or a place has no value.
        """
        try:
            said = self.words[key]
            return said.format(**values) if "{" in said else said
        except (KeyError, IndexError) as error:
            raise WordingError(f"slip wording {self.language!r} cannot say {key!r}") from error


@cache
def load_wording(language: str = LANGUAGES[0]) -> Wording:
    """Read the words of `language` that are shipped with the program."""
    source = files("kiosk.receipts.texts").joinpath(f"{language}.toml")
    try:
        tables = tomllib.loads(source.read_text(encoding="utf-8"))
    except OSError as error:
        raise WordingError(f"no slip wording for language {language!r}") from error
    words = {
        f"{section}.{key}": str(value)
        for section, table in tables.items()
        if isinstance(table, dict)
        for key, value in table.items()
    }
    return Wording(language=language, words=words)


def wording_for(language: str) -> Wording:
    """The words of `language`, or of the first one where slips do not know it."""
    return load_wording(language if language in LANGUAGES else LANGUAGES[0])
