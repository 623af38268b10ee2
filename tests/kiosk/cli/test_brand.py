"""`kiosk brand check`: what a start would say of a brand, before it is given to a terminal."""

from pathlib import Path

from typer.testing import CliRunner

from config.settings import Settings
from kiosk.cli import build_application

EXAMPLE = Path(__file__).parents[3] / "docs" / "brand" / "brand.toml"


def said(*words: str) -> tuple[int, str]:
    def never(_settings: Settings, _finger: Path | None) -> bool:
        raise AssertionError("the terminal was started")

    result = CliRunner().invoke(
        build_application(never), ["brand", "check", *words], catch_exceptions=False
    )
    return result.exit_code, result.output


def test_the_example_of_the_handbook_is_good() -> None:
    assert said(str(EXAMPLE)) == (0, "the brand is good: a logo, own colours, 1 slide\n")


def test_a_refused_brand_is_told_line_by_line_with_exit_code_2(tmp_path: Path) -> None:
    path = tmp_path / "brand.toml"
    path.write_text('logo = "none.png"\n[[slides]]\n', encoding="utf-8")
    code, text = said(str(path))
    assert code == 2
    assert "kiosk: " in text
    assert "slides.0.image: Field required" in text


def test_a_hotline_is_held_against_the_settings(tmp_path: Path) -> None:
    path = tmp_path / "brand.toml"
    path.write_text('hotline = "8-800-000-00-00"\n', encoding="utf-8")
    settings = tmp_path / "kiosk.toml"
    settings.write_text("", encoding="utf-8")
    assert said(str(path))[0] == 0
    code, text = said(str(path), "--config", str(settings))
    assert code == 2
    assert "not among [hotline] numbers" in text


def test_wrong_settings_are_told_plainly(tmp_path: Path) -> None:
    path = tmp_path / "brand.toml"
    path.write_text("", encoding="utf-8")
    code, text = said(str(path), "--config", str(tmp_path / "none.toml"))
    assert code == 2
    assert "there is no such file" in text
