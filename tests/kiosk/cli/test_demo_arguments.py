"""`kiosk demo`: what it refuses before anything is started."""

import pytest
from typer.testing import CliRunner

from kiosk.cli import build_application
from simulation.scenario import player, steps


@pytest.fixture
def kiosk():
    application = build_application(lambda _settings, _finger: True)
    return lambda *words: CliRunner().invoke(application, ["demo", *map(str, words)])


def test_an_unknown_scenario_is_named_and_nothing_starts(kiosk, tmp_path):
    result = kiosk("--headless", "--scenario", "no-such-scenario", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "no-such-scenario" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_folder_with_something_in_it_is_left_alone(kiosk, tmp_path):
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    result = kiosk("--headless", "--out", tmp_path)
    assert result.exit_code == 2
    assert "not empty" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_a_folder_that_cannot_be_made_is_told(kiosk, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = kiosk("--headless", "--out", tmp_path / "file" / "out")
    assert result.exit_code == 1
    assert result.stderr.startswith("kiosk: ")


def test_an_unknown_option_is_refused(kiosk):
    assert kiosk("--fast").exit_code == 2


class Outcome:
    payments = ()

    def __init__(self, ok):
        self.ok = ok


@pytest.mark.parametrize(("ok", "code"), [(True, 0), (False, 1)])
def test_the_exit_code_is_what_the_scenario_came_to(kiosk, tmp_path, monkeypatch, ok, code):
    monkeypatch.setattr(steps, "load_scenario", lambda name: name)
    monkeypatch.setattr(player, "play", lambda _scenario, _folder, _say: Outcome(ok))
    result = kiosk("--headless", "--out", tmp_path / "out")
    assert result.exit_code == code
    assert ("passed" if ok else "FAILED") in result.stdout
