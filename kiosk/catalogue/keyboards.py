"""Which characters each on-screen keyboard can send, whatever the screen really shows.

A field takes nothing that its keyboard has no key for, so a stray event can never put a character
into an account number that the customer could not have typed.
"""

import string
from typing import Literal

_PUNCTUATION = " -.,:;/\\()«»\"'№#%+!?&"
_CYRILLIC = "".join(chr(code) for code in range(ord("А"), ord("я") + 1)) + "Ёё"

_KEYS = {
    "digits": frozenset(string.digits),
    "ru": frozenset(_CYRILLIC + string.digits + _PUNCTUATION),
    "latin": frozenset(string.ascii_letters + string.digits + string.punctuation),
    "buttons": frozenset(),
}


def has_key(keyboard: Literal["digits", "ru", "latin", "buttons"], char: str) -> bool:
    """True when this keyboard can type this one character."""
    return char in _KEYS[keyboard]
