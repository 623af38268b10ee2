"""Reads a provider's answer: any bytes become an `Answer` or the reason why they are none.

Content type and white space before the declaration are nobody's business (facts sheet wallet_network
§1.5); entities, document types and what is not well-formed are refused by the library. It must never
raise, and never decide what an answer means.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final
from xml.etree.ElementTree import Element, ParseError  # noqa: S405  types only; defusedxml parses

from defusedxml.ElementTree import fromstring

MAX_ANSWER_BYTES: Final = 65_536
_MAX_TEXT: Final = 200
_MAX_FIELDS: Final = 50
_MAX_MINOR: Final = 10**13
_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,9}", re.ASCII)
_DIGITS: Final = re.compile(r"[0-9]{1,20}", re.ASCII)
_BEFORE: Final = re.compile(rb"(?:[ \t\r\n\v\f]|\xef\xbb\xbf)+")
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A well-formed answer. What the provider left out is None.

    `sum_minor` in minor units; None also where it cannot be read. `comment` is for people only.
    """

    result: int
    txn_id: int | None = None
    prv_txn: str | None = None
    sum_minor: int | None = None
    comment: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The bytes are no answer; `reason` is one stable word or two, for log and operator."""

    reason: str


def read_answer(body: bytes) -> Answer | Unreadable:
    """What a body says. Never raises, whatever the bytes."""
    if len(body) > MAX_ANSWER_BYTES:
        return Unreadable("body too large")
    before = _BEFORE.match(body)
    body = body[before.end() :] if before else body
    if not body:
        return Unreadable("empty body")
    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, ValueError, LookupError):
        # ValueError also covers what defusedxml forbids; LookupError an encoding nobody knows.
        return Unreadable("broken XML")
    results = {_text(it) for it in root if _name(it) == "result"}
    if not results:
        return Unreadable("no result")
    if len(results) > 1 or not _INTEGER.fullmatch(told := results.pop()):
        return Unreadable("unreadable result")
    echo = _text(_first(root, "osmp_txn_id"))
    return Answer(
        result=int(told),
        txn_id=int(echo) if _DIGITS.fullmatch(echo) else None,
        prv_txn=_short(_text(_first(root, "prv_txn"))) or None,
        sum_minor=_minor(_text(_first(root, "sum"))),
        comment=_short(_text(_first(root, "comment"))),
        fields=_fields(_first(root, "fields")),
    )


def _fields(parent: Element | None) -> dict[str, str]:
    """Fields by name; one without a name is called by its place (§1.3)."""
    found: dict[str, str] = {}
    for place, child in enumerate(parent if parent is not None else (), start=1):
        name = _short(child.get("name", "")) or f"disp{place}"
        if len(found) == _MAX_FIELDS:
            break
        found.setdefault(name[:64], _short("".join(child.itertext())))
    return found


def _minor(text: str) -> int | None:
    try:
        minor = Decimal(text.replace(",", ".")) * 100
    except ArithmeticError:
        # No number, or one beyond what the library can hold.
        return None
    if not minor.is_finite() or not 0 <= minor <= _MAX_MINOR or minor != minor.to_integral_value():
        return None
    return int(minor)


def _first(root: Element, name: str) -> Element | None:
    return next((child for child in root if _name(child) == name), None)


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _text(element: Element | None) -> str:
    return "" if element is None or element.text is None else element.text.strip()


def _short(text: str) -> str:
    return _UNPRINTABLE.sub(" ", text).strip()[:_MAX_TEXT]
