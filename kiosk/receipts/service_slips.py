"""Slips that are not about an accepted payment: refusals, device faults and the printer's test.

A customer whose money may still be inside leaves with a paper that names terminal, moment and
hotline. These slips must never promise a credit.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kiosk.receipts.figures import money_text
from kiosk.receipts.finish import (
    Mandatory,
    SlipIssuer,
    finish_slip,
    head_blocks,
)
from kiosk.receipts.marks import mark_blocks
from kiosk.receipts.model import Block, Pair, Receipt, Rule, SlipKind, SlipModel, Text
from kiosk.receipts.payment_slip import SlipField, disputed_blocks
from kiosk.receipts.wording import Wording

REFUSED_TEMPLATE_VERSION = "refused-1"
TEST_TEMPLATE_VERSION = "test-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedSlipData:
    """A payment that was not made, or a device that failed with money on its way. Sums in kopecks."""

    issuer: SlipIssuer
    receipt_number: int
    printed_at: datetime
    reason: str
    provider_name: str = ""
    fields: tuple[SlipField, ...] = ()
    inserted: int = 0
    disputed: int = 0
    device_error: bool = False
    copy: bool = False


def refused_receipt(data: RefusedSlipData, wording: Wording) -> Receipt:
    """Make the slip of a refused payment or of a device fault."""
    kind = SlipKind.DEVICE_ERROR if data.device_error else SlipKind.REFUSED
    mandatory = Mandatory(
        issuer=data.issuer,
        receipt_number=data.receipt_number,
        printed_at=data.printed_at,
        sums=None,
    )
    blocks = (
        *mark_blocks(
            data.issuer,
            wording,
            copy=data.copy,
            subject=wording.say(f"mark.{kind.value}"),
        ),
        *head_blocks(mandatory, wording),
        Rule(),
        *_refusal_blocks(data, wording),
    )
    model = SlipModel(kind=kind, template_version=REFUSED_TEMPLATE_VERSION, blocks=blocks)
    return finish_slip(model, mandatory, wording)


def _refusal_blocks(data: RefusedSlipData, wording: Wording) -> Iterator[Block]:
    if data.provider_name:
        yield Pair(left=wording.say("service.provider"), right=data.provider_name, bold=True)
    for field in data.fields:
        yield Pair(left=field.title, right=field.value, bold=True)
    if data.inserted:
        money = wording.say("sums.money", sum=money_text(data.inserted))
        yield Pair(left=wording.say("sums.inserted"), right=money, bold=True)
    yield from disputed_blocks(data.disputed, wording)
    yield Text(text=wording.say("refused.reason", reason=data.reason))
    yield Text(text=wording.say("refused.money_inside"))


def printer_test_receipt(
    issuer: SlipIssuer,
    *,
    receipt_number: int,
    printed_at: datetime,
    printer_name: str,
    columns: int,
    wording: Wording,
) -> Receipt:
    """Make the slip that shows a technician every Russian letter and the width of the paper."""
    mandatory = Mandatory(
        issuer=issuer, receipt_number=receipt_number, printed_at=printed_at, sums=None
    )
    blocks = (
        *mark_blocks(issuer, wording, subject=wording.say("mark.test")),
        *head_blocks(mandatory, wording),
        Rule(),
        Text(text=wording.say("test.about")),
        Pair(left=wording.say("test.printer"), right=printer_name),
        Pair(left=wording.say("test.columns"), right=str(columns)),
        Text(text=wording.say("test.upper")),
        Text(text=wording.say("test.lower")),
        Text(text=wording.say("test.digits")),
    )
    model = SlipModel(kind=SlipKind.TEST, template_version=TEST_TEMPLATE_VERSION, blocks=blocks)
    return finish_slip(model, mandatory, wording)
