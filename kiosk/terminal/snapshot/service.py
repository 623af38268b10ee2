"""What is shown while no money is taken, and what people who look after terminals want to know."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ServiceReason(StrEnum):
    """Why the terminal takes no money now, in the customer's terms."""

    STARTING = "starting"
    ACCEPTOR = "acceptor"
    CASSETTE_OUT = "cassette_out"
    CASSETTE_FULL = "cassette_full"
    PRINTER = "printer"
    PAPER = "paper"
    STORAGE = "storage"
    SETTLING = "settling"
    COLLECTION = "collection"
    CLOSING = "closing"


class StartCheck(StrEnum):
    """What is looked at before the first customer, in the order in which it ends as a rule."""

    JOURNAL = "journal"
    ACCEPTOR = "acceptor"
    PRINTER = "printer"
    PAYMENTS = "payments"


@dataclass(frozen=True, slots=True, kw_only=True)
class StartingView:
    """How far the self-test of a start has come."""

    done: frozenset[StartCheck]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutOfServiceView:
    """Reasons, the most telling first, and a small fault number for the phone call (0 = none).
    `inside_minor` is money of the present customer that is inside and will be paid as confirmed.
    """

    reasons: tuple[ServiceReason, ...]
    fault_number: int = 0
    inside_minor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryProgress:
    """How far payments have come on their way to the backend; for people who look after terminals.

    `oldest_formed_at` is of the first one that the backend has not answered for; `success_at` is the
    last answer of this life. The terminal's clock, both.
    """

    pending: int = 0
    oldest_formed_at: datetime | None = None
    success_at: datetime | None = None
