"""How well one colour reads on another, by the formula of WCAG 2.2; and colours mixed from others.

Pure. Colours are texts of the form `#RRGGBB`.
"""

import re

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\Z")
_LINEAR_UP_TO = 0.04045
_WEIGHTS = (0.2126, 0.7152, 0.0722)
_FLARE = 0.05
"""Light that the screen throws back; part of the formula."""


def is_colour(text: str) -> bool:
    """Return True for `#RRGGBB`."""
    return _COLOUR.match(text) is not None


def ratio(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 (the same) to 21 (black and white)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + _FLARE) / (dark + _FLARE)


def luminance(colour: str) -> float:
    """Return the relative luminance, from 0 (black) to 1 (white)."""
    return sum(
        weight * _linear(channel / 255)
        for weight, channel in zip(_WEIGHTS, _channels(colour), strict=True)
    )


def mixed(colour: str, other: str, share: float) -> str:
    """Return `colour` with `share` (0 to 1) of `other` in it."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02X}" for one, two in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(channel: float) -> float:
    if channel <= _LINEAR_UP_TO:
        return channel / 12.92
    return float(((channel + 0.055) / 1.055) ** 2.4)
