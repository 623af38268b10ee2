"""The bytes of a slip, as a strict printer reads them."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drivers.printers.models import CodePage, QrMode, find_model
from kiosk.receipts.escpos_bytes import render_bytes
from kiosk.receipts.model import Receipt, SlipKind, Text
from kiosk.receipts.payment_slip import SlipField
from kiosk.receipts.text import render_text
from kiosk.receipts.wording import load_wording
from simulation.printer.paper import PrintedLine
from simulation.printer.shelf import slip_text

MOST_BYTES = 1500


def slip_of(*blocks, language="ru"):
    return Receipt(kind=SlipKind.TEST, language=language, template="t", blocks=blocks)


def test_another_code_page_number_is_chosen_and_read(payment, writer, wording, read_strictly):
    model = replace(
        find_model("generic_epson"), code_page=7, pages=(CodePage(number=7, name="cp866"),)
    )
    receipt = writer.receipt(payment, wording)
    data = render_bytes(receipt, model)
    assert data.startswith(b"\x1b@\x1bt\x07")
    slip = read_strictly(data, model)
    assert slip.complaints == ()
    assert slip_text(slip, 48) == render_text(receipt, 48)


def test_a_kazakh_slip_takes_the_page_with_its_letters_where_there_is_one(writer, payment):
    plain = find_model("generic_epson")
    kazakh = replace(plain, pages=(*plain.pages, CodePage(number=53, name="kz1048")))
    receipt = writer.receipt(payment, load_wording("kk"))
    assert render_bytes(receipt, kazakh).startswith(b"\x1b@\x1bt\x35")
    assert "Түбіртек".encode("kz1048") in render_bytes(receipt, kazakh)
    assert "Тубiртек".encode("cp866") in render_bytes(receipt, plain)
    russian = writer.receipt(payment, load_wording("ru"))
    assert render_bytes(russian, kazakh) == render_bytes(russian, plain)


def test_bold_words_inside_a_line_and_no_others_are_struck_twice(read_strictly):
    said = "обычно жирно обычно"
    receipt = slip_of(Text(text=said, accents=((7, 12),)), Text(text="обычно"))
    slip = read_strictly(
        render_bytes(receipt, find_model("generic_epson")), find_model("generic_epson")
    )
    spans = [span for mark in slip.marks if isinstance(mark, PrintedLine) for span in mark.spans]
    assert [span.text for span in spans if span.bold] == ["жирно"]
    assert slip.complaints == ()


def test_a_code_that_the_printer_cannot_draw_is_sent_as_a_picture(payment, writer, wording):
    model = find_model("generic_epson")
    receipt = writer.receipt(payment, wording)
    raster = render_bytes(receipt, replace(model, qr=QrMode.RASTER))
    assert b"\x1dv0\x00" in raster
    assert b"\x1d(k" not in raster
    assert len(render_bytes(receipt, model)) < MOST_BYTES


def test_two_slips_do_not_know_of_each_other(payment, writer, wording):
    receipt, model = writer.receipt(payment, wording), find_model("generic_epson")
    assert render_bytes(receipt, model) == render_bytes(receipt, model)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(value=st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_no_value_can_carry_a_command(payment, writer, read_strictly, value):
    fields = (SlipField(title=value, value=value),)
    data = replace(payment, fields=fields, check_url=value)
    receipt = writer.receipt(data, load_wording())
    assert receipt.template == "built-in:1:payment:ru"
    model = find_model("generic_epson")
    slip = read_strictly(render_bytes(receipt, model), model)
    assert slip.complaints == ()
    assert slip_text(slip, 48) == render_text(receipt, 48)


def test_a_reset_inside_a_name_is_not_sent(payment, writer, wording):
    evil = replace(payment, fields=(SlipField(title="Имя", value="\x1b@\x1dV\x00\x10\x04\x01"),))
    data = render_bytes(writer.receipt(evil, wording), find_model("generic_epson"))
    assert data.count(b"\x1b@") == 1
    assert data.count(b"\x1dV") == 1
    assert b"\x10\x04" not in data


def test_the_byte_builder_leaves_log_and_disk_alone_and_waits_for_the_first_slip(tmp_path):
    program = (
        "import logging, os, sys, tempfile; tempfile.tempdir = os.environ['PLACE'];"
        "import kiosk.terminal.slips, kiosk.receipts._escpos as builder;"
        "late = [name for name in ('escpos', 'jinja2') if name in sys.modules];"
        "assert late == [], late;"
        "builder.new_builder('TM-T88V');"
        "assert logging.getLogger().handlers == [], logging.getLogger().handlers;"
        "assert 'ESCPOS_CAPABILITIES_PICKLE_DIR' not in os.environ;"
        "assert os.listdir(os.environ['PLACE']) == [], os.listdir(os.environ['PLACE'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PLACE": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
