"""What the window's benchmark reads of a process."""

import os

import pytest

from benchmarks.window_process import resident_kb


def test_the_memory_of_a_process_is_read_in_kilobytes() -> None:
    assert 1_000 < resident_kb(os.getpid()) < 100_000_000


def test_a_process_that_is_gone_is_told() -> None:
    with pytest.raises(FileNotFoundError):
        resident_kb(2**22 + 1)
