"""The catalogue's own expression machine says what `re` says, and what a beginning still lacks."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.catalogue import load_catalogue
from config.pattern import Pattern, PatternError

EXPRESSIONS = sorted({field.regex for p in load_catalogue().providers for field in p.fields})
OWN = [
    r"^$",
    r"^a?b*c+$",
    r"^(ab|a)(c|bcd)*$",
    r"^a{0}b{2}c{1,3}d{2,}$",
    r"^[^a-c\d]+$",
    r"^[-a]\.\w\s?$",
    r"^((a|b)?){2,3}$",
    r"^(a*)*$",
    r"^a|b$",
]


@pytest.mark.parametrize("expression", EXPRESSIONS + OWN)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_text_fits_exactly_when_re_says_so(expression: str, data: st.DataObject) -> None:
    reference = re.compile(f"(?:{expression[1:-1]})", re.ASCII)
    text = data.draw(
        st.from_regex(reference, fullmatch=True) | st.text("abcdP9840/ -@.мИ\n", max_size=14)
    )
    assert Pattern(expression).matches(text) == bool(reference.fullmatch(text))


@pytest.mark.parametrize("expression", EXPRESSIONS + OWN)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_every_beginning_of_a_fitting_text_lacks_at_most_the_rest(
    expression: str, data: st.DataObject
) -> None:
    pattern = Pattern(expression)
    reference = re.compile(f"(?:{expression[1:-1]})", re.ASCII)
    text = data.draw(st.from_regex(reference, fullmatch=True))
    cut = data.draw(st.integers(0, len(text)))
    missing = pattern.missing(text[:cut])
    assert missing is not None
    assert missing <= len(text) - cut
    assert pattern.shortest <= len(text)
    assert pattern.longest is None or len(text) <= pattern.longest


@pytest.mark.parametrize(
    ("expression", "beginning", "missing"),
    [
        (r"^9\d{9}$", "", 10),
        (r"^9\d{9}$", "916", 7),
        (r"^9\d{9}$", "8", None),
        (r"^(\d{16}|\d{8,10})$", "12345678901", 5),
        (r"^(\d{19}|9643\d{22})$", "1" * 20, None),
        (r"^[^@\s]+@[^@\s]+\.[A-Za-z]{2,}$", "a@b", 3),
        (r"^(9\d{9})?$", "", 0),
    ],
)
def test_missing_counts_the_nearest_way_to_an_end(
    expression: str, beginning: str, missing: int | None
) -> None:
    assert Pattern(expression).missing(beginning) == missing


@pytest.mark.parametrize(
    ("expression", "shortest", "longest"),
    [
        (r"^\d{9,12}$", 9, 12),
        (r"^a{2,}$", 2, None),
        (r"^(a|bcd)?$", 0, 3),
        (r"^(a{0})*$", 0, 0),
    ],
)
def test_shortest_and_longest(expression: str, shortest: int, longest: int | None) -> None:
    pattern = Pattern(expression)
    assert (pattern.shortest, pattern.longest) == (shortest, longest)


def test_digits_are_ascii_digits() -> None:
    assert not Pattern(r"^\d$").matches("٣")


def test_an_expression_made_to_stall_a_backtracking_machine_is_answered_at_once() -> None:
    started = time.perf_counter()
    assert not Pattern(r"^(a+)+$").matches("a" * 200 + "b")
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    "expression",
    [
        r"\d{10}",
        r"^\d{10}",
        r"^",
        r"^(?=a)a$",
        r"^(?:a)$",
        r"^(a)\1$",
        r"^a+?$",
        r"^a{2}{3}$",
        r"^a{3,2}$",
        r"^a{,3}$",
        r"^a{x}$",
        r"^a{2$",
        r"^\bа$",
        r"^[]$",
        r"^[z-a]$",
        r"^[\d-z]*]$",
        r"^[a$",
        r"^[[a]$",
        r"^(a$",
        r"^a)$",
        r"^*$",
        r"^a^b$",
        r"^\$",
        r"^(.{999}){9}$",
        "^" + "(" * 11 + "a" + ")" * 11 + "$",
    ],
)
def test_what_is_outside_the_subset_is_refused(expression: str) -> None:
    with pytest.raises(PatternError):
        Pattern(expression)
