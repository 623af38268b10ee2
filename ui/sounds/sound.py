"""Which sounds there are, and when one is due between two pictures of the terminal. Pure."""

from enum import StrEnum

from kiosk.terminal.snapshot import (
    Delivery,
    EntryProblem,
    EntryView,
    MoneyView,
    NoteState,
    ResultView,
    SlipState,
    Snapshot,
)

LAST_CALL_S = 10
"""The question is asked again so long before its wait ends."""


class Sound(StrEnum):
    """Each is a file of this name beside this module."""

    NOTE_TAKEN = "note-taken"
    NOTE_RETURNED = "note-returned"
    ERROR = "error"
    SLIP_READY = "slip-ready"
    STILL_THERE = "still-there"


def due(before: Snapshot, after: Snapshot) -> Sound | None:
    """Return the sound of what happened between two snapshots; money before all else."""
    return (
        _of_money(before.money, after.money)
        or _of_result(before.result, after.result)
        or _of_question(before, after)
        or _of_entry(before.entry, after.entry)
    )


def _of_money(before: MoneyView | None, after: MoneyView | None) -> Sound | None:
    if after is None:
        return None
    if after.inserted_minor > (before.inserted_minor if before else 0):
        return Sound.NOTE_TAKEN
    if not after.notes or (before is not None and before.notes == after.notes):
        return None
    match after.notes[-1].state:
        case NoteState.RETURNED:
            return Sound.NOTE_RETURNED
        case NoteState.DISPUTED:
            return Sound.ERROR
        case _:
            return None


def _of_result(before: ResultView | None, after: ResultView | None) -> Sound | None:
    if after is None:
        return None
    slip = before.slip if before else None
    if after.slip is not slip and after.slip is SlipState.PRINTED:
        return Sound.SLIP_READY
    if after.slip is not slip and after.slip is SlipState.FAILED:
        return Sound.ERROR
    refused = after.delivery in (Delivery.REFUSED, Delivery.DISPUTED)
    return (
        Sound.ERROR
        if refused and (before is None or before.delivery is not after.delivery)
        else None
    )


def _of_question(before: Snapshot, after: Snapshot) -> Sound | None:
    if not after.asking:
        return None
    ending = after.seconds_left is not None and after.seconds_left <= LAST_CALL_S
    ended = before.seconds_left is not None and before.seconds_left <= LAST_CALL_S
    return Sound.STILL_THERE if not before.asking or (ending and not ended) else None


def _of_entry(before: EntryView | None, after: EntryView | None) -> Sound | None:
    wrong = after is not None and after.problem not in (None, EntryProblem.INCOMPLETE)
    if after is None or not wrong:
        return None
    return Sound.ERROR if before is None or before.problem is not after.problem else None
