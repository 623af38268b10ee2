"""What differs between printers of one command language, as data.

Columns, code page and cutting bytes come from `models.toml`. Nothing here may talk to a device.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


class UnknownPrinterModelError(LookupError):
    """The settings name a printer model that the table does not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterModel:
    """One printer model. `columns` counts signs of font A, `dots` the printable width."""

    name: str
    title: str
    columns: int
    dots: int
    code_page: int
    feed_lines: int
    cut: bytes
    verified: bool


@cache
def load_models() -> Mapping[str, PrinterModel]:
    """Read the table of models that is shipped with the program."""
    text = files("drivers.printers").joinpath("models.toml").read_text(encoding="utf-8")
    return {name: _model(name, table) for name, table in tomllib.loads(text).items()}


def find_model(name: str) -> PrinterModel:
    """Return the model called `name`.

    Raises:
        UnknownPrinterModelError: the table has no such model.
    """
    models = load_models()
    if name not in models:
        raise UnknownPrinterModelError(f"no printer model {name!r}; known: {', '.join(models)}")
    return models[name]


def _model(name: str, table: Mapping[str, object]) -> PrinterModel:
    return PrinterModel(
        name=name,
        title=str(table["title"]),
        columns=_count(table["columns"]),
        dots=_count(table["dots"]),
        code_page=_count(table["code_page"]),
        feed_lines=_count(table["feed_lines"]),
        cut=bytes.fromhex(str(table["cut"])),
        verified=bool(table["verified"]),
    )


def _count(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"a printer's table holds {value!r} where a number is needed")
    return value
