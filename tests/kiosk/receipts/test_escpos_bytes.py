"""The bytes of a slip, sign for sign, and as a strict printer reads them."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drivers.printers.models import PrinterModel, QrMode, find_model, load_models
from kiosk.receipts.escpos_bytes import render_bytes
from kiosk.receipts.payment_slip import PaymentSlipData, SlipField, payment_receipt
from kiosk.receipts.text import render_text
from kiosk.receipts.wording import Wording, load_wording
from simulation.printer.device import SimulatedPrinter
from simulation.printer.paper import PaperSlip
from simulation.printer.shelf import slip_text

# The renderer draws no QR codes itself yet, and writes in no page but CP866.
RENDERED = [
    name
    for name, model in load_models().items()
    if model.qr is QrMode.NATIVE and model.encoding == "cp866"
]
GOLDEN = Path(__file__).parent / "golden" / "payment_slip_48.hex"


def golden_bytes() -> bytes:
    lines = GOLDEN.read_text(encoding="utf-8").splitlines()
    return b"".join(bytes.fromhex(line.split("#", 1)[0]) for line in lines)


def read_strictly(data: bytes, model: PrinterModel) -> PaperSlip:
    printer = SimulatedPrinter(model)
    printer.receive(data)
    (slip,) = printer.take_slips()
    return slip


def test_a_payment_slip_is_these_bytes(payment: PaymentSlipData, wording: Wording) -> None:
    data = render_bytes(payment_receipt(payment, wording), find_model("generic_epson"))
    assert data == golden_bytes()


@pytest.mark.parametrize("name", RENDERED)
def test_a_strict_printer_reads_what_the_journal_keeps(
    name: str, payment: PaymentSlipData, wording: Wording
) -> None:
    model = find_model(name)
    receipt = payment_receipt(payment, wording)
    slip = read_strictly(render_bytes(receipt, model), model)
    assert slip.complaints == ()
    assert slip_text(slip, model.columns) == render_text(receipt, model.columns)


def test_another_code_page_number_is_chosen_and_read(
    payment: PaymentSlipData, wording: Wording
) -> None:
    model = replace(find_model("generic_epson"), code_page=7)
    receipt = payment_receipt(payment, wording)
    data = render_bytes(receipt, model)
    assert data.startswith(b"\x1b@\x1bt\x07")
    slip = read_strictly(data, model)
    assert slip.complaints == ()
    assert slip_text(slip, 48) == render_text(receipt, 48)


def test_two_slips_do_not_know_of_each_other(payment: PaymentSlipData, wording: Wording) -> None:
    receipt, model = payment_receipt(payment, wording), find_model("generic_epson")
    assert render_bytes(receipt, model) == render_bytes(receipt, model)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(value=st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_no_value_can_carry_a_command(payment: PaymentSlipData, value: str) -> None:
    fields = (SlipField(title=value, value=value),)
    receipt = payment_receipt(replace(payment, fields=fields, check_url=value), load_wording())
    model = find_model("generic_epson")
    slip = read_strictly(render_bytes(receipt, model), model)
    assert slip.complaints == ()
    assert slip_text(slip, 48) == render_text(receipt, 48)


def test_a_reset_inside_a_name_is_not_sent(payment: PaymentSlipData, wording: Wording) -> None:
    evil = replace(payment, fields=(SlipField(title="Имя", value="\x1b@\x1dV\x00\x10\x04\x01"),))
    data = render_bytes(payment_receipt(evil, wording), find_model("generic_epson"))
    assert data.count(b"\x1b@") == 1
    assert data.count(b"\x1dV") == 1
    assert b"\x10\x04" not in data


def test_the_byte_builder_leaves_log_and_disk_alone(tmp_path: Path) -> None:
    program = (
        "import logging, os, tempfile; tempfile.tempdir = os.environ['PLACE'];"
        "import kiosk.receipts.escpos_bytes;"
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
