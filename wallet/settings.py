"""Settings of the backend: a TOML file, then the environment (`WALLET_...`), then the command line.

A later source wins. Whatever is wrong is told with its source, its key and the reason, before
anything is opened. It must never print a value: a later setting may be a secret.
"""

import difflib
import os
import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from wallet.storage.address import address_of

_PREFIX = "WALLET_"


class Settle(StrEnum):
    """What becomes of payments that were accepted."""

    OFF = "off"
    """They stay accepted: nobody is paid, and nobody is told that they were."""
    PROVIDERS = "providers"
    """Their providers are paid."""
    INSTANT = "instant"
    """Every one is credited at once, and nobody is paid: for trying things out."""


class SettingsUnusableError(Exception):
    """Something about the settings; the message says where, which key, and why."""


class Settings(BaseSettings):
    """All settings, checked.

    Times ending in `_s` are seconds. A signature counts as fresh `signature_window_s` before and
    after it was made; a terminal may make `requests_per_s` requests, and `requests_burst` at once.
    With `settle = "providers"` the providers of the file `providers` are paid, by this process unless
    `worker` is false. Without a word about it payments stay accepted, and a database from which
    providers were ever paid is refused: a file that was forgotten would leave them unpaid.
    """

    model_config = SettingsConfigDict(env_prefix=_PREFIX, extra="forbid", frozen=True)

    database: str = "sqlite:///wallet.db"
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    database_connections: int = Field(default=20, ge=1, le=500)
    settle: Settle = Settle.OFF
    agent: str = Field(default="own", pattern=r"^[A-Za-z0-9_.-]{1,64}$")
    providers: Path | None = None
    worker: bool = True
    body_limit_bytes: int = Field(default=8_388_608, ge=1024)
    signature_window_s: int = Field(default=120, ge=5, le=3600)
    requests_per_s: float = Field(default=20.0, gt=0, le=10_000)
    requests_burst: int = Field(default=100, ge=1, le=100_000)

    @model_validator(mode="after")
    def _providers_are_paid_or_pretended(self) -> Self:
        if (self.settle is Settle.PROVIDERS) is (self.providers is None):
            raise ValueError(
                'settle: "providers" and a file of providers go together; any other value credits'
                " without paying them, or not at all"
            )
        if not self.worker and self.settle is not Settle.PROVIDERS and not self.off_on_purpose:
            # `wallet pay` would find none to pay.
            raise ValueError(
                "worker: to leave paying to `wallet pay` goes together with a file of providers, or"
                ' with settle = "off"'
            )
        return self

    @property
    def off_on_purpose(self) -> bool:
        """It was said that payments shall stay accepted, and not only nothing else said."""
        return self.settle is Settle.OFF and "settle" in self.model_fields_set

    @field_validator("database")
    @classmethod
    def _is_a_database(cls, value: str) -> str:
        address_of(value)
        return value


def load_settings(file: Path | None = None, **overrides: Any) -> Settings:
    """Settings from all sources; `overrides` (the command line) win, None means not given.

    Raises:
        SettingsUnusableError: the first thing that is wrong.
    """
    from_file = _read_toml(file) if file is not None else {}
    given = {key: value for key, value in overrides.items() if value is not None}

    class Loaded(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            del dotenv_settings, file_secret_settings
            file_settings = InitSettingsSource(settings_cls, init_kwargs=from_file)
            return init_settings, env_settings, file_settings

    try:
        return Loaded(**given)
    except ValidationError as error:
        raise SettingsUnusableError(_first_problem(error, file, from_file, given)) from None
    except SettingsError as error:
        raise SettingsUnusableError(f"environment: {error}") from None


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsUnusableError(f"{file}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsUnusableError(f"{file}: {error}") from None


def _first_problem(
    error: ValidationError, file: Path | None, from_file: dict[str, Any], given: dict[str, Any]
) -> str:
    problem = error.errors(include_input=False, include_url=False)[0]
    reason = problem["msg"].removeprefix("Value error, ")
    if not problem["loc"]:
        return f"settings: {reason}"
    key = str(problem["loc"][0])
    if problem["type"] == "extra_forbidden":
        reason = f"unknown key{_nearest(key)}"
    if key in given:
        source = "command line"
    elif f"{_PREFIX}{key}".upper() in {name.upper() for name in os.environ}:
        source = f"environment {_PREFIX}{key.upper()}"
    else:
        source = str(file) if key in from_file else "settings"
    return f"{source}: {key}: {reason}"


def _nearest(key: str) -> str:
    near = difflib.get_close_matches(key, Settings.model_fields, n=1)
    known = ", ".join(sorted(Settings.model_fields))
    return f", did you mean {near[0]!r}?" if near else f"; known: {known}"
