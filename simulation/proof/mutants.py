"""Deliberate bugs, to prove that the judge would see the real ones.

Each is a patch of the product for the length of one run; nothing here is ever loaded by a running
terminal.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any, Final
from unittest.mock import patch

from drivers.acceptors.contract import Escrowed, Stacked, StackedHow
from kiosk.session.commands import FormPayment
from kiosk.session.state import Money
from kiosk.terminal import note_rules
from kiosk.terminal import notebook as book
from kiosk.terminal.forming import payment_of
from kiosk.terminal.money_desk import MoneyDesk
from kiosk.terminal.note_keeper import NoteKeeper, Told
from offline_queue.journal import engine, queries
from offline_queue.journal.records import Decision, NoteStacked
from offline_queue.sync.machine import SyncMachine
from offline_queue.sync.messages import Answered, SyncEvent, TransportTrouble
from simulation.proof.network import Network
from simulation.proof.plan import Mutant
from simulation.proof.printer import Printer
from terminal_api import PaymentAnswer, PaymentBatch, PaymentStatus, Verdict, canonical_bytes
from terminal_api.paths import PAYMENTS_PATH

Patches = Iterator[Any]


def _journal_after_stack() -> Patches:
    """The order to stack leaves before the record of the escrow."""
    healthy = NoteKeeper.escrowed

    def escrowed(
        self: Any, event: Escrowed, session: str | None, decision: Decision
    ) -> Told | None:
        if decision is Decision.STACK and session is not None:
            self._acceptor.stack(event.cycle)
        return healthy(self, event, session, decision)

    yield patch.object(NoteKeeper, "escrowed", escrowed)


def _credit_at_escrow() -> Patches:
    """A note counts as inside when it lies in escrow."""
    healthy = NoteKeeper.escrowed

    def escrowed(
        self: Any, event: Escrowed, session: str | None, decision: Decision
    ) -> Told | None:
        told = healthy(self, event, session, decision)
        if told is None or decision is Decision.RETURN:
            return told
        inside = Stacked(cycle=event.cycle, note=event.note, how=StackedHow.NORMAL)
        return self.stacked(inside, session)  # type: ignore[no-any-return]

    yield patch.object(NoteKeeper, "escrowed", escrowed)


def _no_deduplication() -> Patches:
    """Every word of a stacked note is a note."""
    healthy = note_rules.stacked

    def stacked(notebook: book.Notebook, event: Stacked, open_session: str | None) -> book.Entry:
        entry = healthy(notebook, event, open_session)
        cycle = notebook.cycle_of(event.cycle)
        if entry.records or notebook.ended.get(cycle) != book.STACKED:
            return entry
        again = f"{cycle}/{len(notebook.ended)}"
        record = NoteStacked(
            session=notebook.sessions.get(cycle),
            cycle=again,
            minor=event.note.minor,
            currency=event.note.currency,
            how="normal",
        )
        ended = {**notebook.ended, again: book.STACKED}
        return replace(
            entry,
            records=(record,),
            notebook=replace(notebook, ended=ended),
            cycle=again,
            minor=event.note.minor,
            session=record.session,
        )

    yield patch.object(note_rules, "stacked", stacked)
    yield patch.object(note_rules, "is_repeat", lambda *_: False)


def _acknowledged_before_written() -> Patches:
    """The acceptor may forget a note before it is recorded."""
    healthy = NoteKeeper.stacked

    def stacked(self: Any, event: Stacked, open_session: str | None) -> Told | None:
        self._acceptor.settled(event.cycle)
        return healthy(self, event, open_session)

    yield patch.object(NoteKeeper, "stacked", stacked)


def _retry_with_a_new_number() -> Patches:
    """A request that is sent again carries its payments under other numbers."""
    healthy = Network.carry
    seen: set[bytes] = set()

    def carry(self: Any, request: Any, tell: Any) -> None:
        if request.path == PAYMENTS_PATH and request.body in seen:
            batch = PaymentBatch.model_validate_json(request.body)
            items = tuple(
                item.model_copy(update={"number": item.number + 1000}) for item in batch.payments
            )
            renumbered = batch.model_copy(update={"payments": items})
            request = replace(request, body=canonical_bytes(renumbered))
        seen.add(request.body)
        healthy(self, request, tell)

    yield patch.object(Network, "carry", carry)


def _failure_on_timeout() -> Patches:
    """No answer is taken for a refusal."""
    healthy = SyncMachine.on_transport_error

    def on_transport_error(self: Any, kind: TransportTrouble, now: float) -> tuple[SyncEvent, ...]:
        job = self._in_flight
        if kind is not TransportTrouble.TIMEOUT or not job.payments:
            return healthy(self, kind, now)
        self._in_flight = None
        refused = tuple(
            PaymentAnswer(
                number=item.number,
                verdict=Verdict.ACCEPTED,
                status=PaymentStatus.REFUSED,
                uid=None,
            )
            for item in job.payments
        )
        return (Answered(answers=refused),)

    yield patch.object(SyncMachine, "on_transport_error", on_transport_error)


def _receipt_before_commit() -> Patches:
    """The slip goes to the printer before its payment is recorded."""
    healthy, print_slip = MoneyDesk._carry_out, Printer.print_slip  # noqa: SLF001
    early: set[tuple[int, int]] = set()

    def carry_out(self: Any, command: Any) -> None:
        visit = self._customer.visit
        if isinstance(command, FormPayment) and isinstance(visit, Money):
            _print_at_once(self, visit, early)
        healthy(self, command)

    def print_once(self: Printer, slip: int, data: bytes) -> None:
        if (self._life, slip) not in early:  # noqa: SLF001
            print_slip(self, slip, data)

    yield patch.object(MoneyDesk, "_carry_out", carry_out)
    yield patch.object(Printer, "print_slip", print_once)


def _print_at_once(money_desk: Any, visit: Money, early: set[tuple[int, int]]) -> None:
    tools = money_desk._tools  # noqa: SLF001
    notes = tools.books.ask(lambda c: queries.session_notes(c, visit.opened.session))
    item = payment_of(
        visit.opened,
        notes,
        number=tools.books.next_payment_number(),
        receipt_number=tools.books.next_receipt_number(),
        at=tools.clock.now(),
    )
    if item is not None:
        printer = tools.desk._printer  # noqa: SLF001
        printer.print_slip(item.receipt_number, tools.till.maker.data(item, online=True))
        early.add((printer._life, item.receipt_number))  # noqa: SLF001


def _synchronous_normal() -> Patches:
    """The journal leaves it to the disk when a commit is durable."""
    healthy = engine._set_pragmas  # noqa: SLF001

    def set_pragmas(connection: Any, record: object) -> None:
        healthy(connection, record)
        connection.execute("PRAGMA synchronous=NORMAL")

    yield patch.object(engine, "_set_pragmas", set_pragmas)
    yield patch.dict(engine._REQUIRED, {"synchronous": 1})  # noqa: SLF001


MUTANTS: Final[dict[Mutant, Callable[[], Patches]]] = {
    Mutant.JOURNAL_AFTER_STACK: _journal_after_stack,
    Mutant.CREDIT_AT_ESCROW: _credit_at_escrow,
    Mutant.NO_DEDUPLICATION: _no_deduplication,
    Mutant.ACKNOWLEDGED_BEFORE_WRITTEN: _acknowledged_before_written,
    Mutant.RETRY_WITH_A_NEW_NUMBER: _retry_with_a_new_number,
    Mutant.FAILURE_ON_TIMEOUT: _failure_on_timeout,
    Mutant.RECEIPT_BEFORE_COMMIT: _receipt_before_commit,
    Mutant.SYNCHRONOUS_NORMAL: _synchronous_normal,
}
"""Every mutant by name."""


@contextmanager
def mutated(mutant: Mutant | None) -> Iterator[None]:
    """The product with this bug; with none, as it is."""
    with ExitStack() as stack:
        if mutant is not None:
            for one in MUTANTS[mutant]():
                stack.enter_context(one)
        yield
