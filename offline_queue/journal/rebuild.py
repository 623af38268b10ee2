"""Projections made anew from the records alone.

Used where stored projections are held against the records (`verify`), and where they cannot be
carried over (`upgrade`). It must read the text of a record as it was stored and never write one.
"""

import sqlite3
from collections.abc import Iterable

from offline_queue.journal import projections
from offline_queue.journal.records import from_text


class RebuildStoppedError(Exception):
    """The record at `seq` cannot be applied; `what` says why."""

    def __init__(self, seq: int, what: str) -> None:
        super().__init__(f"record {seq}: {what}")
        self.seq = seq
        self.what = what


class UnknownRecordError(RebuildStoppedError):
    """The record at `seq` is none that this program knows. Where the chain proves it, somebody who
    has the key wrote it: a later program, and nothing is damaged.
    """


def rebuild(driver: sqlite3.Connection, rows: Iterable[tuple[int, object]]) -> None:
    """Apply records, given as place and stored text, to the projections that `driver` holds.

    Raises:
        UnknownRecordError: a text is no record of any known kind.
        RebuildStoppedError: one contradicts the records before it.
    """
    for seq, body in rows:
        text = body if isinstance(body, str) else ""
        try:
            record = from_text(text)
        except ValueError as error:
            raise UnknownRecordError(seq, "not a record of any known kind") from error
        try:
            projections.apply(driver, seq, record, text)
        except (sqlite3.IntegrityError, sqlite3.DataError, OverflowError, ValueError) as error:
            raise RebuildStoppedError(seq, "contradicts the records before it") from error
