"""Sums, moments and accounts as they stand on paper."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from kiosk.receipts.figures import (
    AccountKind,
    mask_account,
    moment_text,
    money_text,
    zone_text,
)


@pytest.mark.parametrize(
    ("kopecks", "text"),
    [
        (0, "0,00"),
        (5, "0,05"),
        (-5, "-0,05"),
        (123450, "1 234,50"),
        (100_000_000_01, "100 000 000,01"),
    ],
)
def test_money_has_a_comma_and_thousands_apart(kopecks: int, text: str) -> None:
    assert money_text(kopecks) == text


@pytest.mark.parametrize(
    ("minutes", "text"), [(180, "+3"), (330, "+5:30"), (-210, "-3:30"), (0, "+0")]
)
def test_zone_is_the_offset_from_utc(minutes: int, text: str) -> None:
    zone = timezone(timedelta(minutes=minutes))
    assert zone_text(datetime(2025, 1, 2, tzinfo=zone)) == text


def test_moment_keeps_its_leading_zeros() -> None:
    assert moment_text(datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)) == "02.01.2025 03:04:05"


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        zone_text(datetime(2025, 1, 2, tzinfo=UTC).replace(tzinfo=None))


def test_card_shows_its_last_four_digits_only() -> None:
    assert mask_account(AccountKind.CARD, "4276 1600 1234 5678") == "**** **** **** 5678"


def test_short_card_shows_nothing() -> None:
    assert mask_account(AccountKind.CARD, "1234") == "****"


@pytest.mark.parametrize("kind", [AccountKind.PHONE, AccountKind.OTHER])
def test_phones_and_accounts_are_shown_in_full(kind: AccountKind) -> None:
    assert mask_account(kind, "+7 (916) 123-45-67") == "+7 (916) 123-45-67"
