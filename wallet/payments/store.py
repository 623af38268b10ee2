"""Everything the backend remembers: payments, their notes, conflicts, the ledger.

Payment and ledger are written in one transaction, by one writer at a time, and an answer leaves
only after the commit returned. An error at commit means *unknown*: the connection is thrown away,
the caller gets the error, and the terminal's repeat finds out what was stored. It must never run on
the event loop: every method blocks.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Final

import structlog
from sqlalchemy import Connection, Engine, bindparam, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or_leave
from sqlalchemy.exc import DBAPIError

from terminal_api import (
    LooseState,
    NoteReport,
    NoteReportAnswer,
    PaymentAnswer,
    PaymentItem,
    PaymentState,
    PaymentStatus,
    Verdict,
)
from wallet.books.tables import ledger_entry, ledger_tx
from wallet.payments.intake import Decision, New, decide
from wallet.payments.note_intake import ReportDecision, decide_reports
from wallet.payments.rows import (
    conflict_row,
    credited_notes,
    entry_rows,
    note_entry_rows,
    note_owners,
    note_rows,
    note_tx_row,
    payment_row,
    payment_state,
    report_row,
    stored_payments,
    stored_reports,
    tx_row,
)
from wallet.payments.tables import conflicts, note_reports, payment_notes, payments
from wallet.storage.database import checkpoint

_log = structlog.get_logger(__name__)

_SETTLE_AT_ONCE: Final = 500
_PATIENCE_S: Final = 10.0

_ONE_PAYMENT = update(payments).where(
    payments.c.terminal_id == bindparam("of"), payments.c.number == bindparam("which")
)


class StoreBusyError(Exception):
    """The one writer is taken for too long; nothing was written. Try later."""


class Store:
    """The backend's memory on an engine of `wallet.storage.database`. Every method is thread-safe.

    Args:
        engine: with exactly one connection.
        clock: aware UTC time.
        new_uid: an identity never given before.
    """

    def __init__(
        self, engine: Engine, clock: Callable[[], datetime], new_uid: Callable[[], str]
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._new_uid = new_uid
        self._lock = threading.Lock()

    def take(self, terminal_id: str, batch: Sequence[PaymentItem]) -> tuple[PaymentAnswer, ...]:
        """Store what is new, once; answer for each payment, in order.

        Args:
            terminal_id: whose payments they are.
            batch: payments of this terminal with distinct numbers.

        Raises:
            StoreBusyError: nothing was written.
            sqlalchemy.exc.DBAPIError: unknown what was written; a repeat finds out.
        """
        uids = [self._new_uid() for _ in batch]
        with self._transaction() as connection:
            stored = stored_payments(connection, terminal_id, [item.number for item in batch])
            cycles = [note.cycle for item in batch for note in item.notes]
            owners = note_owners(connection, terminal_id, cycles)
            reported = stored_reports(connection, terminal_id, cycles)
            suspense = {cycle for cycle, state in reported if state is LooseState.SUSPENSE}
            decision = decide(batch, stored, owners, uids, suspense)
            self._write(connection, terminal_id, decision)
        for conflict in decision.conflicts:
            _log.error(
                "payment_conflict",
                alarm=True,
                terminal_id=terminal_id,
                number=conflict.payment.number,
                reason=conflict.reason,
                stored_uid=conflict.stored_uid,
            )
        return tuple(decision.answers)

    def take_notes(
        self, terminal_id: str, notes: Sequence[NoteReport]
    ) -> tuple[NoteReportAnswer, ...]:
        """Store reports about notes in no payment, each once, with their entries in the books.

        Args:
            terminal_id: whose notes they are.
            notes: reports of this terminal, each note and state once.

        Raises:
            StoreBusyError: nothing was written.
            sqlalchemy.exc.DBAPIError: unknown what was written; a repeat finds out.
        """
        cycles = [note.cycle for note in notes]
        with self._transaction() as connection:
            stored = stored_reports(connection, terminal_id, cycles)
            suspense = [note.cycle for note in notes if note.state is LooseState.SUSPENSE]
            credited = credited_notes(connection, terminal_id, suspense)
            decision = decide_reports(notes, stored, credited)
            self._write_notes(connection, terminal_id, decision)
        for answer in decision.answers:
            if answer.verdict is Verdict.CONFLICT:
                _log.error(
                    "note_conflict",
                    alarm=True,
                    terminal_id=terminal_id,
                    cycle=answer.cycle,
                    reason=answer.message,
                )
        return tuple(decision.answers)

    def states(self, terminal_id: str, numbers: Sequence[int]) -> tuple[PaymentState, ...]:
        """How these payments stand, one state for each number, in order."""
        with self._transaction() as connection:
            stored = stored_payments(connection, terminal_id, numbers)
        return tuple(payment_state(number, stored.get(number)) for number in numbers)

    def settle(self, limit: int = _SETTLE_AT_ONCE) -> int:
        """Mark up to `limit` accepted payments as credited; how many were."""
        to_settle = (
            select(payments.c.terminal_id, payments.c.number)
            .where(payments.c.status == PaymentStatus.ACCEPTED)
            .limit(limit)
        )
        with self._transaction() as connection:
            keys = [
                {"of": row.terminal_id, "which": row.number}
                for row in connection.execute(to_settle)
            ]
            if keys:
                values = {"status": PaymentStatus.CREDITED, "settled_at": self._clock()}
                connection.execute(_ONE_PAYMENT.values(values), keys)
        return len(keys)

    def check(self) -> None:
        """Return when the database answers.

        Raises:
            StoreBusyError, sqlalchemy.exc.DBAPIError: it does not.
        """
        with self._transaction() as connection:
            connection.execute(select(1))

    def close(self) -> None:
        """Empty the WAL and close the file."""
        with self._lock:
            checkpoint(self._engine)
            self._engine.dispose()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        if not self._lock.acquire(timeout=_PATIENCE_S):
            raise StoreBusyError("the writer is busy")
        try:
            with self._engine.begin() as connection:
                yield connection
        except DBAPIError:
            # After a disk error the connection may remember pages that are not in the file.
            self._engine.dispose()
            raise
        finally:
            self._lock.release()

    def _write(self, connection: Connection, terminal_id: str, decision: Decision) -> None:
        now = self._clock()
        rows = [payment_row(terminal_id, new, now) for new in decision.new]
        if rows:
            connection.execute(insert(payments), rows)
            notes = [row for new in decision.new for row in note_rows(terminal_id, new)]
            connection.execute(insert(payment_notes), notes)
            self._post(connection, terminal_id, decision.new, now)
        seen = [conflict_row(terminal_id, conflict, now) for conflict in decision.conflicts]
        if seen:
            connection.execute(insert_or_leave(conflicts).on_conflict_do_nothing(), seen)

    def _write_notes(
        self, connection: Connection, terminal_id: str, decision: ReportDecision
    ) -> None:
        now = self._clock()
        for new in decision.new:
            connection.execute(insert(note_reports), [report_row(terminal_id, new, now)])
            uid = self._new_uid()
            entries = note_entry_rows(terminal_id, uid, new.note)
            if entries:
                connection.execute(
                    insert(ledger_tx), [note_tx_row(terminal_id, uid, new.note, now)]
                )
                connection.execute(insert(ledger_entry), entries)

    def _post(
        self, connection: Connection, terminal_id: str, new: list[New], now: datetime
    ) -> None:
        transactions, entries = [], []
        for taken in new:
            uid = self._new_uid()
            transactions.append(tx_row(terminal_id, uid, taken, now))
            entries += entry_rows(terminal_id, uid, taken.payment)
        connection.execute(insert(ledger_tx), transactions)
        connection.execute(insert(ledger_entry), entries)
