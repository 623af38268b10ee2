"""The benchmarks' runner: the shape of what it says. Never how high a ratio is."""

import json
import subprocess
import sys

import pytest

FIELDS = {
    "name",
    "what",
    "baseline",
    "n",
    "repetitions",
    "median",
    "lowest",
    "highest",
    "p99",
}


def benchmarks(*words):
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", *words],
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )


def test_json_tells_ratios_and_what_they_are_ratios_to(tmp_path):
    done = benchmarks("--json", "--quick", "--only", "journal_write", "--folder", str(tmp_path))
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["unit"] == "ratio"
    assert report["failed"] == {}
    assert [one["name"] for one in report["results"]] == ["journal_write.note"]
    for one in report["results"]:
        assert set(one) == FIELDS
        assert one["what"]
        assert "sqlite3" in one["baseline"]
        assert one["n"] >= one["repetitions"] >= 2
        assert 0 < one["lowest"] <= one["median"] <= one["highest"]
        assert one["p99"] is None or one["p99"] > 0
    assert list(tmp_path.iterdir()) == []


def test_people_get_a_table(tmp_path):
    done = benchmarks("--quick", "--only", "receipt_render")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0].split() == [
        "benchmark",
        "ratio",
        "lowest",
        "highest",
        "p99",
        "n",
    ]
    assert "receipt_render.payment_slip" in done.stdout
    assert "against python-escpos" in done.stdout


def test_an_unknown_name_is_bad_input():
    done = benchmarks("--only", "no_such_thing")
    assert done.returncode == 2
    assert "no_such_thing" in done.stderr


@pytest.mark.parametrize("as_json", [True, False])
def test_one_that_cannot_run_is_told_and_leaves_with_an_error(tmp_path, as_json):
    words = ["--json"] if as_json else []
    missing = tmp_path / "missing"
    done = benchmarks(*words, "--quick", "--only", "journal_write", "--folder", str(missing))
    assert done.returncode == 1
    assert "journal_write could not run" in done.stderr
    if as_json:
        assert list(json.loads(done.stdout)["failed"]) == ["journal_write"]
