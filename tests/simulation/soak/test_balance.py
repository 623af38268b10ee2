"""What is read of a journal whose terminal was killed."""

from simulation.demo.stand import StandPaths
from simulation.soak.balance import read_open_notes


def test_a_terminal_killed_before_its_journal_was_begun_knows_of_no_note(tmp_path):
    paths = StandPaths(tmp_path)
    assert read_open_notes(paths) == ()
    paths.journal.touch()
    assert read_open_notes(paths) == ()
