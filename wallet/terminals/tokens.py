"""Enrolment tokens: good once, for a while, for one terminal. Pure: randomness and time come in.

What is stored is a hash, so that whoever reads the database can enrol nothing. The token is long and
random, so a plain hash is enough: there is nothing to guess.
"""

import hashlib
from base64 import urlsafe_b64encode
from typing import Final

TOKEN_BYTES: Final = 32


def token_of(terminal_id: str, random: bytes) -> str:
    """A token: the terminal's number, a dot, and `TOKEN_BYTES` bytes fit for secrets."""
    return f"{terminal_id}.{urlsafe_b64encode(random).decode().rstrip('=')}"


def hash_of(token: str) -> str:
    """What is kept of a token: 64 hexadecimal digits."""
    return hashlib.sha256(token.encode()).hexdigest()
