"""Makes slips of payments and collections from what the journal holds.

The same payment always gives the same slip: everything on it comes from the payment, the catalogue
and the settings, nothing from the screen. A slip that cannot be made must not stop a payment; the
receipts package then falls back to a minimal one.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from config.catalogue import Catalogue, Field, Provider, UnknownProviderError
from drivers.printers.models import PrinterModel
from kiosk.catalogue.layout import grouped
from kiosk.receipts.collection_slip import (
    COLLECTION_TEMPLATE_VERSION,
    CollectionSlipData,
    SlipCount,
    SlipNote,
    collection_receipt,
)
from kiosk.receipts.escpos_bytes import render_bytes
from kiosk.receipts.figures import AccountKind, mask_account
from kiosk.receipts.finish import SlipIssuer
from kiosk.receipts.model import Receipt
from kiosk.receipts.payment_slip import (
    PAYMENT_TEMPLATE_VERSION,
    PaymentSlipData,
    SlipField,
    SlipProvider,
    SlipStatus,
    payment_receipt,
)
from kiosk.receipts.text import render_text
from kiosk.receipts.wording import Wording
from offline_queue.journal.cash_records import CashCollected, NoteInQuestion
from terminal_api.payments import PaymentItem

TEMPLATE = PAYMENT_TEMPLATE_VERSION
COLLECTION_TEMPLATE = COLLECTION_TEMPLATE_VERSION

SlipContent = PaymentItem | CashCollected
"""What a slip can be made of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipMaker:
    """Knows who issues slips, in which words, and for which printer."""

    issuer: SlipIssuer
    wording: Wording
    model: PrinterModel
    zone: ZoneInfo
    catalogue: Catalogue

    def text(self, item: SlipContent, *, online: bool, copy: bool = False) -> str:
        """The slip as text, for the journal and the screen; `copy` marks it as printed again."""
        return render_text(self._receipt(item, online=online, copy=copy), self.model.columns)

    def data(self, item: SlipContent, *, online: bool, copy: bool = False) -> bytes:
        """The slip as bytes, for the printer; `copy` marks it as printed again."""
        return render_bytes(self._receipt(item, online=online, copy=copy), self.model)

    def _receipt(self, item: SlipContent, *, online: bool, copy: bool) -> Receipt:
        if isinstance(item, CashCollected):
            return collection_receipt(self._collection(item, copy=copy), self.wording)
        return self._payment(item, online=online, copy=copy)

    def _collection(self, record: CashCollected, *, copy: bool) -> CollectionSlipData:
        return CollectionSlipData(
            issuer=self.issuer,
            receipt_number=record.receipt_number,
            printed_at=datetime.fromisoformat(record.at).astimezone(self.zone),
            number=record.number,
            operator=record.operator,
            since=_moment(record.since, self.zone),
            counts=tuple(
                SlipCount(minor=one.minor, count=one.count, currency=one.currency)
                for one in record.counts
            ),
            payments=record.payments,
            disputed=tuple(_slip_note(one, self.zone) for one in record.disputed),
            suspense=tuple(_slip_note(one, self.zone) for one in record.suspense),
            openings=record.openings,
            copy=copy,
        )

    def _payment(self, item: PaymentItem, *, online: bool, copy: bool) -> Receipt:
        provider = _find(self.catalogue, item.provider_code)
        data = PaymentSlipData(
            issuer=self.issuer,
            receipt_number=item.receipt_number,
            payment_number=item.number,
            printed_at=item.formed_at.astimezone(self.zone),
            provider=_slip_provider(provider, item),
            fields=_fields(provider, item),
            inserted=item.inserted_minor,
            fee=item.fee_minor,
            credited=item.credited_minor,
            change=item.change_minor,
            disputed=item.disputed_minor,
            disputed_unknown=sum(note.minor == 0 for note in item.notes),
            status=SlipStatus.ACCEPTED if online else SlipStatus.ACCEPTED_OFFLINE,
            copy=copy,
        )
        return payment_receipt(data, self.wording)


def _slip_note(note: NoteInQuestion, zone: ZoneInfo) -> SlipNote:
    return SlipNote(
        cycle=note.cycle,
        minor=note.minor,
        currency=note.currency,
        at=_moment(note.at, zone),
        evidence=note.evidence,
    )


def _moment(text: str, zone: ZoneInfo) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(zone) if text else None


def _find(catalogue: Catalogue, code: str) -> Provider | None:
    try:
        return catalogue.provider(code)
    except UnknownProviderError:
        return None


def _slip_provider(provider: Provider | None, item: PaymentItem) -> SlipProvider:
    if provider is None:
        # The catalogue was exchanged since the customer confirmed; the code still identifies it.
        return SlipProvider(name=item.provider_code, receipt_name="")
    return SlipProvider(
        name=provider.name,
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
