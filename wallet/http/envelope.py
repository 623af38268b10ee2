"""Reads the bodies that terminals send, checked item by item.

A batch in which one payment cannot be read is still a batch: that payment gets the verdict
`rejected` and the others go on. Only what cannot be told apart (no JSON, no terminal, no numbers)
is refused as a whole. It must never repair what it reads.
"""

import json
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from terminal_api import (
    MAX_BATCH,
    NoteReportBatch,
    PaymentAnswer,
    PaymentBatch,
    PaymentItem,
    PaymentStatus,
    StatusQuestion,
    Verdict,
)
from terminal_api.collections import CollectionBatch
from terminal_api.payments import Number, TerminalId
from wallet.http.refusals import malformed

Model = TypeVar("Model", bound=BaseModel)


class _Numbered(BaseModel):
    """A payment of which only the number has been read."""

    model_config = ConfigDict(extra="allow", strict=True)

    number: Number


class _Envelope(BaseModel):
    """A batch of which only the numbers have been read."""

    model_config = ConfigDict(extra="forbid", strict=True)

    terminal_id: TerminalId
    payments: list[_Numbered] = Field(min_length=1, max_length=MAX_BATCH)

    @model_validator(mode="after")
    def _ascending(self) -> "_Envelope":
        numbers = [item.number for item in self.payments]
        if not all(before < after for before, after in pairwise(numbers)):
            raise ValueError("payment numbers must ascend without repeats")
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedBatch:
    """A batch with what could be read of it; `rejected` by number."""

    terminal_id: str
    numbers: tuple[int, ...]
    payments: tuple[PaymentItem, ...]
    rejected: dict[int, PaymentAnswer]


def open_batch(body: bytes) -> OpenedBatch:
    """Read a batch, setting aside the payments that are none.

    Raises:
        RefusedError: nothing can be answered payment by payment.
    """
    try:
        batch = PaymentBatch.model_validate_json(body)
    except ValidationError:
        return _open_leniently(body)
    numbers = tuple(item.number for item in batch.payments)
    return OpenedBatch(
        terminal_id=batch.terminal_id, numbers=numbers, payments=batch.payments, rejected={}
    )


def open_question(body: bytes) -> StatusQuestion:
    """Read a question about statuses.

    Raises:
        RefusedError: it is none.
    """
    return open_whole(StatusQuestion, body, "not a status question")


def open_collections(body: bytes) -> CollectionBatch:
    """Read closed periods.

    Raises:
        RefusedError: they are none; a terminal then sends them one by one.
    """
    try:
        return CollectionBatch.model_validate_json(body)
    except ValidationError as error:
        raise malformed(error, "not a batch of collections") from None


def open_reports(body: bytes) -> NoteReportBatch:
    """Read reports about notes in no payment.

    Raises:
        RefusedError: they are none; a terminal then sends them one by one.
    """
    return open_whole(NoteReportBatch, body, "not a batch of note reports")


def open_whole(model: type[Model], body: bytes, otherwise: str) -> Model:
    """Read a body that is good as a whole or not at all.

    Raises:
        RefusedError: it is none; `otherwise` says so.
    """
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        raise malformed(error, otherwise) from None


def _open_leniently(body: bytes) -> OpenedBatch:
    try:
        envelope = _Envelope.model_validate_json(body)
    except ValidationError as error:
        raise malformed(error, "not a payment batch") from None
    good: list[PaymentItem] = []
    rejected: dict[int, PaymentAnswer] = {}
    for item in envelope.payments:
        try:
            good.append(PaymentItem.model_validate_json(json.dumps(item.model_dump())))
        except ValidationError as error:
            rejected[item.number] = _rejection(item.number, error)
    return OpenedBatch(
        terminal_id=envelope.terminal_id,
        numbers=tuple(item.number for item in envelope.payments),
        payments=tuple(good),
        rejected=rejected,
    )


def _rejection(number: int, error: ValidationError) -> PaymentAnswer:
    problem: Any = error.errors(include_input=False, include_url=False, include_context=False)[0]
    where = ".".join(str(part) for part in problem["loc"]) or "payment"
    return PaymentAnswer(
        number=number,
        verdict=Verdict.REJECTED,
        status=PaymentStatus.UNKNOWN,
        uid=None,
        message=f"{where}: {problem['msg']}",
    )
