"""Without a display the commands that want a window say so in one line."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from kiosk.cli import build_application


@pytest.mark.parametrize("command", [["run"], ["demo", "--out", "out"]])
def test_no_display_is_said_in_one_line(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    result = CliRunner().invoke(build_application(lambda *_: False), command)

    assert result.exit_code == 1
    assert result.output.startswith("kiosk: no display: ")
    assert result.output.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
