"""What a slip says of a payment in the journal, by what is known of its money.

The same payment and the same status always give the same slip: everything comes from the payment and
the catalogue, nothing from the screen. It must never say "credited" of money that was refused, or of
which nobody knows where it is.
"""

from dataclasses import dataclass

from config.catalogue import Catalogue, FeeBand, Field, Provider, UnknownProviderError
from config.receipt_section import PAYMENT_PLACE
from kiosk.catalogue.layout import grouped
from kiosk.receipts.collection_slip import SlipNote
from kiosk.receipts.fee_words import fee_words
from kiosk.receipts.figures import AccountKind, mask_account
from kiosk.receipts.finish import SlipData
from kiosk.receipts.issuer import SlipHead
from kiosk.receipts.payment_slip import (
    PaymentSlipData,
    SlipField,
    SlipProvider,
    SlipStatus,
    payment_mark,
)
from kiosk.receipts.trouble_slips import DisputedSlipData, RefusedSlipData
from kiosk.receipts.wording import Wording
from terminal_api.payments import PaymentItem


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentKnowledge:
    """What a slip needs beside the payment; an empty `check_url` leaves out the code."""

    wording: Wording
    catalogue: Catalogue
    check_url: str = ""


def slip_of(
    item: PaymentItem, head: SlipHead, status: SlipStatus, known: PaymentKnowledge
) -> SlipData:
    """The slip of this payment: refused, made of disputed notes alone, or an ordinary one."""
    if status is SlipStatus.REFUSED:
        return refused_slip(item, head, known)
    if not item.inserted_minor:
        return _disputed(item, head, status, known)
    return _paid(item, head, status, known)


def refused_slip(item: PaymentItem, head: SlipHead, known: PaymentKnowledge) -> RefusedSlipData:
    """The slip that tells of the refusal, and what becomes of the money."""
    provider = _find(known.catalogue, item.provider_code)
    return RefusedSlipData(
        head=head,
        payment_number=item.number,
        provider=_slip_provider(provider, item),
        fields=_fields(provider, item),
        inserted=item.inserted_minor,
        disputed=item.disputed_minor,
        disputed_unknown=_unknown(item),
    )


def _disputed(
    item: PaymentItem, head: SlipHead, status: SlipStatus, known: PaymentKnowledge
) -> DisputedSlipData:
    """Nothing is known to be inside: before anybody has looked, no more can be said than that."""
    provider = _find(known.catalogue, item.provider_code)
    fresh = status in (SlipStatus.ACCEPTED, SlipStatus.ACCEPTED_OFFLINE)
    return DisputedSlipData(
        head=head,
        payment_number=item.number,
        provider=_slip_provider(provider, item),
        fields=_fields(provider, item),
        notes=_disputed_notes(item),
        status=SlipStatus.DISPUTED if fresh else status,
    )


def _paid(
    item: PaymentItem, head: SlipHead, status: SlipStatus, known: PaymentKnowledge
) -> PaymentSlipData:
    provider = _find(known.catalogue, item.provider_code)
    band = _band(known.catalogue, provider, item)
    return PaymentSlipData(
        head=head,
        payment_number=item.number,
        provider=_slip_provider(provider, item),
        fields=_fields(provider, item),
        inserted=item.inserted_minor,
        fee=item.fee_minor,
        credited=item.credited_minor,
        change=item.change_minor,
        disputed=item.disputed_minor,
        disputed_unknown=_unknown(item),
        fee_text="" if band is None else fee_words(band, known.wording),
        status=status,
        check_url=known.check_url.replace(PAYMENT_PLACE, payment_mark(head, item.number)),
    )


def _unknown(item: PaymentItem) -> int:
    return sum(note.minor == 0 for note in item.notes)


def _disputed_notes(item: PaymentItem) -> tuple[SlipNote, ...]:
    return tuple(
        SlipNote(
            cycle=note.cycle,
            minor=note.minor or None,
            currency=note.currency,
            evidence=note.evidence,
        )
        for note in item.notes
        if note.disputed
    )


def _find(catalogue: Catalogue, code: str) -> Provider | None:
    try:
        return catalogue.provider(code)
    except UnknownProviderError:
        return None


def _band(catalogue: Catalogue, provider: Provider | None, item: PaymentItem) -> FeeBand | None:
    """The terms of the fee, if they are still those of the day on which the payment was made."""
    if provider is None or catalogue.fee_version != item.fee_version:
        return None
    for band in provider.fee:
        # A fee that took all there was is not what the table says; then its line stands alone.
        if (
            band.covers(item.inserted_minor)
            and band.fee_minor(item.inserted_minor) == item.fee_minor
        ):
            return band
    return None


def _slip_provider(provider: Provider | None, item: PaymentItem) -> SlipProvider:
    if provider is None:
        # The catalogue was exchanged since the customer confirmed; the code still identifies it.
        return SlipProvider(name=item.provider_code, code=item.provider_code)
    return SlipProvider(
        name=provider.name,
        code=provider.code,
        receipt_name=provider.receipt_name,
        legal_name=provider.legal_name,
        support_phone=provider.support_phone,
    )


def _fields(provider: Provider | None, item: PaymentItem) -> tuple[SlipField, ...]:
    if provider is None:
        return tuple(SlipField(title=name, value=value) for name, value in item.fields.items())
    return tuple(
        SlipField(title=field.title, value=_shown(field, value))
        for field in provider.fields
        if (value := item.fields.get(field.name, ""))
    )


def _shown(field: Field, value: str) -> str:
    # Only cards carry this check digit; everything else is printed whole, so that a support desk
    # can find the payment by the slip.
    is_card = field.checksum == "luhn"
    return mask_account(AccountKind.CARD, value) if is_card else grouped(field, value)
