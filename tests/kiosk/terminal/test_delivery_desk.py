"""What the customer is shown of the backend's answers."""

import pytest

from kiosk.terminal.delivery_desk import delivery_of
from kiosk.terminal.snapshot import Delivery
from terminal_api.payments import PaymentAnswer, PaymentStatus, Verdict


@pytest.mark.parametrize(
    ("verdict", "status", "shown"),
    [
        (Verdict.ACCEPTED, PaymentStatus.CREDITED, Delivery.CREDITED),
        (Verdict.DUPLICATE, PaymentStatus.ACCEPTED, Delivery.ACCEPTED),
        (Verdict.ACCEPTED, PaymentStatus.UNKNOWN, Delivery.QUEUED),
        (Verdict.ACCEPTED, PaymentStatus.REFUSED, Delivery.REFUSED),
        (Verdict.ACCEPTED, PaymentStatus.DISPUTED, Delivery.DISPUTED),
        # A claim for the support desk, and no failure of the customer's.
        (Verdict.CONFLICT, PaymentStatus.REFUSED, Delivery.QUEUED),
        (Verdict.REJECTED, PaymentStatus.REFUSED, Delivery.QUEUED),
    ],
)
def test_the_end_of_a_payment_as_the_customer_sees_it(verdict, status, shown):
    answer = PaymentAnswer(number=1, verdict=verdict, status=status, uid=None)
    assert delivery_of(answer) is shown
