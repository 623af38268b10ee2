"""`kiosk run` as a process: the window first, everything else behind it, one end for both."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

SETTINGS = """
[journal]
path = "journal.db"
key_file = "journal.key"
[acceptor]
port = "no-acceptor"
[printer]
port = "no-printer"
[backend]
url = "http://127.0.0.1:9"
[display]
fullscreen = false
[log]
path = "kiosk.log"
"""
PATIENCE_S = 100


@pytest.fixture
def config(tmp_path):
    path = tmp_path / "terminal.toml"
    path.write_text(SETTINGS, encoding="utf-8")
    return path


@pytest.fixture
def ear(tmp_path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.settimeout(PATIENCE_S)
        yield listening


@contextmanager
def terminal(config, ear=None, watchdog_s=None):
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("KIOSK_")
    }
    environment.update(QT_QPA_PLATFORM="offscreen", QT_QUICK_BACKEND="software")
    if ear:
        environment["NOTIFY_SOCKET"] = ear.getsockname()
    if watchdog_s:
        environment["WATCHDOG_USEC"] = str(round(watchdog_s * 1e6))
    with subprocess.Popen(
        [sys.executable, "-m", "kiosk", "run", "--config", str(config)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def heard(ear, wanted):
    while (words := ear.recv(500).decode()) and not words.startswith(wanted):
        pass


def test_it_is_ready_once_and_ends_in_order(config, ear):
    with terminal(config, ear) as process:
        heard(ear, "READY=1")
        process.send_signal(signal.SIGTERM)
        heard(ear, "STOPPING=1")
        assert process.wait(PATIENCE_S) == 0
        assert process.stdout.read() == ""
        assert process.stderr.read() == ""
    told = (config.parent / "kiosk.log").read_text(encoding="utf-8")
    assert told.count('"window shown"') == 1


def test_trouble_behind_the_window_ends_it_with_the_message_and_the_code(config):
    config.write_text(SETTINGS + "[printer.wrong]\n", encoding="utf-8")
    with terminal(config) as process:
        assert process.wait(PATIENCE_S) == 2
        assert "wrong" in process.stderr.read()


def test_a_second_start_names_the_first_and_opens_nothing(config, ear):
    with terminal(config, ear) as first:
        heard(ear, "READY=1")
        with terminal(config) as second:
            assert second.wait(PATIENCE_S) == 4
            assert f"process {first.pid}" in second.stderr.read()


def test_a_frozen_terminal_gives_no_sign_of_life_and_the_next_one_goes_on(config, ear):
    with terminal(config, ear, watchdog_s=0.4) as process:
        heard(ear, "READY=1")
        heard(ear, "WATCHDOG=1")
        heard(ear, "WATCHDOG=1")
        process.send_signal(signal.SIGSTOP)
        await_stopped(process.pid)
        silence(ear)
        # What the supervisor does then.
        process.send_signal(signal.SIGABRT)
        process.send_signal(signal.SIGCONT)
        assert process.wait(PATIENCE_S) == -signal.SIGABRT
        assert "Fatal Python error: Aborted" in process.stderr.read()
    with terminal(config, ear) as again:
        heard(ear, "READY=1")
        again.terminate()
        assert again.wait(PATIENCE_S) == 0


def await_stopped(number):
    """The kernel has taken it off the processor: from now on it sends nothing more."""
    while " T " not in Path(f"/proc/{number}/stat").read_text(encoding="utf-8"):
        time.sleep(0.01)


def silence(ear):
    """Nothing is heard for longer than the supervisor would wait."""
    ear.settimeout(0.01)
    try:
        while ear.recv(500):
            pass
    except TimeoutError:
        pass
    ear.settimeout(1.0)
    with pytest.raises(TimeoutError):
        ear.recv(500)
    ear.settimeout(PATIENCE_S)
