"""The top of a slip: its title and the marks that say what sort of paper this is.

A slip that no cash register made must never be titled as a cash receipt, and a copy or a slip with
invented legal data must say so before anything else.
"""

from collections.abc import Iterator

from kiosk.receipts.finish import SlipIssuer
from kiosk.receipts.model import Align, Block, Feed, Size, Text
from kiosk.receipts.wording import Wording


def mark_blocks(
    issuer: SlipIssuer, wording: Wording, *, copy: bool = False, subject: str = ""
) -> Iterator[Block]:
    """Yield title, marks and, when given, the `subject` of a slip that is not about a payment."""
    if issuer.demo:
        yield Text(
            text=wording.say("mark.demo"),
            align=Align.CENTER,
            bold=True,
            size=Size.DOUBLE,
        )
    yield Text(text=wording.say("mark.title"), align=Align.CENTER, bold=True, size=Size.DOUBLE)
    yield Text(text=wording.say("mark.non_fiscal"), align=Align.CENTER)
    if copy:
        yield Text(
            text=wording.say("mark.copy"),
            align=Align.CENTER,
            bold=True,
            size=Size.DOUBLE,
        )
    if subject:
        yield Text(text=subject, align=Align.CENTER, bold=True, size=Size.TALL)
    yield Feed()
