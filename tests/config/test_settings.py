"""Settings: layers, and errors that tell a person which line of which file to change."""

import os
import tomllib
from pathlib import Path

import pytest

import config
from config.settings import Settings, SettingsError, load_settings

ROOM = Path(config.__file__).parent


@pytest.fixture(autouse=True)
def _no_variables_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.upper().startswith("KIOSK_")]:
        monkeypatch.delenv(name)


def problems(tmp_path: Path, text: str) -> tuple[str, ...]:
    file = tmp_path / "kiosk.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings(file)
    return tuple(line.replace(str(file), "FILE") for line in caught.value.problems)


def test_the_built_in_settings_describe_a_demo_terminal() -> None:
    settings = load_settings(None)
    assert settings.terminal.demo
    assert settings.terminal.timezone == "Europe/Moscow"
    assert settings.hotline.numbers == ("8-800-707-77-59",)
    assert settings.limits.cash_max_minor == 1_500_000
    assert settings.catalogue.path is None
    assert settings.acceptor.denominations_minor[0] == 10_00


def test_the_example_names_every_key_and_is_a_real_terminal() -> None:
    example = tomllib.loads((ROOM / "example.toml").read_text("utf-8"))
    defaults = tomllib.loads((ROOM / "defaults.toml").read_text("utf-8"))
    keys = {section: set(table) for section, table in defaults.items()}
    assert {section: set(table) for section, table in example.items()} == keys
    assert not load_settings(ROOM / "example.toml").terminal.demo


def test_every_key_has_a_default() -> None:
    defaults = tomllib.loads((ROOM / "defaults.toml").read_text("utf-8"))
    assert set(defaults) == set(Settings.model_fields)


def test_a_file_repeats_only_what_differs(tmp_path: Path) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text('[printer]\nport = "/dev/ttyUSB3"\n', "utf-8")
    settings = load_settings(file)
    assert settings.printer.port == "/dev/ttyUSB3"
    assert settings.printer.model == "generic_epson"


def test_the_environment_wins_over_the_file_and_the_caller_over_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text('[printer]\nport = "/dev/a"\nbaud = 9600\nmodel = "custom_vkp80ii"\n', "utf-8")
    monkeypatch.setenv("KIOSK_PRINTER__PORT", "/dev/b")
    monkeypatch.setenv("KIOSK_PRINTER__BAUD", "38400")
    monkeypatch.setenv("KIOSK_ACCEPTOR__DENOMINATIONS", "[500, 100]")
    settings = load_settings(file, overrides={"printer": {"port": "/dev/c"}})
    assert (settings.printer.port, settings.printer.baud) == ("/dev/c", 38400)
    assert settings.printer.model == "custom_vkp80ii"
    assert settings.acceptor.denominations_minor == (100_00, 500_00)


def test_files_are_looked_for_beside_the_settings_file(tmp_path: Path) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text(
        '[journal]\npath = "j.db"\n[log]\npath = "/var/log/k.log"\n[catalogue]\npath = "c.json"\n',
        "utf-8",
    )
    settings = load_settings(file)
    assert settings.journal.path == tmp_path / "j.db"
    assert settings.catalogue.path == tmp_path / "c.json"
    assert settings.log.path == Path("/var/log/k.log")


def test_settings_are_frozen() -> None:
    settings = load_settings(None)
    with pytest.raises(ValueError, match="frozen"):
        settings.printer.baud = 9600


def test_an_unknown_key_is_met_with_the_nearest_known_one(tmp_path: Path) -> None:
    assert problems(tmp_path, "[printer]\nbuad = 9600\n") == (
        "FILE: printer.buad: unknown key, did you mean 'baud'?",
    )
    assert problems(tmp_path, "[printr]\nbaud = 9600\n") == (
        "FILE: printr: unknown key, did you mean 'printer'?",
    )


