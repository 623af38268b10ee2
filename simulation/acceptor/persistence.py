"""Keeps a simulated acceptor's insides in a file, so that killing its process is only a power cut.

What is written is what metal would keep: the paper, where it lies, the counter, and the end that
nobody acknowledged yet. It must be written before the bytes that tell of it leave.
"""

import json
from pathlib import Path
from typing import Any

from drivers.acceptors.device_half.mechanism import End, Mechanism
from drivers.acceptors.device_half.paper import Paper
from drivers.acceptors.device_half.phases import Ending, Phase
from simulation.acceptor.machine import Machine

Saved = dict[str, Any]


def save(body: Mechanism) -> Saved:
    """The insides as plain data."""
    return {
        "cassette": [_save_paper(paper) for paper in body.places.cassette],
        "collected": [_save_paper(paper) for paper in body.places.collected],
        "returned": [_save_paper(paper) for paper in body.places.returned],
        "removed": [_save_paper(paper) for paper in body.places.removed],
        "inside": _save_paper(body.paper) if body.paper else None,
        "in_stacker": body.in_stacker or body.phase is Phase.STACKING,
        "end": [body.end.how, *_save_paper(body.end.paper)] if body.end else None,
        "counter": body.counter,
        "cassette_in": body.cassette_is_in,
        "jam_at": body.jam_at,
    }


def restore(machine: Machine, saved: Saved) -> None:
    """Fill a new machine with what was kept, and give it power."""
    body, places = machine.body, machine.body.places
    places.cassette = [_restore_paper(paper) for paper in saved["cassette"]]
    places.collected = [_restore_paper(paper) for paper in saved["collected"]]
    places.returned = [_restore_paper(paper) for paper in saved["returned"]]
    places.removed = [_restore_paper(paper) for paper in saved["removed"]]
    body.paper = _restore_paper(saved["inside"]) if saved["inside"] else None
    body.in_stacker = saved["in_stacker"]
    end = saved["end"]
    body.end = End(Ending(end[0]), _restore_paper(end[1:])) if end else None
    body.counter = saved["counter"]
    body.cassette_is_in = saved["cassette_in"]
    body.jam_at = Phase(saved["jam_at"]) if saved["jam_at"] else None
    everywhere = (*places.stacked, *places.returned, *places.removed, *filter(None, [body.paper]))
    body.numbered = max((paper.number for paper in everywhere), default=0)
    machine.power_cut()
    machine.power_on()


class StateFile:
    """A file that follows a machine."""

    def __init__(self, path: Path, machine: Machine) -> None:
        self._path = path
        self._machine = machine
        self._written: str | None = None

    def load(self) -> bool:
        """Restore from the file; False where there is none yet."""
        if not self._path.exists():
            return False
        restore(self._machine, json.loads(self._path.read_text(encoding="utf-8")))
        return True

    def follow(self) -> None:
        """Write the file if anything in it has changed."""
        text = json.dumps(save(self._machine.body))
        if text == self._written:
            return
        beside = self._path.with_suffix(".new")
        beside.write_text(text, encoding="utf-8")
        beside.replace(self._path)
        self._written = text


def _save_paper(paper: Paper) -> list[int | None]:
    return [paper.number, paper.value, paper.flaw]


def _restore_paper(saved: list[int | None]) -> Paper:
    number, value, flaw = saved
    return Paper(number=number or 0, value=value, flaw=flaw)
