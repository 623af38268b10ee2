"""Publishes the request models of the terminal API in the OpenAPI document.

The routes read raw bodies (strict JSON reading needs the bytes), so the framework does not see
which models they take; here they are put into the document. It must never touch how requests are
served.
"""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from terminal_api import NoteReportBatch, PaymentBatch, StatusQuestion
from terminal_api.accounts import AccountQuestion
from terminal_api.collections import CollectionBatch
from terminal_api.enrolment import EnrolRequest, NewKey
from terminal_api.fleet import EventBatch, Heartbeat

_TOLD = (
    PaymentBatch,
    StatusQuestion,
    NoteReportBatch,
    CollectionBatch,
    Heartbeat,
    EventBatch,
    AccountQuestion,
    EnrolRequest,
    NewKey,
)
_REFERENCE = "#/components/schemas/{model}"


def body_schema(model: str) -> dict[str, Any]:
    """The part of a route that says which model its body is."""
    schema = {"$ref": _REFERENCE.format(model=model)}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def publish_models(app: FastAPI) -> None:
    """Make `app.openapi()` complete."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _document(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(title=app.title, version=app.version, routes=app.routes)
    _, told = models_json_schema(
        [(model, "validation") for model in _TOLD],
        ref_template=_REFERENCE,
    )
    document.setdefault("components", {}).setdefault("schemas", {}).update(told["$defs"])
    return document
