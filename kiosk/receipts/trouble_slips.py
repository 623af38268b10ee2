"""Slips about money that did not go its way: a refused payment, a disputed note, a failing device.

A customer whose money may still be inside leaves with a paper that names terminal, moment and
hotline. These slips must never promise a credit.
"""

from dataclasses import dataclass

from kiosk.receipts.collection_slip import SlipNote, note_blocks
from kiosk.receipts.errors import SumsDoNotAddUpError
from kiosk.receipts.finish import Facts
from kiosk.receipts.issuer import Parts, SlipHead, head_parts
from kiosk.receipts.model import Align, Block, Pair, Part, SlipKind, Text
from kiosk.receipts.payment_slip import (
    SlipField,
    SlipProvider,
    SlipStatus,
    account_blocks,
    disputed_blocks,
    money,
    payment_blocks,
    provider_blocks,
    provider_facts,
)
from kiosk.receipts.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedSlipData:
    """A payment that the provider or the backend refused; its money (kopecks) is kept as a claim.
    `disputed` and `disputed_unknown` are its notes that nobody has found, as on its first slip. An
    empty `reason` says no more than that it was refused.
    """

    head: SlipHead
    payment_number: int
    provider: SlipProvider
    fields: tuple[SlipField, ...]
    inserted: int
    disputed: int = 0
    disputed_unknown: int = 0
    reason: str = ""

    @property
    def kind(self) -> SlipKind:
        """See `SlipData`."""
        return SlipKind.REFUSED

    def check(self) -> None:
        """Raise SumsDoNotAddUpError for a negative sum."""
        _not_negative(self.inserted)
        _not_negative(self.disputed)

    def parts(self, wording: Wording) -> Parts:
        """See `SlipData`."""
        reason = self.reason or wording.say("refused.by_provider")
        claim = money(self.inserted, wording)
        return {
            **head_parts(self.head, wording, subject=wording.say("mark.refused")),
            Part.PAYMENT: payment_blocks(self.head, self.payment_number, wording),
            Part.PROVIDER: provider_blocks(self.provider, wording),
            Part.ACCOUNT: account_blocks(self.fields),
            Part.SUMS: (
                Pair(left=wording.say("sums.inserted"), right=claim),
                Pair(left=wording.say("sums.claim"), right=claim, bold=True),
                *disputed_blocks(self.disputed, wording, unknown=self.disputed_unknown),
            ),
            Part.STATUS: (
                Pair(
                    left=wording.say("status.title"), right=wording.say("status.refused"), bold=True
                ),
            ),
            Part.REASON: _reason(reason, wording, "refused.claim"),
            Part.KEEP: (Text(text=wording.say("refused.keep"), align=Align.CENTER),),
        }

    def facts(self) -> Facts:
        """See `SlipData`."""
        return {"provider": provider_facts(self.provider)}


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputedSlipData:
    """Notes of which nobody can say whether they are inside. `payment_number` is None where no
    payment could be formed; `status` is what is known of it by then.
    """

    head: SlipHead
    payment_number: int | None = None
    provider: SlipProvider | None = None
    fields: tuple[SlipField, ...] = ()
    notes: tuple[SlipNote, ...]
    status: SlipStatus = SlipStatus.DISPUTED

    @property
    def kind(self) -> SlipKind:
        """See `SlipData`."""
        return SlipKind.DISPUTED

    def check(self) -> None:
        """Raise SumsDoNotAddUpError for a note of a negative value."""
        for note in self.notes:
            _not_negative(note.minor or 0)

    def parts(self, wording: Wording) -> Parts:
        """See `SlipData`."""
        status = wording.say(f"status.{self.status.value}")
        return {
            **head_parts(self.head, wording, subject=wording.say("mark.disputed")),
            Part.PAYMENT: payment_blocks(self.head, self.payment_number, wording),
            Part.PROVIDER: provider_blocks(self.provider, wording),
            Part.ACCOUNT: account_blocks(self.fields),
            Part.NOTES: tuple(note_blocks(self.notes, "sums.disputed", wording)),
            Part.STATUS: (Pair(left=wording.say("status.title"), right=status, bold=True),),
            Part.REASON: (Text(text=wording.say("disputed.note")),),
            Part.KEEP: (Text(text=wording.say("refused.keep"), align=Align.CENTER),),
        }

    def facts(self) -> Facts:
        """See `SlipData`."""
        return {"provider": provider_facts(self.provider), "notes": len(self.notes)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorSlipData:
    """A device failed with money (kopecks) on its way, or that may be on its way. `fault` is the
    number in the catalogue of faults.
    """

    head: SlipHead
    reason: str
    fault: int | None = None
    provider: SlipProvider | None = None
    fields: tuple[SlipField, ...] = ()
    inserted: int = 0

    @property
    def kind(self) -> SlipKind:
        """See `SlipData`."""
        return SlipKind.ERROR

    def check(self) -> None:
        """Raise SumsDoNotAddUpError for a negative sum."""
        _not_negative(self.inserted)

    def parts(self, wording: Wording) -> Parts:
        """See `SlipData`."""
        fault = () if self.fault is None else (_pair("error.fault", str(self.fault), wording),)
        inserted = (
            (_pair("sums.inserted", money(self.inserted, wording), wording),)
            if self.inserted
            else ()
        )
        return {
            **head_parts(self.head, wording, subject=wording.say("mark.error")),
            Part.PROVIDER: provider_blocks(self.provider, wording),
            Part.ACCOUNT: account_blocks(self.fields),
            Part.SUMS: inserted,
            Part.REASON: (*fault, *_reason(self.reason, wording, "refused.money_inside")),
        }

    def facts(self) -> Facts:
        """See `SlipData`."""
        return {"provider": provider_facts(self.provider)}


def _pair(key: str, value: str, wording: Wording) -> Pair:
    return Pair(left=wording.say(key), right=value, bold=True)


def _reason(reason: str, wording: Wording, advice: str) -> tuple[Block, ...]:
    said = Text(text=wording.say("refused.reason", reason=reason))
    return (said, Text(text=wording.say(advice)))


def _not_negative(minor: int) -> None:
    if minor < 0:
        raise SumsDoNotAddUpError(f"a slip cannot show {minor} kopecks")
