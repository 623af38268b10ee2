"""What a scenario file can say. One step is one key with its value; see `docs/scenarios.md`.

Unknown steps and bad values are refused when the file is read, before anything is started.
"""

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError


class ScenarioError(Exception):
    """A scenario file cannot be used; the message says where and why."""


def _kopecks(value: object) -> object:
    """Roubles as people write them (`150`, `"142.50"`) to kopecks."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError("write roubles as 150 or '142.50'")  # noqa: TRY004  becomes a finding
    try:
        amount = Decimal(value) * 100
    except ArithmeticError:
        raise ValueError("write roubles as 150 or '142.50'") from None
    if amount != amount.to_integral_value() or amount < 0:
        raise ValueError("not a sum in roubles and kopecks")
    return int(amount)


Roubles = Annotated[int, BeforeValidator(_kopecks)]
"""Kopecks, written in the file as roubles."""

Seconds = Annotated[float, Field(gt=0, le=600)]


class _Step(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    timeout_s: Seconds = 20.0


class Touch(_Step):
    """Touch the control of this object name."""

    touch: str


class TypeKeys(_Step):
    """Touch one key of the shown keyboard after the other."""

    type: str


class WaitScreen(_Step):
    """Wait until this screen is shown and at rest; a screenshot of it is kept."""

    wait_screen: str


class WaitText(_Step):
    """Wait until the control of this object name shows exactly this text."""

    class Text(BaseModel):
        """Where and what. Any space in the shown text counts as a plain one."""

        model_config = ConfigDict(frozen=True, extra="forbid")

        target: str
        text: str

    wait_text: Text


class ExpectVisible(_Step):
    """Wait until some text on the screen contains this."""

    expect_visible: str


class Screenshot(_Step):
    """Keep a picture of the screen under this name."""

    screenshot: str


class Insert(_Step):
    """Put a banknote into the acceptor: its face value in roubles, or `counterfeit`."""

    insert: int | Literal["counterfeit"]


class Device(_Step):
    """Give a simulated device a command of its own vocabulary."""

    acceptor: str | None = None
    printer: str | None = None


class WaitAcceptor(_Step):
    """Wait until the simulated acceptor is in this phase (as its `status` names it)."""

    wait_acceptor: str


class Network(_Step):
    """The line between terminal and backend."""

    network: Literal["cut", "restore", "drop answers", "answer 500", "garbage", "portal", "silent"]


class Power(_Step):
    """The terminal's power; restoring waits until its window is back."""

    power: Literal["cut", "restore"]


class Pause(_Step):
    """Let time pass. Only to show that nothing happens; to wait for something, wait for it."""

    pause_s: Seconds


class PaymentWanted(BaseModel):
    """What must be true of one payment; what is left out is not looked at."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int
    provider: str | None = None
    account: str | None = None
    inserted: Roubles | None = None
    fee: Roubles | None = None
    credited: Roubles | None = None
    disputed: Roubles | None = None
    state: str | None = None
    backend_state: str | None = None
    receipt: Literal["stored", "started", "printed", "failed"] | None = None


class ExpectPayment(_Step):
    """A payment must come to look like this, in the journal and at the backend."""

    expect_payment: PaymentWanted


class ExpectPayments(_Step):
    """There must be exactly so many payments in the journal, and no more at the backend."""

    expect_payments: int


class ExpectCash(_Step):
    """Journal and cassette must agree on this sum of notes inside, in roubles."""

    expect_cash: Roubles


Step = (
    Touch
    | TypeKeys
    | WaitScreen
    | WaitText
    | ExpectVisible
    | Screenshot
    | Insert
    | Device
    | WaitAcceptor
    | Network
    | Power
    | Pause
    | ExpectPayment
    | ExpectPayments
    | ExpectCash
)

_BY_KEY: dict[str, type[_Step]] = {
    "touch": Touch,
    "type": TypeKeys,
    "wait_screen": WaitScreen,
    "wait_text": WaitText,
    "expect_visible": ExpectVisible,
    "screenshot": Screenshot,
    "insert": Insert,
    "acceptor": Device,
    "printer": Device,
    "wait_acceptor": WaitAcceptor,
    "network": Network,
    "power": Power,
    "pause_s": Pause,
    "expect_payment": ExpectPayment,
    "expect_payments": ExpectPayments,
    "expect_cash": ExpectCash,
}


def _step(value: object) -> object:
    """Choose the kind of step by its key, so that an error speaks of that kind alone."""
    if not isinstance(value, dict):
        raise ValueError("a step is one key with its value")  # noqa: TRY004  becomes a finding
    keys = [key for key in value if key in _BY_KEY]
    if len(keys) != 1:
        known = ", ".join(_BY_KEY)
        raise ValueError(f"a step has exactly one of: {known}; not {', '.join(map(str, value))}")
    return _BY_KEY[keys[0]].model_validate(value)


class Scenario(BaseModel):
    """A whole scenario: settings laid over the demo's, and the steps in order."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    settings: dict[str, dict[str, Any]] = {}
    steps: Annotated[tuple[Annotated[Step, BeforeValidator(_step)], ...], Field(min_length=1)]


_ADAPTER = TypeAdapter(Scenario)
SHIPPED = Path(__file__).parent.parent / "scenarios"


def shipped_names() -> tuple[str, ...]:
    """Names of the scenarios that come with the program."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.yaml")))


def load_scenario(name_or_path: str) -> Scenario:
    """Read a shipped scenario by its name, or any by its path.

    Raises:
        ScenarioError: there is none, or it says something that is not understood.
    """
    path = SHIPPED / f"{name_or_path}.yaml"
    if not path.is_file():
        path = Path(name_or_path)
    if not path.is_file():
        raise ScenarioError(
            f"{name_or_path}: no such scenario or file; shipped: {', '.join(shipped_names())}"
        )
    try:
        return _ADAPTER.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        raise ScenarioError(f"{path}: not YAML: {error}") from error
    except ValidationError as error:
        problems = [
            f"{path}: {'.'.join(map(str, one['loc'])) or 'scenario'}: {one['msg']}"
            for one in error.errors()
        ]
        raise ScenarioError("\n".join(problems)) from error
