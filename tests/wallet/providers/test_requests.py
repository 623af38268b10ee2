"""What is sent to a provider."""

from dataclasses import replace

import pytest

from wallet.providers.profile import Profile
from wallet.providers.requests import (
    MAX_PAYABLE_NUMBER,
    Command,
    Order,
    RequestImpossibleError,
    parameters,
    txn_id_of,
)

_URL = "http://127.0.0.1:9/pay"


def test_pay_tells_number_date_account_sum_and_currency(profile: Profile, order: Order) -> None:
    assert parameters(profile, Command.PAY, order) == (
        ("command", "pay"),
        ("txn_id", "102388980000000301"),
        ("txn_date", "20261122120133"),  # Moscow time
        ("account", "9161234567"),
        ("sum", "150.00"),
        ("ccy", "RUB"),
    )


def test_check_has_no_date_and_get_info_no_number(profile: Profile, order: Order) -> None:
    check = dict(parameters(profile, Command.CHECK, order))
    info = dict(parameters(profile, Command.GET_INFO, order))
    assert check.keys() == {"command", "txn_id", "account", "sum", "ccy"}
    assert info.keys() == {"command", "account", "sum", "ccy"}


def test_a_profile_changes_the_forms(order: Order) -> None:
    profile = Profile(
        url=_URL,
        sum_form="comma",
        date_form="%d.%m.%Y %H:%M:%S",
        time_zone="UTC",
        currency_form="digits",
        prv_id=7,
        prv_id_name="prv7",
        account_name="phone",
        fields={"surname": "data1"},
        constants={"agent": "12"},
    )
    ordered = replace(order, fields={"surname": "Ivanov", "ev_key": "k"})
    told = dict(parameters(profile, Command.PAY, ordered))
    assert told == {
        "command": "pay",
        "txn_id": "102388980000000301",
        "txn_date": "22.11.2026 09:01:33",
        "phone": "9161234567",
        "sum": "150,00",
        "ccy": "643",
        "prv7": "7",
        "agent": "12",
        "data1": "Ivanov",
        "ev_key": "k",
    }


def test_a_field_never_takes_the_place_of_a_parameter(profile: Profile, order: Order) -> None:
    hostile = {"sum": "9999.00", "command": "cancel", "txn_id": "1", "account": "5", "a b": "x"}
    assert parameters(profile, Command.PAY, replace(order, fields=hostile)) == parameters(
        profile, Command.PAY, order
    )


def test_an_account_that_does_not_fit_is_not_sent(order: Order) -> None:
    profile = Profile(url=_URL, account_pattern=r"\d{9}")
    with pytest.raises(RequestImpossibleError, match="pattern"):
        parameters(profile, Command.PAY, order)


def test_every_payment_has_a_key_of_its_own() -> None:
    keys = {
        txn_id_of(terminal, number)
        for terminal in ("00000000", "00000001", "00000010", "99999999")
        for number in (1, 10, MAX_PAYABLE_NUMBER)
    }
    assert len(keys) == 12
    assert max(keys) < 2**63


@pytest.mark.parametrize("number", [0, MAX_PAYABLE_NUMBER + 1])
def test_a_number_beyond_the_key_is_refused(number: int) -> None:
    with pytest.raises(RequestImpossibleError):
        txn_id_of("10238898", number)
