"""The bill table outlives the process."""

from pathlib import Path

from drivers.acceptors.ccnet.memory import TableMemory


def test_what_is_written_is_read_by_the_next_life(tmp_path: Path) -> None:
    path = tmp_path / "devices" / "acceptor.table"
    assert TableMemory(path).read() is None
    TableMemory(path).write(b"one")
    TableMemory(path).write(b"two")
    assert TableMemory(path).read() == b"two"
    assert [file.name for file in path.parent.iterdir()] == ["acceptor.table"]
