"""The slip of a payment: its data, and the built-in template that makes a model of it.

Takes sums that are already computed and only checks that they add up; it must never compute a fee,
and must never stop a payment: `payment_receipt` falls back to the minimal slip.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import structlog

from kiosk.receipts.errors import ReceiptError, SumsDoNotAddUpError
from kiosk.receipts.figures import money_text
from kiosk.receipts.finish import (
    Mandatory,
    SlipIssuer,
    SlipSums,
    finish_slip,
    head_blocks,
    minimal_receipt,
    sums_blocks,
)
from kiosk.receipts.marks import mark_blocks
from kiosk.receipts.model import (
    Align,
    Block,
    Feed,
    Pair,
    Qr,
    Receipt,
    Rule,
    SlipKind,
    SlipModel,
    Text,
)
from kiosk.receipts.wording import Wording

PAYMENT_TEMPLATE_VERSION = "payment-1"

_log = structlog.get_logger(__name__)


class SlipStatus(StrEnum):
    """What the terminal knows about the payment while it prints."""

    ACCEPTED = "accepted"
    ACCEPTED_OFFLINE = "accepted_offline"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipField:
    """One field of the service as the customer filled it; already masked where it must be."""

    title: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipProvider:
    """Who gets the money. Empty text leaves a line out."""

    name: str
    receipt_name: str
    legal_name: str = ""
    support_phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentSlipData:
    """All that a payment slip shows. Sums in kopecks; `printed_at` carries its zone.

    `inserted = credited + fee + change`; `disputed` is money that the acceptor could not account for
    and stands outside of this sum; `disputed_unknown` counts such notes whose value nobody knows.
    """

    issuer: SlipIssuer
    receipt_number: int
    payment_number: int
    printed_at: datetime
    provider: SlipProvider
    fields: tuple[SlipField, ...]
    inserted: int
    fee: int
    credited: int
    change: int = 0
    disputed: int = 0
    disputed_unknown: int = 0
    fee_text: str = ""
    status: SlipStatus
    check_url: str = ""
    copy: bool = False
    template_version: str = PAYMENT_TEMPLATE_VERSION

    @property
    def mandatory(self) -> Mandatory:
        """What this slip must show in any template."""
        return Mandatory(
            issuer=self.issuer,
            receipt_number=self.receipt_number,
            printed_at=self.printed_at,
            sums=SlipSums(inserted=self.inserted, fee=self.fee, credited=self.credited),
        )


def payment_receipt(data: PaymentSlipData, wording: Wording) -> Receipt:
    """Make the slip of a payment; a failing template gives way to the built-in minimal slip."""
    try:
        return finish_slip(payment_slip(data, wording), data.mandatory, wording)
    except ReceiptError:
        _log.exception("slip_template_refused", receipt=data.receipt_number)
        return minimal_receipt(SlipKind.PAYMENT, data.mandatory, wording)


def payment_slip(data: PaymentSlipData, wording: Wording) -> SlipModel:
    """Make the draft of a payment slip.

    Raises:
        SumsDoNotAddUpError: a sum is negative, or inserted is not credited + fee + change.
    """
    _check_sums(data)
    blocks: tuple[Block, ...] = (
        *mark_blocks(data.issuer, wording, copy=data.copy),
        *head_blocks(data.mandatory, wording),
        Pair(left=wording.say("head.payment"), right=payment_mark(data)),
        Rule(),
        *_service_blocks(data, wording),
        Rule(),
        *_money_blocks(data, wording),
        Rule(),
        *_status_blocks(data, wording),
    )
    return SlipModel(kind=SlipKind.PAYMENT, template_version=data.template_version, blocks=blocks)


def payment_mark(data: PaymentSlipData) -> str:
    """The payment's number as customers quote it to the hotline: terminal and number."""
    return f"{data.issuer.terminal_id}-{data.payment_number:06d}"


def _check_sums(data: PaymentSlipData) -> None:
    sums = (data.inserted, data.fee, data.credited, data.change, data.disputed)
    if min(sums) < 0 or data.inserted != data.credited + data.fee + data.change:
        raise SumsDoNotAddUpError(
            f"inserted {data.inserted}, fee {data.fee}, credited {data.credited}, "
            f"change {data.change}, disputed {data.disputed}"
        )


def _service_blocks(data: PaymentSlipData, wording: Wording) -> Iterator[Block]:
    provider = data.provider
    yield Pair(left=wording.say("service.provider"), right=provider.name, bold=True)
    named = (
        ("service.receipt_name", provider.receipt_name),
        ("service.legal_name", provider.legal_name),
        ("service.support", provider.support_phone),
    )
    for key, value in named:
        if value:
            yield Pair(left=wording.say(key), right=value)
    for field in data.fields:
        yield Pair(left=field.title, right=field.value, bold=True)


def _money_blocks(data: PaymentSlipData, wording: Wording) -> Iterator[Block]:
    sums = SlipSums(inserted=data.inserted, fee=data.fee, credited=data.credited)
    yield from sums_blocks(sums, wording, data.fee_text)
    if data.change:
        yield Pair(left=wording.say("sums.change"), right=_money(data.change, wording))
    yield from disputed_blocks(data.disputed, wording, unknown=data.disputed_unknown)


def disputed_blocks(disputed: int, wording: Wording, *, unknown: int = 0) -> Iterator[Block]:
    """Tell of notes that the acceptor could not account for; nothing where there are none."""
    if not disputed and not unknown:
        return
    money = _money(disputed, wording) if disputed else wording.say("sums.value_unknown")
    yield Pair(left=wording.say("sums.disputed"), right=money, bold=True)
    if unknown:
        yield Text(text=wording.say("sums.unknown_notes", count=str(unknown)))
    note = wording.say("sums.disputed_note", sum=money) if disputed else ""
    yield Text(text=note or wording.say("sums.unknown_note"))


def _money(kopecks: int, wording: Wording) -> str:
    return wording.say("sums.money", sum=money_text(kopecks))


def _status_blocks(data: PaymentSlipData, wording: Wording) -> Iterator[Block]:
    status = wording.say(f"status.{data.status.value}")
    yield Pair(left=wording.say("status.title"), right=status, bold=True)
    if data.status is SlipStatus.ACCEPTED_OFFLINE:
        yield Text(text=wording.say("status.offline_note"))
    yield Feed()
    yield Text(text=wording.say("status.keep"), align=Align.CENTER)
    if data.check_url:
        yield Qr(payload=data.check_url)
        yield Text(text=wording.say("status.check"), align=Align.CENTER)
        yield Text(text=data.check_url, align=Align.CENTER)
