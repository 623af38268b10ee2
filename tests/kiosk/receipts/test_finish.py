"""What every slip shows, whatever its template says."""

from dataclasses import replace

import pytest

from kiosk.receipts.errors import IssuerIncompleteError, TemplateRefusedError
from kiosk.receipts.finish import finish, minimal_receipt
from kiosk.receipts.issuer import FiscalMark
from kiosk.receipts.model import Part, Place, Qr, Rule, SlipKind, Text
from kiosk.receipts.slip_files import sample_slip
from kiosk.receipts.text import render_text
from kiosk.receipts.wording import LANGUAGES, load_wording

OWNED = ("Горячая линия", "8-800-707-77-59", "00000000", "4127", "22.11.2026 14:39:05 UTC+3")


def of_kind(kind):
    return sample_slip(SlipKind(kind))


def places(*parts):
    return tuple(Place(part) for part in parts)


def all_parts(data, wording):
    return tuple(part for part, blocks in data.parts(wording).items() if blocks)


@pytest.mark.parametrize("kind", SlipKind)
@pytest.mark.parametrize("columns", [32, 42, 48])
def test_every_slip_shows_hotline_terminal_number_date_and_agent(writer, wording, kind, columns):
    text = render_text(writer.receipt(sample_slip(kind), wording), columns)
    for words in (*OWNED, "ИНН 0000099991", 'ООО "Пример Агент"'):
        assert words in text
    assert "Квитанция" in text
    assert "Нефискальный документ" in text
    assert "чек" not in text.lower()
    assert "Реквизиты вымышлены" in " ".join(text.split())


@pytest.mark.parametrize("kind", SlipKind)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_slip_of_last_resort_shows_it_too(kind, language):
    data, wording = sample_slip(kind), load_wording(language)
    text = render_text(minimal_receipt(data, wording), 32)
    for words in (wording.say("footer.hotline"), "8-800-707-77-59", "00000000", "4127"):
        assert words.translate(str.maketrans("әғқңөұүһі", "агкноуухi")) in text


@pytest.mark.parametrize("kind", SlipKind)
def test_a_draft_that_leaves_out_any_part_is_refused(kind, wording):
    data = sample_slip(kind)
    parts = all_parts(data, wording)
    finish(places(*parts), data, wording, "t:1")
    for lost in parts:
        left = places(*(part for part in parts if part is not lost))
        with pytest.raises(TemplateRefusedError, match=f"loses the mandatory part @{lost.value}"):
            finish(left, data, wording, "t:1")


def test_a_part_twice_or_of_another_kind_is_refused(payment, wording):
    parts = all_parts(payment, wording)
    with pytest.raises(TemplateRefusedError, match="@sums 2 times"):
        finish(places(*parts, Part.SUMS), payment, wording, "t:1")
    with pytest.raises(TemplateRefusedError, match="no part @counts"):
        finish(places(*parts, Part.COUNTS), payment, wording, "t:1")


def test_a_part_that_is_empty_this_time_may_be_placed_or_not(payment, wording):
    data = replace(payment, check_url="")
    parts = all_parts(data, wording)
    assert Part.CHECK not in parts
    with_check = finish(places(*parts, Part.CHECK), data, wording, "t:1")
    assert finish(places(*parts), data, wording, "t:1") == with_check
    assert not any(isinstance(block, Qr) for block in with_check.blocks)


def test_no_two_rules_follow_each_other(payment, wording):
    data = replace(payment, check_url="")
    parts = places(*all_parts(data, wording))
    blocks = finish((Rule(), *parts, Rule(), Rule()), data, wording, "t:1").blocks
    assert not isinstance(blocks[0], Rule)
    neighbours = list(zip(blocks, blocks[1:], strict=False))
    assert not any(isinstance(a, Rule) and isinstance(b, Rule) for a, b in neighbours)


def test_a_slip_remembers_what_made_it(payment, writer, wording):
    assert writer.receipt(payment, wording).template == "built-in:1:payment:ru"
    assert minimal_receipt(payment, load_wording("kk")).template == "minimal:1:payment:kk"


def test_a_copy_says_so_on_every_kind(writer, wording):
    for kind in SlipKind:
        data = sample_slip(kind)
        marked = replace(data, head=replace(data.head, copy=True))
        assert "КОПИЯ" in render_text(writer.receipt(marked, wording), 48)


def test_a_slip_beside_a_cash_registers_says_which_document_it_belongs_to(payment, writer, wording):
    mark = FiscalMark(drive="9999078900004312", document=125, sign="3022555185")
    text = render_text(
        writer.receipt(replace(payment, head=replace(payment.head, fiscal=mark)), wording), 48
    )
    assert "Нефискальный" not in text
    assert "ФД 125" in text
    assert "3022555185" in text


@pytest.mark.parametrize("hotlines", [(), ("",), ("1", "2", "3")])
def test_an_issuer_needs_one_or_two_hotlines(issuer, hotlines):
    with pytest.raises(IssuerIncompleteError):
        replace(issuer, hotlines=hotlines)


@pytest.mark.parametrize("lack", ["inn", "agent_name", "terminal_id"])
def test_an_issuer_needs_name_inn_and_terminal(issuer, lack):
    with pytest.raises(IssuerIncompleteError):
        replace(issuer, **{lack: " "})


def test_both_hotlines_are_called_large(payment, writer, wording):
    blocks = writer.receipt(payment, wording).blocks
    large = [block.text for block in blocks if isinstance(block, Text) and block.size == "double"]
    assert large[-2:] == ["8 800 000-00-00", "+7 495 000-00-00"]


def test_a_moment_without_zone_is_refused(payment, wording):
    naive = replace(payment.head, printed_at=payment.head.printed_at.replace(tzinfo=None))
    with pytest.raises(ValueError, match="zone"):
        minimal_receipt(replace(payment, head=naive), wording)
