"""Sentences that count something: one place, because the translation has several forms of each.

They go through `QObject.tr`: that is where the extraction tool of every supported Qt sees a plural.
"""

from PySide6.QtCore import QObject


class Plurals(QObject):
    """Counting sentences in the language that is loaded."""

    def digits_left(self, count: int) -> str:
        """Return how many digits are still to be typed."""
        return self.tr("%n digit(s) left", "", count)

    def characters_left(self, count: int) -> str:
        """Return how many characters are still to be typed."""
        return self.tr("%n character(s) left", "", count)

    def home_in(self, seconds: int) -> str:
        """Return in how many seconds the start screen comes back."""
        return self.tr("Home in %n s", "", seconds)

    def forgotten_in(self, seconds: int) -> str:
        """Return in how many seconds what was typed is forgotten."""
        return self.tr(
            "In %n s the start screen comes back and what you typed is erased.", "", seconds
        )

    def paid_to_account_in(self, seconds: int) -> str:
        """Return in how many seconds the money inside is paid as it was confirmed."""
        return self.tr("In %n s they will be paid to the account you confirmed.", "", seconds)

    def paid_in(self, seconds: int) -> str:
        """Return in how many seconds the payment is finished by itself."""
        return self.tr("Paid by itself in %n s", "", seconds)
