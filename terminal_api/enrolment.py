"""How a terminal becomes known, on the wire: a token that is good once, and keys.

An enrolment is signed by the very key that it brings, which proves that the terminal has it; a new
key is brought under the signature of the old one and proves itself. These models hold public halves
and, once, the token; a private key must never appear in any of them.
"""

from typing import Annotated, Final

from pydantic import AwareDatetime, StringConstraints

from terminal_api.payments import TerminalId
from terminal_api.shapes import Answered, Told

PublicKey = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A raw Ed25519 public key as hexadecimal digits."""

KeyId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Token = Annotated[str, StringConstraints(pattern=r"^[0-9]{8}\.[A-Za-z0-9_-]{43}$")]
"""The terminal's number, a dot, and 32 random bytes."""

Proof = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{128}$")]
"""An Ed25519 signature as hexadecimal digits."""

_PROOF_HEAD: Final = "terminal-v1 new key"


class EnrolRequest(Told):
    """The first request of a terminal."""

    terminal_id: TerminalId
    token: Token
    public_key: PublicKey


class EnrolAnswer(Answered):
    """The terminal is known from now on by this key."""

    terminal_id: TerminalId
    key_id: KeyId
    server_time: AwareDatetime


class NewKey(Told):
    """A key that shall replace the one which signs this request.

    `proof` is the new key's own signature of `proof_text`. The old key goes with the first request
    that the new one signs, so that a lost answer locks nobody out.
    """

    terminal_id: TerminalId
    public_key: PublicKey
    proof: Proof


class NewKeyAnswer(Answered):
    """The new key is known."""

    terminal_id: TerminalId
    key_id: KeyId


def proof_text(terminal_id: str, old_key_id: str, public_key: str) -> bytes:
    """What a new key signs to show that the terminal has it, bound to what it replaces."""
    return "\n".join((_PROOF_HEAD, terminal_id, old_key_id, public_key)).encode()
