"""How this terminal reaches its backend: by which session, under which key, and when it may not.

A real terminal does not speak to a backend elsewhere without TLS (the settings see to that) or
without a key. Towards a backend on this machine it may run unsigned, for a test; a backend that wants
signatures then refuses, and payments wait.
"""

import secrets
from datetime import UTC, datetime

import structlog

from config.journal_key import KeyFileError
from config.sections import is_loopback
from config.settings import Settings
from config.terminal_key import TerminalKey, load_terminal_key
from offline_queue.sync import Session, Signer, secure_session

_log = structlog.get_logger(__name__)


class NotEnrolledError(Exception):
    """The backend does not know this terminal yet; the message says what to do."""


def session_of(settings: Settings) -> Session:
    """A session by the rules of the settings."""
    backend = settings.backend
    return secure_session(ca_file=backend.ca_file, pins=backend.pins, proxy=backend.proxy)


def signer_of(settings: Settings) -> Signer | None:
    """What signs this terminal's requests; None towards this machine without a key.

    Raises:
        NotEnrolledError: see there.
        KeyFileError: the key file cannot be used, or is another terminal's.
    """
    backend = settings.backend
    key = load_terminal_key(backend.key_file)
    if key is None:
        if not is_loopback(backend.url):
            raise NotEnrolledError(
                f"{backend.url} does not know this terminal: no {backend.key_file}; "
                "run `kiosk enrol` with a token of `wallet terminals enrol-token`"
            )
        _log.warning("not_enrolled", backend=backend.url)
        return None
    if key.terminal_id != settings.terminal.id:
        raise KeyFileError(
            f"{backend.key_file}: is the key of terminal {key.terminal_id}, "
            f"not of {settings.terminal.id}; enrol anew"
        )
    return signer_by(key)


def signer_by(key: TerminalKey) -> Signer:
    """What signs by this key and the machine's clock."""
    return Signer(key.terminal_id, key.private, lambda: datetime.now(UTC), secrets.token_bytes)
