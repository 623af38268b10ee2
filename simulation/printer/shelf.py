"""Keeps every slip of the simulated printer: raw bytes, plain text and a picture.

Numbers go on after those already there; nothing is ever overwritten.
"""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

from kiosk.receipts.canvas import Ink, SlipCanvas
from kiosk.receipts.model import Align
from simulation.printer.paper import (
    Cut,
    Fed,
    Mark,
    PaperSlip,
    PresenterMove,
    PrintedImage,
    PrintedLine,
    PrintedQr,
)

FONT = Path(__file__).parent / "fonts" / "JetBrainsMono-Medium.ttf"

_PAPER = (252, 251, 247)
_INK = (34, 32, 40)
_TABLE = (214, 218, 224)
_SHADOW = (150, 154, 162)
_SIDE = 32
_TOP = 40
_BORDER = 36
_TOOTH = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSlip:
    """Where one slip lies."""

    number: int
    data: Path
    text: Path
    picture: Path


class SlipShelf:
    """A directory of slips."""

    def __init__(self, directory: Path, *, columns: int, dots: int) -> None:
        self._directory = directory
        self._columns = columns
        self._dots = dots
        directory.mkdir(parents=True, exist_ok=True)

    def keep(self, slip: PaperSlip) -> KeptSlip:
        """Write one slip as `receipt-N.bin`, `.txt` and `.png`."""
        number = self._next_number()
        stem = self._directory / f"receipt-{number}"
        kept = KeptSlip(
            number=number,
            data=stem.with_suffix(".bin"),
            text=stem.with_suffix(".txt"),
            picture=stem.with_suffix(".png"),
        )
        kept.data.write_bytes(slip.data)
        kept.text.write_text(slip_text(slip, self._columns), encoding="utf-8")
        slip_picture(slip, self._dots).save(kept.picture, optimize=True)
        return kept

    def _next_number(self) -> int:
        names = (path.stem.removeprefix("receipt-") for path in self._directory.glob("receipt-*"))
        return max((int(name) for name in names if name.isdigit()), default=0) + 1


def slip_text(slip: PaperSlip, columns: int) -> str:
    """Return what stands on the paper, one line of text for each printed line."""
    return "".join(f"{text}\n" for mark in slip.marks for text in _texts(mark, columns))


def _texts(mark: Mark, columns: int) -> list[str]:
    match mark:
        case PrintedLine():
            return [_placed("".join(span.text for span in mark.spans), mark.align, columns)]
        case PrintedQr():
            said = f"QR: {mark.payload}"
            return [said[at : at + columns] for at in range(0, len(said), columns)]
        case PrintedImage() | Fed() | Cut() | PresenterMove():
            return []


def _placed(text: str, align: Align, columns: int) -> str:
    left = {
        Align.LEFT: 0,
        Align.CENTER: (columns - len(text)) // 2,
        Align.RIGHT: columns - len(text),
    }
    return (" " * left[align] + text).rstrip()


def slip_picture(slip: PaperSlip, dots: int) -> Image.Image:
    """Draw the slip as it would lie on a table: paper, ink and the cut edge."""
    canvas = SlipCanvas(dots, FONT)
    for mark in slip.marks:
        _draw(canvas, mark)
    ink = canvas.ink()
    paper = Image.new("RGB", (dots + 2 * _SIDE, ink.height + _TOP + _TOOTH), _PAPER)
    paper.paste(_INK, (_SIDE, _TOP), ink)
    return _on_table(paper)


def _draw(canvas: SlipCanvas, mark: Mark) -> None:
    match mark:
        case PrintedLine():
            inks = tuple(
                Ink(text=span.text, bold=span.bold, wide=span.wide, tall=span.tall)
                for span in mark.spans
            )
            canvas.line(inks, mark.align)
        case PrintedQr():
            canvas.qr(
                mark.payload,
                module=mark.module,
                correction=mark.correction,
                align=mark.align,
            )
        case Fed():
            canvas.feed(mark.lines)
        case PrintedImage():
            canvas.image(_image(mark), mark.align)
        case Cut() | PresenterMove():
            pass


def _image(mark: PrintedImage) -> Image.Image:
    return Image.frombytes("1", (mark.width, mark.height), mark.dots).convert("L")


def _on_table(paper: Image.Image) -> Image.Image:
    size = (paper.width + 2 * _BORDER, paper.height + 2 * _BORDER)
    shape = _cut_shape(paper.size)
    shadow = Image.new("L", size)
    shadow.paste(190, (_BORDER, _BORDER + 6), shape)
    table = Image.new("RGB", size, _TABLE)
    table.paste(_SHADOW, (0, 0), shadow.filter(ImageFilter.GaussianBlur(9)))
    table.paste(paper, (_BORDER, _BORDER), shape)
    return table


def _cut_shape(size: tuple[int, int]) -> Image.Image:
    """Return the outline of the paper, with the teeth that a kiosk's knife leaves."""
    width, height = size
    teeth = [
        (x, height - (_TOOTH if step % 2 else 1))
        for step, x in enumerate(range(width, -_TOOTH, -_TOOTH))
    ]
    shape = Image.new("L", size)
    ImageDraw.Draw(shape).polygon([(0, 0), (width, 0), *teeth], fill=255)
    return shape
