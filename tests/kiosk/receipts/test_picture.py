"""A slip as a picture."""

import io
from pathlib import Path

from PIL import Image

from drivers.printers.models import find_model
from kiosk.receipts.picture import render_picture
from simulation.printer.shelf import FONT


def test_picture_is_as_wide_as_the_printers_dots(payment, writer, wording):
    receipt = writer.receipt(payment, wording)
    for name in ("generic_epson", "generic_epson_58"):
        model = find_model(name)
        picture = Image.open(io.BytesIO(render_picture(receipt, model, FONT)))
        assert picture.width == model.dots + 48
        assert picture.height > picture.width
        darkest, lightest = picture.getextrema()
        assert (darkest, lightest) == (0, 255)


def test_the_font_lies_with_its_licence():
    assert "SIL Open Font License" in (Path(FONT).parent / "OFL.txt").read_text(encoding="utf-8")
