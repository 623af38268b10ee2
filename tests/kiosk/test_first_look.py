"""The first look at the settings: the same as the settings, or none."""

from pathlib import Path

import pytest

from config.settings import load_settings
from kiosk import bootstrap
from kiosk.first_look import first_look
from kiosk.single_instance import only_one
from ui.brand import BUILT_IN

EXAMPLE = Path(__file__).parents[2] / "config" / "example.toml"


@pytest.fixture
def config(tmp_path):
    def write(text):
        path = tmp_path / "terminal.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def look_at(path):
    return first_look(["run", "--config", str(path)], {})


@pytest.mark.parametrize("path", [EXAMPLE, None])
def test_it_sees_what_the_settings_say(path):
    look = first_look(["run", "--config", str(path)] if path else ["run"], {})
    settings = load_settings(path)
    assert look.info == bootstrap._info(settings, BUILT_IN)
    assert look.loudness == bootstrap._loudness(settings)
    assert look.size == (settings.display.width, settings.display.height)
    assert look.fullscreen is settings.display.fullscreen
    assert look.reduce_motion is settings.display.reduce_motion
    assert look.language.value == settings.display.language
    assert look.software_renderer is (settings.display.renderer == "software")


def test_a_file_lies_over_the_defaults_and_names_a_brand_beside_itself(config):
    path = config('[display]\nlanguage = "kk"\nfullscreen = false\nbrand = "brand/brand.toml"\n')
    look = look_at(path)
    assert (look.language, look.fullscreen) == ("kk", False)
    assert look.brand == load_settings(path).display.brand


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["demo"],
        ["run", "--check"],
        ["run", "--help"],
        ["run", "--config"],
        ["run", "--config", "a", "--check", "b"],
        ["journal", "show", "x"],
    ],
)
def test_every_other_command_goes_the_ordinary_way(arguments):
    assert first_look(arguments, {}) is None


@pytest.mark.parametrize(
    "text",
    [
        "not toml",
        "[display]\nwidth = true\n",
        "[display]\nwidth = 1\n",
        '[display]\nlanguage = "de"\n',
        '[display]\nrenderer = "gold"\n',
        "[hotline]\nnumbers = []\n",
        '[terminal]\ntimezone = "Moscow"\n',
        '[sounds]\nnight_to = "morning"\n',
        "[unknown]\nkey = 1\n",
        "display = 1\n",
    ],
)
def test_what_is_out_of_the_ordinary_goes_the_ordinary_way(config, text):
    assert look_at(config(text)) is None


def test_a_file_that_is_not_there_goes_the_ordinary_way(tmp_path):
    assert look_at(tmp_path / "none.toml") is None


def test_an_override_by_the_environment_goes_the_ordinary_way():
    assert first_look(["run"], {"KIOSK_DISPLAY__LANGUAGE": "kk"}) is None


def test_no_window_is_opened_over_that_of_the_terminal_that_runs(config, tmp_path):
    path = config('[journal]\npath = "journal.db"\n')
    with only_one(tmp_path / "journal.db"):
        assert look_at(path) is None
    assert look_at(path) is not None
