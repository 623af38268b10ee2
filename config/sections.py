"""The tables of the settings file, each a closed and frozen model with its own checks.

No value has a default here: defaults stand in `defaults.toml` alone, beside the words that explain
them. This module must never read a file or the environment.
"""

import ipaddress
from base64 import b64decode
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from config.checksums import valid_inn

DEMO_TERMINAL_ID = "00000000"
"""The id of the built-in demo terminal; no real terminal may have it."""

_SHA256_BYTES = 32
_Roubles = Literal[5, 10, 50, 100, 200, 500, 1000, 2000, 5000]
_Text = Annotated[str, Field(min_length=1, max_length=200)]
_Phone = Annotated[str, Field(pattern=r"^\+?[0-9][0-9 ()-]{1,22}[0-9]$")]
_Port = Annotated[str, Field(min_length=1, max_length=200)]
_Seconds = Annotated[float, Field(gt=0, le=86_400)]


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{name!r} is not a time zone of the tz database") from None
    return name


def _inn(text: str) -> str:
    if not valid_inn(text):
        raise ValueError("not an INN: 10 or 12 digits with a right check digit")
    return text


def _backend_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be http://host or https://host")
    if parts.username or parts.password:
        raise ValueError("must not hold a user name or password")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise ValueError("must be https outside this machine")
    return text.rstrip("/")


def _spki_pin(text: str) -> str:
    try:
        digest = b64decode(text, validate=True)
    except ValueError:
        raise ValueError("a pin is base64") from None
    if len(digest) != _SHA256_BYTES:
        raise ValueError("a pin is the SHA-256 of a public key: 44 characters of base64")
    return text


def _proxy_url(text: str) -> str:
    if text and (urlsplit(text).scheme not in ("http", "https") or not urlsplit(text).hostname):
        raise ValueError("must be http://host:port or empty")
    return text


def is_loopback(url: str) -> bool:
    """True when this address is on this machine."""
    return _is_loopback(urlsplit(url).hostname or "")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _empty_is_none(value: object) -> object:
    return None if value == "" else value


def _whole_number(value: object) -> object:
    """Variables of the environment are text; a closed set of numbers takes no text by itself."""
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value


