"""Makes slips of payments and collections from what the journal holds.

The same payment always gives the same slip: everything on it comes from the payment, the catalogue
and the settings, nothing from the screen. A slip that cannot be made must not stop a payment; the
receipts package then falls back to a minimal one.
"""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from config.catalogue import Catalogue, FeeBand, Field, Provider, UnknownProviderError
from config.receipt_section import PAYMENT_PLACE
from drivers.printers.models import PrinterModel
from kiosk.catalogue.layout import grouped
from kiosk.receipts._escpos import new_builder
from kiosk.receipts.collection_slip import CollectionSlipData, SlipCount, SlipNote
from kiosk.receipts.escpos_bytes import PROFILE, render_bytes
from kiosk.receipts.fee_words import fee_words
from kiosk.receipts.figures import AccountKind, mask_account
from kiosk.receipts.issuer import SlipHead, SlipIssuer
from kiosk.receipts.model import Receipt, SlipKind
from kiosk.receipts.pages import page_for
from kiosk.receipts.payment_slip import (
    PaymentSlipData,
    SlipField,
    SlipProvider,
    SlipStatus,
    payment_mark,
)
from kiosk.receipts.text import render_text
from kiosk.receipts.wording import Wording, wording_for
from kiosk.receipts.writer import SlipWriter
from offline_queue.journal.cash_records import CashCollected, NoteInQuestion
from terminal_api.payments import PaymentItem

SlipContent = PaymentItem | CashCollected
"""What a slip can be made of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeSlip:
    """A slip as the journal keeps it: its text, and the mark of what made it."""

    text: str
    template: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a slip is to come out. `made_by` is the mark that was stored with it when it was made: it
    comes out in the same language and, while they are still here, by the same templates.
    """

    online: bool = True
    copy: bool = False
    language: str = ""
    made_by: str = ""
    status: SlipStatus | None = None

    @property
    def spoken(self) -> str:
        """The slip's language; empty where nobody chose one."""
        return self.language or self.made_by.rpartition(":")[2]


@dataclass(slots=True, kw_only=True)
class SlipMaker:
    """Knows who issues slips, in which words, by which templates, and for which printer. `wording`
    is for slips of which nobody chose the language; an empty `check_url` leaves out the code. The
    catalogue is exchanged between sessions alone.
    """

    issuer: SlipIssuer
    wording: Wording
    model: PrinterModel
    zone: ZoneInfo
    catalogue: Catalogue
    check_url: str = ""
    writer: SlipWriter = field(default_factory=SlipWriter)

    def make(self, item: SlipContent, *, online: bool, language: str = "") -> MadeSlip:
        """The slip as it is recorded, in the language of the customer."""
        receipt = self.receipt(item, Look(online=online, language=language))
        return MadeSlip(text=self._text(receipt), template=receipt.template)

    def text(
        self, item: SlipContent, *, online: bool, copy: bool = False, made_by: str = ""
    ) -> str:
        """The slip as text, for the screen; `copy` marks it as printed again."""
        return self._text(self.receipt(item, Look(online=online, copy=copy, made_by=made_by)))

    def data(
        self,
        item: SlipContent,
        *,
        online: bool,
        copy: bool = False,
        made_by: str = "",
        status: SlipStatus | None = None,
    ) -> bytes:
        """The slip as bytes, for the printer. `copy` marks it as printed again, `status` is what is
        known of the payment by then.
        """
        look = Look(online=online, copy=copy, made_by=made_by, status=status)
        receipt = self.receipt(item, look)
        return render_bytes(receipt, self.model)

    def warm_up(self) -> None:
        """Load what the first slip needs, half a second's work, before a customer waits for it. May
        be called from any thread.
        """
        new_builder(PROFILE)
        for kind in (SlipKind.PAYMENT, SlipKind.PAYMENT_OFFLINE):
            self.writer.shipped.template(kind.value)

    def receipt(self, item: SlipContent, look: Look) -> Receipt:
        """The slip itself, free of printer and form."""
        wording = wording_for(look.spoken) if look.spoken else self.wording
        if isinstance(item, CashCollected):
            collection = self._collection(item, look)
            return self.writer.receipt(collection, wording, made_by=look.made_by)
        payment = self._payment(item, look, wording)
        return self.writer.receipt(
            payment, wording, service=item.provider_code, made_by=look.made_by
        )

    def _text(self, receipt: Receipt) -> str:
        page = page_for(self.model, receipt.language)
        return render_text(receipt, self.model.columns, page.name)

    def _head(self, receipt_number: int, at: datetime, look: Look) -> SlipHead:
        return SlipHead(
            issuer=self.issuer,
            receipt_number=receipt_number,
            printed_at=at.astimezone(self.zone),
            copy=look.copy,
        )

    def _collection(self, record: CashCollected, look: Look) -> CollectionSlipData:
        return CollectionSlipData(
            head=self._head(record.receipt_number, datetime.fromisoformat(record.at), look),
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
        )

    def _payment(self, item: PaymentItem, look: Look, wording: Wording) -> PaymentSlipData:
        provider = _find(self.catalogue, item.provider_code)
        head = self._head(item.receipt_number, item.formed_at, look)
        band = _band(self.catalogue, provider, item)
        status = SlipStatus.ACCEPTED if look.online else SlipStatus.ACCEPTED_OFFLINE
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
            disputed_unknown=sum(note.minor == 0 for note in item.notes),
            fee_text="" if band is None else fee_words(band, wording),
            status=look.status or status,
            check_url=self.check_url.replace(PAYMENT_PLACE, payment_mark(head, item.number)),
        )


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
