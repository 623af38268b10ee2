"""A slip as a picture."""

import io

from PIL import Image

from drivers.printers.models import find_model
from kiosk.receipts.canvas import Ink, SlipCanvas
from kiosk.receipts.model import Align
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


def test_kazakh_letters_are_drawn_as_letters():
    def drawn(sign):
        canvas = SlipCanvas(dots=48, font=FONT)
        canvas.line((Ink(text=sign),), Align.LEFT)
        return canvas.ink().tobytes()

    signs = "ӘҒҚҢӨҰҮҺІәғқңөұүһі"
    assert len({drawn(sign) for sign in (*signs, "\U0010fffd")}) == len(signs) + 1


def test_the_fonts_lie_with_their_licences():
    for name in ("OFL.txt", "NotoSansMono-OFL.txt"):
        assert "SIL Open Font License" in (FONT.parent / name).read_text(encoding="utf-8")
