"""What a provider's answer about an account means here: may it be paid to, what is shown, what is
owed.

Pure. The texts come from outside and are made fit to be shown: one line, short, nothing that steers
a screen. A verdict alone decides, never a text; a sum that cannot be read is no sum. Nothing of an
answer is recorded or told to anybody but the customer.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from config.catalogue import Provider
from kiosk.terminal.snapshot import AccountRefusal, AnswerLine
from terminal_api.accounts import AccountAnswer, AccountVerdict

MOST_LINES: Final = 2
LONGEST_TEXT: Final = 60
_SHOWN: Final = "disp"
"""So begin the names of what a provider means for the payer's eyes (facts: wallet_network §1.3)."""

_SUM: Final = re.compile(r"([0-9]{1,7})(?:[.,]([0-9]{1,2}))?", re.ASCII)

_REFUSALS: Final[Mapping[int, AccountRefusal]] = {
    4: AccountRefusal.WRONG_FORM,
    5: AccountRefusal.NOT_KNOWN,
    31: AccountRefusal.WRONG_FIELD,
    79: AccountRefusal.NOT_ACTIVE,
}
"""By the codes of the payment network (facts: wallet_network §1.4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderAnswer:
    """What is known of an account; `refusal` None = it may be paid to, as far as anybody knows.

    Attributes:
        checked: the provider itself said so; False = nobody could say.
        lines: what it tells the customer; kept out of logs by never being part of a text.
        debt_minor: what it says is to be paid; None = nothing, or it does not tell.
    """

    checked: bool
    refusal: AccountRefusal | None = None
    lines: tuple[AnswerLine, ...] = field(default=(), repr=False)
    debt_minor: int | None = None


UNCHECKED: Final = ProviderAnswer(checked=False)


def understood(provider: Provider, answer: AccountAnswer | None) -> ProviderAnswer:
    """What this answer says; no answer says nothing."""
    if answer is None:
        return UNCHECKED
    match answer.verdict:
        case AccountVerdict.UNKNOWN:
            return UNCHECKED
        case AccountVerdict.BAD:
            # Without a code it was not even asked: the account is not in the provider's form.
            told = AccountRefusal.WRONG_FORM if answer.code is None else None
            refusal = told or _REFUSALS.get(answer.code or 0, AccountRefusal.NOT_TAKEN)
            return ProviderAnswer(checked=True, refusal=refusal)
        case AccountVerdict.GOOD:
            return ProviderAnswer(
                checked=True,
                lines=_lines(provider, answer.fields),
                debt_minor=_debt_minor(provider, answer.fields),
            )


def _lines(provider: Provider, fields: Mapping[str, str]) -> tuple[AnswerLine, ...]:
    """What the catalogue names comes first, in its order, then what is meant for a screen."""
    named = {one.name: one.title for one in provider.answer if one.kind == "text"}
    debt = {one.name for one in provider.answer if one.kind == "debt"}
    others = [name for name in fields if name.startswith(_SHOWN) and name not in {*named, *debt}]
    texts = [(title, fit(fields.get(name, ""))) for name, title in named.items()]
    texts += [("", fit(fields[name])) for name in others]
    return tuple(AnswerLine(title=title, value=text) for title, text in texts if text)[:MOST_LINES]


def _debt_minor(provider: Provider, fields: Mapping[str, str]) -> int | None:
    told = next((fields.get(one.name, "") for one in provider.answer if one.kind == "debt"), "")
    read = _SUM.fullmatch("".join(told.split()))
    if read is None:
        return None
    return int(read[1]) * 100 + int((read[2] or "").ljust(2, "0"))


def fit(text: str) -> str:
    """A text from outside as one short line without signs that steer a screen."""
    plain = "".join(" " if char.isspace() else char for char in text)
    kept = "".join(char for char in plain if unicodedata.category(char)[0] != "C")
    line = " ".join(kept.split())
    return line if len(line) <= LONGEST_TEXT else line[: LONGEST_TEXT - 1].rstrip() + "…"
