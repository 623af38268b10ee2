"""What differs between printers of one command language, as data.

Columns, code pages, cut and presenter bytes and the dialect of the states come from `models.toml`.
Nothing here may talk to a device.
"""

import tomllib
from codecs import lookup
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType


class UnknownPrinterModelError(LookupError):
    """The settings name a printer model that the table does not have."""


class PrinterTableError(ValueError):
    """The table of models that is shipped with the program is wrong."""


class StatusDialect(StrEnum):
    """How a printer tells its state (facts sheet receipts §2.1, §2.5, §2.7)."""

    EPSON = "epson"
    CUSTOM = "custom"
    CITIZEN_PPU = "citizen_ppu"


class QrMode(StrEnum):
    """Who draws a QR code."""

    NATIVE = "native"
    RASTER = "raster"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePage:
    """A page of signs: the number that `ESC t` takes, and the name of the codec."""

    number: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterModel:
    """One printer model. `columns` counts signs of font A, `dots` the printable width; `code_page`
    is the number of the page called `encoding`, in which slips are written.

    Attributes:
        present: bytes behind the cut that hold the slip out; may be empty.
        eject: bytes that push a slip out of the presenter; empty where there is no such order.
        retract: bytes that pull an untaken slip back; empty where there is no such order.
        ids: answers to `GS I 1` that name this model.
        source: where the values come from and what is doubtful about them.
    """

    name: str
    title: str
    columns: int
    dots: int
    code_page: int
    encoding: str = "cp866"
    pages: tuple[CodePage, ...] = ()
    feed_lines: int
    cut: bytes
    present: bytes = b""
    eject: bytes = b""
    retract: bytes = b""
    dialect: StatusDialect = StatusDialect.EPSON
    qr: QrMode = QrMode.NATIVE
    baud: int = 19200
    ids: tuple[bytes, ...] = ()
    verified: bool
    source: str = ""

    @property
    def finish(self) -> bytes:
        """What ends a slip: the cut, and the order that holds it out to the customer."""
        return self.cut + self.present

    @property
    def has_presenter(self) -> bool:
        """Whether the printer holds slips and can tell that one was not taken."""
        return bool(self.present or self.eject or self.retract)


@cache
def load_models() -> Mapping[str, PrinterModel]:
    """Read the table of models that is shipped with the program.

    Raises:
        PrinterTableError: a value is missing or has the wrong form.
    """
    text = files("drivers.printers").joinpath("models.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    return MappingProxyType({name: _model(name, table) for name, table in tables.items()})


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
    try:
        pages = _pages(table["pages"])
        return PrinterModel(
            name=name,
            title=str(table["title"]),
            columns=_count(table["columns"]),
            dots=_count(table["dots"]),
            code_page=pages[0].number,
            encoding=pages[0].name,
            pages=pages,
            feed_lines=_count(table["feed_lines"]),
            cut=_order(table, "cut"),
            present=_order(table, "present"),
            eject=_order(table, "eject"),
            retract=_order(table, "retract"),
            dialect=StatusDialect(str(table["dialect"])),
            qr=QrMode(str(table["qr"])),
            baud=_count(table["baud"]),
            ids=tuple(bytes.fromhex(str(one)) for one in _list(table.get("ids", []))),
            verified=bool(table["verified"]),
            source=str(table["source"]),
        )
    except (LookupError, TypeError, ValueError) as error:
        raise PrinterTableError(f"printer model {name}: {error!r}") from error


def _order(table: Mapping[str, object], key: str) -> bytes:
    return bytes.fromhex(str(table.get(key, "")))


def _pages(value: object) -> tuple[CodePage, ...]:
    return tuple(_page(one) for one in _list(value))


def _page(value: object) -> CodePage:
    if not isinstance(value, dict):
        raise TypeError(f"{value!r} is no code page")
    return CodePage(number=_count(value["number"]), name=lookup(str(value["name"])).name)


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no list")
    return value


def _count(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"{value!r} stands where a number is needed")
    return value
