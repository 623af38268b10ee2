"""`kiosk acceptor trace` from the command line."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from kiosk.cli import build_application


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    file = tmp_path / "kiosk.toml"
    file.write_text(
        f'[journal]\npath = "{tmp_path}/journal.db"\nkey_file = "{tmp_path}/journal.key"\n',
        encoding="utf-8",
    )
    return file


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(
        build_application(lambda _, __: True), ["acceptor", "trace", *words]
    )
    return result.exit_code, result.output


def test_on_leaves_the_switch_beside_the_journal_and_off_takes_it_away(
    settings: Path, tmp_path: Path
) -> None:
    switch = tmp_path / "acceptor.trace.on"
    assert run("on", "--config", str(settings)) == (0, f"on: {tmp_path}/acceptor.trace\n")
    assert switch.exists()
    assert run("off", "--config", str(settings)) == (0, "off\n")
    assert run("off", "--config", str(settings)) == (0, "off\n")
    assert not switch.exists()


def test_show_gives_the_older_file_first(settings: Path, tmp_path: Path) -> None:
    code, told = run("show", "--config", str(settings))
    assert code == 0
    assert "it is off" in told
    (tmp_path / "acceptor.trace").write_text("second\n", encoding="utf-8")
    (tmp_path / "acceptor.trace.1").write_text("first\n", encoding="utf-8")
    assert run("show", "--config", str(settings)) == (0, "first\nsecond\n")


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text('[journal]\npath = "/nowhere/at/all/journal.db"\n', encoding="utf-8")
    code, told = run("on", "--config", str(file))
    assert code == 2
    assert "no terminal of these settings has run here: /nowhere/at/all is missing" in told
