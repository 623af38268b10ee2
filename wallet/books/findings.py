"""What a check of the books finds. It must never hold a rule."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that does not hold. `rule` is its stable name, `what` a sentence for a person."""

    rule: str
    terminal_id: str
    what: str