def test_an_unknown_key_like_no_other_is_met_with_the_known_ones(
    tmp_path: Path,
) -> None:
    assert problems(tmp_path, "[limits]\nxyzzy = 1\n") == (
        "FILE: limits.xyzzy: unknown key; known: cash_max_minor, first_payment_number",
    )


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    found = problems(tmp_path, '[terminal]\nid = "12"\n[printer]\nbaud = "fast"\n')
    assert len(found) == 2
    assert found[0].startswith("FILE: terminal.id: ")
    assert found[1].endswith("not 'fast'")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[terminal]\nagent_inn = "7707083894"\n', "terminal.agent_inn: not an INN"),
        (
            '[terminal]\ntimezone = "Europe/Moskva"\n',
            "terminal.timezone: 'Europe/Moskva' is not",
        ),
        ('[terminal]\ntimezone = "../etc/passwd"\n', "terminal.timezone: "),
        (
            '[backend]\nurl = "http://wallet.example.org"\n',
            "backend.url: must be https",
        ),
        ('[backend]\nurl = "http://8.8.8.8"\n', "backend.url: must be https"),
        ('[backend]\nurl = "wallet"\n', "backend.url: must be http://host"),
        (
            '[backend]\nurl = "https://u:p@wallet.example.org"\n',
            "must not hold a user name",
        ),
        ("[backend]\nbackoff_min_s = 900\n", "backend: backoff_min_s is greater"),
        ("[backend]\nbatch_size = 501\n", "backend.batch_size: "),
        ('[printer]\nport = "/dev/ttyS0"\n', "cannot share the port /dev/ttyS0"),
        ("[acceptor]\ndenominations = []\n", "acceptor.denominations: "),
        ("[acceptor]\ndenominations = [50, 50]\n", "holds a value twice"),
        ("[acceptor]\ndenominations = [7]\n", "acceptor.denominations.0: "),
        ("[acceptor]\nhigh_security = [5]\n", "acceptor: high_security names 5, which is no"),
        ("[acceptor]\norientations = []\n", "acceptor.orientations: "),
        ('[hotline]\nnumbers = ["1-1-1", "2-2-2", "3-3-3"]\n', "hotline.numbers: "),
        ("printer = 3\n", "printer: "),
    ],
)
def test_a_wrong_value_is_named_with_its_reason(tmp_path: Path, text: str, reason: str) -> None:
    (found,) = problems(tmp_path, text)
    assert found.startswith("FILE: ")
    assert reason in found


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8080", "[::1]:8080"])
def test_plain_http_is_for_this_machine_alone(host: str) -> None:
    url = f"http://{host}"
    assert load_settings(overrides={"backend": {"url": f"{url}/"}}).backend.url == url


def test_a_terminal_that_is_no_demo_must_say_who_it_is(tmp_path: Path) -> None:
    real = (
        '[terminal]\ndemo = false\nid = "10238898"\naddress = "г. Тверь"\nagent_name = "ООО «А»"\n'
        'agent_address = "г. Тверь"\nagent_inn = "9800000013"\n'
    )
    for line in real.splitlines()[2:]:
        key = line.split(" =")[0]
        (found,) = problems(tmp_path, real.replace(f"\n{line}\n", "\n"))
        assert key in found


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="there is no such file"):
        load_settings(tmp_path / "none.toml")
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(tmp_path)


def test_broken_toml_is_told_with_its_line(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, "[terminal]\nid = \n")
    assert found.startswith("FILE: not valid TOML: ")
    assert "line 2" in found


def test_a_file_in_another_encoding_is_not_toml(tmp_path: Path) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_bytes('[terminal]\naddress = "Москва"\n'.encode("cp1251"))
    with pytest.raises(SettingsError, match="not valid TOML"):
        load_settings(file)


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        (
            "KIOSK_PRITER__PORT",
            "x",
            "KIOSK_PRITER__PORT: unknown section, did you mean 'printer'?",
        ),
        (
            "KIOSK_PRINTER__MODLE",
            "3",
            "printer.modle: unknown key, did you mean 'model'?",
        ),
        (
            "KIOSK_ACCEPTOR__BAUD",
            "7",
            "acceptor.baud: Input should be 9600 or 19200, not 7",
        ),
        ("KIOSK_HOTLINE__NUMBERS", "[oops", "lists are written as JSON"),
    ],
)
def test_a_wrong_variable_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, problem: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings(None)
    (found,) = caught.value.problems
    assert found.startswith("environment: ")
    assert found.endswith(problem)


def test_other_variables_of_that_prefix_are_not_ours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KIOSK_CONFIG", "/etc/kiosk.toml")
    assert load_settings(None).terminal.demo
