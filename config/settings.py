"""The one typed settings model of a terminal: built-in defaults, a TOML file, the environment.

Later layers win: `defaults.toml`, the given file, variables `KIOSK_SECTION__KEY`, overrides of the
caller. A key that the model does not know is an error in every layer. This module must never guess
a value that identifies a terminal or its agent: the defaults are those of a demo terminal, and a
terminal that is no demo has to name its own.
"""

import difflib
import os
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Self

from pydantic import ValidationError, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)
from pydantic_settings.exceptions import SettingsError as EnvironmentUnreadableError

from config.display_section import DisplaySettings, SoundSettings
from config.receipt_section import ReceiptSettings
from config.sections import (
    AcceptorSettings,
    BackendSettings,
    CatalogueSettings,
    ClockSettings,
    CollectionSettings,
    HotlineSettings,
    JournalSettings,
    LimitSettings,
    LogSettings,
    PrinterSettings,
    Section,
    SessionSettings,
    TerminalSettings,
)

__all__ = [
    "AcceptorSettings",
    "BackendSettings",
    "CatalogueSettings",
    "ClockSettings",
    "CollectionSettings",
    "DisplaySettings",
    "HotlineSettings",
    "JournalSettings",
    "LimitSettings",
    "LogSettings",
    "PrinterSettings",
    "ReceiptSettings",
    "SessionSettings",
    "Settings",
    "SettingsError",
    "SoundSettings",
    "TerminalSettings",
    "load_settings",
]

_Tree = dict[str, Any]
_ENV_PREFIX = "KIOSK_"
_ENV_DELIMITER = "__"
_BUILT_IN = "built-in defaults"


class SettingsError(ValueError):
    """The settings cannot be used; `problems` has one line each: where, which key, why."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Settings(BaseSettings):
    """All settings of one terminal. Build it by `load_settings`."""

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", env_prefix="KIOSK_", env_nested_delimiter="__"
    )

    terminal: TerminalSettings
    hotline: HotlineSettings
    display: DisplaySettings
    sounds: SoundSettings
    acceptor: AcceptorSettings
    printer: PrinterSettings
    receipt: ReceiptSettings
    backend: BackendSettings
    journal: JournalSettings
    catalogue: CatalogueSettings
    session: SessionSettings
    collection: CollectionSettings
    clock: ClockSettings
    limits: LimitSettings
    log: LogSettings

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what is passed in: `load_settings` stacks the layers, so that each value has a
        known origin that an error can name.
        """
        return (init_settings,)

    @property
    def acceptor_trace(self) -> Path:
        """Where the acceptor's wire trace goes while it is switched on: beside the journal."""
        return self.journal.path.with_name("acceptor.trace")

    @model_validator(mode="after")
    def _one_device_per_port(self) -> Self:
        if self.acceptor.port == self.printer.port:
            raise ValueError(f"acceptor and printer cannot share the port {self.printer.port}")
        return self


def load_settings(
    path: Path | None = None,
    *,
    overrides: Mapping[str, Mapping[str, object]] | None = None,
) -> Settings:
    """The settings of a terminal.

    Args:
        path: TOML file laid over the built-in defaults; None = the defaults of a demo terminal.
        overrides: sections and keys that win over file and environment.

    Relative paths of files are taken from the folder of the settings file, or from the working
    folder where there is none.

    Raises:
        SettingsError: missing or broken file, unknown key, bad value; all problems at once.
    """
    defaults = tomllib.loads(files("config").joinpath("defaults.toml").read_text("utf-8"))
    layers = {
        _BUILT_IN: defaults,
        str(path): _read_toml(path) if path else {},
        "environment": _read_environment(),
        "overrides": {name: dict(section) for name, section in (overrides or {}).items()},
    }
    tree: _Tree = {}
    for layer in layers.values():
        tree = _laid_over(tree, layer)
    try:
        settings = Settings(**tree)
    except ValidationError as error:
        raise SettingsError(tuple(_problem(item, layers) for item in error.errors())) from None
    return _with_absolute_paths(settings, path.parent if path else Path())


