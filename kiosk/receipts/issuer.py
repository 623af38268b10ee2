"""Who answers for a slip, and the parts that stand on a slip of any kind.

Title and marks, agent, terminal, number and moment of the slip, and the foot with the hotline. What
no cash register made must say that it is no fiscal document, and a copy or a slip with invented legal
data must say so before anything else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kiosk.receipts.errors import IssuerIncompleteError
from kiosk.receipts.figures import moment_text, zone_text
from kiosk.receipts.model import Align, Block, Pair, Part, Rule, Size, Text
from kiosk.receipts.wording import Wording

_MOST_HOTLINES = 2

Parts = dict[Part, tuple[Block, ...]]
"""What code shows in each place; an empty part need not be placed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipIssuer:
    """Who answers for the slip. `demo` marks invented legal data.

    Raises:
        IssuerIncompleteError: no hotline or more than two, or no name, INN or terminal number.
    """

    agent_name: str
    inn: str
    agent_address: str
    terminal_id: str
    terminal_address: str
    hotlines: tuple[str, ...]
    demo: bool
    agent_phone: str = ""

    def __post_init__(self) -> None:
        needed = {"agent name": self.agent_name, "INN": self.inn, "terminal": self.terminal_id}
        for what, value in needed.items():
            if not value.strip():
                raise IssuerIncompleteError(f"a slip cannot be issued without {what}")
        if not 1 <= len(self.hotlines) <= _MOST_HOTLINES or not all(
            number.strip() for number in self.hotlines
        ):
            raise IssuerIncompleteError("a slip needs one or two hotline numbers")


@dataclass(frozen=True, slots=True, kw_only=True)
class FiscalMark:
    """What a cash register recorded of this payment: drive, document and its sign."""

    drive: str
    document: int
    sign: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipHead:
    """What stands on every slip. `printed_at` carries its zone; `copy` marks a slip printed again;
    `fiscal` is None where no cash register took part.
    """

    issuer: SlipIssuer
    receipt_number: int
    printed_at: datetime
    copy: bool = False
    fiscal: FiscalMark | None = None


def head_parts(head: SlipHead, wording: Wording, *, subject: str = "") -> Parts:
    """The parts of any slip; `subject` says what a slip that is no payment is about."""
    issuer = head.issuer
    written = wording.say(
        "head.zone", date=moment_text(head.printed_at), zone=zone_text(head.printed_at)
    )
    number = str(head.receipt_number)
    return {
        Part.TITLE: tuple(_title(head, wording, subject)),
        Part.AGENT: tuple(_agent(issuer, wording)),
        Part.TERMINAL: (
            Text(text=wording.say("head.place", address=issuer.terminal_address)),
            Pair(left=wording.say("head.terminal"), right=issuer.terminal_id, bold=True),
        ),
        Part.RECEIPT: (Pair(left=wording.say("head.receipt"), right=number, bold=True),),
        Part.DATE: (Pair(left=wording.say("head.date"), right=written),),
    }


def foot_blocks(issuer: SlipIssuer, wording: Wording) -> Iterator[Block]:
    """The end of every slip, whatever its template says: whom to call, and who answers for it."""
    yield Rule()
    yield Text(text=wording.say("footer.hotline"), align=Align.CENTER, bold=True)
    for number in issuer.hotlines:
        yield Text(text=number, align=Align.CENTER, bold=True, size=Size.DOUBLE)
    yield Text(text=wording.say("footer.call"), align=Align.CENTER)
    if issuer.demo:
        yield Text(text=wording.say("mark.demo_note"), align=Align.CENTER)


def _title(head: SlipHead, wording: Wording, subject: str) -> Iterator[Block]:
    if head.issuer.demo:
        yield _large(wording.say("mark.demo"))
    yield _large(wording.say("mark.title"))
    if head.fiscal is None:
        yield Text(text=wording.say("mark.non_fiscal"), align=Align.CENTER)
    else:
        mark = head.fiscal
        said = wording.say(
            "mark.fiscal", drive=mark.drive, document=str(mark.document), sign=mark.sign
        )
        yield Text(text=said, align=Align.CENTER)
    if head.copy:
        yield _large(wording.say("mark.copy"))
    if subject:
        yield Text(text=subject, align=Align.CENTER, bold=True, size=Size.TALL)


def _agent(issuer: SlipIssuer, wording: Wording) -> Iterator[Block]:
    yield Text(text=issuer.agent_name, bold=True)
    yield Text(text=wording.say("head.inn", inn=issuer.inn))
    yield Text(text=wording.say("head.address", address=issuer.agent_address))
    if issuer.agent_phone:
        yield Text(text=wording.say("head.phone", phone=issuer.agent_phone))


def _large(text: str) -> Text:
    return Text(text=text, align=Align.CENTER, bold=True, size=Size.DOUBLE)
