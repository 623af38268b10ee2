"""A question about a customer's account before cash is taken, and the provider's answer.

`unknown` is an answer: nobody could say in time, and the catalogue decides whether the terminal goes
on. The question moves no money and promises nothing about a payment that follows.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from terminal_api.payments import MAX_NUMBER, Amount, Code, Currency, FieldValue, TerminalId
from terminal_api.shapes import Answered, Told


class AccountQuestion(Told):
    """May this account be paid to? `amount_minor`: where a sum is known already."""

    terminal_id: TerminalId
    provider_id: Annotated[int, Field(ge=0, le=MAX_NUMBER)]
    provider_code: Code
    account: FieldValue
    fields: dict[Code, FieldValue] = Field(default_factory=dict, max_length=50)
    currency: Currency
    amount_minor: Amount | None = None


class AccountVerdict(StrEnum):
    """What is known of an account."""

    GOOD = "good"
    BAD = "bad"
    """The provider does not take payments to it."""
    UNKNOWN = "unknown"
    """Nobody could say: no answer in time, or one that settles nothing."""


class AccountAnswer(Answered):
    """The provider's answer. `code` is a result code of the payment network, `fields` what the
    provider adds for the customer to look at (a name, a debt), by its own names.
    """

    terminal_id: TerminalId
    verdict: AccountVerdict
    code: int | None = None
    message: str = ""
    fields: dict[str, str] = Field(default_factory=dict)
