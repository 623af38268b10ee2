"""A small backlog goes through the benchmark's whole way; how fast is nobody's business here."""

import pytest

from benchmarks import drain


def test_a_backlog_is_delivered_and_nothing_is_lost(tmp_path) -> None:
    told = drain.drain(500, tmp_path).told()
    assert told["payments"] == 500
    assert len(told["terminal_resident_mb_by_fifth"]) == 5
    assert list(tmp_path.iterdir()) == []


def test_a_payment_that_is_not_at_the_backend_is_told(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(drain, "_terminal", lambda *_: {"seconds": [], "resident_mb": []})
    with pytest.raises(drain.LostError, match="backend"):
        drain.drain(10, tmp_path)
