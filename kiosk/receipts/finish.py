"""The one gate between a template and the printer.

A template proposes; this file owns what every slip must show. It appends hotline and legal footer
to a slip of any kind and refuses one that lacks a mandatory part. When a template fails,
`minimal_receipt` makes a slip from the mandatory parts alone, so that a customer never leaves
without proof.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kiosk.receipts.errors import MissingPartError
from kiosk.receipts.figures import moment_text, money_text, zone_text
from kiosk.receipts.model import (
    Align,
    Block,
    Feed,
    Pair,
    Part,
    Receipt,
    Rule,
    Size,
    SlipKind,
    SlipModel,
    Text,
)
from kiosk.receipts.wording import Wording

MINIMAL_TEMPLATE_VERSION = "built-in-1"
_MOST_HOTLINES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipIssuer:
    """Who answers for the slip. `demo` marks invented legal data.

    Raises:
        MissingPartError: no hotline or more than two, or no name, INN or terminal number.
    """

    agent_name: str
    inn: str
    agent_address: str
    terminal_id: str
    terminal_address: str
    hotlines: tuple[str, ...]
    demo: bool

    def __post_init__(self) -> None:
        if not self.inn.strip() or not self.agent_name.strip():
            raise MissingPartError(Part.INN)
        if not self.terminal_id.strip():
            raise MissingPartError(Part.TERMINAL)
        if not 1 <= len(self.hotlines) <= _MOST_HOTLINES or not all(
            number.strip() for number in self.hotlines
        ):
            raise MissingPartError(Part.HOTLINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipSums:
    """The three sums that a slip about a payment must show, in kopecks."""

    inserted: int
    fee: int
    credited: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandatory:
    """What a slip must show. `sums` is None where no payment is made, as on a test slip."""

    issuer: SlipIssuer
    receipt_number: int
    printed_at: datetime
    sums: SlipSums | None


def finish_slip(model: SlipModel, mandatory: Mandatory, wording: Wording) -> Receipt:
    """Append hotline and legal footer to any slip and check that nothing mandatory is missing.

    Raises:
        MissingPartError: the slip does not show a part that it must show.
    """
    blocks = (*model.blocks, *_footer(mandatory.issuer, wording))
    for part, value in _required(model.kind, mandatory):
        if not _shows(blocks, part, value):
            raise MissingPartError(part)
    return Receipt(kind=model.kind, template_version=model.template_version, blocks=blocks)


def minimal_receipt(kind: SlipKind, mandatory: Mandatory, wording: Wording) -> Receipt:
    """Make the built-in slip: the mandatory parts and nothing else."""
    blocks: list[Block] = [
        Text(
            text=wording.say("mark.title"),
            align=Align.CENTER,
            bold=True,
            size=Size.DOUBLE,
        ),
        Text(text=wording.say("mark.non_fiscal"), align=Align.CENTER),
        *head_blocks(mandatory, wording),
    ]
    if mandatory.sums is not None:
        blocks += [Rule(), *sums_blocks(mandatory.sums, wording)]
    model = SlipModel(kind=kind, template_version=MINIMAL_TEMPLATE_VERSION, blocks=tuple(blocks))
    return finish_slip(model, mandatory, wording)


def head_blocks(mandatory: Mandatory, wording: Wording) -> tuple[Block, ...]:
    """Agent, terminal, receipt number and moment: the head of every slip."""
    issuer = mandatory.issuer
    written = wording.say(
        "head.zone",
        date=moment_text(mandatory.printed_at),
        zone=zone_text(mandatory.printed_at),
    )
    return (
        Text(text=issuer.agent_name, bold=True),
        Text(text=wording.say("head.inn", inn=issuer.inn), part=Part.INN),
        Text(text=wording.say("head.address", address=issuer.agent_address)),
        Text(text=wording.say("head.place", address=issuer.terminal_address)),
        Rule(),
        Pair(
            left=wording.say("head.terminal"),
            right=issuer.terminal_id,
            bold=True,
            part=Part.TERMINAL,
        ),
        Pair(
            left=wording.say("head.receipt"),
            right=str(mandatory.receipt_number),
            bold=True,
            part=Part.RECEIPT,
        ),
        Pair(left=wording.say("head.date"), right=written, part=Part.DATE),
    )


def sums_blocks(sums: SlipSums, wording: Wording, fee_text: str = "") -> tuple[Block, ...]:
    """The three mandatory sums; `fee_text` explains the fee under its line."""

    def money(kopecks: int) -> str:
        return wording.say("sums.money", sum=money_text(kopecks))

    explained = (Text(text=fee_text),) if fee_text else ()
    return (
        Pair(
            left=wording.say("sums.inserted"),
            right=money(sums.inserted),
            part=Part.INSERTED,
        ),
        Pair(left=wording.say("sums.fee"), right=money(sums.fee), part=Part.FEE),
        *explained,
        Pair(
            left=wording.say("sums.credited"),
            right=money(sums.credited),
            bold=True,
            size=Size.TALL,
            part=Part.CREDITED,
        ),
    )


def _footer(issuer: SlipIssuer, wording: Wording) -> Iterator[Block]:
    yield Rule()
    yield Text(text=wording.say("footer.hotline"), align=Align.CENTER, bold=True)
    for number in issuer.hotlines:
        yield Text(
            text=number,
            align=Align.CENTER,
            bold=True,
            size=Size.DOUBLE,
            part=Part.HOTLINE,
        )
    yield Text(text=wording.say("footer.call"), align=Align.CENTER)
    yield Feed()
    legal = wording.say("footer.legal", agent=issuer.agent_name, inn=issuer.inn)
    yield Text(text=legal, align=Align.CENTER)
    if issuer.demo:
        yield Text(text=wording.say("mark.demo_note"), align=Align.CENTER)


def _required(kind: SlipKind, mandatory: Mandatory) -> Iterator[tuple[Part, str]]:
    yield Part.TERMINAL, mandatory.issuer.terminal_id
    yield Part.RECEIPT, str(mandatory.receipt_number)
    yield Part.DATE, moment_text(mandatory.printed_at)
    yield Part.INN, mandatory.issuer.inn
    for number in mandatory.issuer.hotlines:
        yield Part.HOTLINE, number
    if mandatory.sums is not None:
        yield Part.INSERTED, money_text(mandatory.sums.inserted)
        yield Part.FEE, money_text(mandatory.sums.fee)
        yield Part.CREDITED, money_text(mandatory.sums.credited)
    elif kind is SlipKind.PAYMENT:
        raise MissingPartError(Part.INSERTED)


def _shows(blocks: tuple[Block, ...], part: Part, value: str) -> bool:
    for block in blocks:
        match block:
            case Text() if block.part is part and value in block.text:
                return True
            case Pair() if block.part is part and value in block.right:
                return True
            case _:
                continue
    return False
