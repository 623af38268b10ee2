"""What is printed and kept when no slip can be made at all: numbers that need no words.

For the case that the program itself fails over a slip, after templates and minimal slip: the payment
must be recorded all the same, and its customer must know whom to call about what. It must never need
a file, a template or a library.
"""

from collections.abc import Iterable

from drivers.printers.models import PrinterModel
from kiosk.receipts.issuer import SlipHead

BARE_TEMPLATE = "bare:1"
_RESET = b"\x1b@"
_CHOOSE_PAGE = b"\x1bt"
_FEED_LINES = b"\x1bd"


def bare_text(head: SlipHead, *, payment: str = "", sums: str = "") -> str:
    """Hotline, terminal, receipt number and moment; of a payment its number, and its sums as
    `inserted = credited + fee + change`.
    """
    issuer = head.issuer
    copy = "COPY" if head.copy else ""  # the one word: a file of words may be what has failed
    number, moment = f"# {head.receipt_number}", head.printed_at.isoformat(" ", "seconds")
    lines: Iterable[str] = (
        copy,
        issuer.agent_name,
        issuer.inn,
        issuer.terminal_id,
        number,
        payment,
        moment,
        sums,
        *issuer.hotlines,
    )
    return "".join(f"{line}\n" for line in lines if line)


def bare_bytes(text: str, model: PrinterModel) -> bytes:
    """The text for this printer, from reset to cut; signs that its page lacks become `?`."""
    lines = ("".join(sign for sign in line if sign.isprintable()) for line in text.splitlines())
    said = "".join(f"{line}\n" for line in lines).encode(model.encoding, "replace")
    page = _CHOOSE_PAGE + bytes([model.code_page])
    return _RESET + page + said + _FEED_LINES + bytes([model.feed_lines]) + model.finish
