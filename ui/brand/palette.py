"""The colours of the screen by name, and which of them must read on which.

The colours themselves stand in `Theme.qml` alone, from which they are read here: what is checked is
what is drawn. A brand gives three of them; the tones around those are mixed, never configured.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ui.brand.contrast import mixed, ratio

THEME = Path(__file__).parents[1] / "theme" / "Theme.qml"

TEXT = 7.0
"""WCAG 2.2, 1.4.6 (AAA): every text, whatever its size."""
CONTROL = 3.0
"""WCAG 2.2, 1.4.11: what tells a control or a state from its ground."""
BORDER = 4.0
"""The house's own floor for the border of a control."""

_TOKEN = re.compile(
    r'property color (?P<name>\w+): contrast \? "(?P<night>#\w{6})"'
    r' : (?:theme\.own\.\w+ \?\? )?"(?P<day>#\w{6})"'
)
_WHITE, _BLACK = "#FFFFFF", "#000000"

_IN_WORDS = {
    "card": "white",
    "paper": "the page",
    "onBrandMuted": "quiet text",
    "brandRaised": "raised brand",
    "brandSoft": "light brand",
    "brandPressed": "pressed brand",
    "actionDark": "dark action",
    "mint": "light action",
    "warm": "accent",
    "onWarm": "text",
    "warmPaper": "light accent",
    "ink": "text",
    "muted": "quiet text",
}
"""What whoever writes a brand calls a token; the rest are called so already."""

Palette = Mapping[str, str]
"""Name of a token in `Theme.qml` -> `#RRGGBB`."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A colour that is drawn on another, and the contrast it needs."""

    front: str
    ground: str
    floor: float


_TEXT_GROUNDS = ("paper", "card", "brandSoft", "mint", "warmPaper", "stopPaper")

PAIRS = (
    *(Pair("ink", ground, TEXT) for ground in (*_TEXT_GROUNDS, "brandPressed")),
    *(Pair("muted", ground, TEXT) for ground in _TEXT_GROUNDS),
    Pair("card", "brand", TEXT),
    Pair("onBrandMuted", "brand", TEXT),
    *(Pair("brand", ground, TEXT) for ground in ("paper", "card", "brandSoft")),
    Pair("card", "action", TEXT),
    Pair("card", "actionDark", TEXT),
    *(Pair("actionDark", ground, TEXT) for ground in ("paper", "card", "mint")),
    Pair("stop", "paper", TEXT),
    Pair("stop", "card", TEXT),
    Pair("stop", "stopPaper", TEXT),
    Pair("onWarm", "warm", TEXT),
    Pair("card", "brandRaised", CONTROL),
    Pair("action", "paper", CONTROL),
    Pair("action", "mint", CONTROL),
    Pair("brand", "brandPressed", CONTROL),
    Pair("blank", "card", CONTROL),
    Pair("edge", "paper", BORDER),
    Pair("edge", "card", BORDER),
)
"""Every text and every control border of the screens; `tests/ui/test_contrast.py` measures the
pictures themselves besides."""

NIGHT_PAIRS = tuple(pair for pair in PAIRS if pair.front != "warm")
DAY_PAIRS = (*PAIRS, Pair("warm", "brand", CONTROL))
"""In high contrast the icon on the brand block is black."""


def day() -> dict[str, str]:
    """Return the usual colours of the house."""
    return {name: usual for name, _, usual in _tokens()}


def night() -> dict[str, str]:
    """Return the colours of high contrast; no brand changes them."""
    return {name: dark for name, dark, _ in _tokens()}


def branded(brand: str, action: str, accent: str) -> dict[str, str]:
    """Return the tokens that a brand changes: its three colours and the tones mixed from them."""
    return {
        "brand": brand,
        "brandRaised": mixed(brand, _WHITE, 0.12),
        "brandSoft": mixed(_WHITE, brand, 0.09),
        "brandPressed": mixed(_WHITE, brand, 0.19),
        "onBrandMuted": mixed(_WHITE, brand, 0.16),
        "action": action,
        "actionDark": mixed(action, _BLACK, 0.25),
        "actionFaded": mixed(_WHITE, action, 0.45),
        "mint": mixed(_WHITE, action, 0.1),
        "warm": accent,
        "warmPaper": mixed(_WHITE, accent, 0.15),
    }


def too_faint(palette: Palette, pairs: tuple[Pair, ...]) -> list[str]:
    """Return one line for each pair under its floor, in words for a technician."""
    found = []
    for pair in pairs:
        front, ground = palette[pair.front], palette[pair.ground]
        measured = ratio(front, ground)
        if measured < pair.floor:
            found.append(
                f"{_called(pair.front)} {front} on {_called(pair.ground)} {ground} has a contrast of "
                f"{measured:.2f}:1 and needs {pair.floor:g}:1"
            )
    return found


def _called(token: str) -> str:
    return _IN_WORDS.get(token, token)


def _tokens() -> list[tuple[str, str, str]]:
    text = THEME.read_text(encoding="utf-8")
    return [(one["name"], one["night"], one["day"]) for one in _TOKEN.finditer(text)]
