"""What a poll was answered with: one event after the other out of one row of bytes.

Facts sheet ssp section 7. How many bytes follow an event depends on its code and on the protocol
version, so an unknown code makes the rest unreadable; it is kept as `unread` and must never be
guessed at, for it might hold a credit or look like one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from drivers.acceptors.ssp.codes import WITH_CHANNEL, Event

_LISTED: Final = 6
"""From this version on events of payouts carry a list: count, then value and currency of each."""
_NOTE_BYTES: Final = 7
_INCOMPLETE_BYTES: Final = 11
_BARE: Final = frozenset({0xB6, 0xC2, 0xC3, 0xC4, 0xC5, 0xC6, 0xC7, 0xC8, 0xCF, 0xDB})
_LISTS: Final = frozenset({0xB0, 0xB3, 0xB4, 0xD2, 0xD5, 0xD6, 0xD7, 0xD8, 0xD9, 0xDA, 0xDE, 0xDF})
_INCOMPLETE: Final = frozenset({0xDC, 0xDD})
_SINCE: Final[Mapping[int, int]] = {0xC9: 6, 0xCD: 6, 0xCA: 8, 0xCB: 8, 0xCE: 8}
"""Events that carry one value and currency since this version, and nothing before."""
_PAYOUT_ERROR: Final = 0xB1


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One event; `channel` is 0 where the event has none. Those of payouts keep their number."""

    code: int
    channel: int = 0
    extra: bytes = b""

    @property
    def raw(self) -> str:
        """For the log, such as `EE 03`."""
        return (bytes([self.code]) + self.extra).hex(" ").upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class PollAnswer:
    """All that one answer says."""

    events: tuple[Said, ...]
    unread: bytes = b""

    @property
    def codes(self) -> frozenset[int]:
        """Which events are in it."""
        return frozenset(said.code for said in self.events)


def read_poll_answer(data: bytes, version: int) -> PollAnswer:
    """Events behind the generic OK. Raises nothing, whatever the bytes are."""
    events: list[Said] = []
    at = 0
    while at < len(data):
        length = _extra_bytes(data, at, version)
        if length is None or at + 1 + length > len(data):
            return PollAnswer(events=tuple(events), unread=data[at:])
        code, extra = data[at], data[at + 1 : at + 1 + length]
        channel = extra[0] if code in WITH_CHANNEL and length == 1 else 0
        events.append(Said(code=code, channel=channel, extra=extra))
        at += 1 + length
    return PollAnswer(events=tuple(events))


def _extra_bytes(data: bytes, at: int, version: int) -> int | None:
    """Bytes that belong to the event at this place; None where nobody can know."""
    code = data[at]
    if code in WITH_CHANNEL:
        return 1
    if code in _KNOWN or code in _BARE:
        return 0
    if code in _SINCE:
        return _NOTE_BYTES if version >= _SINCE[code] else 0
    if version < _LISTED:
        return {_PAYOUT_ERROR: 1}.get(code)
    each = _INCOMPLETE_BYTES if code in _INCOMPLETE else _NOTE_BYTES
    counted = code in _LISTS or code in _INCOMPLETE
    if code == _PAYOUT_ERROR:
        return 1 if version == _LISTED else _list_bytes(data, at, each, 1)
    return _list_bytes(data, at, each, 0) if counted else None


def _list_bytes(data: bytes, at: int, each: int, more: int) -> int | None:
    return 1 + data[at + 1] * each + more if at + 1 < len(data) else None


_KNOWN: Final = frozenset(Event)
