"""The wire trace: off by default, bounded, switched at any moment, and never in the way."""

from datetime import UTC, datetime
from pathlib import Path

from drivers.transports.wire_trace import TracedPort, WireTrace, switch_file

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Line:
    """A line that gives back what it is given."""

    def __init__(self) -> None:
        self.held = b""
        self.calls: list[str] = []

    def read(self, timeout_s: float | None) -> bytes:
        data, self.held = self.held, b""
        return data

    def write(self, data: bytes) -> None:
        self.held += data

    def wake(self) -> None:
        self.calls.append("wake")

    def close(self) -> None:
        self.calls.append("close")


class Reader:
    def explain(self, data: bytes, *, to_device: bool) -> list[str]:
        if data == b"\xff":
            raise ValueError("no such thing")
        return ["question" if to_device else "answer"]


def traced(path: Path, *, max_bytes: int = 100_000) -> tuple[TracedPort, WireTrace, Line]:
    line = Line()
    trace = WireTrace(path, max_bytes=max_bytes, clock=lambda: NOON, explainer=Reader())
    return TracedPort(line, trace), trace, line


def test_nothing_is_written_until_it_is_switched_on(tmp_path: Path) -> None:
    port, trace, _ = traced(tmp_path / "acceptor.trace")
    port.write(b"\x01\x02")
    assert port.read(0.0) == b"\x01\x02"
    assert list(tmp_path.iterdir()) == []
    trace.switch(on=True)
    port.write(b"\x0a\xbc")
    port.read(0.0)
    trace.switch(on=False)
    port.write(b"\x03")
    assert (tmp_path / "acceptor.trace").read_text() == (
        "2026-11-22T12:00:00.000+00:00 > 0A BC  question\n"
        "2026-11-22T12:00:00.000+00:00 < 0A BC  answer\n"
    )


def test_a_file_switches_it_from_outside(tmp_path: Path) -> None:
    path = tmp_path / "acceptor.trace"
    port, trace, _ = traced(path)
    switch_file(path).touch()
    assert trace.is_on
    port.write(b"\x01")
    switch_file(path).unlink()
    port.write(b"\x02")
    assert path.read_text().count("\n") == 1


def test_two_files_hold_the_newest_and_no_more(tmp_path: Path) -> None:
    path = tmp_path / "acceptor.trace"
    port, trace, _ = traced(path, max_bytes=1000)
    trace.switch(on=True)
    for number in range(200):
        port.write(bytes([number]))
    sizes = [file.stat().st_size for file in tmp_path.iterdir()]
    assert len(sizes) == 2
    assert max(sizes) <= 1000
    assert path.read_text().splitlines()[-1].split()[2] == f"{199:02X}"


def test_a_disk_that_refuses_and_a_reader_that_fails_do_not_stop_the_line(tmp_path: Path) -> None:
    port, trace, _ = traced(tmp_path / "missing" / "acceptor.trace")
    trace.switch(on=True)
    port.write(b"\x01")
    assert port.read(0.0) == b"\x01"
    port, trace, _ = traced(tmp_path / "acceptor.trace")
    trace.switch(on=True)
    port.write(b"\xff")
    assert "not explained: ValueError" in (tmp_path / "acceptor.trace").read_text()


def test_an_empty_read_leaves_no_line(tmp_path: Path) -> None:
    port, trace, line = traced(tmp_path / "acceptor.trace")
    trace.switch(on=True)
    assert port.read(0.0) == b""
    assert list(tmp_path.iterdir()) == []
    port.wake()
    port.close()
    assert line.calls == ["wake", "close"]