def _unique(values: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(set(values)) != len(values):
        raise ValueError("holds a value twice")
    return values


def _some_unique(values: tuple[Any, ...]) -> tuple[Any, ...]:
    if not values:
        raise ValueError("must not be empty")
    return _unique(values)


def _at_most_two(values: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(values) > 2:
        raise ValueError("must be one or two; screen and slip have room for no more")
    return values


_OptionalPath = Annotated[Path | None, BeforeValidator(_empty_is_none)]


class Section(BaseModel):
    """A table of the settings file: frozen, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TerminalSettings(Section):
    """Who this terminal is, and the paying agent that the law wants shown before money."""

    id: str = Field(pattern=r"^[0-9]{8}$")
    name: _Text
    address: _Text
    timezone: Annotated[str, AfterValidator(_known_zone)]
    agent_name: _Text
    agent_inn: Annotated[str, AfterValidator(_inn)]
    agent_address: _Text
    agent_phone: _Phone
    demo: bool

    @model_validator(mode="after")
    def _real_terminal_names_itself(self) -> Self:
        if self.demo:
            return self
        if self.id == DEMO_TERMINAL_ID:
            raise ValueError(f"a real terminal (demo = false) cannot have the id {self.id}")
        for key in ("address", "agent_name", "agent_address"):
            if "(демо)" in getattr(self, key):
                raise ValueError(f"a real terminal (demo = false) must set its own {key}")
        if self.agent_inn.startswith("00"):
            raise ValueError("a real terminal (demo = false) must set its own agent_inn")
        return self


class HotlineSettings(Section):
    """Support numbers: on every screen and every slip."""

    numbers: Annotated[
        tuple[_Phone, ...], AfterValidator(_some_unique), AfterValidator(_at_most_two)
    ]


class AcceptorSettings(Section):
    """The banknote acceptor; denominations are whole roubles.

    `high_security` notes are examined more strictly, `orientations` are the ways in which a note may
    be fed; a protocol without such a thing ignores them (docs/hardware.md).
    """

    protocol: Literal["ccnet", "id003", "ssp"]
    port: _Port
    baud: Annotated[Literal[9600, 19200], BeforeValidator(_whole_number)]
    currency: Literal["RUB"]
    denominations: Annotated[tuple[_Roubles, ...], AfterValidator(_some_unique)]
    high_security: Annotated[tuple[_Roubles, ...], AfterValidator(_unique)]
    orientations: Annotated[
        tuple[Literal["front_a", "front_b", "back_a", "back_b"], ...],
        AfterValidator(_some_unique),
    ]
    trace_max_kb: int = Field(ge=10, le=100_000)

    @model_validator(mode="after")
    def _security_is_for_what_is_accepted(self) -> Self:
        strangers = sorted(set(self.high_security) - set(self.denominations))
        if strangers:
            raise ValueError(f"high_security names {strangers[0]}, which is no denomination")
        return self

    @property
    def denominations_minor(self) -> tuple[int, ...]:
        """The denominations in kopecks, smallest first."""
        return tuple(sorted(roubles * 100 for roubles in self.denominations))

    @property
    def high_security_minor(self) -> tuple[int, ...]:
        """The strictly examined ones in kopecks, smallest first."""
        return tuple(sorted(roubles * 100 for roubles in self.high_security))


class PrinterSettings(Section):
    """The receipt printer. `model` is a key of the drivers' table of models, which knows columns,
    code page and cutter. `required`: without it the terminal takes no money. `untaken`: what becomes
    of a slip that lies in the presenter for `untaken_s`.
    """

    port: _Port
    baud: Annotated[Literal[9600, 19200, 38400, 57600, 115200], BeforeValidator(_whole_number)]
    model: _Text
    required: bool
    untaken: Literal["retract", "eject", "leave"]
    untaken_s: _Seconds


class BackendSettings(Section):
    """The wallet backend and how patiently it is asked.

    `key_file` holds the key that `kiosk enrol` made. `ca_file`: certificates to trust instead of
    the system's. `pins`: SHA-256 of public keys (SPKI, base64), one of which the backend's
    certificate must have besides being trusted. `proxy`: an HTTP proxy; never the environment's.
    """

    url: Annotated[str, AfterValidator(_backend_url)]
    key_file: Path
    ca_file: _OptionalPath
    pins: tuple[Annotated[str, AfterValidator(_spki_pin)], ...]
    proxy: Annotated[str, AfterValidator(_proxy_url)]
    batch_size: int = Field(ge=1, le=500)
    connect_timeout_s: _Seconds
    read_timeout_s: _Seconds
    backoff_min_s: _Seconds
    backoff_max_s: _Seconds

    @model_validator(mode="after")
    def _backoff_is_a_range(self) -> Self:
        if self.backoff_min_s > self.backoff_max_s:
            raise ValueError("backoff_min_s is greater than backoff_max_s")
        return self


class JournalSettings(Section):
    """The durable journal. Below `min_free_mb` of free disk the terminal takes no money. `on_damage`:
    move a damaged journal away whole and go on with a new one, or stop and wait for a person.

    `snapshot_every`: records after which a snapshot for the next start is taken, at rest. In quiet
    hours, by the terminal's clock, records go that are older than `keep_days`, collected and ended;
    `archive_folder` keeps them, if given.
    """

    path: Path
    key_file: Path
    min_free_mb: int = Field(ge=1, le=1_000_000)
    on_damage: Literal["set_aside", "stop"]
    backup_folder: _OptionalPath
    backup_hours: int = Field(ge=1, le=8760)
    backup_keep: int = Field(ge=1, le=100)
    snapshot_every: int = Field(ge=10, le=100_000)
    keep_days: int = Field(ge=1, le=10_000)
    archive_folder: _OptionalPath
    quiet_from: time
    quiet_to: time


class CatalogueSettings(Section):
    """The provider catalogue; no path = the built-in one."""

    path: _OptionalPath


class SessionSettings(Section):
    """Patience with the customer, and with a provider's answer about an account, in seconds."""

    answer_s: float = Field(gt=0, le=60)
    idle_s: _Seconds
    ask_s: _Seconds
    attract_s: _Seconds
    money_idle_s: _Seconds
    money_ask_s: _Seconds
    processing_s: _Seconds
    result_s: _Seconds
    receipt_trouble_s: _Seconds


class CollectionSettings(Section):
    """Cash collection. After a collection that was announced with the cassette inside, no money is
    taken for at most `hold_s` seconds, until the cassette has been out and is back.
    """

    hold_s: _Seconds


class ClockSettings(Section):
    """The wall clock. A difference to the monotonic clock of `jump_s` seconds or more is a jump."""

    jump_s: _Seconds


class LimitSettings(Section):
    """Limits that law or the agent sets; kopecks."""

    cash_max_minor: int = Field(ge=1_000, le=100_000_000)
    first_payment_number: int = Field(ge=1)


class LogSettings(Section):
    """The structured log; no path = standard error. A file of `max_mb` megabytes is put aside as
    `.1`, the one before as `.2`, and of these `keep` are kept.
    """

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"]
    path: _OptionalPath
    max_mb: int = Field(ge=1, le=10_000)
    keep: int = Field(ge=1, le=100)
