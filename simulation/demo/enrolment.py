"""Makes the stand's terminal known to the stand's backend, as a person does with two commands.

The token is put into the database before the backend runs: one process at a time writes a SQLite
file.
"""

import secrets
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from config.terminal_key import draft_key, promote_draft
from offline_queue.sync import Signer, plain_session
from offline_queue.sync.enrolment import EnrolmentError, enrol
from simulation.demo.children import ChildError
from wallet.storage.database import open_for_writing
from wallet.storage.turns import turns_of
from wallet.terminals.keyring import KeyRing
from wallet.terminals.tokens import TOKEN_BYTES


def new_token(database: Path, terminal_id: str) -> str:
    """What `wallet terminals enrol-token` does."""
    engine = open_for_writing(database)
    try:
        ring = KeyRing(turns_of(engine), _now)
        random = secrets.token_bytes(TOKEN_BYTES)
        return ring.new_token(terminal_id, random, valid=timedelta(hours=1))
    finally:
        engine.dispose()


def enrol_terminal(url: str, terminal_id: str, token: str, key_file: Path) -> None:
    """What `kiosk enrol` does; nothing where the terminal is known already.

    Raises:
        ChildError: the backend did not agree.
    """
    if key_file.exists():
        return
    key = draft_key(key_file, terminal_id, secrets.token_bytes)
    signer = Signer(terminal_id, key.private, _now, secrets.token_bytes)
    with plain_session() as session:
        try:
            enrol(session, url, signer, terminal_id=terminal_id, token=token, clock=time.monotonic)
        except EnrolmentError as error:
            raise ChildError(f"the terminal could not be enrolled: {error}") from None
    promote_draft(key_file)


def _now() -> datetime:
    return datetime.now(UTC)
