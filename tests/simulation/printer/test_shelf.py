"""Slips are kept in three forms and never overwritten."""

from pathlib import Path

from PIL import Image

from simulation.printer.device import SimulatedPrinter
from simulation.printer.paper import PaperSlip
from simulation.printer.shelf import SlipShelf, slip_text

DATA = b"\x1b@\x1bt\x11\x1ba\x01\x84\xa0\n\x1bd\x04\x1dV\x00"


def one_slip() -> PaperSlip:
    printer = SimulatedPrinter()
    printer.receive(DATA)
    return printer.take_slips()[0]


def test_a_slip_is_kept_as_bytes_text_and_picture(tmp_path: Path) -> None:
    kept = SlipShelf(tmp_path / "new", columns=48, dots=576).keep(one_slip())
    assert kept.number == 1
    assert kept.data.read_bytes() == DATA
    assert kept.text.read_text(encoding="utf-8").strip() == "Да"
    with Image.open(kept.picture) as picture:
        assert picture.format == "PNG"
        assert picture.width > 576


def test_numbers_go_on_after_a_restart(tmp_path: Path) -> None:
    (tmp_path / "receipt-9.bin").touch()
    (tmp_path / "receipt-copy.bin").touch()
    shelf = SlipShelf(tmp_path, columns=48, dots=576)
    assert [shelf.keep(one_slip()).number for _ in range(2)] == [10, 11]


def test_text_stands_where_the_paper_has_it() -> None:
    assert slip_text(one_slip(), 24) == " " * 11 + "Да\n"
