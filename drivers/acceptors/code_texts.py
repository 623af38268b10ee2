"""What a vendor's code says to a technician, from the `codes.toml` beside each driver.

More words than the numbered fault has, for service screens and for watching a line. It must never
decide anything: a code without a text here is no error.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def code_text(protocol: str, raw: str, language: str) -> str | None:
    """The text for a raw code such as `1C 65`, as `Rejected` and `Fault` carry it.

    None where the driver has no text for it, or none in this language (en, ru, kk).
    """
    return code_texts(protocol).get(raw, {}).get(language)


@cache
def code_texts(protocol: str) -> Mapping[str, Mapping[str, str]]:
    """Every text of a protocol, by raw code and language; empty where its driver has none."""
    file = files("drivers.acceptors").joinpath(protocol, "codes.toml")
    if not file.is_file():
        return {}
    table: dict[str, dict[str, str]] = tomllib.loads(file.read_text(encoding="utf-8"))
    return table
