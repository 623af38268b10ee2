"""Words of the slips, read from one data file a language.

Every word that a customer reads on paper comes from here, so that a translation is a file and not a
change of code. It must never supply a missing word in silence: an absent key is an error.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kiosk.receipts.errors import WordingError


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
            return self.words[key].format(**values)
        except (KeyError, IndexError) as error:
            raise WordingError(f"slip wording {self.language!r} cannot say {key!r}") from error


@cache
def load_wording(language: str = "ru") -> Wording:
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
