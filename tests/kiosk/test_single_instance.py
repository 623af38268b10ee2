"""One terminal per journal, whatever way the other one ended."""

import subprocess
import sys

import pytest

from kiosk.single_instance import AlreadyRunningError, is_held, only_one

HOLD = """
import sys
from pathlib import Path
from kiosk.single_instance import only_one

with only_one(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_second_is_refused_and_the_first_named(tmp_path):
    journal = tmp_path / "journal.db"
    with (
        only_one(journal),
        pytest.raises(AlreadyRunningError, match=r"journal\.db"),
        only_one(journal),
    ):
        pass


def test_the_next_may_come_when_the_first_is_gone(tmp_path):
    for _ in range(2):
        with only_one(tmp_path / "journal.db"):
            pass


def test_two_journals_are_two_terminals(tmp_path):
    with only_one(tmp_path / "one.db"), only_one(tmp_path / "two.db"):
        pass


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(FileNotFoundError), only_one(tmp_path / "missing" / "journal.db"):
        pass


def test_a_killed_terminal_holds_nothing(tmp_path):
    journal = tmp_path / "journal.db"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(journal)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout.readline() == "held\n"
        for _ in range(2):
            with (
                pytest.raises(AlreadyRunningError, match=f"process {other.pid}"),
                only_one(journal),
            ):
                pass
        assert is_held(journal)
        other.kill()
        other.wait(10)
    assert not is_held(journal)
    with only_one(journal):
        pass


def test_asking_makes_no_lock(tmp_path):
    assert not is_held(tmp_path / "journal.db")
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_says_nothing_of_its_holder_holds_all_the_same(tmp_path):
    journal = tmp_path / "journal.db"
    with only_one(journal):
        journal.with_name("journal.db.lock").write_text("no number\n", encoding="ascii")
        with pytest.raises(AlreadyRunningError, match=r"journal\.db; stop"), only_one(journal):
            pass
