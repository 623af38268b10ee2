"""What a provider is called in the languages of the screen, so that it is found by the name that a
customer reads.

It installs nothing and speaks no language; any thread may ask. What no translation knows has no other
name.
"""

from PySide6.QtCore import QTranslator

from kiosk.terminal.snapshot import Language
from ui.look import TRANSLATIONS, LanguageMissingError


class OtherNames:
    """The names of the catalogue's texts in every language. Raises LanguageMissingError when made."""

    def __init__(self) -> None:
        self._translators = tuple(_translator_of(one) for one in Language)

    def __call__(self, text: str) -> tuple[str, ...]:
        """What `text` is called where that is not `text` itself; each name once."""
        told = (one.translate("Catalogue", text) for one in self._translators)
        return tuple(dict.fromkeys(name for name in told if name and name != text))


def _translator_of(language: Language) -> QTranslator:
    translator = QTranslator()
    if not translator.load(str(TRANSLATIONS / f"{language.value}.qm")):
        raise LanguageMissingError(language.value)
    return translator
