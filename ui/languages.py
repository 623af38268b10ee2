"""The languages of the screen: one translation is installed at a time and can be changed meanwhile.

It must be used in the Qt thread, after the application was made.
"""

from PySide6.QtCore import QCoreApplication, QTranslator

from kiosk.terminal.snapshot import Language
from ui.look import load_language


class Languages:
    """Which language is spoken now. Nothing is spoken before the first `speak`."""

    def __init__(self) -> None:
        self._spoken: Language | None = None
        self._translator: QTranslator | None = None

    def speak(self, language: Language) -> bool:
        """Change to `language`; False when it is spoken already. Raises LanguageMissingError."""
        if language is self._spoken:
            return False
        translator = load_language(language.value)
        self.fall_silent()
        self._spoken, self._translator = language, translator
        return True

    def fall_silent(self) -> None:
        """Take the translation out again."""
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
        self._spoken = self._translator = None
