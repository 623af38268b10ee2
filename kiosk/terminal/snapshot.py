"""What the terminal publishes for the screen: one immutable snapshot after each event.

A snapshot holds values, never texts for people (except texts of the catalogue): the screen translates
codes and formats money. It must never hold more of the customer's data than the present screen needs.
Amounts are integers of minor units (kopecks).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.terminal.roster import RosterView


class Screen(StrEnum):
    """Which screen is shown."""

    STARTING = "starting"
    ATTRACT = "attract"
    HOME = "home"
    CATEGORIES = "categories"
    PROVIDERS = "providers"
    SEARCH = "search"
    ENTRY = "entry"
    ENQUIRY = "enquiry"
    CONFIRM = "confirm"
    NO_RECEIPT = "no_receipt"
    MONEY = "money"
    PROCESSING = "processing"
    THANKS = "thanks"
    CHECK = "check"
    FOUND = "found"
    ABOUT = "about"
    ROSTER = "roster"
    OUT_OF_SERVICE = "out_of_service"


class Language(StrEnum):
    """The languages a customer can choose, by the code of their translation files."""

    RU = "ru"
    EN = "en"
    KK = "kk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How the terminal speaks to the present customer; it ends with the visit.

    Attributes:
        language: of every text of the house.
        contrast: light on black instead of ink on paper.
        low: controls within the reach of somebody who sits.
        large: letters for somebody who sees little.
    """

    language: Language = Language.RU
    contrast: bool = False
    low: bool = False
    large: bool = False


class Banner(StrEnum):
    """A limitation the customer should know of before paying."""

    NO_LINK = "no_link"
    NO_RECEIPT = "no_receipt"


class ServiceReason(StrEnum):
    """Why the terminal takes no money now, in the customer's terms."""

    STARTING = "starting"
    ACCEPTOR = "acceptor"
    CASSETTE_OUT = "cassette_out"
    CASSETTE_FULL = "cassette_full"
    PRINTER = "printer"
    PAPER = "paper"
    STORAGE = "storage"
    SETTLING = "settling"
    COLLECTION = "collection"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderItem:
    """A provider as a tile or a heading; its colour is derived from its name."""

    code: str
    name: str
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryItem:
    """A category as a tile; its icon goes by `code`."""

    code: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """The start screen: the wallet, a few popular providers, categories; `more` tells that further
    categories stand on the categories screen. `denominations` are the notes that are taken now.
    """

    wallet: ProviderItem | None
    popular: tuple[ProviderItem, ...]
    categories: tuple[CategoryItem, ...]
    more: bool
    denominations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """One page of categories or of providers. `page` counts from 1."""

    title: str
    categories: tuple[CategoryItem, ...] = ()
    providers: tuple[ProviderItem, ...] = ()
    page: int = 1
    pages: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """What is being looked for, and the providers that fit, the best first."""

    text: str
    results: tuple[ProviderItem, ...]


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
    terms: TermsView
    refusal: AccountRefusal | None = None
    amounts: tuple[int, ...] = ()
    amount_minor: int | None = None

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


class NoteState(StrEnum):
    """A note as the customer sees it."""

    CHECKING = "checking"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    DISPUTED = "disputed"


class NoteProblem(StrEnum):
    """Why a note came back, in the customer's terms."""

    UNRECOGNISED = "unrecognised"
    NOT_ACCEPTED = "not_accepted"
    OVER_MAXIMUM = "over_maximum"
    NOT_IN_TIME = "not_in_time"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLine:
    """One line of the list of notes; `minor` is None while a note is not recognised."""

    minor: int | None
    state: NoteState
    problem: NoteProblem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyView:
    """The money screen. `missing_minor` is what is missing to the minimum (0 = enough),
    `room_minor` what may still be put in. `denominations` are taken now, `refused` are not, though
    the terminal knows them. `leaving` = pay was pressed and a note is still moving. `debt_minor` is
    what the provider says is to be paid, a hint, or the amount that it fixes; None = it told nothing.
    """

    provider: ProviderItem
    account: str
    inserted_minor: int
    fee_minor: int
    credited_minor: int
    bands: tuple[FeeBandView, ...]
    min_minor: int
    max_minor: int
    missing_minor: int
    room_minor: int
    notes: tuple[NoteLine, ...]
    denominations: tuple[int, ...]
    refused: tuple[int, ...]
    accepting: bool
    can_pay: bool
    can_leave: bool
    leaving: bool
    debt_minor: int | None = None


class SlipState(StrEnum):
    """What became of the slip."""

    PRINTING = "printing"
    PRINTED = "printed"
    FAILED = "failed"


class Delivery(StrEnum):
    """How far the payment has come."""

    QUEUED = "queued"
    ACCEPTED = "accepted"
    CREDITED = "credited"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultView:
    """The last screen of a payment. `account` is masked; `slip_text` is the slip as lines of text."""

    provider: ProviderItem
    account: str
    inserted_minor: int
    fee_minor: int
    credited_minor: int
    disputed_minor: int
    payment_number: int
    formed_at: datetime
    slip: SlipState
    slip_text: str
    delivery: Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPayment:
    """A payment of this terminal that was looked up; `account` is masked."""

    number: int
    formed_at: datetime
    provider: ProviderItem
    account: str
    inserted_minor: int
    delivery: Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckView:
    """What a payment is looked up by: the account, and around which day. `payments` is None before
    anything was looked up; `copied` is the payment of which a copy was ordered last, `copy` how that
    goes.
    """

    account: str
    days_ago: int
    earliest: bool
    complete: bool
    payments: tuple[FoundPayment, ...] | None = None
    copied: int | None = None
    copy: SlipState = SlipState.PRINTING


class StartCheck(StrEnum):
    """What is looked at before the first customer, in the order in which it ends as a rule."""

    JOURNAL = "journal"
    ACCEPTOR = "acceptor"
    PRINTER = "printer"
    PAYMENTS = "payments"


@dataclass(frozen=True, slots=True, kw_only=True)
class StartingView:
    """How far the self-test of a start has come."""

    done: frozenset[StartCheck]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutOfServiceView:
    """Reasons, the most telling first, and a small fault number for the phone call (0 = none).
    `inside_minor` is money of the present customer that is inside and will be paid as confirmed.
    """

    reasons: tuple[ServiceReason, ...]
    fault_number: int = 0
    inside_minor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryProgress:
    """How far payments have come on their way to the backend; for people who look after terminals.

    `oldest_formed_at` is of the first one that the backend has not answered for; `success_at` is the
    last answer of this life. The terminal's clock, both.
    """

    pending: int = 0
    oldest_formed_at: datetime | None = None
    success_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything the screen shows. Exactly the view of `screen` is filled, the others are None."""

    serial: int
    screen: Screen
    banners: tuple[Banner, ...] = ()
    starting: StartingView | None = None
    home: HomeView | None = None
    listing: ListView | None = None
    search: SearchView | None = None
    entry: EntryView | None = None
    enquiry: EnquiryView | None = None
    confirm: ConfirmView | None = None
    money: MoneyView | None = None
    result: ResultView | None = None
    check: CheckView | None = None
    roster: RosterView | None = None
    out_of_service: OutOfServiceView | None = None
    manner: Manner = Manner()
    seconds_left: int | None = None
    """Seconds until the screen changes by itself, where that is near enough to show."""
    asking: bool = False
    """True while the customer is asked whether anybody is still there."""
    delivery: DeliveryProgress = DeliveryProgress()
