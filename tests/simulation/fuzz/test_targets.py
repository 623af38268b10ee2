"""The fuzzer's targets with random bytes, and with what a target must not take for harmless."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.fuzz.__main__ import NAMES
from simulation.fuzz.targets import FRAMES, TARGETS, as_piece, pieces

MIXED = st.lists(
    st.one_of(st.binary(max_size=31), st.sampled_from(FRAMES)).map(as_piece), max_size=30
).map(b"".join)


@pytest.mark.parametrize("name", sorted(TARGETS))
@given(data=st.one_of(st.binary(max_size=300), MIXED))
def test_nothing_that_arrives_breaks_a_target(name: str, data: bytes) -> None:
    TARGETS[name](data)


def test_the_fuzzer_knows_every_target() -> None:
    assert sorted(NAMES) == sorted(TARGETS)


@given(data=st.binary(max_size=200))
def test_the_bytes_decide_how_they_arrive(data: bytes) -> None:
    assert sum(len(piece) + 1 for piece in pieces(data)) == len(data) or not data
