"""Words for what people and bad luck do to a simulated validator.

Such as `insert 500`, `power off`, `lose ack`. Each line is answered with one JSON object; `ok` is
false for a line that was not understood or that the machine did not let happen. Shared by the
control socket, standard input and the demo's panel.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, Final

from drivers.acceptors.ccnet.codes import Failure, Reject, State
from drivers.acceptors.ccnet.device import CcnetDevice
from drivers.acceptors.ccnet.device_body import DeviceNote
from simulation.acceptor.notes import RUBLES, bill_type_of

Answer = dict[str, Any]
_POWER_UPS: Final[Mapping[str, State]] = {
    "10": State.POWER_UP,
    "11": State.POWER_UP_BILL_IN_VALIDATOR,
    "12": State.POWER_UP_BILL_IN_STACKER,
}
_SWITCH: Final[Mapping[str, bool]] = {"on": True, "off": False}


class NotUnderstoodError(Exception):
    """The line is no command; the text says what is."""


class Controls:
    """Obeys lines on one device."""

    def __init__(self, device: CcnetDevice) -> None:
        self._device = device
        self._commands: Mapping[str, Callable[[str, float], bool]] = {
            "insert": self._insert,
            "push second": lambda _, now: device.body.push_second(now),
            "pull second": lambda _, now: device.body.pull_second(now),
            "pull back": lambda _, now: device.body.pull_back(now),
            "jam": self._jam,
            "clear jam": self._clear_jam,
            "cassette out": self._cassette_out,
            "cassette in": self._cassette_in,
            "power off": self._power_off,
            "power on": self._power_on,
            "lose answer": lambda rest, _: self._add("lose_answers", rest),
            "lose ack": lambda rest, _: self._add("lose_acks", rest),
            "flip bit": lambda rest, _: self._add("flip_bits", rest),
            "busy": lambda rest, _: self._add("busy_polls", rest),
            "silence": lambda rest, _: self._switch("silent", rest),
            "garbage": lambda rest, _: self._switch("garbage", rest),
            "stall stacking": self._stall,
            "fail": self._fail,
            "cheat": self._cheat,
            "status": lambda _, __: True,
        }

    def obey(self, line: str, now: float) -> Answer:
        """Do what one line says; it may also be JSON: a string, or {"command": "insert 500"}."""
        try:
            text = _text(line)
            name, rest = self._split(text)
            done = self._commands[name](rest, now)
        except NotUnderstoodError as error:
            return {"ok": False, "error": str(error)}
        answer: Answer = {"ok": done, "command": text}
        if not done:
            answer["error"] = f"not possible in state {self._device.body.shown.name}"
        return answer | self.status()

    def status(self) -> Answer:
        """Where everything is, by denomination in whole units."""
        body = self._device.body
        inside = body.note
        return {
            "state": body.shown.name if body.powered else "POWERED_OFF",
            "powered": body.powered,
            "cassette": _by_value(body.places.cassette),
            "collected": _by_value(body.places.collected),
            "inside": _value(inside) if inside else None,
            "escrow": _value(inside) if inside and self._in_escrow() else None,
            "returned": [_value(note) for note in body.places.returned],
            "removed": [_value(note) for note in body.places.removed],
            "unacknowledged": body.event[0].name if body.event else None,
            "counter": body.counter,
            "cassette_in": body.cassette_is_in,
            "accepts": [value for kind, value in RUBLES.items() if body.enabled >> kind & 1],
            "violations": list(body.violations),
        }

    def _in_escrow(self) -> bool:
        return self._device.body.state in (State.ESCROW, State.HOLDING)

    def _split(self, text: str) -> tuple[str, str]:
        words = text.lower().split()
        for length in (2, 1):
            name = " ".join(words[:length])
            if name in self._commands:
                return name, " ".join(words[length:])
        raise NotUnderstoodError(f"{text!r} is none of: {', '.join(self._commands)}")

    def _insert(self, what: str, now: float) -> bool:
        if what == "counterfeit":
            return self._device.body.insert(None, now, reject=Reject.VERIFICATION)
        return self._device.body.insert(bill_type_of(_number(what)), now)

    def _jam(self, where: str, _: float) -> bool:
        body = self._device.body
        at_cassette = where == "cassette" or (not where and body.state is State.STACKING)
        body.jam(State.CASSETTE_JAMMED if at_cassette else State.VALIDATOR_JAMMED)
        return True

    def _clear_jam(self, note_goes: str, now: float) -> bool:
        body = self._device.body
        was_jammed = body.jam_at is not None
        body.clear_jam(now, into_cassette=note_goes != "out")
        return was_jammed

    def _cassette_out(self, _: str, __: float) -> bool:
        was_in = self._device.body.cassette_is_in
        self._device.body.take_cassette_out()
        return was_in

    def _cassette_in(self, which: str, now: float) -> bool:
        was_out = not self._device.body.cassette_is_in
        if was_out:
            self._device.body.put_cassette_in(now, empty=which == "empty")
        return was_out

    def _power_off(self, _: str, __: float) -> bool:
        was_on = self._device.body.powered
        if was_on:
            self._device.power_cut()
        return was_on

    def _power_on(self, outcome: str, _: float) -> bool:
        was_off = not self._device.body.powered
        if outcome and outcome not in _POWER_UPS:
            raise NotUnderstoodError("power on, or power on 10 | 11 | 12")
        if was_off:
            self._device.power_on(_POWER_UPS.get(outcome))
        return was_off

    def _add(self, counter: str, rest: str) -> bool:
        setattr(self._device, counter, getattr(self._device, counter) + _number(rest or "1"))
        return True

    def _switch(self, name: str, rest: str) -> bool:
        setattr(self._device, name, _on(rest))
        return True

    def _stall(self, rest: str, now: float) -> bool:
        self._device.body.stall(on=_on(rest), now=now)
        return True

    def _fail(self, code: str, now: float) -> bool:
        if code in ("", "off"):
            self._device.body.fail(None, now)
            return True
        try:
            self._device.body.fail(Failure(int(code, 16)), now)
        except ValueError:
            raise NotUnderstoodError("fail 50 ... fail 5F (hexadecimal), or fail off") from None
        return True

    def _cheat(self, _: str, now: float) -> bool:
        self._device.body.cheat(now)
        return self._device.body.state is State.CHEATED


def _text(line: str) -> str:
    line = line.strip()
    if not line.startswith(("{", '"')):
        return line
    try:
        said = json.loads(line)
    except ValueError:
        raise NotUnderstoodError("the line is neither words nor JSON") from None
    text = said.get("command") if isinstance(said, dict) else said
    if not isinstance(text, str):
        raise NotUnderstoodError('JSON has to be {"command": "..."}')
    return text


def _number(text: str) -> int:
    if not text.isdecimal():
        raise NotUnderstoodError(f"{text!r} is no number")
    return int(text)


def _on(text: str) -> bool:
    if text not in _SWITCH:
        raise NotUnderstoodError("say on or off")
    return _SWITCH[text]


def _value(note: DeviceNote) -> int:
    """Whole units; 0 for what no sensor recognises."""
    return RUBLES.get(note.bill_type, 0) if note.bill_type is not None else 0


def _by_value(notes: list[DeviceNote]) -> dict[str, int]:
    return {str(value): n for value, n in sorted(Counter(_value(note) for note in notes).items())}
