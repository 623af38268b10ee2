"""The page for whoever operates terminals tells what each exit code means."""

from pathlib import Path

import pytest

from kiosk.exit_codes import ExitCode

PAGE = Path(__file__).parents[2] / "docs" / "operations.md"


@pytest.mark.parametrize("code", [code for code in ExitCode if code is not ExitCode.JOURNAL])
def test_every_exit_code_of_the_terminal_stands_in_the_table(code):
    assert f"\n| {int(code)} |" in PAGE.read_text(encoding="utf-8")


def test_the_code_of_the_tools_is_told_apart():
    assert f"The tools add {int(ExitCode.JOURNAL)}" in PAGE.read_text(encoding="utf-8")
