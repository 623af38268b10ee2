"""The file of a brand (TOML): read, checked whole, all problems told at once.

Nothing half good is used: one problem, and the brand is refused. Relative names of pictures are
taken from the folder of the file. It must never change anything.
"""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from ui.brand import palette
from ui.brand.brand import Brand, Slide
from ui.brand.contrast import is_colour
from ui.brand.pictures import KINDS, SLIDE_KINDS, PictureError, read_picture, seen_on

LOGO_SHAPES = (0.5, 3.0)
"""Width for each pixel of height that the header has room for."""


class BrandError(ValueError):
    """The brand cannot be used; `problems` has one line each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def _colour(text: str) -> str:
    if not is_colour(text):
        raise ValueError("must be a colour of the form #RRGGBB")
    return text.upper()


_Colour = Annotated[str, AfterValidator(_colour)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Title(_Part):
    ru: str = Field(min_length=1, max_length=48)
    en: str = Field(min_length=1, max_length=48)
    kk: str = Field(min_length=1, max_length=48)


class _Words(_Part):
    ru: str = Field(min_length=1, max_length=90)
    en: str = Field(min_length=1, max_length=90)
    kk: str = Field(min_length=1, max_length=90)


class _Colours(_Part):
    brand: _Colour
    action: _Colour
    accent: _Colour


class _Slide(_Part):
    image: str = Field(min_length=1)
    title: _Title
    text: _Words | None = None


class _File(_Part):
    name: str = Field(default="", max_length=24)
    hotline: str = Field(default="", max_length=24)
    logo: str = ""
    colours: _Colours | None = None
    slides: tuple[_Slide, ...] = Field(default=(), max_length=4)


def load_brand(path: Path, *, hotlines: Sequence[str] | None = None) -> Brand:
    """Return the brand of a file.

    Args:
        path: the TOML file.
        hotlines: the support numbers of the terminal, which its slips name too; None: unknown.

    Raises:
        BrandError: the file, a colour, a picture or the hotline cannot be used.
    """
    file = _read(path)
    problems: list[str] = []
    if hotlines is not None and file.hotline and file.hotline not in hotlines:
        problems.append(
            f"{path}: hotline {file.hotline} is not among [hotline] numbers of the settings, "
            "which stand on the slips"
        )
    colours = _colours(path, file.colours, problems)
    shape, logo = _logo(path, file.logo, problems)
    slides = tuple(
        Slide(
            image=path.parent / slide.image,
            title=slide.title.model_dump(),
            text=slide.text.model_dump() if slide.text else {},
        )
        for slide in file.slides
    )
    for slide in slides:
        try:
            read_picture(slide.image, SLIDE_KINDS)
        except PictureError as error:
            problems.append(f"slide {error}")
    if problems:
        raise BrandError(problems)
    return Brand(
        name=file.name,
        hotline=file.hotline,
        logo=logo,
        logo_shape=shape,
        colours=colours,
        slides=slides,
    )


def _read(path: Path) -> _File:
    try:
        return _File.model_validate(tomllib.loads(path.read_text("utf-8")))
    except OSError as error:
        raise BrandError([f"{path}: cannot be read: {error.strerror}"]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BrandError([f"{path}: not valid TOML: {error}"]) from None
    except ValidationError as error:
        raise BrandError(
            [
                f"{path}: {'.'.join(map(str, item['loc']))}: "
                + item["msg"].removeprefix("Value error, ")
                for item in error.errors()
            ]
        ) from None


def _colours(path: Path, given: _Colours | None, problems: list[str]) -> dict[str, str]:
    if given is None:
        return {}
    own = palette.branded(given.brand, given.action, given.accent)
    whole = {**palette.day(), **own}
    problems += [f"{path}: {line}" for line in palette.too_faint(whole, palette.DAY_PAIRS)]
    return own


def _logo(path: Path, name: str, problems: list[str]) -> tuple[float, Path | None]:
    if not name:
        return 1.0, None
    try:
        picture = read_picture(path.parent / name, KINDS)
    except PictureError as error:
        problems.append(f"logo {error}")
        return 1.0, None
    narrowest, widest = LOGO_SHAPES
    if not narrowest <= picture.shape <= widest:
        problems.append(
            f"logo {picture.path}: is {picture.width}x{picture.height}; the header has room for "
            f"{narrowest:g} to {widest:g} times as wide as high"
        )
    elif not seen_on(picture, palette.day()["card"]):
        problems.append(f"logo {picture.path}: can hardly be seen on the white header")
    return picture.shape, picture.path
