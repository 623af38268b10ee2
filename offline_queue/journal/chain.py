"""The hash chain over the journal's rows.

Each row carries an HMAC-SHA256, keyed by the terminal's secret, over the previous row's HMAC and its
own content. A changed, removed or reordered row breaks the chain at that place; without the key
nobody can mend it. The end of the chain carries a seal of its own. What no chain can show from within
is a whole file put back as it was earlier: for that its end must be known elsewhere. This file must
never touch a database.
"""

import hmac
from dataclasses import dataclass, field
from typing import NewType

Mac = NewType("Mac", bytes)

_HASH = "sha256"

GENESIS = Mac(bytes(32))
"""What stands before the first row."""


@dataclass(frozen=True, slots=True)
class ChainKey:
    """The terminal's secret for the chain: 32 bytes, never shown."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != 32:
            raise ValueError("the journal key must be 32 bytes")

    def link(self, previous: Mac, seq: int, at: str, body: str) -> Mac:
        """The HMAC of a row: its place, its time (text as stored) and its body, after `previous`."""
        head = f"{seq}\n{at}\n{len(body)}\n".encode()
        return Mac(hmac.digest(self.secret, previous + head + body.encode(), _HASH))

    def seal(self, seq: int, mac: Mac) -> Mac:
        """The HMAC of the chain's end. Without it, whoever drops the last rows could name an earlier
        row as the end: its own HMAC stands in the file.
        """
        return Mac(hmac.digest(self.secret, b"end\n" + f"{seq}\n".encode() + mac, _HASH))

    def seal_part(self, previous: Mac, purpose: str, place: int, part: int, body: str) -> Mac:
        """The HMAC of a part of a sealed set: what the set is for, the place in the chain at which
        its rows stood so, and the part's number and text, after `previous`.
        """
        head = f"part\n{purpose}\n{place}\n{part}\n{len(body)}\n".encode()
        return Mac(hmac.digest(self.secret, head + previous + body.encode(), _HASH))

    def vouch(self, purpose: str, text: str) -> Mac:
        """The HMAC of a small file beside the journal; `purpose` keeps kinds of files apart."""
        head = f"file\n{purpose}\n{len(text)}\n".encode()
        return Mac(hmac.digest(self.secret, head + text.encode(), _HASH))


def same(one: bytes, other: bytes) -> bool:
    """Compare two HMACs in constant time."""
    return hmac.compare_digest(one, other)
