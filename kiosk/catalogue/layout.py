"""How a typed value stands in its mask: "+7 916 123-45-__", "4111 1111 1111 1111".

Brackets of a mask become spaces, and a long row of digits without punctuation of its own is set in
blocks, so that a customer can compare it with a bill. Only what is shown is made here, never what
is sent.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from config.catalogue import Field
from config.mask import Group, Literal, MaskPart
from kiosk.terminal.snapshot import Segment, SegmentRole

_BLANK = "_"
_HIDDEN = "·"
_LONG = 8
_NINE = 9
_BRACKETS = re.compile(r"[()\s]+")
_PHONE_LEAD = "+7"
_PHONE_DIGITS = 10
_PHONE_KEPT = frozenset({0, 1, 2, 8, 9})


@dataclass(frozen=True, slots=True)
class Run:
    """Shown characters of one role, at least one; `index` is the place of the first one among the
    typed ones, and None for all that is not typed.
    """

    text: str
    role: SegmentRole
    index: int | None = None


def segments_of(field: Field, typed: str) -> tuple[Segment, ...]:
    """Runs of characters of one role; what is still to be typed stands there as blanks.

    The literal before the first group is fixed. A literal further on goes with what stands before
    it: typed behind a full group, blank behind a blank.
    """
    alike = groupby(_runs(field, typed), key=lambda run: run.role)
    return tuple(Segment(text="".join(run.text for run in runs), role=role) for role, runs in alike)


def grouped(field: Field, value: str) -> str:
    """A sent value for the confirm screen, in groups of characters as it was typed."""
    if field.keyboard == "buttons":
        return dict(zip(field.values, field.options, strict=True)).get(value, value)
    return _text(field, value, None)


def masked(field: Field, value: str) -> str:
    """A sent value for the thanks screen: a phone keeps its code and two digits, all else at most
    its last four characters; short values are hidden whole. Buttons say nothing about a person.
    """
    if field.keyboard == "buttons":
        return grouped(field, value)
    length = len(typed_of(field, value))
    if is_phone(field) and length == _PHONE_DIGITS:
        return _text(field, value, lambda index: index in _PHONE_KEPT)
    kept = 4 if length >= 10 else 2 if length >= 5 else 0
    return _text(field, value, lambda index: index >= length - kept)


def is_phone(field: Field) -> bool:
    """True for a Russian phone number whose +7 is already there."""
    mask = field.parsed_mask
    return mask.lead.startswith(_PHONE_LEAD) and mask.longest == _PHONE_DIGITS


def sent_value(field: Field, typed: str) -> str:
    """What is sent for the typed characters; nothing for nothing."""
    if not typed:
        return ""
    if field.strip_mask:
        return field.prefix + typed
    return field.prefix + "".join(_with_literals(field, typed))


def typed_of(field: Field, value: str) -> str:
    """The typed characters of a sent value: the reverse of `sent_value`."""
    rest = value.removeprefix(field.prefix)
    if field.strip_mask:
        return rest
    typed = ""
    for part in field.parsed_mask.parts:
        match part:
            case Literal(text):
                rest = rest.removeprefix(text)
            case Group():
                typed, rest = typed + rest[: part.high], rest[part.high :]
    return typed


def _with_literals(field: Field, typed: str) -> Iterator[str]:
    """Literals up to the last typed character, and the trailing ones once no character lacks."""
    for part in field.parsed_mask.parts:
        match part:
            case Literal(text):
                yield text
            case Group():
                piece, typed = typed[: part.high], typed[part.high :]
                yield piece
                if not typed and len(piece) < part.low:
                    return


def _text(field: Field, value: str, is_kept: Callable[[int], bool] | None) -> str:
    """A value in its mask; of its characters those are hidden that are not kept, None keeps all."""
    typed = typed_of(field, value)
    if not typed:
        return ""
    shown = (run for run in _runs(field, typed) if run.role is not SegmentRole.BLANK)
    return "".join(_told(run, is_kept) for run in shown).rstrip(" -/")


def _told(run: Run, is_kept: Callable[[int], bool] | None) -> str:
    first = run.index
    if first is None or is_kept is None:
        return run.text
    return "".join(
        char if is_kept(place) else _HIDDEN for place, char in enumerate(run.text, start=first)
    )


def _runs(field: Field, typed: str) -> Iterator[Run]:
    taken = 0
    literal, role = "", SegmentRole.FIXED
    for part in _shown_parts(field):
        if isinstance(part, Literal):
            literal += _simplified(part.text, at_start=not taken and role is SegmentRole.FIXED)
            continue
        piece = typed[taken : taken + part.high]
        blanks = max(0, _places(field, part) - len(piece))
        if not piece and not blanks:
            continue
        if literal:
            yield Run(literal, role)
        if piece:
            yield Run(piece, SegmentRole.TYPED, taken)
        if blanks:
            yield Run(_BLANK * blanks, SegmentRole.BLANK)
        taken += len(piece)
        literal, role = "", SegmentRole.BLANK if blanks else SegmentRole.TYPED
    if end := literal.rstrip():
        yield Run(end, role)


def _shown_parts(field: Field) -> tuple[MaskPart, ...]:
    parts = field.parsed_mask.parts
    match parts:
        case (Group() as group,) if field.keyboard == "digits" and group.high >= _LONG:
            return tuple(_in_blocks(group))
        case _:
            return parts


def _in_blocks(group: Group) -> Iterator[MaskPart]:
    """Nine digits (a BIK, a KPP) read best in threes, everything longer in fours."""
    size = 3 if group.high == _NINE else 4
    for start in range(0, group.high, size):
        if start:
            yield Literal(" ")
        high = min(size, group.high - start)
        yield Group(group.chars, min(high, max(0, group.low - start)), high)


def _places(field: Field, group: Group) -> int:
    """How many places of a group are shown before anything is typed into it."""
    if group.low == group.high:
        return group.high
    mask = field.parsed_mask
    if field.keyboard != "digits":
        return 1
    if group.low == 0 and mask.literals:
        return group.high
    return group.low


def _simplified(literal: str, *, at_start: bool) -> str:
    text = _BRACKETS.sub(" ", literal)
    return text.lstrip() if at_start else text