def _read_toml(path: Path) -> _Tree:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise SettingsError((f"{path}: there is no such file",)) from None
    except OSError as error:
        raise SettingsError((f"{path}: cannot be read: {error.strerror}",)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError((f"{path}: not valid TOML: {error}",)) from None


def _read_environment() -> _Tree:
    unknown = tuple(
        f"environment: {name}: unknown section{_nearest(section, Settings.model_fields)}"
        for name, section in _environment_sections()
        if section not in Settings.model_fields
    )
    if unknown:
        raise SettingsError(unknown)
    try:
        return EnvSettingsSource(Settings)()
    except EnvironmentUnreadableError as error:
        raise SettingsError((f"environment: {error}: lists are written as JSON",)) from None


def _environment_sections() -> list[tuple[str, str]]:
    """Variables that look like `KIOSK_SECTION__KEY`, with the section; other names are not ours."""
    names = (name for name in sorted(os.environ) if name.upper().startswith(_ENV_PREFIX))
    return [
        (name, name[len(_ENV_PREFIX) :].split(_ENV_DELIMITER)[0].lower())
        for name in names
        if _ENV_DELIMITER in name
    ]


def _laid_over(below: _Tree, above: _Tree) -> _Tree:
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            merged[key] = _laid_over(old, value)
        else:
            merged[key] = value
    return merged


def _problem(error: ErrorDetails, layers: Mapping[str, _Tree]) -> str:
    keys = tuple(str(part) for part in error["loc"])
    origin = _origin(keys, layers)
    reason = error["msg"].removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        reason = f"unknown key{_nearest(keys[-1], _known_keys(keys[:-1]))}"
    elif error["type"] not in ("missing", "value_error"):
        reason = f"{reason}, not {error['input']!r}"
    return f"{origin}: {'.'.join(keys) or 'settings'}: {reason}"


def _origin(keys: tuple[str, ...], layers: Mapping[str, _Tree]) -> str:
    """The highest layer that says anything about this key."""
    for name, layer in reversed(tuple(layers.items())):
        if _mentions(layer, keys):
            return name
    return _BUILT_IN


def _mentions(layer: object, keys: tuple[str, ...]) -> bool:
    if not keys or not isinstance(layer, dict):
        return layer is not None and layer != {}
    return keys[0] in layer and _mentions(layer[keys[0]], keys[1:])


def _known_keys(section: tuple[str, ...]) -> Mapping[str, object]:
    if not section:
        return Settings.model_fields
    table = Settings.model_fields[section[0]].annotation
    return table.model_fields if isinstance(table, type) and issubclass(table, Section) else {}


def _nearest(key: str, known: Mapping[str, object]) -> str:
    near = difflib.get_close_matches(key, known, n=1)
    return f", did you mean {near[0]!r}?" if near else f"; known: {', '.join(sorted(known))}"


def _with_absolute_paths(settings: Settings, base: Path) -> Settings:
    folder = base.absolute()
    journal, catalogue, log = settings.journal, settings.catalogue, settings.log
    backend, receipt = settings.backend, settings.receipt
    return settings.model_copy(
        update={
            "journal": journal.model_copy(
                update={
                    "path": folder / journal.path,
                    "key_file": folder / journal.key_file,
                    "backup_folder": journal.backup_folder and folder / journal.backup_folder,
                    "archive_folder": journal.archive_folder and folder / journal.archive_folder,
                }
            ),
            "backend": backend.model_copy(
                update={
                    "key_file": folder / backend.key_file,
                    "ca_file": backend.ca_file and folder / backend.ca_file,
                }
            ),
            "receipt": receipt.model_copy(
                update={
                    "template_folder": receipt.template_folder and folder / receipt.template_folder
                }
            ),
            "catalogue": catalogue.model_copy(
                update={"path": catalogue.path and folder / catalogue.path}
            ),
            "display": settings.display.model_copy(
                update={"brand": settings.display.brand and folder / settings.display.brand}
            ),
            "log": log.model_copy(update={"path": log.path and folder / log.path}),
        }
    )
