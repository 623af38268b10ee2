"""What the supervisor hears, on a socket of its own."""

import socket

import pytest

from kiosk.supervisor import Supervisor


@pytest.fixture
def ear(tmp_path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.settimeout(5)
        yield listening


@pytest.fixture
def supervisor(ear):
    return Supervisor.of({"NOTIFY_SOCKET": ear.getsockname(), "WATCHDOG_USEC": "30000000"})


def test_it_is_told_in_the_words_of_systemd(ear, supervisor):
    supervisor.ready()
    supervisor.alive()
    supervisor.silent("the terminal's thread does not answer")
    supervisor.stopping()
    heard = [ear.recv(200).decode() for _ in range(4)]
    assert heard[0].splitlines()[0] == "READY=1"
    assert "WATCHDOG=1" in heard[1].splitlines()
    assert heard[2].startswith("STATUS=")
    assert "WATCHDOG" not in heard[2]
    assert heard[3] == "STOPPING=1"


def test_that_it_is_ready_is_said_again_for_a_supervisor_that_missed_it(ear, supervisor):
    supervisor.alive()
    assert {"READY=1", "WATCHDOG=1"} <= set(ear.recv(200).decode().splitlines())


def test_four_signs_of_life_fit_into_its_patience(supervisor):
    assert supervisor.beat_s == 7.5


def test_the_watchdog_of_the_compositor_that_started_us_is_ours(ear):
    environment = {"NOTIFY_SOCKET": ear.getsockname(), "WATCHDOG_USEC": "2000000"}
    assert Supervisor.of({**environment, "WATCHDOG_PID": "1"}).beat_s == 0.5


@pytest.mark.parametrize(
    "environment",
    [{}, {"WATCHDOG_USEC": "30000000"}, {"NOTIFY_SOCKET": "@x", "WATCHDOG_USEC": "soon"}],
)
def test_who_is_not_asked_says_nothing_regularly(environment):
    assert Supervisor.of(environment).beat_s is None


def test_a_supervisor_that_is_gone_disturbs_nobody(tmp_path):
    Supervisor(str(tmp_path / "nobody")).alive()
    Supervisor(None).ready()


def test_a_name_without_a_file_is_understood():
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind("\0kiosk-test-notify")
        listening.settimeout(5)
        Supervisor("@kiosk-test-notify").alive()
        assert b"WATCHDOG=1" in listening.recv(100).splitlines()
