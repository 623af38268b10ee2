"""The wire models: money adds up, identities are one of a kind, content has one byte form."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from terminal_api import (
    BatchAnswer,
    ErrorBody,
    NoteItem,
    PaymentBatch,
    PaymentItem,
    PaymentStatus,
    StatusAnswer,
    StatusQuestion,
    Verdict,
    body_hash,
    canonical_bytes,
)

texts = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)


def note(cycle: str = "c1", minor: int = 10_000, **changes: Any) -> NoteItem:
    return NoteItem(**{"cycle": cycle, "minor": minor, "currency": "RUB", **changes})


def content(**changes: Any) -> dict[str, Any]:
    return {
        "number": 1,
        "session": "s-1",
        "provider_id": 7,
        "provider_code": "mobile",
        "account": "9161234567",
        "fields": {},
        "currency": "RUB",
        "inserted_minor": 10_000,
        "fee_minor": 300,
        "credited_minor": 9_700,
        "fee_version": "2026-1",
        "formed_at": datetime(2026, 5, 1, 12, 0, tzinfo=UTC),
        "receipt_number": 1,
        "notes": (note(),),
        **changes,
    }


@st.composite
def payments(draw: st.DrawFn, number: int | None = None) -> PaymentItem:
    values = draw(st.lists(st.tuples(st.integers(1, 500_000), st.booleans()), min_size=1))
    inserted = sum(minor for minor, disputed in values if not disputed)
    fee = draw(st.integers(0, inserted))
    change = draw(st.integers(0, inserted - fee))
    return PaymentItem(
        number=draw(st.integers(1, 2**53 - 1)) if number is None else number,
        session=draw(texts),
        provider_id=draw(st.integers(0, 1000)),
        provider_code=draw(texts),
        account=draw(texts),
        fields=draw(st.dictionaries(texts, texts, max_size=4)),
        currency="RUB",
        inserted_minor=inserted,
        fee_minor=fee,
        credited_minor=inserted - fee - change,
        change_minor=change,
        disputed_minor=sum(minor for minor, disputed in values if disputed),
        fee_version=draw(texts),
        formed_at=draw(st.datetimes(timezones=st.just(UTC))),
        receipt_number=draw(st.integers(0, 10**6)),
        notes=tuple(
            note(f"c{index}", minor, disputed=disputed)
            for index, (minor, disputed) in enumerate(values)
        ),
    )


@given(payments())
def test_a_payment_survives_the_wire_unchanged(payment: PaymentItem) -> None:
    wire = canonical_bytes(payment)
    back = PaymentItem.model_validate_json(wire)
    assert back == payment
    assert canonical_bytes(back) == wire
    assert body_hash(back) == body_hash(payment)


@given(payments(), st.randoms())
def test_canonical_bytes_do_not_depend_on_the_order_of_keys(payment: PaymentItem, rng: Any) -> None:
    loaded = json.loads(canonical_bytes(payment))
    keys = list(loaded)
    rng.shuffle(keys)
    shuffled = {key: loaded[key] for key in keys}
    shuffled["fields"] = dict(reversed(shuffled["fields"].items()))
    back = PaymentItem.model_validate_json(json.dumps(shuffled))
    assert canonical_bytes(back) == canonical_bytes(payment)


@given(payments(), st.integers(1, 1000), st.sampled_from(["inserted", "fee", "credited", "change"]))
def test_one_amount_out_of_step_is_refused(payment: PaymentItem, by: int, which: str) -> None:
    loaded = json.loads(canonical_bytes(payment))
    loaded[f"{which}_minor"] += by
    with pytest.raises(ValidationError):
        PaymentItem.model_validate_json(json.dumps(loaded))


@given(st.lists(st.integers(1, 50), min_size=1, max_size=10))
def test_a_batch_takes_only_ascending_unique_numbers(numbers: list[int]) -> None:
    items = tuple(PaymentItem(**content(number=number)) for number in numbers)
    if numbers == sorted(set(numbers)):
        batch = PaymentBatch(terminal_id="10000001", payments=items)
        assert PaymentBatch.model_validate_json(canonical_bytes(batch)) == batch
    else:
        with pytest.raises(ValidationError, match="ascend"):
            PaymentBatch(terminal_id="10000001", payments=items)


def test_the_same_instant_in_another_zone_is_the_same_content() -> None:
    moscow = datetime(2026, 5, 1, 15, 0, tzinfo=timezone(timedelta(hours=3)))
    assert canonical_bytes(PaymentItem(**content(formed_at=moscow))) == canonical_bytes(
        PaymentItem(**content())
    )


def test_canonical_bytes_are_this_exact_text() -> None:
    """A guard for stored hashes: changing this form turns repeats into conflicts."""
    wire = canonical_bytes(PaymentItem(**content(account="Счёт 1")))
    assert wire.decode() == (
        '{"account":"Счёт 1","change_minor":0,"credited_minor":9700,"currency":"RUB",'
        '"disputed_minor":0,"fee_minor":300,"fee_version":"2026-1","fields":{},'
        '"formed_at":"2026-05-01T12:00:00.000000Z","inserted_minor":10000,"notes":'
        '[{"currency":"RUB","cycle":"c1","disputed":false,"minor":10000}],"number":1,'
        '"provider_code":"mobile","provider_id":7,"receipt_number":1,"session":"s-1"}'
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"number": 0},
        {"number": True},
        {"number": "1"},
        {"number": 2**53},
        {"inserted_minor": 10_000.0},
        {"fee_minor": -300, "credited_minor": 10_300},
        {"currency": "rub"},
        {"notes": ()},
        {"notes": (note(currency="USD"),)},
        {"notes": (note("c1", 5_000), note("c1", 5_000))},
        {"notes": (note(), note("c2", 500, disputed=True))},
        {"formed_at": datetime(2026, 5, 1, 12, 0)},  # noqa: DTZ001
        {"account": "1\x00"},
        {"account": "\ud800"},
        {"surprise": 1},
    ],
    ids=repr,
)
def test_a_payment_that_cannot_be_one_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        PaymentItem(**content(**changes))


def test_a_payment_of_disputed_notes_alone_is_a_payment() -> None:
    payment = PaymentItem(
        **content(
            inserted_minor=0,
            fee_minor=0,
            credited_minor=0,
            disputed_minor=10_000,
            notes=(note(disputed=True),),
        )
    )
    assert payment.disputed_minor == 10_000


@pytest.mark.parametrize(
    "terminal_id", ["1234567", "123456789", "1234567a", "١٢٣٤٥٦٧٨", "12345678\n"]
)
def test_a_terminal_id_is_eight_digits(terminal_id: str) -> None:
    with pytest.raises(ValidationError):
        StatusQuestion(terminal_id=terminal_id, numbers=(1,))


@pytest.mark.parametrize("numbers", [(), (2, 1), (1, 1), tuple(range(1, 502))])
def test_a_question_has_one_to_five_hundred_ascending_numbers(numbers: tuple[int, ...]) -> None:
    with pytest.raises(ValidationError):
        StatusQuestion(terminal_id="10000001", numbers=numbers)


def test_an_older_terminal_reads_the_answer_of_a_newer_backend() -> None:
    answer = BatchAnswer.model_validate_json(
        b'{"terminal_id":"10000001","server_time":"x","answers":[{"number":1,"verdict":"accepted",'
        b'"status":"credited","uid":"u","bonus":5}]}'
    )
    assert answer.answers[0].verdict is Verdict.ACCEPTED
    assert answer.answers[0].status is PaymentStatus.CREDITED
    states = StatusAnswer.model_validate_json(
        b'{"terminal_id":"10000001","payments":[{"number":1,"status":"unknown","uid":null}]}'
    )
    assert states.payments[0].body_hash is None


@given(st.binary(max_size=200))
def test_garbage_is_never_an_answer(body: bytes) -> None:
    for model in (BatchAnswer, StatusAnswer, ErrorBody):
        with pytest.raises(ValidationError):
            model.model_validate_json(body)


def test_models_do_not_change() -> None:
    payment = PaymentItem(**content())
    with pytest.raises(ValidationError):
        payment.number = 2
