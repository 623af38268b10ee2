"""The simulated printer as a process of its own."""

import json
import os
import select
import signal
import subprocess
import sys
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PROGRAM = """
import sys
from pathlib import Path
from simulation.printer.process import run_printer_simulator
place = Path(sys.argv[1])
sys.exit(run_printer_simulator(
    link=place / "printer", control=place / "control", out=place / "slips", stdin=True))
"""
PATIENCE_S = 10.0


class Running:
    """The process, its standard streams and the place of its files."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.process = subprocess.Popen(  # noqa: S603  our own interpreter and program
            [sys.executable, "-c", PROGRAM, str(place)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        self.path = self.line()

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def say(self, words: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{words}\n")
        self.process.stdin.flush()

    def talk(self, data: bytes, expected: int) -> bytes:
        """Open the line anew, say something, hear `expected` bytes and hang up."""
        descriptor = os.open(self.place / "printer", os.O_RDWR | os.O_NOCTTY)
        try:
            tty.setraw(descriptor)
            os.write(descriptor, data)
            heard = b""
            while len(heard) < expected and select.select([descriptor], [], [], PATIENCE_S)[0]:
                heard += os.read(descriptor, 64)
            return heard
        finally:
            os.close(descriptor)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    made = Running(tmp_path)
    with made.process:
        yield made
        made.process.kill()


def test_it_prints_keeps_and_survives_reopening(running: Running) -> None:
    assert str((running.place / "printer").readlink()) == running.path
    for number in (1, 2):
        assert running.talk(b"\x1b@a\n\x1dV\x00\x1dr\x01", 1) == b"\x00"
        assert (running.place / "slips" / f"receipt-{number}.png").exists()
        assert json.loads(running.line())["number"] == number


def test_standard_input_commands_are_answered_in_json(running: Running) -> None:
    running.say("paper out")
    assert json.loads(running.line())["status"]["paper"] == "out"
    assert running.talk(b"\x10\x04\x04", 1) == b"\x7e"


@pytest.mark.parametrize("how", ["signal", "end of input"])
def test_it_ends_cleanly(running: Running, how: str) -> None:
    if how == "signal":
        running.process.send_signal(signal.SIGTERM)
    else:
        assert running.process.stdin is not None
        running.process.stdin.close()
    assert running.process.wait(PATIENCE_S) == 0
    assert not (running.place / "printer").is_symlink()
    assert not (running.place / "control").exists()


def test_nobody_behind_standard_input_is_no_trouble(tmp_path: Path) -> None:
    with subprocess.Popen(  # noqa: S603  our own interpreter and program
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == str((tmp_path / "printer").readlink())
        process.terminate()
        assert process.wait(PATIENCE_S) == 0
