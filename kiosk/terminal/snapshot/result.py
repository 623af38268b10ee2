"""What is shown of a payment that was made, now or earlier."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.terminal.snapshot.browsing import ProviderItem


class SlipState(StrEnum):
    """What became of the slip."""

    PRINTING = "printing"
    PRINTED = "printed"
    FAILED = "failed"


class Delivery(StrEnum):
    """How far the payment has come."""

    QUEUED = "queued"
    ACCEPTED = "accepted"
    CREDITED = "credited"
    REFUSED = "refused"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultView:
    """The last screen of a payment. `account` is masked; `slip_text` is the slip as lines of text."""

    provider: ProviderItem
    account: str
    inserted_minor: int
    fee_minor: int
    credited_minor: int
    disputed_minor: int
    payment_number: int
    formed_at: datetime
    slip: SlipState
    slip_text: str
    delivery: Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPayment:
    """A payment of this terminal that was looked up; `account` is masked."""

    number: int
    formed_at: datetime
    provider: ProviderItem
    account: str
    inserted_minor: int
    delivery: Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckView:
    """What a payment is looked up by: the account, and around which day. `payments` is None before
    anything was looked up; `copied` is the payment of which a copy was ordered last, `copy` how that
    goes. `remaining` is how many characters are missing at least.
    """

    account: str
    days_ago: int
    earliest: bool
    complete: bool
    remaining: int = 0
    payments: tuple[FoundPayment, ...] | None = None
    copied: int | None = None
    copy: SlipState = SlipState.PRINTING
