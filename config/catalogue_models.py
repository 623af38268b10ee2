"""What a provider catalogue consists of: categories, providers, entry fields, fee bands.

Frozen models closed to unknown keys. Money is kopecks, percent is hundredths of a percent. A model
checks itself; what needs two models is in `config.catalogue_checks`. Nothing here formats text for
people or knows what is inserted.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from annotated_types import Ge, Le, Len
from pydantic import BaseModel, ConfigDict, StringConstraints

from config.checksums import valid_bank_account, valid_inn, valid_luhn, valid_uin
from config.mask import Mask, parse_mask
from config.pattern import Pattern, compiled

Minor = Annotated[int, Ge(0), Le(100_000_000)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Version = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}\.\d{1,4}$")]
ChecksumName = Literal["luhn", "bank_account_key", "uin_mod11", "inn"]

VISIBLE = "visible"
"""Tag of providers that customers can choose."""
RANGES = "ranges"
"""Tag of mobile operators that a phone number can lead to."""


class UnknownProviderError(LookupError):
    """The catalogue has no such provider."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class FeeBand(_Model):
    """The fee for inserted amounts from `from_minor` (inclusive) to `to_minor` (exclusive)."""

    from_minor: Minor
    to_minor: Minor | None
    percent_bp: Annotated[int, Ge(0), Le(10_000)]
    fixed_minor: Minor
    min_minor: Minor
    max_minor: Minor | None

    def covers(self, inserted_minor: int) -> bool:
        """True when this band is in force for what is inserted."""
        return self.from_minor <= inserted_minor and (
            self.to_minor is None or inserted_minor < self.to_minor
        )

    def fee_minor(self, inserted_minor: int) -> int:
        """Percent rounded half up to a kopeck, plus the fixed part, held between minimum and
        maximum; it may exceed what is inserted.
        """
        percent_minor = (inserted_minor * self.percent_bp + 5_000) // 10_000
        fee_minor = max(percent_minor + self.fixed_minor, self.min_minor)
        return fee_minor if self.max_minor is None else min(fee_minor, self.max_minor)


class Field(_Model):
    """One thing that the customer types or chooses.

    The sent value is `prefix` and the typed characters, with the literals of the mask between them
    unless `strip_mask`; `regex` and `checksum` judge the sent value. `checksum_with` names an
    earlier field that the checksum needs (the BIK of a bank account). With buttons, `options` are
    the texts and `option_values` what is sent for each; none = the texts themselves.
    """

    name: Code
    title: Text
    hint: Annotated[str, StringConstraints(max_length=200)] = ""
    regex: Text
    mask: Annotated[str, StringConstraints(max_length=200)] = ""
    strip_mask: bool = True
    prefix: Annotated[str, StringConstraints(max_length=10)] = ""
    keyboard: Literal["digits", "ru", "latin", "buttons"]
    letters: Literal["as_typed", "upper", "capitalised"] = "as_typed"
    options: tuple[Text, ...] = ()
    option_values: tuple[Text, ...] = ()
    checksum: ChecksumName | None = None
    checksum_with: Code | None = None
    examples_ok: Annotated[tuple[str, ...], Len(1)]
    examples_bad: Annotated[tuple[str, ...], Len(1)]

    @property
    def pattern(self) -> Pattern:
        """The regex, compiled; raises PatternError in a catalogue that was never checked."""
        return compiled(self.regex)

    @cached_property
    def parsed_mask(self) -> Mask:
        """The mask's parts; raises MaskError in a catalogue that was never checked."""
        return parse_mask(self.mask)

    @property
    def optional(self) -> bool:
        """True when the field may stay empty."""
        return self.pattern.matches("")

    @property
    def values(self) -> tuple[str, ...]:
        """What is sent for each of `options`."""
        return self.option_values or self.options

    def checksum_holds(self, value: str, others: Mapping[str, str]) -> bool:
        """True when the check digit is right, or there is none to check; `others` are the values
        of the fields before this one.
        """
        match self.checksum:
            case None:
                return True
            case "luhn":
                return valid_luhn(value)
            case "inn":
                return valid_inn(value)
            case "uin_mod11":
                return valid_uin(value)
            case "bank_account_key":
                return valid_bank_account(value, others.get(self.checksum_with or "", ""))

    def accepts(self, value: str, others: Mapping[str, str]) -> bool:
        """The whole check of a sent value: form, and check digit unless it is empty."""
        if not self.pattern.matches(value):
            return False
        return value == "" or self.checksum_holds(value, others)


