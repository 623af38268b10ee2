"""The slip of a payment: made, made without a link, or printed again with the status of that day.

Takes sums that are already computed and only checks that they add up; it must never compute a fee.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kiosk.receipts.errors import SumsDoNotAddUpError
from kiosk.receipts.figures import money_text
from kiosk.receipts.finish import Facts
from kiosk.receipts.issuer import Parts, SlipHead, head_parts
from kiosk.receipts.model import Align, Block, Feed, Pair, Part, Qr, Size, SlipKind, Text
from kiosk.receipts.wording import Wording


class SlipStatus(StrEnum):
    """What the terminal knows about the payment while it prints."""

    ACCEPTED = "accepted"
    ACCEPTED_OFFLINE = "accepted_offline"
    IN_PROGRESS = "in_progress"
    CREDITED = "credited"
    REFUSED = "refused"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipField:
    """One field of the service as the customer filled it; already masked where it must be."""

    title: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipProvider:
    """Who gets the money. Empty text leaves a line out."""

    name: str
    code: str = ""
    receipt_name: str = ""
    legal_name: str = ""
    support_phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentSlipData:
    """All that a payment slip shows. Sums in kopecks.

    `inserted = credited + fee + change`; `disputed` is money that the acceptor could not account for
    and stands outside of this sum; `disputed_unknown` counts such notes whose value nobody knows.
    """

    head: SlipHead
    payment_number: int
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

    @property
    def kind(self) -> SlipKind:
        """A copy is a kind of its own, as is a slip that promises to be sent."""
        if self.head.copy:
            return SlipKind.REPRINT
        offline = self.status is SlipStatus.ACCEPTED_OFFLINE
        return SlipKind.PAYMENT_OFFLINE if offline else SlipKind.PAYMENT

    def check(self) -> None:
        """Raise SumsDoNotAddUpError for a negative sum, or one that is not the sum of its parts."""
        sums = (self.inserted, self.fee, self.credited, self.change, self.disputed)
        if min(sums) < 0 or self.inserted != self.credited + self.fee + self.change:
            raise SumsDoNotAddUpError(
                f"inserted {self.inserted}, fee {self.fee}, credited {self.credited}, "
                f"change {self.change}, disputed {self.disputed}"
            )

    def parts(self, wording: Wording) -> Parts:
        """See `SlipData`."""
        return {
            **head_parts(self.head, wording),
            Part.PAYMENT: payment_blocks(self.head, self.payment_number, wording),
            Part.PROVIDER: provider_blocks(self.provider, wording),
            Part.ACCOUNT: account_blocks(self.fields),
            Part.SUMS: tuple(self._sums(wording)),
            Part.STATUS: tuple(self._status(wording)),
            Part.KEEP: (Text(text=wording.say("status.keep"), align=Align.CENTER),),
            Part.CHECK: tuple(_check(self.check_url, wording)),
        }

    def facts(self) -> Facts:
        """See `SlipData`."""
        return {
            "payment": {
                "number": payment_mark(self.head, self.payment_number),
                "status": self.status.value,
                "disputed": bool(self.disputed or self.disputed_unknown),
            },
            "provider": provider_facts(self.provider),
            "sums": {
                "inserted": money_text(self.inserted),
                "fee": money_text(self.fee),
                "fee_rate": self.fee_text,
                "credited": money_text(self.credited),
                "change": money_text(self.change),
                "free": self.fee == 0,
            },
        }

    def _sums(self, wording: Wording) -> Iterator[Block]:
        yield Pair(left=wording.say("sums.inserted"), right=money(self.inserted, wording))
        yield Pair(left=wording.say("sums.fee"), right=money(self.fee, wording))
        if self.fee_text:
            yield Text(text=wording.say("sums.fee_rate", rate=self.fee_text))
        yield Pair(
            left=wording.say("sums.credited"),
            right=money(self.credited, wording),
            bold=True,
            size=Size.TALL,
        )
        if self.change:
            yield Pair(left=wording.say("sums.change"), right=money(self.change, wording))
        yield from disputed_blocks(self.disputed, wording, unknown=self.disputed_unknown)

    def _status(self, wording: Wording) -> Iterator[Block]:
        status = wording.say(f"status.{self.status.value}")
        yield Pair(left=wording.say("status.title"), right=status, bold=True)
        if self.status is SlipStatus.ACCEPTED_OFFLINE:
            yield Text(text=wording.say("status.offline_note"))


def payment_mark(head: SlipHead, number: int) -> str:
    """The payment's number as customers quote it to the hotline: terminal and number."""
    return f"{head.issuer.terminal_id}-{number:06d}"


def payment_blocks(head: SlipHead, number: int | None, wording: Wording) -> tuple[Block, ...]:
    """The payment's number; nothing where there is no payment."""
    if number is None:
        return ()
    return (Pair(left=wording.say("head.payment"), right=payment_mark(head, number)),)


def provider_blocks(provider: SlipProvider | None, wording: Wording) -> tuple[Block, ...]:
    """Who gets the money, and by which phone to reach him."""
    if provider is None:
        return ()
    named = (
        ("service.receipt_name", provider.receipt_name),
        ("service.legal_name", provider.legal_name),
        ("service.support", provider.support_phone),
    )
    return (
        Pair(left=wording.say("service.provider"), right=provider.name, bold=True),
        *(Pair(left=wording.say(key), right=value) for key, value in named if value),
    )


def provider_facts(provider: SlipProvider | None) -> Facts:
    """What a template may say of the provider."""
    known = provider or SlipProvider(name="")
    return {"name": known.name, "code": known.code, "purpose": known.receipt_name}


def account_blocks(fields: tuple[SlipField, ...]) -> tuple[Block, ...]:
    """What the customer typed, as it was shown to her."""
    return tuple(Pair(left=one.title, right=one.value, bold=True) for one in fields)


def disputed_blocks(disputed: int, wording: Wording, *, unknown: int = 0) -> Iterator[Block]:
    """Tell of notes that the acceptor could not account for; nothing where there are none."""
    if not disputed and not unknown:
        return
    said = money(disputed, wording) if disputed else wording.say("sums.value_unknown")
    yield Pair(left=wording.say("sums.disputed"), right=said, bold=True)
    if unknown:
        yield Text(text=wording.say("sums.unknown_notes", count=str(unknown)))
    note = wording.say("sums.disputed_note", sum=said) if disputed else ""
    yield Text(text=note or wording.say("sums.unknown_note"))


def money(kopecks: int, wording: Wording) -> str:
    """A sum as it stands on the slip."""
    return wording.say("sums.money", sum=money_text(kopecks))


def _check(url: str, wording: Wording) -> Iterator[Block]:
    if url:
        yield Feed()
        yield Qr(payload=url)
        yield Text(text=wording.say("status.check"), align=Align.CENTER)
        yield Text(text=url, align=Align.CENTER)
