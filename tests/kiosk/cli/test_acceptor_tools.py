"""`kiosk acceptor probe` and `watch` from the command line, over a real pseudo-terminal."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from drivers.acceptors.device_half.phases import MechanismTiming
from drivers.transports import SerialPort, SerialSettings
from kiosk.cli import build_application
from offline_queue.journal import ChainKey, Journal
from offline_queue.journal.records import Decision, NoteEscrowed, NoteReturned
from simulation.acceptor import AcceptorSimulator
from simulation.acceptor.protocols import Build, ProtocolName, kit_of

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
QUICK = MechanismTiming(initialise_s=0.01)


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(build_application(lambda _, __: True), ["acceptor", *words])
    return result.exit_code, result.output


@pytest.fixture
def line(tmp_path: Path) -> Iterator[str]:
    machine = kit_of(ProtocolName.CCNET).make_machine(Build(timing=QUICK))
    simulator = AcceptorSimulator(machine, link=tmp_path / "line")
    thread = threading.Thread(target=simulator.run)
    thread.start()
    yield str(tmp_path / "line")
    simulator.stop()
    thread.join(5)


@pytest.fixture
def settings(tmp_path: Path, line: str) -> str:
    file = tmp_path / "kiosk.toml"
    file.write_text(
        f'[journal]\npath = "{tmp_path}/journal.db"\nkey_file = "{tmp_path}/journal.key"\n'
        f'[acceptor]\nport = "{line}"\n[printer]\nport = "{tmp_path}/printer"\n',
        encoding="utf-8",
    )
    return str(file)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    journal = Journal(tmp_path / "journal.db", ChainKey(bytes(32)))
    yield journal
    journal.close()


def escrowed(journal: Journal) -> None:
    journal.append(
        NoteEscrowed(
            session=None, cycle="boot1/1", minor=50_000, currency="RUB", decision=Decision.STACK
        ),
        at=NOON,
    )


def test_a_probe_tells_what_it_found(line: str, tmp_path: Path) -> None:
    code, told = run("probe", "--port", line, "--port", str(tmp_path / "none"), "--json")
    found, missing = json.loads(told)
    assert code == 0
    assert (found["outcome"], found["protocol"], found["baud"]) == ("found", "ccnet", 9600)
    assert found["serial"] == "21K000000001"
    assert [50_000, "RUB"] in found["notes"]
    assert missing["outcome"] == "unusable"
    assert "does not exist" in missing["problem"]


def test_a_probe_leaves_the_printer_and_ports_in_use_alone(
    line: str, settings: str, tmp_path: Path
) -> None:
    held = SerialPort(SerialSettings(url=line))
    code, told = run(
        "probe", "--port", line, "--port", str(tmp_path / "printer"), "--config", settings
    )
    held.close()
    assert code == 1
    assert "in use" in told
    assert "left alone: the settings say that it is the printer's" in told


def test_ssp_is_not_tried_while_the_terminal_has_a_note_in_doubt(
    settings: str, tmp_path: Path, journal: Journal
) -> None:
    escrowed(journal)
    far = kit_of(ProtocolName.SSP).make_machine(Build(timing=QUICK))
    simulator = AcceptorSimulator(far, link=tmp_path / "line")
    thread = threading.Thread(target=simulator.run)
    thread.start()
    port = ("--port", str(tmp_path / "line"), "--config", settings)
    assert "start the terminal first" in run("probe", *port)[1]
    journal.append(NoteReturned(cycle="boot1/1", why="test"), at=NOON)
    assert "ssp at 9600 baud" in run("probe", *port)[1]
    simulator.stop()
    thread.join(5)


def test_an_unknown_protocol_is_told(line: str) -> None:
    for command in ("probe", "watch"):
        code, told = run(command, "--port", line, "--protocol", "morse")
        assert code == 2
        assert "morse" in told


def test_a_watch_finds_the_protocol_and_tells_the_device(line: str) -> None:
    code, told = run("watch", "--port", line, "--seconds", "1", "--json")
    assert code == 0
    events = {one["event"]: one for one in map(json.loads, told.splitlines())}
    assert events["ready"]["serial"] == "21K000000001"
    assert "state" in events


def test_a_watch_is_refused_where_the_terminal_has_a_note_in_doubt(
    settings: str, journal: Journal
) -> None:
    escrowed(journal)
    code, told = run("watch", "--config", settings, "--seconds", "1")
    assert code == 1
    assert "start the terminal first" in told


def test_a_watch_of_nothing_says_so(tmp_path: Path) -> None:
    code, told = run("watch", "--port", str(tmp_path / "none"))
    assert code == 1
    assert "does not exist" in told


def test_a_watch_that_never_saw_the_device_ready_is_no_success(tmp_path: Path) -> None:
    code, told = run(
        "watch", "--port", str(tmp_path / "none"), "--protocol", "ccnet", "--seconds", "0.3"
    )
    assert code == 1
    assert "did not become ready" in told
