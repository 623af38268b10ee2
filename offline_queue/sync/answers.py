"""Reads what came back with a status code, trusting nothing.

Anything on the way (a captive portal, a proxy, another backend, a half-written answer) may speak in
the backend's place. Only a body that is the right model, for this terminal, about numbers that were
asked, counts as an answer; everything else leaves the outcome unknown. It must never guess.
"""

from collections.abc import Sequence, Set
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from terminal_api import (
    BatchAnswer,
    ErrorBody,
    LooseState,
    NoteReportAnswer,
    NoteReportsAnswer,
    PaymentAnswer,
    PaymentState,
    StatusAnswer,
)
from terminal_api.collections import CollectionAnswer, CollectionsAnswer

Model = TypeVar("Model", bound=BaseModel)


class UnusableAnswerError(Exception):
    """The body is no answer to the request; the reason quotes nothing of the body."""


def read_batch_answer(
    body: bytes, terminal_id: str, asked: tuple[int, ...]
) -> dict[int, PaymentAnswer]:
    """Answers by number; numbers may be missing, never foreign or doubled.

    Raises:
        UnusableAnswerError: the body cannot be trusted as a whole.
    """
    answer = _read(BatchAnswer, body)
    _check(answer.terminal_id, terminal_id, [item.number for item in answer.answers], asked)
    return {item.number: item for item in answer.answers}


def read_status_answer(
    body: bytes, terminal_id: str, asked: tuple[int, ...]
) -> dict[int, PaymentState]:
    """States by number; numbers may be missing, never foreign or doubled.

    Raises:
        UnusableAnswerError: the body cannot be trusted as a whole.
    """
    answer = _read(StatusAnswer, body)
    _check(answer.terminal_id, terminal_id, [item.number for item in answer.payments], asked)
    return {item.number: item for item in answer.payments}


def read_note_answers(
    body: bytes, terminal_id: str, asked: Set[tuple[str, LooseState]]
) -> tuple[NoteReportAnswer, ...]:
    """Answers about notes in no payment; some may be missing, never foreign or doubled.

    Raises:
        UnusableAnswerError: the body cannot be trusted as a whole.
    """
    answer = _read(NoteReportsAnswer, body)
    told = [(one.cycle, one.state) for one in answer.answers]
    if answer.terminal_id != terminal_id:
        raise UnusableAnswerError("answer is for another terminal")
    if len(set(told)) != len(told) or not told or not set(told) <= asked:
        raise UnusableAnswerError("answer is not about the notes that were told")
    return answer.answers


def read_collection_answers(
    body: bytes, terminal_id: str, asked: Set[int]
) -> tuple[CollectionAnswer, ...]:
    """Answers about closed periods; some may be missing, never foreign or doubled.

    Raises:
        UnusableAnswerError: the body cannot be trusted as a whole.
    """
    answer = _read(CollectionsAnswer, body)
    told = [one.period for one in answer.answers]
    _check(answer.terminal_id, terminal_id, told, tuple(asked))
    return answer.answers


def read_error(body: bytes) -> ErrorBody | None:
    """The backend's own refusal, or None when somebody else wrote this body."""
    try:
        return ErrorBody.model_validate_json(body)
    except ValidationError:
        return None


def _read(model: type[Model], body: bytes) -> Model:
    try:
        return model.model_validate_json(body)
    except ValidationError:
        # The error would quote the body; a portal's page has no place in our log.
        raise UnusableAnswerError(f"body is no {model.__name__}") from None


def _check(told_id: str, terminal_id: str, told: Sequence[int], asked: tuple[int, ...]) -> None:
    if told_id != terminal_id:
        raise UnusableAnswerError("answer is for another terminal")
    if len(set(told)) != len(told):
        raise UnusableAnswerError("answer names a number twice")
    if not set(told) <= set(asked):
        raise UnusableAnswerError("answer names a number that was not asked")
    if not told:
        raise UnusableAnswerError("answer names no number")
