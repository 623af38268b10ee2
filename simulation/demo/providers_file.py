"""The backend's file of providers for the demo: each of the catalogue is paid at the demo provider.

Nothing of it is right for a real provider but the form.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

_PAY_S: Final = 5
_ASK_S: Final = 2


def write_profiles(path: Path, codes: Iterable[str], url: str) -> None:
    """Write profiles for these providers, all at one address. JSON's spelling of texts is TOML's."""
    lines = ["# Made by `kiosk demo`; made anew at each start."]
    for code in codes:
        lines += [
            "",
            f"[providers.{json.dumps(code)}]",
            f"url = {json.dumps(url)}",
            f"timeout_s = {_PAY_S}",
            f"check_timeout_s = {_ASK_S}",
            f"service_id = {json.dumps(code.replace('_', '-')[:32])}",
        ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
