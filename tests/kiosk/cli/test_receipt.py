"""`kiosk receipt` from the command line."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from PIL import Image
from typer.testing import CliRunner

from kiosk.cli import build_application
from kiosk.receipts.model import SlipKind
from kiosk.receipts.templates.library import built_in

WHOLE = built_in().sources["payment"]


def run(*words):
    application = build_application(lambda _, __: True)
    result = CliRunner().invoke(application, ["receipt", *map(str, words)])
    return result.exit_code, result.output


@pytest.fixture
def key(tmp_path):
    file = tmp_path / "key.pem"
    private = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    file.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return file


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "templates"
    place.mkdir()
    (place / "payment.slip").write_text("# Скидки!\n" + WHOLE, encoding="utf-8")
    return place


def test_list_names_every_kind():
    code, told = run("render", "--kind", "list")
    assert (code, told.split()) == (0, [kind.value for kind in SlipKind])


def test_a_slip_is_told_as_text_when_nothing_else_is_asked_for():
    code, told = run("render", "--kind", "payment", "--lang", "kk", "--model", "generic_epson_58")
    assert code == 0
    assert "Жедел желi" in told
    assert max(map(len, told.splitlines())) <= 32


def test_bytes_picture_and_text_are_written_and_told_to_programs(tmp_path):
    out, png, text = (tmp_path / name for name in ("x.bin", "x.png", "x.txt"))
    code, told = run(
        "render", "--kind", "payment", "--out", out, "--png", png, "--text", text, "--json"
    )
    assert code == 0
    about = json.loads(told)
    assert about["template"] == "built-in:1:payment:ru"
    assert about["bytes"] == len(out.read_bytes()) < 1500
    assert about["not_on_page"] == []
    assert "8-800-707-77-59" in text.read_text("utf-8")
    with Image.open(png) as picture:
        assert picture.width == 576 + 48


def test_data_of_ones_own_is_laid_over_the_sample_head(tmp_path):
    data = tmp_path / "balance.toml"
    data.write_text('wallet = "+7 900"\nbalance = 5\n[head]\nreceipt_number = 99\n', "utf-8")
    code, told = run("render", "--kind", "balance", "--data", data)
    assert code == 0
    assert "0,05 руб." in told
    assert " 99\n" in told


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--kind", "cheque"), "--kind list"),
        (("--kind", "payment", "--lang", "de"), "known: ru, en, kk"),
        (("--kind", "payment", "--model", "x"), "no printer model"),
    ],
)
def test_what_is_wrong_is_said(words, reason):
    code, told = run("render", *words)
    assert code == 2
    assert reason in told


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("wallet = 5\nbalance = 1", "wallet"),
        ("wallet = '1'\nbalance = 1\ncolour = 'red'", "colour"),
        ("wallet = '1'\nbalance = 1\nheld = 2", "held"),
        ("wallet =", "not valid TOML"),
        ("wallet = '1'\nbalance = 1\n[head.issuer]\nhotlines = []", "hotline"),
    ],
)
def test_data_that_cannot_be_used_is_refused(tmp_path, text, reason):
    data = tmp_path / "balance.toml"
    data.write_text(text, "utf-8")
    code, told = run("render", "--kind", "balance", "--data", data)
    assert code == 2
    assert reason in told


def test_data_of_another_kind_is_refused(tmp_path):
    data = tmp_path / "x.toml"
    data.write_text("[head]\ncopy = true", "utf-8")
    code, told = run("render", "--kind", "payment", "--data", data)
    assert code == 2


def test_a_folder_of_templates_is_tried(folder):
    code, told = run("render", "--kind", "payment", "--template", folder)
    assert code == 0
    assert told.splitlines()[0].strip() == "Скидки!"


def test_a_bad_template_is_an_error_here_and_says_why(folder):
    (folder / "payment.slip").write_text(WHOLE.replace("@sums", ""), "utf-8")
    code, told = run("render", "--kind", "payment", "--template", folder)
    assert code == 2
    assert "loses the mandatory part @sums" in told


def test_a_bundle_is_packed_tried_and_taken_into_use(tmp_path, folder, key):
    bundle = tmp_path / "shop.bundle"
    code, told = run("pack", folder, "--id", "shop", "--version", 3, "--key", key, "--out", bundle)
    assert code == 0
    public = told.split("'")[1]
    code, told = run("render", "--kind", "payment", "--template", bundle, "--key", public, "--json")
    assert json.loads(told)["template"] == "shop:3:payment:ru"
    assert run("render", "--kind", "payment", "--template", bundle)[0] == 2
    assert run("render", "--kind", "payment", "--template", bundle, "--key", "00" * 32)[0] == 2
    store, config = tmp_path / "store", tmp_path / "kiosk.toml"
    store.mkdir()
    config.write_text(
        f'[receipt]\ntemplate_folder = "{store}"\ntemplate_key = "{public}"\n', "utf-8"
    )
    code, told = run("install", bundle, "--config", config)
    assert code == 0
    assert told.endswith("shop 3: in use from the next start\n")
    assert (store / "current").read_text() == "shop-3.bundle"


def test_a_terminal_without_a_folder_takes_no_bundle(tmp_path, folder, key):
    bundle, config = tmp_path / "shop.bundle", tmp_path / "kiosk.toml"
    run("pack", folder, "--id", "shop", "--version", 3, "--key", key, "--out", bundle)
    config.write_text("", "utf-8")
    code, told = run("install", bundle, "--config", config)
    assert code == 2
    assert "template_folder" in told
