"""How values stand on the confirm screen and, masked, on the thanks screen."""

import pytest

from config.catalogue import Field, Provider, load_catalogue
from kiosk.catalogue.layout import grouped, masked, sent_value, typed_of

CATALOGUE = load_catalogue()
CASES = [
    ("mts", "account", "9161234567", "+7 916 123-45-67", "+7 916 ···-··-67"),
    ("wallet", "account", "79161234567", "+7 916 123-45-67", "+7 916 ···-··-67"),
    ("mgts", "account", "4951234567", "+7 495 123-45-67", "+7 495 ···-··-67"),
    ("sberbank", "account", "4111111111111111", "4111 1111 1111 1111", "···· ···· ···· 1111"),
    ("sberbank", "account", "4" * 18, "4444 4444 4444 444444", "···· ···· ···· ··4444"),
    ("rostelecom", "account", "123456789", "1234 5678 9", "···· ···8 9"),
    ("rostelecom", "account", "123456789012", "1234 5678 9012", "···· ···· 9012"),
    ("troika", "account", "1234567890", "1234 567 890", "···· ··7 890"),
    ("vtb", "mfo", "044525187", "044 525 187", "··· ··· ·87"),
    ("epd_moscow", "period", "112026", "11/2026", "··/··26"),
    ("vk_votes", "account", "1", "1", "·"),
    ("steam", "account", "gabe_n", "gabe_n", "····_n"),
    ("steam", "account", "____", "____", "····"),
    ("vtb", "lname", "Иванов", "Иванов", "····ов"),
    ("freepay", "to_kpp", "0", "0", "·"),
    ("freepay", "urgent", "0", "Обычный, без доплаты", "Обычный, без доплаты"),
    ("podari_zhizn", "account", "", "", ""),
]


def field_of(provider: str, name: str) -> Field:
    return next(field for field in CATALOGUE.provider(provider).fields if field.name == name)


@pytest.mark.parametrize(("provider", "name", "value", "in_groups", "hidden"), CASES)
def test_a_value_is_shown_in_groups_and_hidden_but_for_its_end(
    provider: str, name: str, value: str, in_groups: str, hidden: str
) -> None:
    field = field_of(provider, name)
    assert grouped(field, value) == in_groups
    assert masked(field, value) == hidden


@pytest.mark.parametrize("provider", CATALOGUE.providers, ids=lambda provider: provider.code)
def test_masking_leaves_at_most_five_characters_of_any_account(provider: Provider) -> None:
    for field in provider.fields:
        for example in field.examples_ok:
            if field.keyboard != "buttons":
                typed = typed_of(field, example)
                hidden = masked(field, example).count("·")
                assert hidden >= min(len(typed), max(len(typed) - 5, len(typed) // 2))
                assert sent_value(field, typed) == example
