"""What leaves the terminal in an export holds no account and no phone."""

import json

from kiosk.cli.masking import masked


def test_an_account_keeps_its_end():
    assert masked({"account": "9161234567"}) == {"account": "******4567"}


def test_a_short_account_keeps_nothing():
    assert masked({"account": "1234567"}) == {"account": "****"}


def test_fields_in_both_forms_are_masked():
    assert masked({"fields": {"phone": "9161234567"}}) == {"fields": {"phone": "******4567"}}
    assert masked({"fields": [["phone", "9161234567"]]}) == {"fields": [["phone", "******4567"]]}
    assert masked({"fields": [["phone"]]}) == {"fields": ["***"]}
    assert masked({"fields": "9161234567"}) == {"fields": "***"}


def test_a_payment_inside_a_record_is_masked_and_its_slip_left_out():
    record = {
        "kind": "payment_formed",
        "item": {"number": 7, "account": "9161234567", "fields": {"phone": "79161234567"}},
        "slip_text": "ЧЕК\nна номер 9161234567\n",
    }
    text = json.dumps(masked(record))
    assert "9161234567" not in text
    assert '"number": 7' in text


def test_sentences_of_others_may_quote_a_number():
    assert masked({"why": "account 9161234567 is unknown"}) == {
        "why": "account ******4567 is unknown"
    }


def test_the_rest_stays_as_it_is():
    record = {"kind": "note_stacked", "cycle": "boot-20260501-1234567", "minor": 10_000_000}
    assert masked(record) == record
