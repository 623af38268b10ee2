"""What the session machine wants done, after its records are durable.

Values only; the cashier carries them out in order. What happens to a single note is not among them:
the note keeper orders that, right behind the record of the decision.
"""

from dataclasses import dataclass

from offline_queue.journal.records import PaymentTrigger, SessionEnd


@dataclass(frozen=True, slots=True)
class StartAccepting:
    """Let notes in."""


@dataclass(frozen=True, slots=True)
class StopAccepting:
    """Let no further note in; `Disabled` will tell when nothing is inside."""


@dataclass(frozen=True, slots=True)
class FormPayment:
    """Turn the money inside into a payment to the confirmed account."""

    trigger: PaymentTrigger


@dataclass(frozen=True, slots=True)
class CloseSession:
    """End the session: nothing is inside."""

    why: SessionEnd


Command = StartAccepting | StopAccepting | FormPayment | CloseSession
"""`FormPayment` and `CloseSession` end the money state and always stand alone."""
