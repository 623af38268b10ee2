"""Payments and notes in no payment over HTTP: taken, and told how they stand.

Whose request it is the gate has decided before its body is read, and what one terminal signed touches
that terminal's things alone. It must never answer before the commit.
"""

from typing import Any

import structlog
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from terminal_api import (
    NOTES_PATH,
    PAYMENTS_PATH,
    STATUS_PATH,
    BatchAnswer,
    ErrorBody,
    NoteReportsAnswer,
    PaymentAnswer,
    StatusAnswer,
    Verdict,
    canonical_bytes,
)
from terminal_api.collections import CollectionsAnswer
from terminal_api.paths import COLLECTIONS_PATH
from terminal_api.signing import Unsigned
from wallet.http.admission import Admitted, admitted, received
from wallet.http.envelope import open_batch, open_collections, open_question, open_reports
from wallet.http.metrics import Metrics
from wallet.http.openapi import body_schema
from wallet.payments.store import Store
from wallet.settings import Settings, Settle
from wallet.terminals.gate import Gate

_log = structlog.get_logger(__name__)


ERRORS: dict[int | str, dict[str, Any]] = {
    code: {"model": ErrorBody} for code in (400, 401, 403, 413, 422, 429, 500, 503)
}


def terminal_routes(
    settings: Settings, store: Store, gate: Gate, metrics: Metrics | None = None
) -> APIRouter:
    """The routes about payments and notes."""
    router = APIRouter(tags=["terminal"])
    limit = settings.body_limit_bytes

    def _take_of(request: Unsigned) -> BatchAnswer:
        return _take(settings, store, metrics, admitted(gate, request, limit))

    def _tell_of(request: Unsigned) -> StatusAnswer:
        return _tell(store, admitted(gate, request, limit))

    def _take_notes_of(request: Unsigned) -> NoteReportsAnswer:
        return _take_notes(store, admitted(gate, request, limit))

    def _take_collections_of(request: Unsigned) -> CollectionsAnswer:
        return _take_collections(settings, store, admitted(gate, request, limit))

    @router.post(
        PAYMENTS_PATH,
        response_model=BatchAnswer,
        responses=ERRORS,
        openapi_extra=body_schema("PaymentBatch"),
    )
    async def payments(request: Request) -> Response:
        """Store a batch of payments, each exactly once, and answer for each."""
        it = await received(request, limit)
        return as_json(await run_in_threadpool(_take_of, it))

    @router.post(
        STATUS_PATH,
        response_model=StatusAnswer,
        responses=ERRORS,
        openapi_extra=body_schema("StatusQuestion"),
    )
    async def status(request: Request) -> Response:
        """Tell how payments stand; changes nothing."""
        it = await received(request, limit)
        return as_json(await run_in_threadpool(_tell_of, it))

    @router.post(
        NOTES_PATH,
        response_model=NoteReportsAnswer,
        responses=ERRORS,
        openapi_extra=body_schema("NoteReportBatch"),
    )
    async def notes(request: Request) -> Response:
        """Store reports about notes that stand in no payment, each exactly once."""
        it = await received(request, limit)
        return as_json(await run_in_threadpool(_take_notes_of, it))

    @router.post(
        COLLECTIONS_PATH,
        response_model=CollectionsAnswer,
        responses=ERRORS,
        openapi_extra=body_schema("CollectionBatch"),
    )
    async def collections(request: Request) -> Response:
        """Store closed periods of the cash box, each exactly once."""
        it = await received(request, limit)
        return as_json(await run_in_threadpool(_take_collections_of, it))

    return router


def _take(settings: Settings, store: Store, metrics: Metrics | None, told: Admitted) -> BatchAnswer:
    batch = open_batch(told.body)
    terminal_id = told.whose(batch.terminal_id)
    taken = store.take(terminal_id, batch.payments) if batch.payments else ()
    by_number = {answer.number: answer for answer in taken} | batch.rejected
    answers = tuple(by_number[number] for number in batch.numbers)
    if metrics is not None:
        metrics.judged(answer.verdict for answer in answers)
    _log_batch(terminal_id, answers)
    if settings.settle is Settle.INSTANT and taken:
        store.settle()
    return BatchAnswer(terminal_id=terminal_id, answers=answers)


def _tell(store: Store, told: Admitted) -> StatusAnswer:
    question = open_question(told.body)
    terminal_id = told.whose(question.terminal_id)
    states = store.states(terminal_id, question.numbers)
    return StatusAnswer(terminal_id=terminal_id, payments=states)


def _take_notes(store: Store, told: Admitted) -> NoteReportsAnswer:
    batch = open_reports(told.body)
    terminal_id = told.whose(batch.terminal_id)
    answers = store.take_notes(terminal_id, batch.notes)
    _log.info("note_reports_taken", terminal_id=terminal_id, notes=len(answers))
    return NoteReportsAnswer(terminal_id=terminal_id, answers=answers)


def _take_collections(settings: Settings, store: Store, told: Admitted) -> CollectionsAnswer:
    batch = open_collections(told.body)
    terminal_id = told.whose(batch.terminal_id)
    answers = store.take_collections(terminal_id, batch.collections, settings.agent)
    _log.info("collections_taken", terminal_id=terminal_id, periods=len(answers))
    return CollectionsAnswer(terminal_id=terminal_id, answers=answers)


def _log_batch(terminal_id: str, answers: tuple[PaymentAnswer, ...]) -> None:
    counts = {
        str(verdict): sum(answer.verdict is verdict for answer in answers) for verdict in Verdict
    }
    _log.info("batch_taken", terminal_id=terminal_id, **counts)
    for answer in answers:
        if answer.verdict is Verdict.REJECTED:
            _log.error(
                "payment_rejected",
                alarm=True,
                terminal_id=terminal_id,
                number=answer.number,
                reason=answer.message,
            )


def as_json(model: BaseModel) -> Response:
    """A success."""
    return Response(canonical_bytes(model), media_type="application/json")
