"""Texts of the catalogue in the language that is spoken: categories, titles of fields, answers.

The catalogue speaks Russian; what its translations do not know stays as it is. Whatever a customer
typed must never pass through here.
"""

from PySide6.QtCore import QCoreApplication


def translated(text: str) -> str:
    """Return a text of the catalogue in the language that is spoken."""
    return QCoreApplication.translate("Catalogue", text) if text else ""
