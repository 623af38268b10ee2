"""Finds payments for a customer who knows the number that was paid and the day, but has no receipt.

It answers only for a whole account, typed to its last character, so that nobody can leaf through the
payments of others; what it gives is masked. It must never change a record.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial

from config.catalogue import UnknownProviderError
from kiosk.catalogue.layout import masked
from kiosk.clock import Clock
from kiosk.session.navigation import Shop
from kiosk.session.state import Check
from kiosk.terminal.books import Books
from kiosk.terminal.slips import SlipMaker
from kiosk.terminal.snapshot import Delivery, FoundPayment, ProviderItem
from offline_queue.journal import queries
from offline_queue.journal.payment_search import numbers_of

AROUND = timedelta(days=3)
"""So far before and after the day people remember (facts sheet wallet_network 3.2)."""

MOST_ROWS = 5
PHONE_DIGITS = 10

_DELIVERIES = {
    "accepted": Delivery.ACCEPTED,
    "credited": Delivery.CREDITED,
    "refused": Delivery.REFUSED,
    "disputed": Delivery.DISPUTED,
}
"""By the journal's state of a payment; in every other one it has not been answered yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """Looks into the books of one terminal."""

    books: Books
    clock: Clock
    maker: SlipMaker
    shop: Shop

    def find(self, check: Check) -> tuple[FoundPayment, ...]:
        """The payments that fit, newest first. Raises JournalError."""
        day = self.clock.now().astimezone(self.maker.zone).date() - timedelta(days=check.days_ago)
        midnight = datetime.combine(day, time.min, tzinfo=self.maker.zone)
        wanted = comparable(check.account)
        search = partial(
            numbers_of,
            fits=lambda account: comparable(account) == wanted,
            since=midnight - AROUND,
            until=midnight + AROUND + timedelta(days=1),
            most=MOST_ROWS,
        )
        numbers = self.books.ask(lambda connection: search(connection))
        rows = (self.books.ask(partial(queries.payment, number=number)) for number in numbers)
        return tuple(self._found(row) for row in rows if row is not None)

    def _found(self, row: queries.PaymentRow) -> FoundPayment:
        item = row.item
        try:
            provider = self.shop.catalogue.provider(item.provider_code)
        except UnknownProviderError:
            shown = ProviderItem(code=item.provider_code, name=item.provider_code, category="")
            account = ""
        else:
            shown = ProviderItem(code=provider.code, name=provider.name, category=provider.category)
            field = next((f for f in provider.fields if f.name == "account"), provider.fields[0])
            account = masked(field, item.account) if item.account else ""
        return FoundPayment(
            number=item.number,
            formed_at=item.formed_at,
            provider=shown,
            account=account,
            inserted_minor=item.inserted_minor,
            delivery=_DELIVERIES.get(row.state, Delivery.QUEUED),
        )


def comparable(account: str) -> str:
    """What of an account has to agree. With letters: every character, in whatever case, but spaces,
    of which people see more or fewer on paper. Without: the digits, and of a phone number none that
    stands before its code.
    """
    if any(one.isalpha() for one in account):
        return "".join(account.split()).casefold()
    digits = "".join(one for one in account if one.isdigit())
    long_phone = len(digits) == PHONE_DIGITS + 1 and digits[0] in "78"
    return digits[1:] if long_phone else digits
