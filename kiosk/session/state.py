"""The states of a visit, as immutable values.

Before money a visit is one of the browsing states; with the confirmation it becomes `Money`, then
`Processing`, then `Thanks`. No state holds a device, a clock or a file.
"""

from dataclasses import dataclass
from enum import StrEnum

from config.catalogue import Provider
from drivers.acceptors.contract import CycleId
from kiosk.catalogue.entry import FieldEntry
from kiosk.session.provider_answer import ProviderAnswer
from kiosk.terminal.snapshot import Delivery, FoundPayment, NoteLine, ProviderItem, SlipState
from offline_queue.journal.records import Decision, SessionOpened
from terminal_api.payments import PaymentItem


@dataclass(frozen=True, slots=True)
class Attract:
    """Nobody is there: what can be paid here, in words. Any touch leads to the start screen."""


@dataclass(frozen=True, slots=True)
class Home:
    """The start screen."""


@dataclass(frozen=True, slots=True)
class Categories:
    """All categories, page by page (from 1)."""

    page: int = 1


@dataclass(frozen=True, slots=True)
class ByNumber:
    """A phone number is typed before anybody says whose it is. Nobody is paid here: with the way on
    the operator that is shown, or one that is chosen by hand, becomes the payee.
    """

    category: str
    current: FieldEntry


@dataclass(frozen=True, slots=True)
class Providers:
    """The providers of one category, page by page (from 1). With `number` it is the operator of that
    number that is chosen.
    """

    category: str
    page: int = 1
    number: ByNumber | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """A provider is being looked for; `text` is what was typed so far."""

    text: str = ""


Origin = Home | Categories | Providers | Search | ByNumber
"""Where the way back from a provider leads."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The fields of a provider being typed, one after the other. `answer` is what the provider said
    of these very values; with the first key that changes one it is gone, and
    `amount_minor` with it: what is to be credited, where the provider fixes that.
    """

    provider: Provider
    entries: tuple[FieldEntry, ...]
    index: int
    origin: Origin
    answer: ProviderAnswer | None = None
    amount_minor: int | None = None

    @property
    def current(self) -> FieldEntry:
        """The field being typed."""
        return self.entries[self.index]


@dataclass(frozen=True, slots=True)
class Enquiring:
    """The provider is being asked about what was typed, under `ticket`, until `until` (monotonic
    seconds). `given_up`: it does not answer, and this provider is not paid without its answer.
    """

    entry: Entry
    ticket: int
    until: float
    given_up: bool = False


@dataclass(frozen=True, slots=True)
class Amounts:
    """The provider credits certain amounts alone: one of `amounts` is chosen, all of them payable."""

    entry: Entry
    amounts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Confirm:
    """Everything is typed; the customer checks it before any money."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class NoReceipt:
    """No slip can be printed now: the customer is asked whether to go on all the same."""

    confirm: Confirm


@dataclass(frozen=True, slots=True)
class Check:
    """A payment is looked up: the account that was paid, and how many days ago that was."""

    account: str = ""
    days_ago: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What was found. `copied` is the payment that was copied last, `copy` how its copy goes."""

    check: Check
    payments: tuple[FoundPayment, ...]
    copied: int | None = None
    copy: SlipState = SlipState.PRINTING


@dataclass(frozen=True, slots=True)
class About:
    """Who runs this terminal; `behind` is where the way back leads."""

    behind: "Browsing"


@dataclass(frozen=True, slots=True)
class Roster:
    """For whom payments are taken, page by page (from 1)."""

    about: About
    page: int = 1


Browsing = (
    Attract
    | Home
    | Categories
    | Providers
    | Search
    | ByNumber
    | Entry
    | Enquiring
    | Amounts
    | Confirm
    | NoReceipt
    | Check
    | Found
    | About
    | Roster
)
"""The states before money. A time-out or a fault simply goes back to `Home`."""


class Goal(StrEnum):
    """Why the money screen is being left."""

    PAY = "pay"
    LEAVE = "leave"
    TIME_OUT = "time_out"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True, kw_only=True)
class StackedNote:
    """A note of this session that is in the cassette, and recorded as such."""

    cycle: str
    minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputedNote:
    """A note of this session of which nobody knows where it is."""

    cycle: str
    minor: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EscrowedNote:
    """The note that waits in escrow and what was ordered for it."""

    cycle: CycleId
    minor: int
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """Notes are being taken. `goal` is set once the screen is being left: the acceptor was told to
    stop and its `Disabled` is awaited until `leave_by` (monotonic seconds).
    """

    opened: SessionOpened
    provider: Provider
    entry: Entry
    deadline: float
    stacked: tuple[StackedNote, ...] = ()
    disputed: tuple[DisputedNote, ...] = ()
    escrow: EscrowedNote | None = None
    validating: bool = False
    accepting: bool = False
    lines: tuple[NoteLine, ...] = ()
    goal: Goal | None = None
    leave_by: float | None = None

    @property
    def inserted_minor(self) -> int:
        """Kopecks in the cassette by this session."""
        return sum(note.minor for note in self.stacked)

    @property
    def moving(self) -> bool:
        """A note is somewhere between bezel and cassette."""
        return self.validating or self.escrow is not None

    @property
    def empty(self) -> bool:
        """No money of this session is, or may be, inside."""
        return not self.stacked and not self.disputed


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """A payment that was formed, as far as its screen needs it; `account` is masked."""

    item: PaymentItem
    provider: ProviderItem
    account: str
    slip_text: str
    slip: SlipState
    delivery: Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Processing:
    """The payment is on its way; shown from `not_before` to at most `until` (monotonic seconds)."""

    paid: Paid
    not_before: float
    until: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Thanks:
    """The result, shown until `until` (monotonic seconds)."""

    paid: Paid
    until: float


Visit = Browsing | Money | Processing | Thanks
