"""Where the terminal API lives under the backend's base address; the version is in the path."""

from typing import Final

PAYMENTS_PATH: Final = "/terminal/v1/payments"
"""POST a `PaymentBatch`, answered by a `BatchAnswer`."""

STATUS_PATH: Final = "/terminal/v1/payments/status"
"""POST a `StatusQuestion`, answered by a `StatusAnswer`. A question changes nothing."""

NOTES_PATH: Final = "/terminal/v1/notes"
"""POST a `NoteReportBatch`, answered by a `NoteReportsAnswer`."""
