"""Terminals over HTTP: enrolment, keys, heartbeat, events, desired state, the account question.

Each body names its terminal, and it must be the one that signed. Bodies are small; the limit here is
apart from that of payments. It must never answer before the commit, nor log a token.
"""

from collections.abc import Callable
from math import ceil
from typing import Annotated, Final

import structlog
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from terminal_api import ErrorCode, canonical_bytes
from terminal_api.accounts import AccountAnswer, AccountQuestion
from terminal_api.enrolment import EnrolAnswer, EnrolRequest, NewKey, NewKeyAnswer, proof_text
from terminal_api.fleet import (
    MAX_WAIT_S,
    DesiredAnswer,
    EventBatch,
    EventsAnswer,
    Heartbeat,
    HeartbeatAnswer,
)
from terminal_api.paths import (
    ACCOUNT_CHECK_PATH,
    DESIRED_PATH,
    ENROL_PATH,
    EVENTS_PATH,
    HEARTBEAT_PATH,
    KEY_PATH,
)
from terminal_api.payments import MAX_NUMBER
from terminal_api.signing import Unsigned
from wallet.http.admission import Admitted, admitted, not_admitted, received, unpacked
from wallet.http.beat_round import BeatRounds
from wallet.http.desired_watch import DesiredWatch
from wallet.http.envelope import open_whole
from wallet.http.openapi import body_schema
from wallet.http.refusals import RefusedError
from wallet.http.terminal_routes import ERRORS, as_json
from wallet.terminals.desk import EVERYBODY, AccountCheck, Desk
from wallet.terminals.gate import NotAdmittedError
from wallet.terminals.heartbeats import Beat
from wallet.terminals.keyring import KeyRefusedError, TokenRefusedError

_log = structlog.get_logger(__name__)

BODY_LIMIT: Final = 262_144
"""Bytes; 500 events of a usual length are a third of it."""

_READ_AT_ONCE: Final = 8_192
"""Bytes of a heartbeat, not packed, that are read on the event loop; a usual one has 1,000."""

Serve = Callable[[Admitted], BaseModel]


def fleet_routes(desk: Desk, watch: DesiredWatch, check: AccountCheck) -> APIRouter:
    """The routes about terminals themselves."""
    router = APIRouter(tags=["terminal"])

    def events(told: Admitted) -> EventsAnswer:
        """Keep events, each once under the terminal's own sequence."""
        batch = open_whole(EventBatch, told.body, "not a batch of events")
        terminal_id = told.whose(batch.terminal_id)
        answers = desk.register.take(terminal_id, batch.events)
        return EventsAnswer(terminal_id=terminal_id, answers=answers)

    def account(told: Admitted) -> AccountAnswer:
        """Ask the provider about an account before cash is taken; moves no money."""
        question = open_whole(AccountQuestion, told.body, "not an account question")
        told.whose(question.terminal_id)
        return check(question)

    def key(told: Admitted) -> NewKeyAnswer:
        """Let a new key be known beside the one that signs this, until it signs itself."""
        return _new_key(desk, told)

    _add_heartbeat(router, desk)
    _add(router, desk, EVENTS_PATH, EventBatch, EventsAnswer, events)
    _add(router, desk, ACCOUNT_CHECK_PATH, AccountQuestion, AccountAnswer, account)
    _add(router, desk, KEY_PATH, NewKey, NewKeyAnswer, key)
    _add_enrolment(router, desk)
    _add_desired(router, desk, watch)
    return router


def _add(
    router: APIRouter,
    desk: Desk,
    path: str,
    told: type[BaseModel],
    answer: type[BaseModel],
    serve: Serve,
) -> None:
    """A signed `told` posted to `path` is answered by what `serve` returns."""

    def work(request: Unsigned) -> BaseModel:
        return serve(admitted(desk.gate, request, BODY_LIMIT))

    async def endpoint(request: Request) -> Response:
        it = await received(request, BODY_LIMIT)
        return as_json(await run_in_threadpool(work, it))

    router.add_api_route(
        path,
        endpoint,
        methods=["POST"],
        response_model=answer,
        responses=ERRORS,
        openapi_extra=body_schema(told.__name__),
        name=serve.__name__,
        description=serve.__doc__,
    )


