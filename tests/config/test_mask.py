"""Mask notation: literals and groups, and what is refused."""

import pytest

from config.mask import Group, Literal, MaskError, parse_mask


def test_a_phone_mask_has_literals_between_groups_of_digits() -> None:
    mask = parse_mask(r"+7 (<!^\d+${3}>) <!^\d+${3}>-<!^\d+${2}>")
    literals = [part.text for part in mask.parts if isinstance(part, Literal)]
    assert literals == ["+7 (", ") ", "-"]
    assert [(group.low, group.high) for group in mask.groups] == [
        (3, 3),
        (3, 3),
        (2, 2),
    ]
    assert (mask.shortest, mask.longest, mask.lead, mask.literals) == (
        8,
        8,
        "+7 (",
        "+7 () -",
    )


def test_a_group_can_be_a_range_and_optional() -> None:
    (group,) = parse_mask(r"<!^\d*${0,6}>").parts
    assert isinstance(group, Group)
    assert (group.low, group.high) == (0, 6)


@pytest.mark.parametrize(
    ("mask", "taken", "refused"),
    [
        (r"<!^\d+${3}>", "07", "aЯ٣"),
        (r"<!.+${5,100}>", "a @Я", "\n"),
        (r"<!^[PR]+${1}>", "PR", "Zp"),
        (r"<!^\w+${3,64}>", "aZ_0", "-ё"),
        (r"<!\d{2}>", "5", "x"),
    ],
)
def test_a_group_takes_characters_of_its_class(mask: str, taken: str, refused: str) -> None:
    (group,) = parse_mask(mask).groups
    assert all(group.takes(char) for char in taken)
    assert not any(group.takes(char) for char in refused)


def test_an_empty_mask_has_no_parts() -> None:
    mask = parse_mask("")
    assert (mask.parts, mask.longest, mask.lead) == ((), 0, "")


def test_a_mask_that_begins_with_a_group_has_no_lead() -> None:
    assert parse_mask(r"<!\d+{3}>-<!\d+{3}>").lead == ""


@pytest.mark.parametrize(
    "text",
    [
        r"<!^\d+$>",
        r"<!^\d+${3}",
        r"+7 {3}>",
        r"<!^\d+${0}>",
        r"<!^\d+${3,2}>",
        r"<!^[PR]\d+${13}>",
        r"<!^(a|b)+${2}>",
        r"<!^[a${2}>",
        r"<!{2}>",
    ],
)
def test_what_is_no_mask_is_refused(text: str) -> None:
    with pytest.raises(MaskError):
        parse_mask(text)
