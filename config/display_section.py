"""The tables of the settings file about what the customer sees and hears.

A module of its own, because it is about nothing else. It must never read a file.
"""

from datetime import time
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from config.sections import Section


def _empty_is_none(value: object) -> object:
    return None if value == "" else value


class DisplaySettings(Section):
    """The touchscreen; sizes in pixels. `brand`: the file of the operator's brand; none: the house's
    own look. `reduce_motion`: no slides and no rolling numbers.
    """

    width: int = Field(ge=640, le=7680)
    height: int = Field(ge=480, le=7680)
    fullscreen: bool
    renderer: Literal["software", "auto"]
    language: Literal["ru", "en", "kk"]
    brand: Annotated[Path | None, BeforeValidator(_empty_is_none)]
    reduce_motion: bool


class SoundSettings(Section):
    """Sounds; loudness in percent, 0 = silent. `night_volume` holds from `night_from` to `night_to`,
    by the terminal's clock.
    """

    volume: int = Field(ge=0, le=100)
    night_volume: int = Field(ge=0, le=100)
    night_from: time
    night_to: time
