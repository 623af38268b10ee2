"""Identities that are never used again: of a life of the terminal and of its sessions."""

import uuid
from typing import Protocol


class IdFactory(Protocol):
    """Gives identities; injected so that a simulation can repeat itself."""

    def new(self) -> str:
        """An identity that no other call on any terminal has given."""


class RandomIds:
    """Identities from the system's randomness."""

    def new(self) -> str:
        """See `IdFactory`."""
        return uuid.uuid4().hex
