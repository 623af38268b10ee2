"""Blanks what belongs to a customer in records that leave the terminal.

Accounts and phones keep their last four characters, so that people can still talk about the same
payment; slips, which hold all of it, are left out. Everything else stays as it is.
"""

import re

_LAST = 4
_TYPED = frozenset({"account"})
_TYPED_FIELDS = frozenset({"fields"})
_WHOLE_TEXTS = frozenset({"slip_text"})
_SENTENCES = frozenset({"why", "message", "detail"})
_LONG_NUMBER = re.compile(r"\d{7,}")


def masked(record: dict[str, object]) -> dict[str, object]:
    """A copy of a record's JSON without a customer's data."""
    return {name: _value(name, value) for name, value in record.items()}


def _value(name: str, value: object) -> object:
    if name in _TYPED and isinstance(value, str):
        return _ends(value)
    if name in _TYPED_FIELDS:
        return _fields(value)
    if name in _WHOLE_TEXTS and value:
        return "***"
    if name in _SENTENCES and isinstance(value, str):
        # What a backend wrote may quote what it was sent.
        return _LONG_NUMBER.sub(lambda found: _ends(found[0]), value)
    if isinstance(value, dict):
        return masked(value)
    return value


def _fields(value: object) -> object:
    """Fields stand as an object in payments, and as pairs in sessions."""
    if isinstance(value, dict):
        return {name: _ends(str(typed)) for name, typed in value.items()}
    if isinstance(value, list):
        return [[pair[0], _ends(str(pair[1]))] if _is_pair(pair) else "***" for pair in value]
    return "***"


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2


def _ends(text: str) -> str:
    """The last four characters of a text that is longer than twice that."""
    return "*" * (len(text) - _LAST) + text[-_LAST:] if len(text) >= 2 * _LAST else "****"
