"""Evidence about a note as it goes over the wire: bounded, and printable whatever a device said."""

from terminal_api.payments import MAX_EVIDENCE

_LONGEST = 500


def wire_evidence(evidence: tuple[str, ...]) -> tuple[str, ...]:
    """The first lines of the evidence, cut where they are endless; a sign that cannot be printed
    becomes a question mark.
    """
    return tuple(_printable(line)[:_LONGEST] for line in evidence[:MAX_EVIDENCE])


def _printable(line: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in line)
