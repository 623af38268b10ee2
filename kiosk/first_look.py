"""What the first picture needs of the settings, read before anything else is loaded.

Settings are checked by a model that takes longer to load than a window takes to appear, so here the
layers of the file are only looked at. It must never guess: where anything is out of the ordinary
(another command, an override by the environment, a value of an unexpected kind, a journal that is in
use) there is no first look, and the program goes its ordinary way, which says what is wrong. What is
read here is read again and checked before money is taken.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import config as shipped
from kiosk.single_instance import is_held
from kiosk.terminal.snapshot import Language
from ui.sounds.loudness import Loudness
from ui.terminal_info import TerminalInfo

_T = TypeVar("_T")
_RENDERERS = ("software", "auto")
_DEFAULTS = Path(shipped.__file__).with_name("defaults.toml")
_SMALLEST, _LARGEST = 480, 7680


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstLook:
    """How the window looks; the names are those of `ui.application.run_window`. `brand` is the
    file.
    """

    info: TerminalInfo
    size: tuple[int, int]
    fullscreen: bool
    reduce_motion: bool
    software_renderer: bool
    language: Language
    loudness: Loudness
    brand: Path | None
    finger_socket: Path | None


def first_look(arguments: Sequence[str], environment: Mapping[str, str]) -> FirstLook | None:
    """How the window of `kiosk run` looks; None where only the ordinary way can tell."""
    options = _options(arguments)
    if options is None or any(name.upper().startswith("KIOSK_") for name in environment):
        return None
    config = Path(options["--config"]) if "--config" in options else None
    finger = Path(options["--finger"]) if "--finger" in options else None
    try:
        tree = _layers(config)
        folder = (config.parent if config else Path()).absolute()
        if is_held(folder / _one(tree, "journal", "path", str)):
            return None
        return _look(tree, folder, finger)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ZoneInfoNotFoundError):
        return None


def _options(arguments: Sequence[str]) -> dict[str, str] | None:
    """The options of `run`; None for any other command, and for what is not spelled out whole."""
    if not arguments or arguments[0] != "run" or len(arguments) % 2 == 0:
        return None
    pairs = dict(zip(arguments[1::2], arguments[2::2], strict=True))
    return pairs if set(pairs) <= {"--config", "--finger"} else None


def _layers(config: Path | None) -> dict[str, Any]:
    tree = tomllib.loads(_DEFAULTS.read_text("utf-8"))
    if config is not None:
        for name, section in tomllib.loads(config.read_text("utf-8")).items():
            tree[name] = {**tree[name], **section}
    return tree


def _look(tree: dict[str, Any], folder: Path, finger: Path | None) -> FirstLook:
    width, height = (_one(tree, "display", name, int) for name in ("width", "height"))
    renderer = _one(tree, "display", "renderer", str)
    brand = _one(tree, "display", "brand", str)
    if not (min(width, height) >= _SMALLEST and max(width, height) <= _LARGEST):
        raise ValueError(width, height)
    if renderer not in _RENDERERS:
        raise ValueError(renderer)
    return FirstLook(
        info=_info(tree),
        size=(width, height),
        fullscreen=_one(tree, "display", "fullscreen", bool),
        reduce_motion=_one(tree, "display", "reduce_motion", bool),
        software_renderer=renderer == "software",
        language=Language(_one(tree, "display", "language", str)),
        loudness=_loudness(tree),
        brand=folder / brand if brand else None,
        finger_socket=finger,
    )


def _info(tree: dict[str, Any]) -> TerminalInfo:
    texts = {
        name: _one(tree, "terminal", name, str)
        for name in ("agent_name", "agent_inn", "agent_address", "agent_phone", "address")
    }
    numbers = _one(tree, "hotline", "numbers", list)
    if not numbers or not all(isinstance(one, str) for one in numbers):
        raise TypeError(numbers)
    return TerminalInfo(
        terminal_id=_one(tree, "terminal", "id", str),
        terminal_name=_one(tree, "terminal", "name", str),
        hotlines=tuple(numbers),
        demo=_one(tree, "terminal", "demo", bool),
        timezone=ZoneInfo(_one(tree, "terminal", "timezone", str)).key,
        **texts,
    )


def _loudness(tree: dict[str, Any]) -> Loudness:
    return Loudness(
        day=_one(tree, "sounds", "volume", int),
        night=_one(tree, "sounds", "night_volume", int),
        night_from=time.fromisoformat(_one(tree, "sounds", "night_from", str)),
        night_to=time.fromisoformat(_one(tree, "sounds", "night_to", str)),
        timezone=_one(tree, "terminal", "timezone", str),
    )


def _one(tree: dict[str, Any], section: str, key: str, kind: type[_T]) -> _T:
    value = tree[section][key]
    if type(value) is not kind:
        raise TypeError(section, key)
    return value
