"""Words for what people and bad luck do to a simulated acceptor.

Such as `insert 500`, `power off`, `lose ack`. Each line is answered with one JSON object; `ok` is
false for a line that was not understood or that the machine did not let happen. Shared by the
control socket, standard input and the demo's panel.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, Final

from drivers.acceptors.device_half import mishaps
from drivers.acceptors.device_half.paper import COUPON, Paper
from drivers.acceptors.device_half.phases import Phase
from simulation.acceptor.machine import Machine

Answer = dict[str, Any]
_POWER_UPS: Final[Mapping[str, Phase]] = {
    "empty": Phase.POWER_UP,
    "path": Phase.POWER_UP_NOTE_IN_PATH,
    "stacker": Phase.POWER_UP_NOTE_IN_STACKER,
}
_JAMS: Final[Mapping[str, Phase]] = {
    "cassette": Phase.STACKER_JAMMED,
    "path": Phase.PATH_JAMMED,
    "validator": Phase.PATH_JAMMED,
}
_SWITCH: Final[Mapping[str, bool]] = {"on": True, "off": False}


_FILLERS: Final = frozenset({"a", "an", "the", "next", "now", "be"})
_SHORT: Final[Mapping[str, str]] = {"acknowledgement": "ack"}
"""So that `lose next acknowledgement` and `power cut now` are understood as people say them."""


class NotUnderstoodError(Exception):
    """The line is no command; the text says what is."""


class Controls:
    """Obeys lines on one machine."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._body = machine.body
        self._commands: Mapping[str, Callable[[str, float], bool]] = {
            "insert": self._insert,
            "push second": lambda _, now: mishaps.push_second(self._body, now),
            "pull second": lambda _, now: mishaps.pull_second(self._body, now),
            "pull back": lambda _, now: self._body.pull_back(now),
            "jam": self._jam,
            "clear jam": self._clear_jam,
            "cassette out": lambda _, now: mishaps.take_cassette_out(self._body, now),
            "open cassette": lambda _, now: mishaps.take_cassette_out(self._body, now),
            "cassette in": self._cassette_in,
            "close cassette": self._cassette_in,
            "power off": self._power_off,
            "power cut": self._power_off,
            "power on": self._power_on,
            "lose answer": lambda rest, _: self._add("lose_answers", rest),
            "lose ack": lambda rest, _: self._add("lose_acks", rest),
            "flip bit": lambda rest, _: self._add("flip_bits", rest),
            "busy": lambda rest, _: self._add("busy_polls", rest),
            "silence": lambda rest, _: self._switch("silent", rest),
            "garbage": lambda rest, _: self._switch("garbage", rest),
            "echo": lambda rest, _: self._switch("echoes", rest),
            "stall stacking": self._stall,
            "fail": self._fail,
            "cheat": lambda _, now: mishaps.cheat(self._body, now),
            "status": lambda _, __: True,
            "help": lambda _, __: True,
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
        if name == "help":
            return answer | {"commands": list(self._commands)}
        if not done:
            answer["error"] = f"not possible in state {self._machine.shown}"
        return answer | self.status()

    def status(self) -> Answer:
        """Where everything is, by denomination in whole units."""
        body, places = self._body, self._body.places
        return {
            "state": self._machine.shown,
            "phase": body.shown_end.how.value if body.shown_end else body.phase.value,
            "powered": body.powered,
            "cassette": _by_value(places.cassette),
            "collected": _by_value(places.collected),
            "inside": _value(body.paper) if body.paper else None,
            "escrow": _value(body.in_escrow) if body.in_escrow else None,
            "returned": [_value(paper) for paper in places.returned],
            "removed": [_value(paper) for paper in places.removed],
            "unacknowledged": body.end.how.value if body.end else None,
            "counter": body.counter,
            "has_counter": self._machine.has_counter,
            "cassette_in": body.cassette_is_in,
            "accepts": sorted(body.enabled - {COUPON}),
            "violations": list(body.violations),
        }

    def _split(self, text: str) -> tuple[str, str]:
        words = [_SHORT.get(word, word) for word in text.lower().split() if word not in _FILLERS]
        for length in (2, 1):
            name = " ".join(words[:length])
            if name in self._commands:
                return name, " ".join(words[length:])
        raise NotUnderstoodError(f"{text!r} is none of: {', '.join(self._commands)}")

    def _insert(self, what: str, now: float) -> bool:
        match what:
            case "counterfeit":
                return self._machine.insert(None, now)
            case "coupon":
                return self._machine.insert(COUPON, now)
            case _ if what.isdecimal() and int(what) in self._machine.values:
                return self._machine.insert(int(what), now)
            case _:
                known = " | ".join(map(str, self._machine.values))
                raise NotUnderstoodError(f"insert {known} | counterfeit | coupon")

    def _jam(self, where: str, now: float) -> bool:
        if where and where not in _JAMS:
            raise NotUnderstoodError(f"jam, or jam {' | '.join(_JAMS)}")
        default = Phase.STACKER_JAMMED if self._body.phase is Phase.STACKING else Phase.PATH_JAMMED
        mishaps.jam(self._body, _JAMS.get(where, default), now)
        return True

    def _clear_jam(self, note_goes: str, now: float) -> bool:
        return mishaps.clear_jam(self._body, now, into_cassette=note_goes != "out")

    def _cassette_in(self, which: str, now: float) -> bool:
        return mishaps.put_cassette_in(self._body, now, empty=which == "empty")

    def _power_off(self, _: str, __: float) -> bool:
        was_on = self._body.powered
        if was_on:
            self._machine.power_cut()
        return was_on

    def _power_on(self, outcome: str, _: float) -> bool:
        known = {**_POWER_UPS, **self._machine.power_ups}
        was_off = not self._body.powered
        if outcome and outcome not in known:
            raise NotUnderstoodError(f"power on, or power on {' | '.join(known)}")
        if was_off:
            self._machine.power_on(known.get(outcome))
        return was_off

    def _add(self, counter: str, rest: str) -> bool:
        how_many = _number(rest) if rest else 1
        trouble = self._machine.trouble
        setattr(trouble, counter, getattr(trouble, counter) + how_many)
        return True

    def _switch(self, name: str, rest: str) -> bool:
        setattr(self._machine.trouble, name, _on(rest))
        return True

    def _stall(self, rest: str, now: float) -> bool:
        mishaps.stall(self._body, now, on=_on(rest))
        return True

    def _fail(self, code: str, now: float) -> bool:
        if code in ("", "off"):
            mishaps.repair(self._body, now)
            return True
        known = {f"{number:x}": number for number in self._machine.failures}
        if code not in known:
            raise NotUnderstoodError(f"fail {' | '.join(known)} (hexadecimal), or fail off")
        mishaps.fail(self._body, known[code], now)
        return True


def _text(line: str) -> str:
    line = line.strip()
    if not line.startswith(("{", '"')):
        return line
    try:
        said = json.loads(line)
    except ValueError:
        raise NotUnderstoodError("the line is neither words nor JSON") from None
    match said:
        case str():
            return said
        case {"command": str(text)}:
            return text
        case dict() if len(said) == 1:
            # Such as {"insert": 500}; true stands for a word that needs nothing more.
            ((word, rest),) = said.items()
            return word if rest is True else f"{word} {rest}"
        case _:
            raise NotUnderstoodError('JSON has to be {"insert": 500} or {"command": "insert 500"}')


def _number(text: str) -> int:
    if not text.isdecimal():
        raise NotUnderstoodError(f"{text!r} is no number")
    return int(text)


def _on(text: str) -> bool:
    if text not in _SWITCH:
        raise NotUnderstoodError("say on or off")
    return _SWITCH[text]


def _value(paper: Paper) -> int:
    """Whole units; 0 for a coupon, and for what no sensor recognises."""
    return paper.value or 0


def _by_value(papers: list[Paper]) -> dict[str, int]:
    return {str(value): n for value, n in sorted(Counter(map(_value, papers)).items())}
