"""A real terminal's first journal is begun by a person, once."""

import pytest
from typer.testing import CliRunner

from kiosk.cli.journal import journal_commands


@pytest.fixture
def begin(tmp_path):
    config = tmp_path / "kiosk.toml"
    config.write_text(
        f'[journal]\npath = "{tmp_path}/disk/journal.db"\nkey_file = "{tmp_path}/disk/journal.key"\n'
    )
    return lambda: CliRunner().invoke(journal_commands, ["begin", "--config", str(config)])


def test_it_is_begun_once_and_never_over_another(begin, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    first = begin()
    assert first.exit_code == 0, first.output
    assert {"journal.db", "journal.key", "journal.numbers"} <= {one.name for one in disk.iterdir()}
    key = (disk / "journal.key").read_bytes()
    assert begin().exit_code == 2
    (disk / "journal.db").unlink()
    assert begin().exit_code == 2
    assert not (disk / "journal.db").exists()
    assert (disk / "journal.key").read_bytes() == key


def test_a_folder_that_is_not_there_is_not_made(begin, tmp_path):
    assert begin().exit_code == 2
    assert not (tmp_path / "disk").exists()
