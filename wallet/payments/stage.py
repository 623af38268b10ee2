"""Where a payment stands at the backend, and what the terminal is told of it."""

from enum import StrEnum

from terminal_api import PaymentStatus


class PaymentStage(StrEnum):
    """`credited` and `refused` are final; nothing leads back."""

    ACCEPTED = "accepted"
    """To be paid to its provider."""
    MANUAL = "manual"
    """A person decides: it was not paid in time, or nobody knows whether it was."""
    CREDITED = "credited"
    """The provider took it."""
    REFUSED = "refused"
    """The provider never will; the money is owed to the customer."""
    DISPUTED = "disputed"
    """None of its notes is known to be in the box: there is nothing to pay."""

    @property
    def status(self) -> PaymentStatus:
        """What the terminal is told. It need not know who decides."""
        return PaymentStatus.ACCEPTED if self is PaymentStage.MANUAL else PaymentStatus(self.value)


OPEN = frozenset({PaymentStage.ACCEPTED, PaymentStage.MANUAL})
"""From here a payment can still be credited or refused."""

NEVER_DONE = frozenset({PaymentStage.REFUSED, PaymentStage.DISPUTED})
"""Nothing is paid to the provider, so that no fee is earned."""
