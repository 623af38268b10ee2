"""When a terminal may speak to its backend: not elsewhere without a key, never by another's key."""

from pathlib import Path

import pytest

from config.journal_key import KeyFileError
from config.settings import Settings, load_settings
from config.terminal_key import draft_key, promote_draft
from kiosk.backend_access import NotEnrolledError, session_of, signer_of


def settings(folder: Path, url: str, **backend: object) -> Settings:
    key_file = str(folder / "terminal.key")
    return load_settings(overrides={"backend": {"url": url, "key_file": key_file, **backend}})


def test_a_backend_elsewhere_wants_an_enrolled_terminal(tmp_path: Path) -> None:
    with pytest.raises(NotEnrolledError, match="kiosk enrol"):
        signer_of(settings(tmp_path, "https://wallet.example.org"))


def test_towards_this_machine_a_terminal_may_run_unsigned(tmp_path: Path) -> None:
    assert signer_of(settings(tmp_path, "http://127.0.0.1:8080")) is None


def test_the_key_that_was_enrolled_signs(tmp_path: Path) -> None:
    it = settings(tmp_path, "https://wallet.example.org")
    draft_key(it.backend.key_file, it.terminal.id, lambda size: b"k" * size)
    with pytest.raises(NotEnrolledError):
        signer_of(it)
    promote_draft(it.backend.key_file)
    assert signer_of(it) is not None


def test_another_terminals_key_is_refused(tmp_path: Path) -> None:
    it = settings(tmp_path, "https://wallet.example.org")
    draft_key(it.backend.key_file, "10000009", lambda size: b"k" * size)
    promote_draft(it.backend.key_file)
    with pytest.raises(KeyFileError, match="is the key of terminal 10000009"):
        signer_of(it)


def test_the_session_trusts_what_the_settings_say(tmp_path: Path) -> None:
    plain = settings(tmp_path, "https://wallet.example.org", ca_file="own.pem", proxy="http://p:1")
    with session_of(plain) as session:
        assert session.verify == str(plain.backend.ca_file)
        assert session.proxies == {"http": "http://p:1", "https": "http://p:1"}
        assert not session.trust_env
