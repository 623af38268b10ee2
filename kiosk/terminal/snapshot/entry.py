"""What is shown from the first typed character to the last look before money."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.terminal.snapshot.browsing import ProviderItem


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeBandView:
    """One fee band: from (inclusive) and to (exclusive, None = no end) by inserted amount; percent in
    hundredths of a percent; `current` is the band in force for what is inserted now.
    """

    from_minor: int
    to_minor: int | None
    percent_bp: int
    fixed_minor: int
    min_minor: int
    max_minor: int | None
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsView:
    """What the customer must know before the first note."""

    bands: tuple[FeeBandView, ...]
    min_minor: int
    max_minor: int
    legal_name: str
    support_phone: str
    demo_legal: bool


class SegmentRole(StrEnum):
    """The parts of a masked field."""

    FIXED = "fixed"
    TYPED = "typed"
    BLANK = "blank"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A run of characters of a masked field with one role."""

    text: str
    role: SegmentRole


class EntryProblem(StrEnum):
    """Why the typed value cannot be used (yet)."""

    INCOMPLETE = "incomplete"
    WRONG_FORM = "wrong_form"
    WRONG_CHECKSUM = "wrong_checksum"
    STARTS_WITH_8 = "starts_with_8"


class AccountRefusal(StrEnum):
    """Why a provider takes no payment to what was typed, in the customer's terms."""

    WRONG_FORM = "wrong_form"
    NOT_KNOWN = "not_known"
    WRONG_FIELD = "wrong_field"
    NOT_ACTIVE = "not_active"
    NOT_TAKEN = "not_taken"
    NOTHING_OWED = "nothing_owed"
    OVER_CEILING = "over_ceiling"


class Keyboard(StrEnum):
    """Which keys a field needs."""

    DIGITS = "digits"
    RU = "ru"
    LATIN = "latin"
    BUTTONS = "buttons"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """One field being typed. `remaining` is how many characters are missing at least; `refusal` is
    why the provider takes no payment to these very values. With `amounts` it is the amount that is
    chosen, of those that the provider credits; `amount_minor` is the chosen one.

    `other` is the mobile operator that the number looks like, where that is not `provider`. With
    `by_hand` (a category) no payee is chosen yet: `provider` is then whose number it seems to be, or
    has no code where nobody knows, and no terms.
    """

    provider: ProviderItem
    title: str
    hint: str
    segments: tuple[Segment, ...]
    keyboard: Keyboard
    options: tuple[str, ...]
    remaining: int
    problem: EntryProblem | None
    optional: bool
    field_number: int
    fields: int
    terms: TermsView | None
    refusal: AccountRefusal | None = None
    amounts: tuple[int, ...] = ()
    amount_minor: int | None = None
    other: ProviderItem | None = None
    by_hand: str = ""

    @property
    def complete(self) -> bool:
        """True when the way forward is open: what was refused is not confirmed."""
        refused = self.refusal is not None and self.field_number == self.fields
        return self.problem is None and not refused


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquiryView:
    """The provider is being asked about `account`; `given_up`: it does not answer, and without its
    answer nothing can be paid.
    """

    provider: ProviderItem
    account: str
    given_up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmField:
    """A typed field as the customer should check it, in groups of characters; `chosen` among the
    catalogue's answers instead of typed.
    """

    title: str
    value: str
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLine:
    """Something that a provider tells about an account; no title = it speaks for itself."""

    title: str
    value: str


class AccountCheck(StrEnum):
    """Whether the provider was asked about the account before money."""

    NOT_ASKED = "not_asked"
    UNANSWERED = "unanswered"
    GOOD = "good"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmView:
    """The check before money: what was typed, fee and limits. `without_slip`: no slip can be printed
    now and the operator takes money all the same; the way on leads over `Screen.NO_RECEIPT`, where
    the customer has to agree. `check`, `answer` and `debt_minor` (None = not told) are the provider's
    own answer. `amount_minor` is what will be credited, where the provider fixes that.
    """

    provider: ProviderItem
    fields: tuple[ConfirmField, ...]
    terms: TermsView
    without_slip: bool = False
    check: AccountCheck = AccountCheck.NOT_ASKED
    answer: tuple[AnswerLine, ...] = ()
    debt_minor: int | None = None
    amount_minor: int | None = None
