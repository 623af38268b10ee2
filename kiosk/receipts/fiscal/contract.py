"""The language that every fiscal registrar speaks upward.

A registrar closes a document in its drive and prints it: two things, of which the first may be done
and the second not (facts sheet receipts §3.9). It must never decide whether a payment is made: the
money is in the box before it is asked.
"""

from dataclasses import dataclass
from typing import Protocol

from kiosk.receipts.fiscal.document import FiscalDocument
from kiosk.receipts.issuer import FiscalMark


@dataclass(frozen=True, slots=True)
class FiscalWait:
    """Not known yet; ask again. The document may be closed or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FiscalDone:
    """The document is closed in the drive; `printed` tells whether it came out on paper."""

    mark: FiscalMark
    printed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FiscalFailed:
    """The document is not closed and will not be by itself; `why` is for the technician, `final`
    when registering it again cannot help.
    """

    why: str
    final: bool


FiscalOutcome = FiscalWait | FiscalDone | FiscalFailed


class FiscalRegistrar(Protocol):
    """Commands of the terminal. None of them blocks or raises for a fault of the device."""

    def register(self, document: FiscalDocument) -> None:
        """Begin to register this document. One with the same identity is registered once, however
        often it is told; after a failure that is not final, telling it again tries again.
        """

    def outcome(self, identity: str) -> FiscalOutcome:
        """What is known of the document of this identity; waiting also when nobody told of it."""
