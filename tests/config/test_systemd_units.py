"""The unit files: valid for systemd, never a lock-out, and nothing that hides a serial line."""

import shutil
import subprocess
import tomllib
from configparser import RawConfigParser
from importlib.resources import files
from pathlib import PurePosixPath

import pytest

UNITS = files("config") / "systemd"
NAMES = ("kiosk", "wallet")
HIDES_DEVICES = ("PrivateDevices", "ProtectClock", "DevicePolicy", "DeviceAllow")


def text_of(name):
    return (UNITS / f"{name}.service").read_text(encoding="ascii")


def unit(name):
    parser = RawConfigParser(strict=False, delimiters=("=",), comment_prefixes=("#",))
    parser.optionxform = str
    parser.read_string(text_of(name))
    return parser


@pytest.mark.parametrize("name", NAMES)
def test_it_is_started_again_for_ever(name):
    parser = unit(name)
    assert parser["Service"]["Restart"] == "always"
    assert parser["Unit"]["StartLimitIntervalSec"] == "0"
    assert float(parser["Service"]["RestartSec"]) >= 1
    assert "RestartPreventExitStatus" not in parser["Service"]
    assert parser["Install"]["WantedBy"]


@pytest.mark.parametrize("name", NAMES)
def test_it_runs_as_a_user_of_its_own_and_shows_its_files_to_nobody(name):
    service = unit(name)["Service"]
    assert service["User"] == service["Group"] == name
    assert service["UMask"] == "0077"
    assert service["NoNewPrivileges"] == "yes"
    assert service["CapabilityBoundingSet"] == ""


def test_the_terminal_keeps_its_serial_lines_and_its_screen():
    service = unit("kiosk")["Service"]
    assert {"dialout", "input", "video"} <= set(service["SupplementaryGroups"].split())
    for hides in (*HIDES_DEVICES, "ProtectHome", "MemoryDenyWriteExecute"):
        assert hides not in service
    assert service["ProtectSystem"] == "full"


def test_the_terminal_may_write_where_its_example_says_and_makes_no_folder_for_a_missing_disk():
    example = tomllib.loads((files("config") / "example.toml").read_text(encoding="utf-8"))
    service = unit("kiosk")["Service"]
    writable = {path.lstrip("-") for path in service["ReadWritePaths"].split()}
    assert str(PurePosixPath(example["journal"]["path"]).parent) in writable
    assert PurePosixPath(example["log"]["path"]).parent == (
        PurePosixPath("/var/log") / service["LogsDirectory"]
    )
    assert "StateDirectory" not in service
    assert "RequiresMountsFor" not in unit("kiosk")["Unit"]


def test_the_terminal_tells_when_it_is_ready_and_that_it_lives():
    """The program is a child of the compositor, and one event may take as long as a slow disk."""
    service = unit("kiosk")["Service"]
    assert (service["Type"], service["NotifyAccess"]) == ("notify", "all")
    assert int(service["WatchdogSec"]) > 20
    assert service["Restart"] == "always"


@pytest.mark.parametrize("name", NAMES)
def test_systemd_finds_nothing_wrong(name, tmp_path):
    verifier = shutil.which("systemd-analyze")
    if verifier is None:
        pytest.skip("systemd-analyze is not here")
    # The program is not installed where the unit says; everything else is as shipped.
    lines = text_of(name).splitlines()
    lines = ["ExecStart=/bin/true" if line.startswith("ExecStart=") else line for line in lines]
    copy = tmp_path / f"{name}.service"
    copy.write_text("\n".join(lines) + "\n", encoding="ascii")
    found = subprocess.run(
        [verifier, "verify", "--man=no", copy], capture_output=True, text=True, check=False
    )
    told = [line for line in found.stderr.splitlines() if copy.name in line]
    assert (found.returncode, told) == (0, [])
