"""Keeps a simulated validator's insides in a file, so that killing its process is only a power cut.

What is written is what metal would keep: the notes, where they lie, the counter, and the event that
nobody acknowledged yet. It must be written before the bytes that tell of it leave.
"""

import json
from pathlib import Path
from typing import Any

from drivers.acceptors.ccnet.codes import Reject, State
from drivers.acceptors.ccnet.device_body import DeviceBody, DeviceNote

Saved = dict[str, Any]


def save(body: DeviceBody) -> Saved:
    """The insides as plain data."""
    return {
        "cassette": [_save_note(note) for note in body.places.cassette],
        "collected": [_save_note(note) for note in body.places.collected],
        "returned": [_save_note(note) for note in body.places.returned],
        "removed": [_save_note(note) for note in body.places.removed],
        "note": _save_note(body.note) if body.note else None,
        "in_stacker": body.in_stacker or body.state is State.STACKING,
        "event": list(body.event) if body.event else None,
        "counter": body.counter,
        "cassette_in": body.cassette_is_in,
        "jam_at": body.jam_at,
    }


def restore(body: DeviceBody, saved: Saved) -> None:
    """Fill a new machine with what was kept, and give it power."""
    places = body.places
    places.cassette = [_restore_note(note) for note in saved["cassette"]]
    places.collected = [_restore_note(note) for note in saved["collected"]]
    places.returned = [_restore_note(note) for note in saved["returned"]]
    places.removed = [_restore_note(note) for note in saved["removed"]]
    body.note = _restore_note(saved["note"]) if saved["note"] else None
    body.in_stacker = saved["in_stacker"]
    body.event = (State(saved["event"][0]), saved["event"][1]) if saved["event"] else None
    body.counter = saved["counter"]
    body.cassette_is_in = saved["cassette_in"]
    body.jam_at = State(saved["jam_at"]) if saved["jam_at"] else None
    everywhere = (*body.in_cassette, *places.returned, *places.removed, *filter(None, [body.note]))
    body.numbered = max((note.number for note in everywhere), default=0)
    body.power_cut()
    body.power_on()


class StateFile:
    """A file that follows a machine."""

    def __init__(self, path: Path, body: DeviceBody) -> None:
        self._path = path
        self._body = body
        self._written: str | None = None

    def load(self) -> bool:
        """Restore from the file; False where there is none yet."""
        if not self._path.exists():
            return False
        restore(self._body, json.loads(self._path.read_text(encoding="utf-8")))
        return True

    def follow(self) -> None:
        """Write the file if anything in it has changed."""
        text = json.dumps(save(self._body))
        if text == self._written:
            return
        beside = self._path.with_suffix(".new")
        beside.write_text(text, encoding="utf-8")
        beside.replace(self._path)
        self._written = text


def _save_note(note: DeviceNote) -> list[int | None]:
    return [note.number, note.bill_type, note.reject]


def _restore_note(saved: list[int | None]) -> DeviceNote:
    number, bill_type, reject = saved
    return DeviceNote(
        number=number or 0,
        bill_type=bill_type,
        reject=Reject(reject) if reject is not None else None,
    )
