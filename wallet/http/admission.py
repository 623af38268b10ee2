"""From a request to a body whose terminal is known: bounded, signed, unpacked, in this order.

Nothing is unpacked before the signature over the packed bytes is good, and never beyond the limit, so
that a small body cannot grow into all of the memory. It must never judge what a body says.
"""

import zlib
from dataclasses import dataclass
from typing import Final

from fastapi import Request

from terminal_api import ErrorCode
from terminal_api.signing import Claim, Unsigned
from wallet.http.refusals import RefusedError
from wallet.terminals.gate import Gate, NotAdmittedError

_GZIP: Final = 16 + zlib.MAX_WBITS
_STATUS: Final = {ErrorCode.TOO_MANY: 429, ErrorCode.BUSY: 503}


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """A body, and who signed it: None where the body's own word is taken."""

    signer: Claim | None
    body: bytes

    def whose(self, told: str) -> str:
        """The terminal, which the body must name too.

        Raises:
            RefusedError: the body speaks for another one.
        """
        if self.signer is not None and told != self.signer.terminal_id:
            raise RefusedError(
                403, ErrorCode.OTHER_TERMINAL, "the body speaks for another terminal"
            )
        return told


async def received(request: Request, limit: int) -> Unsigned:
    """A request with its whole body.

    Raises:
        RefusedError: the body is longer than `limit` bytes.
    """
    told = request.headers.get("content-length", "")
    if told.isascii() and told.isdigit() and int(told[:18]) > limit:
        raise RefusedError(413, ErrorCode.TOO_LARGE, f"at most {limit} bytes")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise RefusedError(413, ErrorCode.TOO_LARGE, f"at most {limit} bytes")
    scope = request.scope
    target = scope.get("raw_path") or scope["path"].encode()
    if scope["query_string"]:
        target += b"?" + scope["query_string"]
    return Unsigned(
        method=request.method,
        target=target.decode("latin-1"),
        headers=tuple(
            (name.decode("latin-1").lower(), value.decode("latin-1"))
            for name, value in scope["headers"]
        ),
        content=bytes(body),
    )


def admitted(gate: Gate, request: Unsigned, limit: int) -> Admitted:
    """Whose request it is, and its body as it was before packing. Blocks.

    Raises:
        RefusedError: it is nobody's, or its body cannot be unpacked within `limit` bytes.
    """
    try:
        signer = gate.admit(request)
    except NotAdmittedError as refused:
        raise not_admitted(refused) from None
    return Admitted(signer=signer, body=unpacked(request, limit))


def not_admitted(refused: NotAdmittedError) -> RefusedError:
    """The refusal that a terminal is told."""
    return RefusedError(
        _STATUS.get(refused.code, 401),
        refused.code,
        str(refused),
        server_time=refused.server_time,
        retry_after_s=refused.retry_after_s,
    )


def unpacked(request: Unsigned, limit: int) -> bytes:
    """The body before its content encoding.

    Raises:
        RefusedError: it is not packed as it says, or is longer than `limit` bytes.
    """
    encoding = dict(request.headers).get("content-encoding", "").strip().lower()
    if encoding in ("", "identity"):
        return request.content
    if encoding != "gzip":
        raise RefusedError(422, ErrorCode.MALFORMED, "content-encoding: gzip, or none")
    unpacker = zlib.decompressobj(_GZIP)
    try:
        body = unpacker.decompress(request.content, limit + 1)
    except zlib.error:
        raise RefusedError(422, ErrorCode.MALFORMED, "the body is not packed by gzip") from None
    if len(body) > limit:
        raise RefusedError(413, ErrorCode.TOO_LARGE, f"at most {limit} bytes, unpacked")
    if not unpacker.eof or unpacker.unused_data:
        raise RefusedError(422, ErrorCode.MALFORMED, "the packed body is cut off, or goes on")
    return body
