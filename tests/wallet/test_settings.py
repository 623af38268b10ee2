"""Settings: later sources win, and what is wrong is told with its source, key and reason."""

from pathlib import Path

import pytest

from wallet.settings import SettingsUnusableError, Settle, load_settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "wallet.toml"


def test_the_command_line_wins_over_the_environment_over_the_file(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text('port = 1\nsettle = "off"\nhost = "127.0.0.2"\n')
    monkeypatch.setenv("WALLET_PORT", "2")
    monkeypatch.setenv("WALLET_HOST", "127.0.0.3")
    settings = load_settings(file, port=3, database=None)
    assert (settings.port, settings.host, settings.settle) == (3, "127.0.0.3", Settle.OFF)
    assert settings.database == "sqlite:///wallet.db"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("port = 99999", "wallet.toml: port: "),
        ('port = "x"', "wallet.toml: port: "),
        ("prot = 1", r"wallet.toml: prot: unknown key, did you mean 'port'\?$"),
        ("zzz = 1", "wallet.toml: zzz: unknown key; known: agent, body_limit_bytes, "),
        ("signature_window_s = 1", "wallet.toml: signature_window_s: "),
        ("requests_per_s = 0", "wallet.toml: requests_per_s: "),
        ('settle = "soon"', "wallet.toml: settle: "),
        ('database = "mysql://x/y"', "wallet.toml: database: mysql is not served"),
        ("body_limit_bytes = 1", "wallet.toml: body_limit_bytes: "),
        ("port = ", "wallet.toml: "),
        ("\udc80", "wallet.toml: "),
    ],
)
def test_a_wrong_file_is_told_by_file_key_and_reason(file: Path, content: str, told: str) -> None:
    file.write_bytes(content.encode(errors="surrogateescape"))
    with pytest.raises(SettingsUnusableError, match=told):
        load_settings(file)


def test_a_missing_file_is_told(file: Path) -> None:
    with pytest.raises(SettingsUnusableError, match="wallet.toml: No such file"):
        load_settings(file)


def test_the_other_sources_are_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsUnusableError, match="command line: port: "):
        load_settings(port=-1)
    monkeypatch.setenv("WALLET_PORT", "x")
    with pytest.raises(SettingsUnusableError, match="environment WALLET_PORT: port: "):
        load_settings()
