"""Makes slips of payments and collections from what the journal holds.

The same payment always gives the same slip: everything on it comes from the payment, the catalogue
and the settings, nothing from the screen. A slip that cannot be made must not stop a payment; the
receipts package then falls back to a minimal one, and what fails beyond that to bare numbers.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never
from zoneinfo import ZoneInfo

import structlog

from config.catalogue import Catalogue
from drivers.printers.models import PrinterModel
from kiosk.receipts._escpos import new_builder
from kiosk.receipts.bare import BARE_TEMPLATE, bare_bytes, bare_text
from kiosk.receipts.escpos_bytes import PROFILE, render_bytes
from kiosk.receipts.figures import money_text
from kiosk.receipts.finish import SlipData
from kiosk.receipts.issuer import SlipHead, SlipIssuer
from kiosk.receipts.model import Receipt, SlipKind
from kiosk.receipts.pages import page_for
from kiosk.receipts.payment_slip import SlipStatus, payment_mark
from kiosk.receipts.text import render_text
from kiosk.receipts.wording import Wording, wording_for
from kiosk.receipts.writer import SlipWriter
from kiosk.terminal.cash_slips import collection_slip
from kiosk.terminal.payment_slips import PaymentKnowledge, slip_of
from offline_queue.journal.cash_records import CashCollected
from terminal_api.payments import PaymentItem

_ALARM = "slip not made"

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderedSlip:
    """A slip that stands for itself: all that it shows is here. `service` is the provider's code
    where it is about one.
    """

    receipt_number: int
    data: SlipData
    service: str = ""


SlipContent = PaymentItem | CashCollected | OrderedSlip
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
        """The slip as it is recorded, in the language of the customer. Never raises: a payment that
        waits for its record must not fail over its slip.
        """
        look = Look(online=online, language=language)
        try:
            receipt = self.receipt(item, look)
            return MadeSlip(text=self._text(receipt), template=receipt.template)
        except Exception:
            _log.exception("slip_not_made", alarm=_ALARM, receipt=item.receipt_number)
            return MadeSlip(text=self._bare(item, look), template=BARE_TEMPLATE)

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
        known of the payment by then. Never raises.
        """
        look = Look(online=online, copy=copy, made_by=made_by, status=status)
        try:
            return render_bytes(self.receipt(item, look), self.model)
        except Exception:
            _log.exception("slip_not_made", alarm=_ALARM, receipt=item.receipt_number)
            return bare_bytes(self._bare(item, look), self.model)

    def warm_up(self) -> None:
        """Load what the first slip needs, half a second's work, before a customer waits for it. May
        be called from any thread.
        """
        new_builder(PROFILE)
        for kind in (SlipKind.PAYMENT, SlipKind.PAYMENT_OFFLINE):
            self.writer.shipped.template(kind.value)

    def receipt(self, item: SlipContent, look: Look) -> Receipt:
        """The slip itself, free of printer and form."""
        wording = self.wording_in(look.spoken)
        if isinstance(item, OrderedSlip):
            return self.writer.receipt(
                item.data, wording, service=item.service, made_by=look.made_by
            )
        if isinstance(item, CashCollected):
            at = datetime.fromisoformat(item.at)
            head = self.head(item.receipt_number, at, copy=look.copy)
            collection = collection_slip(item, head, self.zone)
            return self.writer.receipt(collection, wording, made_by=look.made_by)
        head = self.head(item.receipt_number, item.formed_at, copy=look.copy)
        known = self.payment_knowledge(look.spoken)
        status = SlipStatus.ACCEPTED if look.online else SlipStatus.ACCEPTED_OFFLINE
        payment = slip_of(item, head, look.status or status, known)
        return self.writer.receipt(
            payment, wording, service=item.provider_code, made_by=look.made_by
        )

    def wording_in(self, language: str) -> Wording:
        """The words of this language; the terminal's own where it is empty."""
        return wording_for(language) if language else self.wording

    def payment_knowledge(self, language: str) -> PaymentKnowledge:
        """What a payment's slip needs beside the payment."""
        return PaymentKnowledge(
            wording=self.wording_in(language), catalogue=self.catalogue, check_url=self.check_url
        )

    def head(self, receipt_number: int, at: datetime, *, copy: bool = False) -> SlipHead:
        """What stands on every slip; `at` becomes the terminal's own time."""
        return SlipHead(
            issuer=self.issuer,
            receipt_number=receipt_number,
            printed_at=at.astimezone(self.zone),
            copy=copy,
        )

    def _bare(self, item: SlipContent, look: Look) -> str:
        match item:
            case OrderedSlip():
                return bare_text(item.data.head)
            case CashCollected():
                at = datetime.fromisoformat(item.at)
                return bare_text(self.head(item.receipt_number, at, copy=look.copy))
            case PaymentItem():
                head = self.head(item.receipt_number, item.formed_at, copy=look.copy)
                inserted, credited, fee, change = (
                    money_text(minor)
                    for minor in (
                        item.inserted_minor,
                        item.credited_minor,
                        item.fee_minor,
                        item.change_minor,
                    )
                )
                sums = f"{inserted} = {credited} + {fee} + {change}"
                return bare_text(head, payment=payment_mark(head, item.number), sums=sums)
            case _ as never:
                assert_never(never)

    def _text(self, receipt: Receipt) -> str:
        page = page_for(self.model, receipt.language)
        return render_text(receipt, self.model.columns, page.name)