class AnswerField(_Model):
    """One thing that a provider answers about an account, by the provider's own name for it, and what
    the customer is told it is. A `debt` is a sum in roubles and kopecks that is to be paid.
    """

    name: Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,39}$")]
    title: Text
    kind: Literal["text", "debt"] = "text"


class Category(_Model):
    """A group of providers."""

    code: Code
    title: Text
    order: Annotated[int, Ge(1)]
    tags: tuple[Code, ...] = ()


class Provider(_Model):
    """Whom a payment goes to, and on which terms. `demo_legal`: legal name, INN or support phone is
    invented for the demo. Limits are for the inserted amount.

    `online_check`: the provider is asked about the account before cash is taken; `check_required`:
    without its answer no cash is taken. `answer` names what it tells; what is not named there is
    shown without a heading where the provider means it for the screen (`disp...`), and not otherwise.

    `amounts` are the only ones that it credits; `debt_only`: only what it answers is owed. Either is
    what has to be credited, `fixed_minor` is what has to be inserted.
    """

    id: Annotated[int, Ge(1)]
    code: Code
    category: Code
    name: Text
    legal_name: Text
    inn: Annotated[str, StringConstraints(pattern=r"^\d{10}(\d{2})?$")]
    support_phone: Annotated[str, StringConstraints(pattern=r"^[0-9][0-9-]{2,19}$")]
    receipt_name: Text
    keywords: tuple[Text, ...] = ()
    tags: tuple[Code, ...] = ()
    min_minor: Annotated[int, Ge(100), Le(100_000_000)]
    max_minor: Minor
    fixed_minor: Minor | None = None
    amounts: Annotated[tuple[Annotated[int, Ge(100), Le(100_000_000)], ...], Len(0, 5)] = ()
    debt_only: bool = False
    needs_payer_id: bool
    online_check: bool
    check_required: bool = False
    answer: Annotated[tuple[AnswerField, ...], Len(0, 4)] = ()
    channel: Literal["check_pay", "wallet", "bank_order"]
    fee: Annotated[tuple[FeeBand, ...], Len(1)]
    fields: Annotated[tuple[Field, ...], Len(1)]
    demo_legal: bool
    note: str | None = None

    @property
    def visible(self) -> bool:
        """True when customers can choose it."""
        return VISIBLE in self.tags


class Catalogue(_Model):
    """Everything that can be paid for. `fee_version` is stored with each payment; `def_codes` leads
    from the first three digits after +7 to the default operator.
    """

    version: Version
    fee_version: Version
    currency: Literal["RUB"]
    categories: Annotated[tuple[Category, ...], Len(1)]
    popular: tuple[Code, ...]
    providers: Annotated[tuple[Provider, ...], Len(1)]
    def_codes: dict[Annotated[str, StringConstraints(pattern=r"^9\d{2}$")], Code]

    def provider(self, code: str) -> Provider:
        """The provider with this code, visible or not; raises UnknownProviderError."""
        try:
            return self._by_code[code]
        except KeyError:
            raise UnknownProviderError(
                f"no provider {code!r} in catalogue {self.version}"
            ) from None

    def provider_by_id(self, number: int) -> Provider:
        """The provider with this id, visible or not; raises UnknownProviderError."""
        try:
            return self._by_id[number]
        except KeyError:
            raise UnknownProviderError(
                f"no provider {number} in catalogue {self.version}"
            ) from None

    def in_category(self, code: str) -> tuple[Provider, ...]:
        """Visible providers of a category in the order of the file; none if there is no such."""
        return tuple(p for p in self.providers if p.category == code and p.visible)

    @cached_property
    def ordered_categories(self) -> tuple[Category, ...]:
        """The categories as customers see them."""
        return tuple(sorted(self.categories, key=lambda category: category.order))

    @cached_property
    def _by_code(self) -> dict[str, Provider]:
        return {provider.code: provider for provider in self.providers}

    @cached_property
    def _by_id(self) -> dict[int, Provider]:
        return {provider.id: provider for provider in self.providers}
