"""The OpenAPI document of the whole backend, for `docs/openapi.json` and for tests.

Made from an app on a database of its own that is thrown away; it must never open a real one.
"""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from wallet.http.app import Parts, create_app
from wallet.http.metrics import Metrics
from wallet.payments.store import Store
from wallet.settings import Settings
from wallet.storage.database import open_for_writing
from wallet.terminals.desk import open_desk
from wallet.terminals.rates import Rate


def api_document() -> dict[str, Any]:
    """Every path with its models."""
    with TemporaryDirectory() as folder:
        engine = open_for_writing(Path(folder) / "nothing.db")
        store = Store(engine, lambda: datetime.now(UTC), lambda: "")
        desk = open_desk(
            store.turns, lambda: datetime.now(UTC), window=timedelta(seconds=1), rate=Rate()
        )
        try:
            parts = Parts(gate=desk.gate, desk=desk, metrics=Metrics())
            return create_app(Settings(), store, parts).openapi()
        finally:
            engine.dispose()


def api_text() -> str:
    """The document as it is checked in."""
    return json.dumps(api_document(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
