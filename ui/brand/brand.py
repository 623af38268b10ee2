"""A brand that was found good: plain values for the window. It reads nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Slide:
    """A still picture for the screen that nobody stands at. Texts by language code."""

    image: Path
    title: Mapping[str, str]
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """How the operator wants the terminal to look; empty fields are the house's own.

    Attributes:
        name: in the header; empty: the terminal's name.
        hotline: the support number shown first; empty: the first one of the settings.
        logo: a picture for the header.
        logo_shape: its width for each pixel of height.
        colours: tokens of `Theme.qml` to be replaced.
        slides: pictures for the attract screen.
    """

    name: str = ""
    hotline: str = ""
    logo: Path | None = None
    logo_shape: float = 1.0
    colours: Mapping[str, str] = field(default_factory=dict)
    slides: tuple[Slide, ...] = ()


BUILT_IN = Brand()
"""The house's own look."""
