"""The laws of slips: the stored text, and the bytes on the paper read as a printer reads them."""

from collections import Counter

from simulation.printer.interpreter import Interpreter
from simulation.printer.paper import PrintedLine, PrintedQr
from simulation.proof.evidence import Books
from simulation.proof.findings import Findings
from simulation.proof.printer import PaperSlip
from simulation.proof.shopfront import HOTLINE, shopfront

_QR = "QR: "


def judge_slips(books: Books, paper: list[PaperSlip], findings: Findings) -> None:
    """Every payment's slip and everything that came out of the printer."""
    by_payment = {slip.payment_number: slip for slip in books.slips}
    for row in books.payments:
        slip = by_payment.get(row.number)
        has = slip is not None and HOTLINE in slip.text
        findings.must(has, "every payment has a slip with the hotline", f"payment {row.number}")
    known = {slip.receipt_number: slip for slip in books.slips}
    for number, times in Counter(one.number for one in paper).items():
        stored = known.get(number)
        begun = stored is not None and stored.state in ("started", "printed", "failed")
        findings.must(begun, "no slip is printed before it is recorded", f"slip {number}")
        findings.must(times == 1, "no slip is printed twice as the first", f"slip {number}")
    for one in paper:
        if one.whole and one.number in known:
            same = _words(known[one.number].text.splitlines()) == _printed(one.data)
            findings.must(same, "what is printed is what is stored", f"slip {one.number}")


def _printed(data: bytes) -> list[str]:
    model = shopfront().maker.model
    columns = model.columns
    printer = Interpreter(model)
    printer.feed(data)
    lines: list[str] = []
    while (step := printer.step()) is not None:
        if step.complaint:
            lines.append(step.complaint)
        for mark in step.marks:
            if isinstance(mark, PrintedLine):
                lines.append("".join(span.text for span in mark.spans))
            elif isinstance(mark, PrintedQr):
                said = _QR + mark.payload
                lines += (said[at : at + columns] for at in range(0, len(said), columns))
    return _words(lines)


def _words(lines: list[str]) -> list[str]:
    """Where a line stands on the paper is the printer's business; what it says is not."""
    return [text for line in lines if (text := line.strip())]
