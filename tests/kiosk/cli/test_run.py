"""`kiosk run`: what is refused before a terminal is made, by one line and exit code 2."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from config.settings import Settings
from kiosk.cli import build_application


def outcome(folder: Path, text: str, *more: str) -> tuple[int, str]:
    file = folder / "kiosk.toml"
    file.write_text(text, encoding="utf-8")

    def never(_settings: Settings, _finger: Path | None) -> bool:
        raise AssertionError("the terminal was started")

    result = CliRunner().invoke(
        build_application(never), ["run", "--config", str(file), *more], catch_exceptions=False
    )
    return result.exit_code, result.output


def test_check_reads_settings_catalogue_and_printer_model(tmp_path: Path) -> None:
    assert outcome(tmp_path, "", "--check") == (0, "settings and catalogue are good\n")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[session]\nidle=1\n", "kiosk.toml: session.idle: unknown key"),
        ('[catalogue]\npath = "none.json"\n', "none.json: there is no such file"),
        ('[printer]\nmodel = "none"\n', "no printer model 'none'"),
        ('[display]\nbrand = "none.toml"\n', "none.toml: cannot be read: No such file"),
    ],
)
def test_check_refuses(tmp_path: Path, text: str, named: str) -> None:
    code, said = outcome(tmp_path, text, "--check")

    assert code == 2
    assert named in said


def test_a_log_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    code, said = outcome(tmp_path, '[log]\npath = "none/kiosk.log"\n')

    assert code == 2
    assert "kiosk.toml: log.path: " in said
    assert "none/kiosk.log cannot be opened: No such file or directory" in said
