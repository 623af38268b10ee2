"""Loads what a window needs before it is drawn: fonts, fallbacks and the language."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from ui.late_log import LateLog

UI_FOLDER = Path(__file__).parent
FONTS = UI_FOLDER / "fonts"
TRANSLATIONS = UI_FOLDER / "translations"
FAMILY = "Golos Text"
FALLBACK = "Noto Sans"

log = LateLog(__name__)


class FontMissingError(RuntimeError):
    """A font that ships with the program could not be loaded."""


class LanguageMissingError(RuntimeError):
    """A translation that ships with the program could not be loaded."""


def load_fonts() -> None:
    """Make the house's fonts known to Qt. Raises FontMissingError when one cannot be read."""
    for path in sorted(FONTS.glob("*.ttf")):
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise FontMissingError(path.name)
    QFont.insertSubstitutions(FAMILY, [FALLBACK])
    QGuiApplication.setFont(QFont(FAMILY))


def load_language(language: str) -> QTranslator:
    """Install the translation of `language` and make it the locale of dates. Keep the returned
    object.
    """
    QLocale.setDefault(QLocale(language))
    translator = QTranslator()
    if not translator.load(str(TRANSLATIONS / f"{language}.qm")):
        raise LanguageMissingError(language)
    QCoreApplication.installTranslator(translator)
    log.info("language loaded", language=language)
    return translator
