"""Loading of the provider catalogue: the built-in one, or a file that was given.

A catalogue is taken whole or not at all: the first thing that is wrong is named with its file and
key. This module must never repair a catalogue or leave out the part that does not fit.
"""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from config.catalogue_checks import WrongKeyError, check_catalogue
from config.catalogue_models import (
    AnswerField,
    Catalogue,
    Category,
    FeeBand,
    Field,
    Provider,
    UnknownProviderError,
)

__all__ = [
    "AnswerField",
    "Catalogue",
    "CatalogueError",
    "Category",
    "FeeBand",
    "Field",
    "Provider",
    "UnknownProviderError",
    "load_catalogue",
    "read_catalogue",
]

_BUILT_IN = "catalogue.json"


class CatalogueError(ValueError):
    """A catalogue cannot be used: which file, which key, why."""

    def __init__(self, *, file: str, key: str, reason: str) -> None:
        super().__init__(f"{file}: {key}: {reason}" if key else f"{file}: {reason}")
        self.file = file
        self.key = key
        self.reason = reason


def load_catalogue(path: Path | None = None) -> Catalogue:
    """The checked catalogue of a JSON file; None = the built-in one. Raises CatalogueError."""
    if path is None:
        text = files("config").joinpath(_BUILT_IN).read_text("utf-8")
        return _checked(text, f"built-in {_BUILT_IN}")
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        raise CatalogueError(file=str(path), key="", reason="there is no such file") from None
    except OSError as error:
        reason = f"cannot be read: {error.strerror}"
        raise CatalogueError(file=str(path), key="", reason=reason) from None
    except UnicodeDecodeError:
        raise CatalogueError(file=str(path), key="", reason="is not UTF-8 text") from None
    return _checked(text, str(path))


def read_catalogue(content: bytes, name: str) -> Catalogue:
    """The checked catalogue in these bytes, called `name` in errors. Raises CatalogueError."""
    try:
        return _checked(content.decode("utf-8"), name)
    except UnicodeDecodeError:
        raise CatalogueError(file=name, key="", reason="is not UTF-8 text") from None
    except RecursionError:
        raise CatalogueError(file=name, key="", reason="is nested too deep") from None


def _checked(text: str, file: str) -> Catalogue:
    try:
        tree = json.loads(text, object_pairs_hook=_without_repeated_keys)
        catalogue = Catalogue.model_validate_json(text)
        check_catalogue(catalogue)
    except json.JSONDecodeError as error:
        reason = f"not valid JSON: {error.msg} in line {error.lineno}, column {error.colno}"
        raise CatalogueError(file=file, key="", reason=reason) from None
    except ValidationError as error:
        first = error.errors()[0]
        key, reason = _named(first["loc"], tree), _reason(first["type"], first["msg"])
        raise CatalogueError(file=file, key=key, reason=reason) from None
    except WrongKeyError as error:
        raise CatalogueError(file=file, key=error.key, reason=error.reason) from None
    return catalogue


def _without_repeated_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    tree = dict(pairs)
    if len(tree) < len(pairs):
        names = [name for name, _ in pairs]
        repeated = next(name for name in names if names.count(name) > 1)
        raise WrongKeyError(repeated, "the key stands there more than once")
    return tree


def _reason(kind: str, message: str) -> str:
    return "unknown key" if kind == "extra_forbidden" else message


def _named(location: tuple[int | str, ...], tree: Any) -> str:
    """A path of keys in which list items go by their code or name where they have one."""
    path = ""
    for step in location:
        tree = _inside(tree, step)
        if isinstance(step, int):
            known = tree.get("code") or tree.get("name") if isinstance(tree, dict) else None
            path += f"[{known or step}]"
        else:
            path += f".{step}" if path else step
    return path


def _inside(tree: Any, step: int | str) -> Any:
    match tree:
        case dict():
            return tree.get(step)
        case list() if isinstance(step, int) and step < len(tree):
            return tree[step]
        case _:
            return None
