"""Every kind of slip, on every model of printer, in every language, against what is stored.

Stored are the plain texts (for people to compare), the bytes of three models, pictures of one, and
the hashes of all others. `scripts/goldens` writes them anew after a change that is wanted; the
difference is then looked at like any other. Each slip is also read by a strict printer.
"""

import hashlib
import json
import os
import re
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, ImageChops, features
from pyzbar.pyzbar import decode

from drivers.printers.models import find_model, load_models
from kiosk.receipts.codepage import printable
from kiosk.receipts.escpos_bytes import render_bytes
from kiosk.receipts.model import Qr, SlipKind
from kiosk.receipts.pages import page_for
from kiosk.receipts.picture import draw_picture
from kiosk.receipts.slip_files import sample_slip
from kiosk.receipts.text import render_text
from kiosk.receipts.wording import LANGUAGES, load_wording
from kiosk.receipts.writer import SlipWriter
from simulation.printer.paper import PrintedImage
from simulation.printer.shelf import FONT, slip_picture, slip_text

FOLDER = Path(__file__).parent / "golden"
WRITE = bool(os.environ.get("KIOSK_WRITE_GOLDENS"))
MODELS = tuple(load_models())
IN_BYTES = ("generic_epson", "generic_epson_58", "epson_tm_t88v")
IN_PICTURES = "generic_epson"
WIDTHS = (32, 42, 48)
DRAWN_BY = {
    "pillow": features.version("pil"),
    "freetype": features.version("freetype2"),
}
_SUMS = ("inserted", "fee", "credited")


@cache
def receipt(kind, language):
    made = SlipWriter().receipt(sample_slip(kind), load_wording(language))
    assert made.template.startswith("built-in:")
    return made


@cache
def as_bytes(kind, model, language):
    return render_bytes(receipt(kind, language), find_model(model))


def compare(path, data):
    """Hold `data` against the stored file, or store it."""
    if WRITE:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    assert path.read_bytes() == data, f"{path.name} differs; scripts/goldens writes it anew"


def compare_hashes(path, found):
    compare(path, (json.dumps(found, indent=1, sort_keys=True) + "\n").encode())


def all_slips():
    return [(kind, language) for kind in SlipKind for language in LANGUAGES]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("columns", WIDTHS)
def test_texts_are_the_stored_ones(language, columns):
    texts = (
        f"=== {kind.value} ===\n{render_text(receipt(kind, language), columns)}"
        for kind in SlipKind
    )
    compare(FOLDER / f"slips.{language}.{columns}.txt", "\n".join(texts).encode())


@pytest.mark.parametrize("model", MODELS)
def test_bytes_are_the_stored_ones(model):
    found = {}
    for kind, language in all_slips():
        data = as_bytes(kind, model, language)
        found[f"{kind.value}.{language}"] = hashlib.sha256(data).hexdigest()
        if model in IN_BYTES and language == LANGUAGES[0]:
            compare(FOLDER / model / f"{kind.value}.bin", data)
    compare_hashes(FOLDER / model / "bytes.json", found)


@cache
def drawn(kind, model, language):
    picture = draw_picture(receipt(kind, language), find_model(model), FONT)
    return picture.point(lambda dot: 255 * (dot >= 128)).convert("1")


def look(model):
    """Two models of one look need not both be drawn."""
    about = find_model(model)
    return about.columns, about.dots, about.encoding


PICTURED = (
    *((kind, LANGUAGES[0]) for kind in SlipKind),
    *((SlipKind.PAYMENT_OFFLINE, language) for language in LANGUAGES[1:]),
)
"""Drawing is slow: of the other languages one slip, for their letters."""
LOOKS = {look(model): model for model in reversed(MODELS)}


@pytest.mark.parametrize("model", LOOKS.values())
def test_pictures_are_the_stored_ones(model):
    path = FOLDER / model / "pictures.json"
    found = {"drawn by": DRAWN_BY}
    for kind, language in PICTURED:
        picture = drawn(kind, model, language)
        found[f"{kind.value}.{language}"] = hashlib.sha256(picture.tobytes()).hexdigest()
    stored = json.loads(path.read_text()) if path.exists() else {}
    if not WRITE and stored.get("drawn by") != DRAWN_BY:
        pytest.skip("drawn by another version of the library of fonts; the shapes are compared")
    compare_hashes(path, found)


@pytest.mark.parametrize("kind", SlipKind)
def test_pictures_have_the_stored_shapes(kind):
    picture = drawn(kind, IN_PICTURES, LANGUAGES[0])
    path = FOLDER / IN_PICTURES / f"{kind.value}.png"
    if WRITE:
        picture.save(path, optimize=True)
    stored = Image.open(path).convert("1")
    assert stored.size == picture.size
    other = ImageChops.logical_xor(stored, picture).histogram()[255]
    assert other < picture.width * picture.height / 50


@pytest.mark.parametrize("model", MODELS)
def test_a_strict_printer_reads_what_the_journal_keeps(model, read_strictly):
    about = find_model(model)
    for kind, language in all_slips():
        made = receipt(kind, language)
        slip = read_strictly(as_bytes(kind, model, language), about)
        assert slip.complaints == ()
        page = page_for(about, language).name
        printed = slip_text(slip, about.columns)
        kept = render_text(made, about.columns, page)
        if not any(isinstance(mark, PrintedImage) for mark in slip.marks):
            assert printed == kept
        assert max(map(len, printed.splitlines())) <= about.columns
        assert "8-800-707-77-59" in printed
        assert printable(load_wording(language).say("footer.hotline"), page).text in printed
        assert "?" not in printed.replace("/check?", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sums_on_paper_add_up(language):
    wording = load_wording(language)
    for kind in (SlipKind.PAYMENT, SlipKind.PAYMENT_OFFLINE, SlipKind.REPRINT, SlipKind.SHIFT):
        text = render_text(receipt(kind, language), 48, "utf-8")
        inserted, fee, credited = (
            _minor(text, wording.say(f"sums.{key}"), wording) for key in _SUMS
        )
        assert inserted == fee + credited > 0


def _minor(text, name, wording):
    unit = re.escape(wording.say("sums.money", sum="").strip())
    found = re.search(rf"^{re.escape(name)} +([0-9 ]+),([0-9]{{2}}) {unit}$", text, re.MULTILINE)
    return int(found[1].replace(" ", "")) * 100 + int(found[2])


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("kind", [SlipKind.PAYMENT, SlipKind.REPRINT])
def test_the_code_on_paper_leads_to_the_check_address(kind, model, read_strictly):
    about = find_model(model)
    slip = read_strictly(as_bytes(kind, model, LANGUAGES[0]), about)
    wanted = [
        block.payload for block in receipt(kind, LANGUAGES[0]).blocks if isinstance(block, Qr)
    ]
    assert wanted == ["https://example.org/c/00000000-000381"]
    printed = slip_picture(slip, about.dots)
    ours = drawn(kind, model, LANGUAGES[0]).convert("L")
    for picture in (printed, ours):
        assert [one.data.decode() for one in decode(picture)] == wanted
