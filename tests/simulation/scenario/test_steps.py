"""What a scenario file may say, and how clearly a wrong one is refused."""

import pytest

from simulation.scenario.steps import ExpectPayment, Insert, ScenarioError, load_scenario


def scenario(tmp_path, text):
    path = tmp_path / "scenario.yaml"
    path.write_text(text, encoding="utf-8")
    return load_scenario(str(path))


def test_roubles_become_kopecks(tmp_path):
    read = scenario(
        tmp_path,
        'title: t\nsteps:\n- expect_payment: {number: 1, inserted: 150, fee: "7.50"}\n',
    )
    step = read.steps[0]
    assert isinstance(step, ExpectPayment)
    assert (step.expect_payment.inserted, step.expect_payment.fee) == (15_000, 750)


def test_a_note_is_its_face_value(tmp_path):
    step = scenario(tmp_path, "title: t\nsteps:\n- insert: 500\n").steps[0]
    assert isinstance(step, Insert)
    assert step.insert == 500


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("title: t\nsteps: []\n", "steps"),
        ("title: t\nsteps:\n- tuch: mts\n", "tuch"),
        ("title: t\nsteps:\n- touch: a\n  type: b\n", "exactly one"),
        ("title: t\nsteps:\n- insert: five\n", "insert"),
        ("title: t\nsteps:\n- network: cutt\n", "network"),
        ('title: t\nsteps:\n- expect_cash: "1.234"\n', "kopecks"),
        ("title: t\nsteps:\n- expect_cash: 1.5\n", "roubles"),
        ("title: t\nsteps:\n- touch: a\n  timeout_s: -1\n", "timeout_s"),
        ("title: t\nstep: 1\nsteps:\n- touch: a\n", "step"),
        ("title: [\n", "YAML"),
        ("- 1\n", "scenario"),
    ],
)
def test_a_wrong_file_is_refused_with_place_and_reason(tmp_path, text, named):
    with pytest.raises(ScenarioError, match=named):
        scenario(tmp_path, text)


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(ScenarioError, match="first-payment"):
        load_scenario("no-such-scenario")
