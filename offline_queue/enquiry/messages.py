"""What comes of a question about an account. A value only; its answer is the customer's own affair
and must never reach a log.
"""

from dataclasses import dataclass, field

from terminal_api.accounts import AccountAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountTold:
    """The end of the question that was asked under `ticket`; no answer = nobody could say."""

    ticket: int
    answer: AccountAnswer | None = field(repr=False)
