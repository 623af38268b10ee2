"""Tests of the lossy disk need SQLite as a library of its own; without it they say so."""

import pytest

from simulation.power_cut.sqlite_library import NoSqliteLibraryError, library


@pytest.fixture
def lossy():
    try:
        library()
    except NoSqliteLibraryError as error:
        pytest.skip(f"NOT PROVED HERE: {error}")