def _add_heartbeat(router: APIRouter, desk: Desk) -> None:
    rounds = BeatRounds(desk)

    def opened(told: Admitted) -> Heartbeat:
        beat = open_whole(Heartbeat, told.body, "not a heartbeat")
        told.whose(beat.terminal_id)
        return beat

    def alone(request: Unsigned) -> HeartbeatAnswer:
        return desk.register.heard(opened(admitted(desk.gate, request, BODY_LIMIT)))

    def beat_of(request: Unsigned) -> Beat | None:
        """None where its key is not known yet, or it is more than the event loop should read."""
        packed = any(name == "content-encoding" for name, _ in request.headers)
        if packed or len(request.content) > _READ_AT_ONCE:
            return None
        claim = desk.gate.recognised(request)
        if claim is None:
            return None
        told = opened(Admitted(signer=claim, body=request.content))
        return Beat(claim=claim, report=canonical_bytes(told).decode())

    @router.post(
        HEARTBEAT_PATH,
        response_model=HeartbeatAnswer,
        responses=ERRORS,
        openapi_extra=body_schema("Heartbeat"),
    )
    async def heartbeat(request: Request) -> Response:
        """Keep how the terminal stands now."""
        it = await received(request, BODY_LIMIT)
        try:
            beat = beat_of(it)
            if beat is not None:
                return as_json(await rounds.keep(beat))
        except NotAdmittedError as refused:
            raise not_admitted(refused) from None
        return as_json(await run_in_threadpool(alone, it))


def _add_enrolment(router: APIRouter, desk: Desk) -> None:
    @router.post(
        ENROL_PATH,
        response_model=EnrolAnswer,
        responses=ERRORS,
        openapi_extra=body_schema("EnrolRequest"),
    )
    async def enrol(request: Request) -> Response:
        """Make a terminal known by a token that is good once; signed by the key it brings."""
        it = await received(request, BODY_LIMIT)
        return as_json(await run_in_threadpool(_enrol, desk, it))


def _add_desired(router: APIRouter, desk: Desk, watch: DesiredWatch) -> None:
    @router.get(DESIRED_PATH, response_model=DesiredAnswer, responses=ERRORS)
    async def desired(
        request: Request,
        after: Annotated[int, Query(ge=0, le=MAX_NUMBER)] = 0,
        wait: Annotated[int, Query(ge=0, le=MAX_WAIT_S)] = 0,
    ) -> Response:
        """What the terminal shall have that changed after a number; waits for it, up to `wait` s."""
        it = await received(request, BODY_LIMIT)
        told = await run_in_threadpool(admitted, desk.gate, it, BODY_LIMIT)
        assert told.signer is not None
        return as_json(await watch.after(told.signer.terminal_id, after, wait))


def _enrol(desk: Desk, request: Unsigned) -> EnrolAnswer:
    wait_s = desk.newcomers.wait_s(EVERYBODY)
    if wait_s > 0:
        raise RefusedError(
            429, ErrorCode.TOO_MANY, "too many enrolments failed", retry_after_s=ceil(wait_s)
        )
    told = open_whole(EnrolRequest, unpacked(request, BODY_LIMIT), "not an enrolment")
    key = _key(told.public_key)
    try:
        signer = desk.gate.admit_newcomer(request, key)
    except NotAdmittedError as refused:
        raise not_admitted(refused) from None
    terminal_id = Admitted(signer=signer, body=b"").whose(told.terminal_id)
    try:
        key_id = desk.keys.enrol(terminal_id, told.token, key)
    except (TokenRefusedError, KeyRefusedError) as refused:
        _log.warning("enrolment_refused", alarm=True, terminal_id=terminal_id, why=str(refused))
        raise RefusedError(
            403, ErrorCode.TOKEN_INVALID, "the token is not known, used up, or too old"
        ) from None
    desk.newcomers.give_back(EVERYBODY)
    _log.info("terminal_enrolled", terminal_id=terminal_id, key_id=key_id)
    return EnrolAnswer(terminal_id=terminal_id, key_id=key_id, server_time=desk.clock())


def _new_key(desk: Desk, told: Admitted) -> NewKeyAnswer:
    new = open_whole(NewKey, told.body, "not a new key")
    terminal_id = told.whose(new.terminal_id)
    assert told.signer is not None
    old, key = told.signer.key_id, _key(new.public_key)
    try:
        key.verify(bytes.fromhex(new.proof), proof_text(terminal_id, old, new.public_key))
        key_id = desk.keys.add(terminal_id, key, replaces=old)
    except InvalidSignature:
        raise RefusedError(422, ErrorCode.MALFORMED, "the new key did not prove itself") from None
    except KeyRefusedError as refused:
        raise RefusedError(422, ErrorCode.MALFORMED, str(refused)) from None
    _log.info("terminal_key_added", terminal_id=terminal_id, key_id=key_id, replaces=old)
    return NewKeyAnswer(terminal_id=terminal_id, key_id=key_id)


def _key(public_key: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
