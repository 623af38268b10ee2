"""How one provider is spoken to: address, phases, forms of sum and date, extra fields. Data only.

Read from a TOML file and checked whole before anything is sent. It must never hold a password: the
profile names the environment variable that does.
"""

import ipaddress
import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Final, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

from wallet.providers.codes import Weight

_NAME: Final = r"^[A-Za-z_][A-Za-z0-9_]{0,63}$"
ParameterName = Annotated[str, StringConstraints(pattern=_NAME)]
_RESERVED: Final = {"command", "txn_id", "txn_date", "sum", "ccy"}


class ProfilesError(Exception):
    """The file of provider profiles cannot be used; the message says where and why."""


class Phases(StrEnum):
    """What is asked before money moves."""

    CHECK_FIRST = "check_first"
    PAY_ONLY = "pay_only"


class AccountQuestion(StrEnum):
    """By which command an account is looked up before cash is taken."""

    GET_INFO = "getInfo"
    """Registers nothing at the provider: the one to prefer."""
    CHECK = "check"
    """Registers a number at the provider, which is never paid."""
    NONE = "none"


class SumForm(StrEnum):
    """How a sum is written."""

    DOT = "dot"
    COMMA = "comma"
    MINOR_UNITS = "minor_units"


class CurrencyForm(StrEnum):
    """How a currency is written."""

    LETTERS = "letters"
    DIGITS = "digits"
    NONE = "none"


class Profile(BaseModel):
    """One provider. Everything but `url` has the protocol's own value by default.

    `fields` leads from a field of our catalogue to the provider's parameter; a field that is not
    listed goes under its own name where that is a possible one. `codes` gives codes of this
    provider another weight than the protocol's.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str
    method: Annotated[str, StringConstraints(pattern=r"^(GET|POST)$")] = "GET"
    phases: Phases = Phases.CHECK_FIRST
    account_question: AccountQuestion = AccountQuestion.GET_INFO
    account_name: ParameterName = "account"
    account_pattern: Annotated[str, StringConstraints(max_length=200)] = r"^[^\x00-\x1f]{1,200}$"
    sum_form: SumForm = SumForm.DOT
    date_form: Annotated[str, StringConstraints(min_length=2, max_length=40)] = "%Y%m%d%H%M%S"
    time_zone: str = "Europe/Moscow"
    currency_form: CurrencyForm = CurrencyForm.LETTERS
    prv_id: Annotated[int, Field(ge=0)] | None = None
    prv_id_name: ParameterName = "prv_id"
    fields: Mapping[str, ParameterName] = {}
    constants: Mapping[ParameterName, Annotated[str, StringConstraints(max_length=200)]] = {}
    codes: Mapping[int, Weight] = {}
    user: str | None = None
    password_env: ParameterName | None = None
    ca_file: Path | None = None
    timeout_s: Annotated[float, Field(gt=0, le=60)] = 60
    check_timeout_s: Annotated[float, Field(gt=0, le=30)] = 5
    connections: Annotated[int, Field(ge=1, le=100)] = 10
    service_id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,32}$")] = "0"
    registry_prefix: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,32}$")] = "QIWI"

    @field_validator("url")
    @classmethod
    def _is_safe(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("https", "http") or not parts.hostname:
            raise ValueError("not an https:// address")
        if parts.username or parts.password:
            raise ValueError("no password in the address: use user and password_env")
        if parts.query or parts.fragment:
            raise ValueError("no query in the address: use constants")
        if parts.scheme == "http" and not _is_loopback(parts.hostname):
            raise ValueError("http:// is for the loopback only; money goes over https://")
        return value

    @field_validator("time_zone")
    @classmethod
    def _zone_is_known(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError("no such time zone; is the package tzdata installed?") from None
        return value

    @field_validator("account_pattern")
    @classmethod
    def _pattern_compiles(cls, value: str) -> str:
        try:
            re.compile(value)
        except re.error as error:
            raise ValueError(f"not a regular expression: {error}") from None
        return value

    @model_validator(mode="after")
    def _names_are_apart(self) -> Self:
        named = [self.account_name, *self.fields.values(), *self.constants]
        if self.prv_id is not None:
            named.append(self.prv_id_name)
        wrong = sorted({name for name in named if name in _RESERVED or named.count(name) > 1})
        if wrong:
            raise ValueError(f"parameter {wrong[0]!r} would be sent twice")
        if (self.user is None) is not (self.password_env is None):
            raise ValueError("user and password_env go together")
        return self

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone of the accounting date."""
        return ZoneInfo(self.time_zone)

    def accepts_account(self, account: str) -> bool:
        """True when the provider may be asked about this account at all."""
        return re.fullmatch(self.account_pattern, account) is not None


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    providers: Mapping[Annotated[str, StringConstraints(min_length=1, max_length=64)], Profile]


def load_profiles(path: Path) -> Mapping[str, Profile]:
    """Profiles by provider code.

    Raises:
        ProfilesError: the first thing that is wrong.
    """
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
        return _File.model_validate(tree).providers
    except OSError as error:
        raise ProfilesError(f"{path}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfilesError(f"{path}: {error}") from None
    except ValidationError as error:
        problem = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in problem["loc"])
        reason = problem["msg"].removeprefix("Value error, ")
        raise ProfilesError(f"{path}: {where}: {reason}") from None


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
