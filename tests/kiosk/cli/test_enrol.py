"""`kiosk enrol` against the real backend: a key is made, agreed to, and replaced."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from typer.testing import CliRunner

from config.terminal_key import draft_of, load_terminal_key
from kiosk.cli.application import build_application
from wallet.server import EmbeddedBackend
from wallet.settings import Settings

T = "10238898"


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[EmbeddedBackend]:
    with capture_logs():
        it = EmbeddedBackend(Settings(database=f"sqlite:///{tmp_path}/wallet.db", port=0))
        it.start()
        yield it
        it.stop()


@pytest.fixture
def config(tmp_path: Path, backend: EmbeddedBackend) -> Path:
    path = tmp_path / "kiosk.toml"
    path.write_text(
        f'[terminal]\nid = "{T}"\n[backend]\nurl = "{backend.url}"\nkey_file = "terminal.key"\n'
    )
    return path


def run(config: Path, *arguments: str):
    assert not [name for name in os.environ if name.startswith("KIOSK_")]
    application = build_application(lambda *_: True)
    return CliRunner().invoke(application, ["enrol", "--config", str(config), *arguments])


def test_a_terminal_is_enrolled_and_its_key_replaced(config: Path, backend) -> None:
    token = backend.desk.new_token(T, timedelta(hours=1))
    first = run(config, "--token", token)
    assert first.exit_code == 0, first.output
    key_file = config.with_name("terminal.key")
    key = load_terminal_key(key_file)
    assert key.terminal_id == T
    assert key.private.hex() not in first.output
    assert token not in key_file.read_text()
    second = run(config)
    assert (second.exit_code, second.output != first.output) == (0, True)
    assert load_terminal_key(key_file) != key
    assert not draft_of(key_file).exists()
    assert [it.ended_at for it in backend.desk.keys.known(T)] == [None, None]


def test_a_token_that_is_not_good_is_told_and_the_draft_is_kept(config: Path) -> None:
    result = run(config, "--token", f"{T}." + "a" * 43)
    assert (result.exit_code, "used up" in result.stderr) == (1, True)
    assert draft_of(config.with_name("terminal.key")).exists()
    assert load_terminal_key(config.with_name("terminal.key")) is None


def test_without_a_key_there_is_nothing_to_replace(config: Path) -> None:
    result = run(config)
    assert (result.exit_code, "give --token" in result.stderr) == (1, True)
