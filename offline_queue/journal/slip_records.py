"""Kinds of slips, and the record of one that neither a payment nor a collection brings along.

`offline_queue.journal.records` joins it to the others. What it says of a customer stands in the
slip's text alone, which is left out wherever a journal is shown.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class SlipKind(StrEnum):
    """Kinds of slips the journal keeps."""

    PAYMENT = "payment"
    COLLECTION = "collection"
    DEVICE_TEST = "device_test"
    INFORMATION = "information"
    SHIFT = "shift"
    REFUSED = "refused"
    DISPUTED = "disputed"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipMade:
    """A slip was made of something that has no record of its own kind: it has a number of the one row
    of receipt numbers, and is about to be printed.

    Attributes:
        about: what it is about, for whoever reads the journal: a payment, a note, an order.
    """

    kind: Literal["slip_made"] = "slip_made"
    receipt_number: int
    slip: SlipKind
    about: str
    slip_text: str
    template: str
