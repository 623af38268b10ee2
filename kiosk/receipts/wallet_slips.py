"""Slips about a customer's wallet: its balance, and what went in and out.

The number of the wallet comes masked. It must never compute a balance: it checks that the balance
before, the operations and the balance after agree.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kiosk.receipts.errors import SumsDoNotAddUpError
from kiosk.receipts.figures import moment_text, short_moment_text
from kiosk.receipts.finish import Facts
from kiosk.receipts.issuer import Parts, SlipHead, head_parts
from kiosk.receipts.model import Block, Pair, Part, Size, SlipKind, Text
from kiosk.receipts.payment_slip import money
from kiosk.receipts.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceSlipData:
    """A wallet's balance in kopecks; `held` of it cannot be spent yet."""

    head: SlipHead
    wallet: str
    balance: int
    held: int = 0

    @property
    def kind(self) -> SlipKind:
        """See `SlipData`."""
        return SlipKind.BALANCE

    def check(self) -> None:
        """Raise SumsDoNotAddUpError where more is held than there is."""
        if not 0 <= self.held <= max(self.balance, 0):
            raise SumsDoNotAddUpError(f"{self.held} kopecks held of {self.balance}")

    def parts(self, wording: Wording) -> Parts:
        """See `SlipData`."""
        return {
            **head_parts(self.head, wording, subject=wording.say("mark.balance")),
            Part.ACCOUNT: _wallet(self.wallet, wording),
            Part.BALANCE: tuple(self._balance(wording)),
        }

    def facts(self) -> Facts:
        """See `SlipData`."""
        return {"wallet": self.wallet}

    def _balance(self, wording: Wording) -> Iterator[Block]:
        if self.held:
            yield Pair(left=wording.say("wallet.balance"), right=money(self.balance, wording))
            yield Pair(left=wording.say("wallet.held"), right=money(self.held, wording))
        free = money(self.balance - self.held, wording)
        yield Pair(left=wording.say("wallet.available"), right=free, bold=True, size=Size.TALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class WalletOperation:
    """One line of a wallet's history; `minor` (kopecks) is negative for what went out."""

    at: datetime
    title: str
    minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationsSlipData:
    """A wallet's operations of a period; balances in kopecks."""

    head: SlipHead
    wallet: str
    since: datetime
    until: datetime
    before: int
    operations: tuple[WalletOperation, ...]
    after: int

    @property
    def kind(self) -> SlipKind:
        """See `SlipData`."""
        return SlipKind.OPERATIONS

    def check(self) -> None:
        """Raise SumsDoNotAddUpError unless the balances differ by the operations."""
        moved = sum(one.minor for one in self.operations)
        if self.before + moved != self.after:
            raise SumsDoNotAddUpError(f"{self.before} and {moved} are not {self.after} kopecks")

    def parts(self, wording: Wording) -> Parts:
        """See `SlipData`."""
        after = money(self.after, wording)
        return {
            **head_parts(self.head, wording, subject=wording.say("mark.operations")),
            Part.ACCOUNT: _wallet(self.wallet, wording),
            Part.PERIOD: (
                Pair(left=wording.say("wallet.since"), right=moment_text(self.since)),
                Pair(left=wording.say("wallet.until"), right=moment_text(self.until)),
            ),
            Part.OPERATIONS: tuple(self._operations(wording)),
            Part.BALANCE: (
                Pair(left=wording.say("wallet.after"), right=after, bold=True, size=Size.TALL),
            ),
        }

    def facts(self) -> Facts:
        """See `SlipData`."""
        return {"wallet": self.wallet, "operations": len(self.operations)}

    def _operations(self, wording: Wording) -> Iterator[Block]:
        yield Pair(left=wording.say("wallet.before"), right=money(self.before, wording))
        if not self.operations:
            yield Text(text=wording.say("wallet.nothing"))
        for one in self.operations:
            sign = "+" if one.minor > 0 else ""
            left = f"{short_moment_text(one.at)} {one.title}"
            yield Pair(left=left, right=sign + money(one.minor, wording))


def _wallet(number: str, wording: Wording) -> tuple[Block, ...]:
    return (Pair(left=wording.say("wallet.number"), right=number, bold=True),)
