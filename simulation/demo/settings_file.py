"""The settings of the demo's terminal, and writing them as TOML.

Only what the stand needs is written; everything else is the product's default.
"""

import json
from collections.abc import Mapping
from pathlib import Path

Settings = dict[str, dict[str, object]]

DEMO_TERMINAL = "10238898"


def demo_settings(
    *,
    acceptor_port: Path,
    printer_port: Path,
    backend_url: str,
    journal: Path,
    changes: Mapping[str, Mapping[str, object]],
    protocol: str = "ccnet",
) -> Settings:
    """A terminal on simulated ports, with `changes` laid over it."""
    settings: Settings = {
        "terminal": {"id": DEMO_TERMINAL},
        "display": {"fullscreen": False},
        "acceptor": {"port": str(acceptor_port), "protocol": protocol},
        "printer": {"port": str(printer_port)},
        "receipt": {"check_url": "https://example.org/c/{payment}"},
        "backend": {
            "url": backend_url,
            "backoff_max_s": 3,
            "key_file": str(journal.with_name("terminal.key")),
        },
        "journal": {
            "path": str(journal),
            "key_file": str(journal.with_name("journal.key")),
        },
    }
    for section, keys in changes.items():
        settings.setdefault(section, {}).update(keys)
    return settings


def write_toml(path: Path, settings: Settings) -> None:
    """Write flat sections of texts, numbers, truths and lists; JSON's spelling of them is TOML's."""
    lines = ["# Made by `kiosk demo`; made anew at each start."]
    for section, keys in settings.items():
        lines += ["", f"[{section}]"]
        lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in keys.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
