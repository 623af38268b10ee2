"""Ends sessions by what the journal holds of them: a payment, or nothing for want of money.

A payment is recorded with its slip's text and its place in the outbox before anybody hears of it. It
must never end a session twice, and never make a payment of anything but recorded notes.
"""

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from config.catalogue import UnknownProviderError
from kiosk.catalogue.layout import masked
from kiosk.clock import Clock
from kiosk.session.navigation import Shop
from kiosk.session.state import Paid
from kiosk.terminal.books import Books
from kiosk.terminal.forming import payment_of
from kiosk.terminal.health import Health
from kiosk.terminal.slips import SlipMaker
from kiosk.terminal.snapshot import Delivery, ProviderItem, SlipState
from offline_queue.journal import queries
from offline_queue.journal.records import (
    PaymentFormed,
    PaymentTrigger,
    SessionClosed,
    SessionEnd,
    SessionOpened,
)
from terminal_api.payments import PaymentItem

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """A payment that is recorded; `online` is how its slip speaks of the delivery, `made_by` by what
    and in which language it was made.
    """

    paid: Paid
    online: bool
    made_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Till:
    """Forms the payments of one terminal."""

    books: Books
    maker: SlipMaker
    clock: Clock
    shop: Shop
    health: Callable[[], Health]

    def end(self, opened: SessionOpened, trigger: PaymentTrigger, empty: SessionEnd) -> Sale | None:
        """End this session; None when nothing is inside. A session that ended while nobody knew
        whether its record was written is not ended twice: what it became is taken up. Raises
        JournalError.
        """
        still_open = self.books.ask(queries.open_session)
        if still_open is not None and still_open.session == opened.session:
            return self._form(opened, trigger, empty)
        return self._take_up(opened)

    def close_unknown_session(self) -> None:
        """A session whose opening was recorded though the disk said that it was not: the acceptor
        was never opened for it, so nothing is inside. Raises JournalError.
        """
        if not self.health().settled:
            return  # Then it is one of an earlier life, and has its own way to end.
        opened = self.books.ask(queries.open_session)
        if opened is not None:
            closed = SessionClosed(session=opened.session, why=SessionEnd.NOT_POSSIBLE)
            self.books.write([closed])

    def _take_up(self, opened: SessionOpened) -> Sale | None:
        """The session is over by the journal; a payment of it has not gone on from there. A session
        of which the journal has never heard did not end without money: that is another journal.
        """
        self.books.must_know(opened.session)
        last = self.books.next_payment_number() - 1
        row = self.books.ask(lambda connection: queries.payment(connection, last))
        slips = self.books.ask(queries.slips_unfinished)
        if row is None or row.item.session != opened.session:
            return None
        slip = next(one for one in slips if one.receipt_number == row.item.receipt_number)
        paid = self._paid(row.item, opened, slip.text)
        return Sale(paid=paid, online=slip.online, made_by=slip.template)

    def _form(
        self, opened: SessionOpened, trigger: PaymentTrigger, empty: SessionEnd
    ) -> Sale | None:
        notes = self.books.ask(lambda c: queries.session_notes(c, opened.session))
        item = payment_of(
            opened,
            notes,
            number=self.books.next_payment_number(),
            receipt_number=self.books.next_receipt_number(),
            at=self.clock.now(),
        )
        if item is None:
            self.books.write([SessionClosed(session=opened.session, why=empty)])
            _log.info("session_closed", session=opened.session, why=empty.value)
            return None
        online = self.health().online is not False
        slip = self.maker.make(item, online=online, language=opened.language)
        self.books.write(
            [
                PaymentFormed(
                    item=item,
                    trigger=trigger,
                    slip_text=slip.text,
                    template=slip.template,
                    online=online,
                )
            ]
        )
        _log.info(
            "payment_formed", session=opened.session, payment=item.number, trigger=trigger.value
        )
        paid = self._paid(item, opened, slip.text)
        return Sale(paid=paid, online=online, made_by=slip.template)

    def _paid(self, item: PaymentItem, opened: SessionOpened, text: str) -> Paid:
        try:
            provider = self.shop.catalogue.provider(opened.provider_code)
        except UnknownProviderError:
            name = opened.provider_name
            shown = ProviderItem(code=opened.provider_code, name=name, category="")
            account = ""
        else:
            shown = ProviderItem(code=provider.code, name=provider.name, category=provider.category)
            field = next((f for f in provider.fields if f.name == "account"), provider.fields[0])
            account = masked(field, item.account) if item.account else ""
        return Paid(
            item=item,
            provider=shown,
            account=account,
            slip_text=text,
            slip=SlipState.PRINTING,
            delivery=Delivery.QUEUED,
        )
