"""The terminal API over HTTP: take payments and notes in no payment, tell how payments stand.

A terminal is known here by nothing but its number on the list of the settings: requests carry no
signature yet. Signatures (RFC 9421, a key made at enrolment) come with a later version; until then
whoever reaches the port can speak for a listed terminal, and the service belongs on a loopback or a
closed network. It must never answer before the commit.
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
    ErrorCode,
    NoteReportsAnswer,
    PaymentAnswer,
    StatusAnswer,
    Verdict,
    canonical_bytes,
)
from wallet.http.envelope import bounded_body, open_batch, open_question, open_reports
from wallet.http.openapi import body_schema
from wallet.http.refusals import RefusedError
from wallet.payments.store import Store
from wallet.settings import Settings, Settle

_log = structlog.get_logger(__name__)


def terminal_routes(settings: Settings, store: Store) -> APIRouter:
    """The routes of the terminal API."""
    router = APIRouter(tags=["terminal"])
    errors: dict[int | str, dict[str, Any]] = {
        code: {"model": ErrorBody} for code in (403, 413, 422, 500, 503)
    }

    @router.post(
        PAYMENTS_PATH,
        response_model=BatchAnswer,
        responses=errors,
        openapi_extra=body_schema("PaymentBatch"),
    )
    async def payments(request: Request) -> Response:
        """Store a batch of payments, each exactly once, and answer for each."""
        body = await bounded_body(request, settings.body_limit_bytes)
        return _json(await run_in_threadpool(_take, settings, store, body))

    @router.post(
        STATUS_PATH,
        response_model=StatusAnswer,
        responses=errors,
        openapi_extra=body_schema("StatusQuestion"),
    )
    async def status(request: Request) -> Response:
        """Tell how payments stand; changes nothing."""
        body = await bounded_body(request, settings.body_limit_bytes)
        return _json(await run_in_threadpool(_tell, settings, store, body))

    @router.post(
        NOTES_PATH,
        response_model=NoteReportsAnswer,
        responses=errors,
        openapi_extra=body_schema("NoteReportBatch"),
    )
    async def notes(request: Request) -> Response:
        """Store reports about notes that stand in no payment, each exactly once."""
        body = await bounded_body(request, settings.body_limit_bytes)
        return _json(await run_in_threadpool(_take_notes, settings, store, body))

    return router


def _take(settings: Settings, store: Store, body: bytes) -> BatchAnswer:
    batch = open_batch(body)
    _check_terminal(settings, batch.terminal_id)
    taken = store.take(batch.terminal_id, batch.payments) if batch.payments else ()
    by_number = {answer.number: answer for answer in taken} | batch.rejected
    answers = tuple(by_number[number] for number in batch.numbers)
    _log_batch(batch.terminal_id, answers)
    if settings.settle is Settle.INSTANT and taken:
        store.settle()
    return BatchAnswer(terminal_id=batch.terminal_id, answers=answers)


def _tell(settings: Settings, store: Store, body: bytes) -> StatusAnswer:
    question = open_question(body)
    _check_terminal(settings, question.terminal_id)
    states = store.states(question.terminal_id, question.numbers)
    return StatusAnswer(terminal_id=question.terminal_id, payments=states)


def _take_notes(settings: Settings, store: Store, body: bytes) -> NoteReportsAnswer:
    batch = open_reports(body)
    _check_terminal(settings, batch.terminal_id)
    answers = store.take_notes(batch.terminal_id, batch.notes)
    _log.info("note_reports_taken", terminal_id=batch.terminal_id, notes=len(answers))
    return NoteReportsAnswer(terminal_id=batch.terminal_id, answers=answers)


def _check_terminal(settings: Settings, terminal_id: str) -> None:
    if not settings.serves(terminal_id):
        raise RefusedError(403, ErrorCode.TERMINAL_UNKNOWN, "this terminal is not served here")


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


def _json(model: BaseModel) -> Response:
    return Response(canonical_bytes(model), media_type="application/json")
