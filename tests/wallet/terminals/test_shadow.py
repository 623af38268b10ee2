"""What a terminal shall have: it misses nothing, and sees nothing of another's."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wallet.terminals.shadow import Shadow

T, U = "10000001", "10000002"


@pytest.fixture
def shadow(turns) -> Shadow:
    return Shadow(turns)


def seen(shadow: Shadow, terminal_id: str, version: int) -> list[tuple[str, str]]:
    return [(item.kind, item.content) for item in shadow.after(terminal_id, version).items]


def test_nothing_is_desired_of_a_new_fleet(shadow) -> None:
    answer = shadow.after(T, 0)
    assert (answer.version, answer.items) == (0, ())


def test_an_own_item_stands_before_the_fleets(shadow) -> None:
    first = shadow.publish("catalogue", "v1")
    shadow.publish("catalogue", "canary", [T])
    assert seen(shadow, T, 0) == [("catalogue", "canary")]
    assert seen(shadow, U, 0) == [("catalogue", "v1")]
    assert seen(shadow, U, first) == []
    shadow.publish("catalogue", "v2")
    assert seen(shadow, T, shadow.newest()) == []
    assert seen(shadow, U, first) == [("catalogue", "v2")]
    before = shadow.newest()
    shadow.withdraw("catalogue", T)
    assert seen(shadow, T, before) == [("catalogue", "v2")]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["config", "catalogue"]),
            st.sampled_from([None, [T], [U], [T, U]]),
            st.booleans(),
        ),
        max_size=12,
    )
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_who_asks_after_the_number_it_was_told_holds_what_it_shall_have(shadow, steps) -> None:
    held: dict[str, str] = {}
    known = 0
    for number, (kind, terminals, looks) in enumerate(steps):
        shadow.publish(kind, f"c{number}", terminals)
        if looks:
            answer = shadow.after(T, known)
            held |= {item.kind: item.content for item in answer.items}
            known = answer.version
    answer = shadow.after(T, known)
    held |= {item.kind: item.content for item in answer.items}
    whole = {item.kind: item.content for item in shadow.after(T, 0).items}
    assert {kind: held[kind] for kind in whole} == whole
