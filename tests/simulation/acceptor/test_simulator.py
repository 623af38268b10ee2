"""The simulated validator as a process sees it: its line, its controls, its memory."""

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from drivers.acceptors.ccnet.codes import Command
from drivers.acceptors.ccnet.frames import Direction, FrameDecoder, encode_command
from drivers.acceptors.device_half.phases import MechanismTiming, Phase
from drivers.transports import SerialPort, SerialSettings
from simulation.acceptor import AcceptorSimulator
from simulation.acceptor.ccnet_kit import make_machine
from simulation.acceptor.fault_plan import PlannedFault
from simulation.acceptor.protocols import Build

QUICK = MechanismTiming(initialise_s=0.01, accepting_s=0.01, rejecting_s=0.05)
ENABLE_ALL = bytes.fromhex("FF FF FF FF FF FF")


@contextmanager
def running(folder: Path, faults: tuple[PlannedFault, ...] = ()) -> Iterator[AcceptorSimulator]:
    simulator = AcceptorSimulator(
        make_machine(Build(timing=QUICK)),
        link=folder / "line",
        control=folder / "control",
        state=folder / "state",
        faults=faults,
    )
    thread = threading.Thread(target=simulator.run)
    thread.start()
    try:
        yield simulator
    finally:
        simulator.stop()
        thread.join(5)


class Asking:
    """A host of a few words on a real line."""

    def __init__(self, folder: Path) -> None:
        self.port = SerialPort(SerialSettings(url=str(folder / "line")))
        self._decoder = FrameDecoder(Direction.ANSWER)

    def ask(self, command: int, data: bytes = b"") -> str:
        self.port.write(encode_command(command, data))
        for _ in range(50):
            for part in self._decoder.feed(self.port.read(0.1), 0.0):
                self.port.write(encode_command(0x00))
                return getattr(part, "body", b"").hex(" ")
        raise AssertionError("no answer")

    def ask_until(self, state: str) -> None:
        end = time.monotonic() + 5
        while self.ask(Command.POLL) != state:
            assert time.monotonic() < end, f"never {state}"

    def enable(self) -> None:
        self.ask(Command.RESET)
        self.ask_until("19")
        self.ask(Command.ENABLE_BILL_TYPES, ENABLE_ALL)

    def stack(self) -> None:
        self.ask_until("80 05")
        self.ask(Command.STACK)


def say(folder: Path, *lines: str) -> list[dict[str, Any]]:
    with socket.socket(socket.AF_UNIX) as speaker:
        speaker.settimeout(5)
        speaker.connect(str(folder / "control"))
        speaker.sendall("".join(f"{line}\n" for line in lines).encode())
        with speaker.makefile() as answers:
            return [json.loads(answers.readline()) for _ in lines]


def test_the_line_survives_being_closed_and_opened_again(tmp_path: Path) -> None:
    with running(tmp_path) as simulator:
        assert (tmp_path / "line").resolve() == Path(simulator.path)
        for _ in range(3):
            host = Asking(tmp_path)
            assert host.ask(Command.POLL) == "10"
            host.port.close()
    assert not (tmp_path / "line").is_symlink()
    assert not (tmp_path / "control").exists()


def test_each_control_line_gets_one_answer(tmp_path: Path) -> None:
    with running(tmp_path):
        answers = say(
            tmp_path,
            "status",
            '{"command": "status"}',
            '"status"',
            "insert 500",
            "insert much",
            "dance",
            "{broken",
            '{"command": 5}',
            "silence maybe",
            "power on 99",
            "fail zz",
        )
    assert [answer["ok"] for answer in answers] == [True] * 3 + [False] * 8
    assert answers[0]["state"] == "POWER_UP"
    assert "not possible in state POWER_UP" in answers[3]["error"]
    assert "insert" in answers[5]["error"]


def test_everything_that_can_happen_has_a_word(tmp_path: Path) -> None:
    with running(tmp_path):
        host = Asking(tmp_path)
        host.enable()
        words = [
            "lose answer 0",
            "lose ack 0",
            "flip bit 0",
            "busy 0",
            "lose next answer 0",
            "lose next acknowledgement 0",
            "flip a bit 0",
            "be busy 0",
            "echo off",
            "silence on",
            "silence off",
            "garbage on",
            "garbage off",
            "stall stacking on",
            "stall stacking off",
            "cheat",
            "jam",
            "clear jam",
            "fail 50",
            "fail off",
            "cassette out",
            "cassette in empty",
            "open cassette",
            "close cassette",
            "power cut now",
            "power on 10",
        ]
        assert [answer["ok"] for answer in say(tmp_path, *words)] == [True] * len(words)
        impossible = ["push second", "pull second", "pull back", "cassette in", "power on"]
        assert [answer["ok"] for answer in say(tmp_path, *impossible)] == [False] * 5
        host.port.close()


@pytest.mark.parametrize("line", ["insert", "insert fake", "insert 500 rub"])
def test_what_can_be_inserted_is_told(tmp_path: Path, line: str) -> None:
    with running(tmp_path):
        (answer,) = say(tmp_path, line)
    assert not answer["ok"]
    assert "500" in answer["error"]
    assert answer["error"].endswith("counterfeit | coupon")


def test_a_counterfeit_comes_back(tmp_path: Path) -> None:
    with running(tmp_path):
        host = Asking(tmp_path)
        host.enable()
        (answer,) = say(tmp_path, "insert counterfeit")
        assert answer["ok"]
        host.ask_until("1c 66")
        host.ask_until("14")
        assert say(tmp_path, "status")[0]["returned"] == [0]
        host.port.close()


def test_a_killed_simulator_is_a_power_cut_of_the_machine(tmp_path: Path) -> None:
    with running(tmp_path):
        host = Asking(tmp_path)
        host.enable()
        say(tmp_path, "stall stacking on", "insert 500")
        host.stack()
        (status,) = say(tmp_path, "status")
        assert (status["state"], status["inside"]) == ("STACKING", 500)
        host.port.close()
    with running(tmp_path):
        host = Asking(tmp_path)
        assert host.ask(Command.POLL) == "12"
        host.ask(Command.RESET)
        host.ask_until("81 05")
        host.ask_until("19")
        (status,) = say(tmp_path, "status")
        assert status["cassette"] == {"500": 1}
        assert status["counter"] == 1
        host.port.close()
    with running(tmp_path):
        assert say(tmp_path, "status")[0]["cassette"] == {"500": 1}


def test_planned_faults_happen_by_themselves(tmp_path: Path) -> None:
    plan = (PlannedFault(do="jam", when=Phase.ACCEPTING),)
    with running(tmp_path, plan) as simulator:
        host = Asking(tmp_path)
        host.enable()
        simulator.obey("insert 500")
        host.ask_until("43")
        host.port.close()


def test_as_a_process_it_obeys_standard_input_and_ends_on_a_signal(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from simulation.acceptor import *; "
        "sys.exit(run_acceptor_simulator("
        "link=Path(sys.argv[1]), control=None, state=None, stdin=True))"
    )
    link = tmp_path / "line"
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(link)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline().startswith("/dev/")
    process.stdin.write("status\n")
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["state"] == "POWER_UP"
    process.terminate()
    assert process.wait(10) == 0
    assert not link.is_symlink()
    process.stdin.close()
    process.stdout.close()
