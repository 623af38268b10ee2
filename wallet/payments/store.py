"""Everything that terminals tell of payments and loose notes, kept with its postings.

What is stored and its postings are written in one transaction, in the terminal's turn, and an answer
leaves only after the commit returned. An error at commit means *unknown*: the connection is thrown
away, the caller gets the error, and the terminal's repeat finds out what was stored. It must never
run on the event loop: every method blocks.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

import structlog
from prometheus_client import CollectorRegistry, Gauge
from sqlalchemy import Connection, Engine, Table, bindparam, update
from sqlalchemy.pool import QueuePool

from terminal_api import (
    LooseState,
    NoteReport,
    NoteReportAnswer,
    PaymentAnswer,
    PaymentItem,
    PaymentState,
    Verdict,
)
from terminal_api.collections import CollectionAnswer, CollectionItem
from wallet.books.collections import take_collections
from wallet.books.posting import keep_balances, post, transfers_to_post
from wallet.books.postings import note_reported, payment_grew, payment_taken
from wallet.payments.intake import Decision, Grown, decide, offer
from wallet.payments.lookups import (
    credited_notes,
    known_of,
    payment_state,
    stored_payments,
    stored_reports,
)
from wallet.payments.note_intake import ReportDecision, decide_reports
from wallet.payments.outcomes import settle_some
from wallet.payments.rows import (
    conflict_row,
    grown_values,
    note_conflict_row,
    note_rows,
    payment_row,
    report_row,
    revision_row,
)
from wallet.payments.stage import NEVER_DONE, PaymentStage
from wallet.payments.tables import (
    conflicts,
    note_reports,
    payment_notes,
    payment_revisions,
    payments,
)
from wallet.storage.bulk import Row, insert_or_leave, insert_rows
from wallet.storage.database import checkpoint
from wallet.storage.errors import DatabaseUnusableError
from wallet.storage.migrate import check_version
from wallet.storage.turns import StoreBusyError, turns_of

__all__ = ["Store", "StoreBusyError"]

_log = structlog.get_logger(__name__)

_SETTLE_AT_ONCE: Final = 500

_ONE_PAYMENT: Final = update(payments).where(
    payments.c.terminal_id == bindparam("of"), payments.c.number == bindparam("which")
)


Also = Callable[[Sequence[Row], datetime], Sequence[tuple[Table, Sequence[Row]]]]
"""Rows of payments that are new, and when they came, to rows of other tables."""


class Store:
    """The backend's memory of payments and notes. Every method is thread-safe.

    `turns` gives transactions; whoever else writes into the same database shares it.

    Args:
        engine: of `wallet.storage.database`.
        clock: aware UTC time.
        new_uid: an identity never given before.
        also: what else is written with the rows of payments that are new, in the same transaction.
    """

    def __init__(
        self,
        engine: Engine,
        clock: Callable[[], datetime],
        new_uid: Callable[[], str],
        also: Also | None = None,
    ) -> None:
        self._also = also
        self.turns = turns_of(engine)
        self._engine = engine
        self._clock = clock
        self._new_uid = new_uid

    def take(self, terminal_id: str, batch: Sequence[PaymentItem]) -> tuple[PaymentAnswer, ...]:
        """Store what is new, once; answer for each payment, in order.

        Args:
            terminal_id: whose payments they are.
            batch: payments of this terminal with distinct numbers.

        Raises:
            StoreBusyError: nothing was written.
            sqlalchemy.exc.DBAPIError: unknown what was written; a repeat finds out.
        """
        offers = [offer(item, self._new_uid()) for item in batch]
        with self.turns.write(terminal_id) as connection:
            decision = decide(offers, known_of(connection, terminal_id, offers))
            self._write(connection, terminal_id, decision)
        for conflict in decision.conflicts:
            _log.error(
                "payment_conflict",
                alarm=True,
                terminal_id=terminal_id,
                number=conflict.offer.payment.number,
                reason=conflict.reason,
                stored_uid=conflict.stored_uid,
            )
        for grown in decision.grown:
            number = grown.offer.payment.number
            _log.warning("payment_grew", alarm=True, terminal_id=terminal_id, number=number)
        return tuple(decision.answers)

    def take_notes(
        self, terminal_id: str, notes: Sequence[NoteReport]
    ) -> tuple[NoteReportAnswer, ...]:
        """Store reports about notes in no payment, each once, with their postings.

        Args:
            terminal_id: whose notes they are.
            notes: reports of this terminal, each note and state once.

        Raises:
            StoreBusyError: nothing was written.
            sqlalchemy.exc.DBAPIError: unknown what was written; a repeat finds out.
        """
        cycles = [note.cycle for note in notes]
        with self.turns.write(terminal_id) as connection:
            stored = stored_reports(connection, terminal_id, cycles)
            suspense = [note.cycle for note in notes if note.state is LooseState.SUSPENSE]
            credited = credited_notes(connection, terminal_id, suspense)
            decision = decide_reports(notes, stored, credited)
            self._write_notes(connection, terminal_id, decision)
        for conflict in decision.conflicts:
            _log.error(
                "note_conflict",
                alarm=True,
                terminal_id=terminal_id,
                cycle=conflict.note.cycle,
                reason=conflict.reason,
            )
        return tuple(decision.answers)

    def take_collections(
        self, terminal_id: str, told: Sequence[CollectionItem], agent: str
    ) -> tuple[CollectionAnswer, ...]:
        """Store closed periods of the cash box, each once, with their postings.

        Raises:
            StoreBusyError: nothing was written.
            sqlalchemy.exc.DBAPIError: unknown what was written; a repeat finds out.
        """
        with self.turns.write(terminal_id) as connection:
            answers = take_collections(connection, terminal_id, told, agent, self._clock())
        for answer in answers:
            if answer.verdict is Verdict.CONFLICT:
                _log.error(
                    "collection_conflict",
                    alarm=True,
                    terminal_id=terminal_id,
                    period=answer.period,
                    reason=answer.message,
                )
        return answers

    def states(self, terminal_id: str, numbers: Sequence[int]) -> tuple[PaymentState, ...]:
        """How these payments stand, one state for each number, in order."""
        with self.turns.read() as connection:
            stored = stored_payments(connection, terminal_id, numbers)
        return tuple(payment_state(number, stored.get(number)) for number in numbers)

    def settle(self, limit: int = _SETTLE_AT_ONCE) -> int:
        """Take up to `limit` accepted payments as paid to their providers; how many were. For a
        backend without providers.
        """
        with self.turns.write(None) as connection:
            return settle_some(connection, limit, self._clock())

    def check(self) -> None:
        """Return when the database answers and has the tables of this program.

        Raises:
            StoreBusyError, sqlalchemy.exc.DBAPIError: it does not.
        """
        try:
            with self.turns.read() as connection:
                check_version(connection)
        except DatabaseUnusableError as error:
            raise StoreBusyError(str(error)) from None

    def measure(self, registry: CollectorRegistry) -> None:
        """Let Prometheus see how many connections to the database are at work."""
        pool = self._engine.pool
        if isinstance(pool, QueuePool):
            gauge = Gauge(
                "wallet_database_connections_in_use",
                "Connections to the database that are at work",
                registry=registry,
            )
            gauge.set_function(pool.checkedout)

    def close(self) -> None:
        """Leave everything in the file, or the server, and close."""
        checkpoint(self._engine)
        self._engine.dispose()

    def _write(self, connection: Connection, terminal_id: str, decision: Decision) -> None:
        now = self._clock()
        taken = [one.offer.payment for one in decision.new]
        posted = tuple(payment_taken(payment) for payment in taken)
        rows = [payment_row(terminal_id, one, now) for one in decision.new]
        insert_rows(
            connection,
            (payments, rows),
            (
                payment_notes,
                [row for it in taken for row in note_rows(terminal_id, it.number, it.notes)],
            ),
            transfers_to_post(terminal_id, posted, now),
            *(self._also(rows, now) if self._also is not None else ()),
        )
        keep_balances(connection, terminal_id, posted)
        for grown in decision.grown:
            self._grow(connection, terminal_id, grown, now)
        seen = [conflict_row(terminal_id, conflict, now) for conflict in decision.conflicts]
        insert_or_leave(connection, conflicts, seen)

    def _grow(self, connection: Connection, terminal_id: str, grown: Grown, now: datetime) -> None:
        payment, before = grown.offer.payment, grown.before
        insert_rows(connection, (payment_revisions, [revision_row(terminal_id, grown, now)]))
        # How it stands is read with the row locked: it may end while its growth is on the way.
        stage = connection.execute(
            _ONE_PAYMENT.values(grown_values(grown)).returning(payments.c.stage),
            {"of": terminal_id, "which": payment.number},
        ).scalar_one()
        known = {note.cycle for note in before.payment.notes}
        added = [note for note in payment.notes if note.cycle not in known]
        rows = note_rows(terminal_id, payment.number, added)
        insert_rows(connection, (payment_notes, rows))
        done = PaymentStage(stage) not in NEVER_DONE
        more = payment_grew(before.payment, payment, before.revision + 1, done=done)
        post(connection, terminal_id, [more], now)

    def _write_notes(
        self, connection: Connection, terminal_id: str, decision: ReportDecision
    ) -> None:
        now = self._clock()
        rows = [report_row(terminal_id, new, now) for new in decision.new]
        insert_rows(connection, (note_reports, rows))
        post(connection, terminal_id, [note_reported(new.note) for new in decision.new], now)
        seen = [note_conflict_row(terminal_id, one, now) for one in decision.conflicts]
        insert_or_leave(connection, conflicts, seen)
