"""Publishes contents and hands them out. What a version holds never changes; what is desired may go
back to an earlier version.

It must never publish what cannot be a content of its kind at all, and leaves all else to the
terminals: each checks with its own rules, and keeps what it has when something does not fit.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, assert_never

from sqlalchemy import Connection, insert, select

from terminal_api.content import MAX_CONTENT_BYTES, ContentKind, ContentName
from wallet.publishing.tables import publications
from wallet.terminals.shadow import publish as desire


class PublishingRefusedError(Exception):
    """Nothing was published; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One version that was published."""

    kind: ContentKind
    version: str
    sha256: str
    operator: str
    published_at: datetime


def version_of(kind: ContentKind, content: bytes, told: str | None) -> str:
    """The version of a content: what stands in it, or what the operator says.

    Raises:
        PublishingRefusedError: it has none, or another one.
    """
    if len(content) > MAX_CONTENT_BYTES:
        raise PublishingRefusedError(f"more than {MAX_CONTENT_BYTES} bytes")
    match kind:
        case ContentKind.CATALOGUE:
            stands = _text(content, "version")
        case ContentKind.FEES:
            stands = _text(content, "fee_version")
        case ContentKind.TEMPLATES:
            if told is None:
                raise PublishingRefusedError("a bundle of templates needs --version")
            return told
        case _:
            assert_never(kind)
    if told is not None and told != stands:
        raise PublishingRefusedError(f"the file says that it is version {stands}, not {told}")
    return stands


def publish(
    connection: Connection,
    kind: ContentKind,
    version: str,
    content: bytes,
    *,
    operator: str,
    now: datetime,
    terminals: Iterable[str] | None = None,
) -> ContentName:
    """Keep a version and let terminals have it, in a transaction of the caller. None = all of them.

    A version that stands already with the same bytes is only desired anew: so one goes back.

    Raises:
        PublishingRefusedError: the version stands with other bytes, or cannot be named.
    """
    try:
        name = ContentName.of(version, content)
    except ValueError as error:
        raise PublishingRefusedError(str(error)) from None
    one = (publications.c.kind == kind.value, publications.c.version == version)
    stands = connection.execute(select(publications.c.sha256).where(*one)).scalar_one_or_none()
    if stands is None:
        connection.execute(
            insert(publications),
            {
                "kind": kind.value,
                "version": version,
                "sha256": name.sha256,
                "content": content,
                "operator": operator[:64],
                "published_at": now,
            },
        )
    elif stands != name.sha256:
        raise PublishingRefusedError(
            f"{kind} {version} was published with other content; give it a new version"
        )
    desire(connection, kind.value, str(name), terminals)
    return name


def content_of(connection: Connection, kind: ContentKind, version: str) -> bytes | None:
    """The bytes of a version; None when it was never published."""
    one = (publications.c.kind == kind.value, publications.c.version == version)
    found = connection.execute(select(publications.c.content).where(*one)).scalar_one_or_none()
    return None if found is None else bytes(found)


def list_publications(connection: Connection) -> list[Publication]:
    """Everything that was published, by kind and time."""
    columns = [publications.c[name] for name in Publication.__dataclass_fields__]
    query = select(*columns).order_by(publications.c.kind, publications.c.published_at)
    return [
        Publication(**{**row, "kind": ContentKind(row["kind"])})
        for row in connection.execute(query).mappings()
    ]


def _text(content: bytes, key: str) -> str:
    try:
        tree: Any = json.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise PublishingRefusedError(f"not JSON: {error}") from None
    value = tree.get(key) if isinstance(tree, dict) else None
    if not isinstance(value, str):
        raise PublishingRefusedError(f"no text {key!r} at its top")
    return value
