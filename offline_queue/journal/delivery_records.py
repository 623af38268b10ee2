"""Records about payments on their way to the backend that a person, or an upgrade, sets going again.

`offline_queue.journal.records` joins these kinds to the others. They must hold nothing of a customer:
no account, no phone.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentsOfferedAgain:
    """These payments were parked and go back to the outbox, as they were formed: same number, same
    content. What is not parked stays as it is.

    Attributes:
        numbers: payment numbers.
        by: who wants it: a person's name, or the program itself.
        why: what has changed since they were parked.
    """

    kind: Literal["payments_offered_again"] = "payments_offered_again"
    numbers: tuple[int, ...]
    by: str
    why: str
