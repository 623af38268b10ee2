"""An ID-003 validator as the settings ask: what it is told, what outlives it, and its line."""

from pathlib import Path

from drivers.acceptors.contract import Note
from drivers.acceptors.id003.frames import encode
from drivers.acceptors.id003.memory import DeviceMemory, Kept
from drivers.acceptors.id003.open_id003 import id003_host, id003_line
from drivers.acceptors.options import AcceptorOptions, Orientation
from simulation.acceptor.id003_kit import make_machine, ruble_table
from simulation.acceptor.protocols import Build
from simulation.acceptor.rig import Rig


def options(memory: Path | None = None) -> AcceptorOptions:
    return AcceptorOptions(
        boot="boot",
        port="/dev/ttyS0",
        baud=9600,
        currency="RUB",
        high_security=frozenset({Note(minor=500_000, currency="RUB")}),
        orientations=frozenset({Orientation.FRONT_A, Orientation.FRONT_B}),
        memory=memory,
    )


def test_the_device_is_told_what_the_settings_ask_and_its_table_is_kept(tmp_path: Path) -> None:
    rig = Rig(id003_host(options(tmp_path / "kept")), make_machine(Build()))
    rig.run(10)
    said = b"".join(data for to_device, data in rig.wire if to_device)
    assert encode(0xC1, b"\x80\x00") in said, "5000 roubles are examined more strictly"
    assert encode(0xC4, b"\x0c") in said, "a set bit bars a way"
    kept = Kept.from_bytes(DeviceMemory(tmp_path / "kept").read())
    assert kept == Kept(table=ruble_table(), mark=kept.mark)
    assert encode(0xC1, bytes([0x80, kept.mark])) in said, "marked when it was ready"


def test_it_works_without_a_memory() -> None:
    rig = Rig(id003_host(options()), make_machine(Build()))
    rig.run(10)
    assert len(rig.events) == 1


def test_the_line_is_8e1() -> None:
    line = id003_line("/dev/ttyS0", 19200)
    assert (line.baud, line.data_bits, line.parity, line.stop_bits) == (19200, 8, "E", 1)
