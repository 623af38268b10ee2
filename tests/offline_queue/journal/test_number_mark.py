"""The last numbers given, kept beside the journal."""

import os

import pytest

from offline_queue.journal import ChainKey
from offline_queue.journal.number_mark import NumberMark
from offline_queue.journal.sealed_file import SealBrokenError


@pytest.fixture
def mark(path, key):
    return NumberMark(path, key)


def test_there_is_none_at_first(mark):
    assert mark.read() is None
    assert mark.path.name == "journal.numbers"


def test_what_was_raised_is_read_by_the_next_life(mark, path, key):
    mark.raise_to({"payment_number": 7, "receipt_number": 9})
    mark.raise_to({"receipt_number": 10})
    assert NumberMark(path, key).read() == {"payment_number": 7, "receipt_number": 10}


def test_it_never_goes_back(mark, path, key):
    mark.raise_to({"payment_number": 7})
    mark.raise_to({"payment_number": 3})
    NumberMark(path, key).raise_to({"payment_number": 2})
    assert mark.read() == {"payment_number": 7}


def test_it_is_durable_with_its_name_before_raising_returns(mark, monkeypatch):
    synced = []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (synced.append(handle), fsync(handle)))
    mark.raise_to({"payment_number": 1})
    assert len(synced) == 2
    mark.raise_to({"payment_number": 1})
    assert len(synced) == 2


def test_after_a_failure_it_is_read_again_before_anything_is_said_to_be_marked(mark, monkeypatch):
    mark.raise_to({"payment_number": 1})

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            mark.raise_to({"payment_number": 2})
    mark.raise_to({"payment_number": 2})
    assert mark.read() == {"payment_number": 2}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda stored: stored.replace(b"7", b"6"),
        lambda stored: stored[:-10],
        lambda stored: stored + b"more\n",
        lambda _: b"",
        lambda _: b"\xff\x00\xff",
    ],
)
def test_a_mark_that_was_changed_is_no_mark(mark, path, key, spoil):
    mark.raise_to({"payment_number": 7})
    mark.path.write_bytes(spoil(mark.path.read_bytes()))
    with pytest.raises(SealBrokenError, match=r"journal\.numbers"):
        NumberMark(path, key).read()


def test_a_mark_under_another_key_is_no_mark(mark, path):
    mark.raise_to({"payment_number": 7})
    with pytest.raises(SealBrokenError):
        NumberMark(path, ChainKey(bytes(32))).read()


def test_others_may_not_read_it(mark):
    mark.raise_to({"payment_number": 7})
    assert mark.path.stat().st_mode & 0o077 == 0
