"""Result codes of the check/pay protocol, as data (facts sheet wallet_network §1.4).

Fatal means: the same request will fail the same way. A code that is not in the table has no meaning
here, and nobody may guess one: its payment is asked about again until a person looks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Weight(StrEnum):
    """What a code says about repeating the request."""

    DONE = "done"
    LATER = "later"
    FATAL = "fatal"
    DUPLICATE = "duplicate"
    """Says that the payment, or one of its number, is there already: never a refusal by itself."""


@dataclass(frozen=True, slots=True)
class ResultCode:
    """One code with a gloss for operators."""

    number: int
    weight: Weight
    gloss: str


OTHER_ERROR: Final = 300
"""Fatal for a first pay; in answer to a repeated one it may hide a success (§1.5)."""

_ALL: Final = (
    ResultCode(0, Weight.DONE, "done, or may be paid"),
    ResultCode(1, Weight.LATER, "temporary error at the provider"),
    ResultCode(4, Weight.FATAL, "the account has a wrong form"),
    ResultCode(5, Weight.FATAL, "the account is unknown"),
    ResultCode(7, Weight.FATAL, "the provider forbids payments here"),
    ResultCode(8, Weight.FATAL, "impossible for technical reasons"),
    ResultCode(10, Weight.DUPLICATE, "already paid"),
    ResultCode(31, Weight.FATAL, "bad value in an extra field"),
    ResultCode(32, Weight.FATAL, "the exchange rate moved"),
    ResultCode(79, Weight.FATAL, "the account is not active"),
    ResultCode(90, Weight.LATER, "not finished yet"),
    ResultCode(241, Weight.FATAL, "the sum is too small"),
    ResultCode(242, Weight.FATAL, "the sum is too large"),
    ResultCode(243, Weight.FATAL, "the state of the account cannot be checked"),
    ResultCode(251, Weight.FATAL, "cannot be cancelled"),
    ResultCode(OTHER_ERROR, Weight.FATAL, "another error of the provider"),
)
RESULT_CODES: Final[Mapping[int, ResultCode]] = MappingProxyType({it.number: it for it in _ALL})


def gloss_of(code: int | None) -> str:
    """What a code means, for people; empty for none."""
    if code is None:
        return ""
    known = RESULT_CODES.get(code)
    return known.gloss if known is not None else "a code outside the protocol"
