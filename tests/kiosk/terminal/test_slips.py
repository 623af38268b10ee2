"""Slips of payments and collections as the terminal makes them from its records."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from config.catalogue import load_catalogue
from config.settings import SettingsError, load_settings
from drivers.printers.models import find_model
from kiosk.catalogue.fees import fee_for
from kiosk.receipts.figures import money_text
from kiosk.receipts.model import Qr
from kiosk.receipts.payment_slip import SlipStatus
from kiosk.receipts.templates.library import TemplateSet, built_in
from kiosk.receipts.text import render_text
from kiosk.receipts.wording import Wording
from kiosk.receipts.writer import SlipWriter
from kiosk.terminal.slip_settings import slip_maker_of
from kiosk.terminal.slips import Look
from terminal_api.payments import NoteItem, PaymentItem

CATALOGUE = load_catalogue()
MTS = CATALOGUE.provider("mts")
CHECK_URL = "https://example.org/c/{payment}"
WHOLE = built_in().sources["payment"]


@pytest.fixture
def maker():
    settings = load_settings(None, overrides={"receipt": {"check_url": CHECK_URL}})
    return slip_maker_of(settings, CATALOGUE)


@pytest.fixture
def item():
    fee = fee_for(50_000, MTS.fee).fee_minor
    return PaymentItem(
        number=7,
        session="s1",
        provider_id=MTS.id,
        provider_code=MTS.code,
        account="9161234567",
        fields={MTS.fields[0].name: "9161234567"},
        currency="RUB",
        inserted_minor=50_000,
        fee_minor=fee,
        credited_minor=50_000 - fee,
        fee_version=CATALOGUE.fee_version,
        formed_at=datetime(2026, 5, 1, 6, 30, tzinfo=UTC),
        receipt_number=9,
        notes=(NoteItem(cycle="c1", minor=50_000, currency="RUB"),),
    )


def test_a_slip_is_recorded_in_the_language_of_the_customer_and_remembers_it(maker, item):
    made = maker.make(item, online=True, language="kk")
    assert "Жедел желi" in made.text
    assert made.template == "built-in:1:payment:kk"
    assert maker.text(item, online=True, made_by=made.template) == made.text
    assert "Горячая линия" in maker.make(item, online=True).text


def test_what_is_printed_later_is_what_was_recorded(maker, item):
    made = maker.make(item, online=False, language="en")
    data = maker.data(item, online=False, made_by=made.template)
    assert b"Hotline" in data
    assert "accepted, will be sent" in made.text


def test_the_moment_is_the_terminals_and_the_code_leads_to_the_payment(maker, item):
    receipt = maker.receipt(item, Look())
    payloads = [block.payload for block in receipt.blocks if isinstance(block, Qr)]
    assert payloads == ["https://example.org/c/00000000-000007"]
    assert "01.05.2026 09:30:00 UTC+3" in maker.text(item, online=True)


def test_no_check_address_is_printed_that_nobody_has_set(item):
    made = slip_maker_of(load_settings(None), CATALOGUE).make(item, online=True)
    assert "http" not in made.text


def test_notes_that_nobody_found_are_no_accepted_payment(maker, item):
    notes = (
        NoteItem(cycle="c1", minor=50_000, currency="RUB", disputed=True, evidence=("44 jam",)),
        NoteItem(cycle="c2", minor=0, currency="RUB", disputed=True),
    )
    lost = item.model_copy(
        update={
            "inserted_minor": 0,
            "fee_minor": 0,
            "credited_minor": 0,
            "disputed_minor": 50_000,
            "notes": notes,
        }
    )
    made = maker.make(lost, online=False)
    assert made.template == "built-in:1:disputed:ru"
    for words in ("500,00 руб.", "достоинство неизвестно", "идёт проверка", "00000000-000007"):
        assert words in made.text
    assert "Зачислено" not in made.text
    assert "платёж принят" not in made.text


def test_without_a_check_address_there_is_no_code(maker, item):
    receipt = replace(maker, check_url="").receipt(item, Look())
    assert not any(isinstance(block, Qr) for block in receipt.blocks)


def test_the_terms_of_the_fee_are_said_only_while_they_are_those_of_that_day(maker, item):
    assert "Тариф: " in maker.text(item, online=True)
    older = item.model_copy(update={"fee_version": "2020-01-01.1"})
    assert "Тариф: " not in maker.text(older, online=True)
    other = item.model_copy(
        update={"fee_minor": item.fee_minor + 1, "credited_minor": item.credited_minor - 1}
    )
    assert "Тариф: " not in maker.text(other, online=True)


def test_a_provider_that_left_the_catalogue_is_named_by_its_code(maker, item):
    gone = item.model_copy(update={"provider_code": "gone", "fields": {"account": "123"}})
    text = maker.text(gone, online=True)
    assert "gone" in text
    assert "123" in text


def test_a_copy_says_what_is_known_by_then(maker, item):
    made = maker.make(item, online=False)
    look = Look(copy=True, made_by=made.template, status=SlipStatus.CREDITED)
    assert maker.receipt(item, look).template == "built-in:1:reprint:ru"
    data = maker.data(
        item, online=False, copy=True, made_by=made.template, status=SlipStatus.CREDITED
    )
    assert "КОПИЯ".encode("cp866") in data
    assert "платёж зачислен".encode("cp866") in data


def test_the_copy_of_a_refused_payment_is_a_claim_and_credits_nothing(maker, item):
    notes = (*item.notes, NoteItem(cycle="c2", minor=0, currency="RUB", disputed=True))
    refused = item.model_copy(update={"notes": notes})
    receipt = maker.receipt(refused, Look(copy=True, status=SlipStatus.REFUSED))
    text = render_text(receipt, 48)
    assert receipt.template == "built-in:1:refused:ru"
    for words in ("КОПИЯ", "К возврату по заявлению", "платёж отклонён", "неизвестного"):
        assert words in text
    assert "Зачислено" not in text


def test_a_bad_template_never_costs_a_slip(maker, item):
    bad = TemplateSet(name="shop", version=1, sources={"payment+mts": "{{ nobody }}"})
    made = replace(maker, writer=SlipWriter(own=(bad,))).make(item, online=True)
    assert made.template == "built-in:1:payment:ru"


@pytest.mark.parametrize("copy", [False, True])
def test_a_payment_does_not_fail_over_a_slip_that_cannot_be_made(maker, item, copy):
    """Not even the minimal slip: a file of words has lost all of them."""
    broken = replace(maker, wording=Wording("ru", {}))
    made = broken.make(item, online=True)
    fee = item.fee_minor
    sums = f"500,00 = {money_text(50_000 - fee)} + {money_text(fee)} + 0,00"
    for words in ("8-800-707-77-59", "00000000-000007", "# 9", "2026-05-01 09:30:00+03:00", sums):
        assert words in made.text
    assert made.template == "bare:1"
    data = broken.data(item, online=True, copy=copy)
    assert data.startswith(b"\x1b@")
    assert data.endswith(maker.model.finish)
    assert (b"COPY" in data) is copy
    assert b"00000000-000007" in data


def test_a_provider_may_have_a_template_of_its_own(maker, item):
    own = TemplateSet(name="shop", version=1, sources={"payment+mts": "# Подарки\n" + WHOLE})
    made = replace(maker, writer=SlipWriter(own=(own,))).make(item, online=True)
    assert "Подарки" in made.text.splitlines()[0]
    assert made.template == "shop:1:payment:ru"


def test_a_folder_of_templates_that_is_not_there_keeps_no_terminal_from_starting(tmp_path, item):
    wanted = {"template_folder": str(tmp_path / "nowhere"), "template_key": "00" * 32}
    settings = load_settings(None, overrides={"receipt": wanted})
    assert (
        slip_maker_of(settings, CATALOGUE).make(item, online=True).template.startswith("built-in")
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"check_url": "ftp://x/{payment}"},
        {"check_url": "https://x/"},
        {"check_url": "https://x/{payment}/{payment}"},
        {"check_url": "https://x/{payment}/{other}"},
        {"check_url": "https://x/ {payment}"},
        {"template_folder": "templates"},
        {"template_key": "xyz"},
    ],
)
def test_settings_that_cannot_be_are_refused(wrong):
    with pytest.raises(SettingsError):
        load_settings(None, overrides={"receipt": wrong})


def test_a_slip_is_for_the_printer_of_the_settings():
    settings = load_settings(None, overrides={"printer": {"model": "generic_epson_58"}})
    maker = slip_maker_of(settings, CATALOGUE)
    assert maker.model is find_model("generic_epson_58")
    assert maker.zone == ZoneInfo("Europe/Moscow")
    assert maker.issuer.agent_phone == settings.terminal.agent_phone


def test_what_the_first_slip_needs_can_be_loaded_before(maker, item):
    maker.warm_up()
    assert maker.data(item, online=True).startswith(b"\x1b@")
