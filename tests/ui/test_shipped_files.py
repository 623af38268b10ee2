"""What is made out of other files and committed beside them is up to date; nothing forbidden is
used.
"""

import re
import subprocess
import sysconfig
from pathlib import Path
from xml.etree import ElementTree

import pytest

from config.catalogue import load_catalogue
from kiosk.terminal.snapshot import Language
from ui import binding_check, qml_lint
from ui.icons import paint

UI = Path(paint.__file__).parents[1]
TRANSLATIONS = [UI / "translations" / f"{one.value}.ts" for one in Language]
FORMS = {"ru": 3, "en": 2, "kk": 2}
CATALOGUE = "Catalogue"
"""The context whose sources are the Russian texts of the catalogue."""
QML = sorted(UI.rglob("*.qml"))
SOURCES = [*QML, *(UI / "viewmodels").glob("*.py"), *(UI / "panel").glob("*.py")]
FORBIDDEN_MODULES = ("VirtualKeyboard", "Charts", "Controls", "Effects", "Particles", "Graphs")


def tool(name: str) -> str:
    return str(Path(sysconfig.get_path("scripts")) / name)


def messages(path: Path) -> dict[tuple[str, str], list[str]]:
    """Context and source of each message with its translations."""
    found = {}
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            key = (context.findtext("name", ""), message.findtext("source", ""))
            forms = [form.text or "" for form in message.iter("numerusform")]
            found[key] = forms or [message.findtext("translation", "")]
    return found


def catalogue_texts() -> set[str]:
    """Every text of the built-in catalogue that is words, not a name."""
    catalogue = load_catalogue()
    found = {category.title for category in catalogue.categories}
    for field in (field for provider in catalogue.providers for field in provider.fields):
        found |= {field.title, field.hint, *field.options}
    found |= {told.title for provider in catalogue.providers for told in provider.answer}
    return {text for text in found if re.search("[А-Яа-я]", text)}


def test_every_text_of_the_screens_is_translated_and_nothing_else(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.ts"
    command = [tool("pyside6-lupdate"), "-silent", "-locations", "none"]
    subprocess.run([*command, *map(str, SOURCES), "-ts", str(fresh)], check=True)
    for path in TRANSLATIONS:
        known = {key for key in messages(path) if key[0] != CATALOGUE}
        assert set(messages(fresh)) == known, path.name


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: path.stem)
def test_translations_are_complete_and_keep_their_places(path: Path) -> None:
    for (_, source), translations in messages(path).items():
        assert len(translations) == (FORMS[path.stem] if "%n" in source else 1), source
        for translation in translations:
            assert translation, source
            assert set(re.findall("%[0-9n]", source)) == set(re.findall("%[0-9n]", translation))
            assert not re.search("\u2026|\\.\\.\\.", translation), "a text is never cut short"


@pytest.mark.parametrize("path", TRANSLATIONS[1:], ids=lambda path: path.stem)
def test_the_catalogue_is_read_in_every_language(path: Path) -> None:
    known = {source for context, source in messages(path) if context == CATALOGUE}
    assert catalogue_texts() - known == set()
    names = {provider.name for provider in load_catalogue().providers}
    assert known - catalogue_texts() <= names, "nothing is translated that is not there"


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: path.stem)
def test_the_compiled_translation_is_up_to_date(path: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.qm"
    command = [tool("pyside6-lrelease"), "-silent", str(path), "-qm", str(fresh)]
    subprocess.run(command, check=True)
    assert fresh.read_bytes() == path.with_suffix(".qm").read_bytes()


def test_coloured_icons_are_painted_from_their_sources() -> None:
    copies = paint.copies()
    assert copies
    for path, text in copies.items():
        assert path.read_text(encoding="utf-8") == text, path
    shipped = {path for tone in paint.TONES for path in (paint.ICONS / tone).glob("*.svg")}
    assert shipped == set(copies)


@pytest.mark.parametrize("path", QML, ids=lambda path: path.name)
def test_a_screen_holds_no_sums_no_colours_of_its_own_and_no_forbidden_module(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    imports = re.findall(r"^import (\S+)", text, re.MULTILINE)
    assert not [one for one in imports if any(word in one for word in FORBIDDEN_MODULES)]
    assert "layer.enabled" not in text
    assert "ShaderEffect" not in text
    assert "inor" not in text, "amounts reach QML as text only"
    if path.name not in {"Theme.qml", "Bench.qml"}:
        assert not re.search(r'"#[0-9A-Fa-f]{6}"', text)


def test_qml_fits_the_classes_it_uses() -> None:
    assert qml_lint.main() == 0


def test_the_installed_binding_loses_no_references() -> None:
    assert abs(binding_check.lost_references()) <= binding_check.TOLERANCE
    binding_check.require_sound_binding()


def test_a_binding_that_loses_references_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binding_check, "lost_references", lambda: 64)
    with pytest.raises(binding_check.BrokenBindingError, match="would abort"):
        binding_check.require_sound_binding()
