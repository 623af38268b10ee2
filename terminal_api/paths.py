"""Where the terminal API lives under the backend's base address; the version is in the path."""

from typing import Final

PAYMENTS_PATH: Final = "/terminal/v1/payments"
"""POST a `PaymentBatch`, answered by a `BatchAnswer`."""

STATUS_PATH: Final = "/terminal/v1/payments/status"
"""POST a `StatusQuestion`, answered by a `StatusAnswer`. A question changes nothing."""

NOTES_PATH: Final = "/terminal/v1/notes"
"""POST a `NoteReportBatch`, answered by a `NoteReportsAnswer`."""

COLLECTIONS_PATH: Final = "/terminal/v1/collections"
"""POST a `CollectionBatch`, answered by a `CollectionsAnswer`."""

ENROL_PATH: Final = "/terminal/v1/enrol"
"""POST an `EnrolRequest`, signed by the key it tells of; answered by an `EnrolAnswer`."""

KEY_PATH: Final = "/terminal/v1/key"
"""POST a `NewKey`, signed by the key in use; answered by a `NewKeyAnswer`."""

HEARTBEAT_PATH: Final = "/terminal/v1/heartbeat"
"""POST a `Heartbeat`, answered by a `HeartbeatAnswer`."""

EVENTS_PATH: Final = "/terminal/v1/events"
"""POST an `EventBatch`, answered by an `EventsAnswer`."""

DESIRED_PATH: Final = "/terminal/v1/desired"
"""GET with `after` and `wait`, answered by a `DesiredAnswer`: at once, or when something changes."""

ACCOUNT_CHECK_PATH: Final = "/terminal/v1/accounts/check"
"""POST an `AccountQuestion`, answered by an `AccountAnswer`. Moves no money."""

CONTENT_PATH: Final = "/terminal/v1/content/{kind}/{version}"
"""GET the bytes that a desired item names; answered as they are, not as JSON."""
