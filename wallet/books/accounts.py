"""The accounts of the books, as typed values. Each terminal has its own of every kind.

An account is written `kind` or `kind:name`. Debits are positive: what we have or are owed has a
positive balance, what we owe or have earned a negative one.
"""

from dataclasses import dataclass
from enum import StrEnum


class AccountKind(StrEnum):
    """What stands in an account. See docs/books.md."""

    CASH_IN_TRANSIT = "cash_in_transit"
    """Known to be in the box of the terminal."""
    CASH_DISPUTED = "cash_disputed"
    """Nobody knows whether it is in the box."""
    AGENT_VAULT = "agent_vault"
    """Taken out of the box by the agent of this name, who has it or owes it."""
    COLLECTION_DIFFERENCE = "collection_difference"
    """Counted in the vault less than (positive) or more than (negative) was collected."""
    PROVIDER_PAYABLE = "provider_payable"
    """Owed to the provider of this code for payments that were taken."""
    PROVIDER_SETTLEMENT = "provider_settlement"
    """Paid to the provider of this code: it took our order, and is to be settled with."""
    PAYABLE_MANUAL = "payable_manual"
    """Owed to the provider of this code; a person decides how it ends."""
    CLAIMS_OWED = "claims_owed"
    """Owed back to customers."""
    FEE_INCOME = "fee_income"
    CHANGE_OWED = "change_owed"
    """What a customer put in beyond the payment."""
    SUSPENSE = "suspense"
    """Owed to nobody known."""
    WALLET = "wallet"
    """Owed to the wallet of this name; may not be overdrawn."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account of one terminal."""

    kind: AccountKind
    name: str = ""

    @property
    def constrained(self) -> bool:
        """True where more than stands there may never be taken out."""
        return self.kind is AccountKind.WALLET

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}" if self.name else str(self.kind)


def account_of(written: str) -> Account:
    """The account that was written.

    Raises:
        ValueError: there is no such kind.
    """
    kind, _, name = written.partition(":")
    return Account(AccountKind(kind), name)
