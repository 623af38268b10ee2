"""The table of machines that can be simulated, read from `models.toml` beside this file.

A model is data: what a machine calls itself, its notes, its habits and times. A habit that the
protocol's kit does not know is an error, so that no line of the table can be without effect.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from drivers.acceptors.device_half.phases import MechanismTiming
from simulation.acceptor.protocols import Build, ProtocolName, kit_of


class UnknownModelError(Exception):
    """No such machine in the table, or not of this protocol; the text names those that there are."""


class Model(BaseModel):
    """One machine of the table."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
    protocol: ProtocolName
    title: str
    identity: str | None = None
    letters: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "RUS"
    denominations: tuple[Annotated[int, Field(gt=0)], ...] = Build().denominations
    capacity: Annotated[int, Field(gt=0)]
    has_counter: bool = True
    ack_patience_s: float | None = None
    timing: Mapping[str, float] = {}
    habits: frozenset[str] = frozenset()

    def build(self) -> Build:
        """What the protocol's kit makes the machine of."""
        return Build(
            timing=MechanismTiming(**self.timing),
            capacity=self.capacity,
            has_counter=self.has_counter,
            ack_patience_s=self.ack_patience_s,
            identity=self.identity,
            letters=self.letters,
            denominations=self.denominations,
            habits=self.habits,
        )


_TABLE: TypeAdapter[tuple[Model, ...]] = TypeAdapter(tuple[Model, ...])


@cache
def models() -> Mapping[str, Model]:
    """Every machine by its name, in the order of the table."""
    text = files("simulation.acceptor").joinpath("models.toml").read_text(encoding="utf-8")
    table = _TABLE.validate_python(tomllib.loads(text)["model"])
    for model in table:
        strange = model.habits - kit_of(model.protocol).habits
        if strange:
            raise UnknownModelError(f"{model.name}: {model.protocol} has no habit {min(strange)}")
    return MappingProxyType({model.name: model for model in table})


def find_model(protocol: ProtocolName, name: str | None) -> Model:
    """A machine by its name, or the default one of a protocol. Raises UnknownModelError."""
    fitting = [model for model in models().values() if model.protocol is protocol]
    found = [model for model in fitting if name in (None, model.name)]
    if not found:
        known = ", ".join(model.name for model in fitting)
        raise UnknownModelError(f"no model {name!r} speaks {protocol}; there are: {known}")
    return found[0]
