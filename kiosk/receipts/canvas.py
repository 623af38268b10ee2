"""Draws a slip dot for dot as a thermal printer would.

One font cell is 12 by 24 dots, a line is 30 dots high, wide and tall text doubles the cell. It must
never know where its text comes from: the terminal's preview and the simulated printer both draw
with it.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import qrcode
from PIL import Image, ImageChops, ImageDraw, ImageFont
from qrcode import constants

from kiosk.receipts.model import Align

CELL_WIDTH = 12
_CELL_HEIGHT = 24
_LEADING = 6
_BASELINE = 18
_OVERSAMPLE = 4
_EM_TO_CELL = 20 / 12
_RULE_SIGN = "\u2500"
_NO_SIGN = "\U0010fffd"
"""No font has it: what is drawn for it is drawn for every sign that is missing."""
_CORRECTIONS = {
    "L": constants.ERROR_CORRECT_L,
    "M": constants.ERROR_CORRECT_M,
    "Q": constants.ERROR_CORRECT_Q,
    "H": constants.ERROR_CORRECT_H,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """A run of text in one style."""

    text: str
    bold: bool = False
    wide: bool = False
    tall: bool = False

    @property
    def cell(self) -> tuple[int, int]:
        """Width and height of one sign in dots."""
        return CELL_WIDTH * (1 + self.wide), _CELL_HEIGHT * (1 + self.tall)

    @property
    def width(self) -> int:
        """Width of the run in dots."""
        return self.cell[0] * len(self.text)


class SlipCanvas:
    """A strip of paper `dots` wide that grows downward. `font` is a monospaced TrueType file."""

    def __init__(self, dots: int, font: Path) -> None:
        self._dots = dots
        self._font = font
        self._strips: list[Image.Image] = []

    def line(self, inks: tuple[Ink, ...], align: Align) -> None:
        """Print one line of text."""
        height = max((ink.cell[1] for ink in inks), default=_CELL_HEIGHT)
        strip = self._strip(height + _LEADING)
        left = self._left(sum(ink.width for ink in inks), align)
        for ink in inks:
            for sign in ink.text:
                glyph = _glyph(self._font, sign, ink.bold, ink.cell)
                strip.paste(255, (left, _LEADING // 2 + height - ink.cell[1]), glyph)
                left += ink.cell[0]

    def feed(self, lines: int) -> None:
        """Move the paper."""
        self._strip(lines * (_CELL_HEIGHT + _LEADING))

    def qr(self, payload: str, *, module: int, correction: str, align: Align) -> None:
        """Print a QR code with `module` dots to a square."""
        code = qrcode.QRCode(border=2, error_correction=_CORRECTIONS[correction])
        code.add_data(payload)
        matrix = code.get_matrix()
        side = len(matrix)
        picture = Image.new("L", (side, side))
        picture.putdata([255 * cell for row in matrix for cell in row])
        strip = self._strip(side * module)
        large = picture.resize((side * module, side * module), Image.Resampling.NEAREST)
        strip.paste(large, (self._left(side * module, align), 0))

    def image(self, picture: Image.Image, align: Align) -> None:
        """Print a picture dot for dot; a mode L image in which 255 is black."""
        strip = self._strip(picture.height)
        strip.paste(picture, (self._left(picture.width, align), 0))

    def ink(self) -> Image.Image:
        """Return how dark each dot is: 0 is bare paper, 255 is black."""
        height = sum(strip.height for strip in self._strips)
        whole = Image.new("L", (self._dots, max(height, 1)))
        top = 0
        for strip in self._strips:
            whole.paste(strip, (0, top))
            top += strip.height
        return whole

    def _strip(self, height: int) -> Image.Image:
        strip = Image.new("L", (self._dots, height))
        self._strips.append(strip)
        return strip

    def _left(self, width: int, align: Align) -> int:
        free = max(self._dots - width, 0)
        return {Align.LEFT: 0, Align.CENTER: free // 2, Align.RIGHT: free}[align]


@lru_cache(maxsize=2048)
def _glyph(font: Path, sign: str, bold: bool, cell: tuple[int, int]) -> Image.Image:
    width, height = cell
    if sign == _RULE_SIGN:  # drawn, so that neighbours join without a gap
        glyph = Image.new("L", cell)
        ImageDraw.Draw(glyph).rectangle((0, height // 2 - 1, width, height // 2), fill=255)
        return glyph
    large = (CELL_WIDTH * _OVERSAMPLE * 2, _CELL_HEIGHT * _OVERSAMPLE * 2)
    drawn = Image.new("L", large)
    face = _face_with(font, sign, round(large[0] * _EM_TO_CELL))
    baseline = _BASELINE * _OVERSAMPLE * 2
    ImageDraw.Draw(drawn).text((0, baseline), sign, font=face, fill=255, anchor="ls")
    glyph = drawn.resize(cell, Image.Resampling.LANCZOS)
    # A thermal head prints bold by striking twice, one dot aside.
    if not bold:
        return glyph
    struck = ImageChops.offset(glyph, 1, 0)
    struck.paste(0, (0, 0, 1, height))  # what leaves on the right does not come in on the left
    return ImageChops.lighter(glyph, struck)


def _face_with(font: Path, sign: str, size: int) -> ImageFont.FreeTypeFont:
    """The font, or another one of its folder where it has no such sign: few monospaced fonts have
    Kazakh letters.
    """
    first = _face(font, size)
    for path in (font, *_others(font)):
        face = _face(path, size)
        if bytes(face.getmask(sign)) != bytes(face.getmask(_NO_SIGN)):
            return face
    return first


@lru_cache(maxsize=16)
def _face(font: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font), size)


@lru_cache(maxsize=16)
def _others(font: Path) -> tuple[Path, ...]:
    return tuple(path for path in sorted(font.parent.glob("*.ttf")) if path != font)
