"""Paints the outline icons: a plain source and a tone give the coloured copy that the screens load.

The software renderer has no colour effects, so every tone that a screen uses is a file of its own.
Sources are the Lucide set (ISC licence beside them); the copies are committed, and a test repaints
and compares them. It must never be imported by the running terminal.
"""

from pathlib import Path

ICONS = Path(__file__).parent
SOURCE = ICONS / "source"

TONES = {
    "ink": "#10203A",
    "white": "#FFFFFF",
    "brand": "#0B3B5C",
    "action": "#0B5F46",
    "amber": "#8A4B00",
    "warm": "#FFB84D",
    "stop": "#8C1D18",
    "sun": "#FFE14D",
    "night": "#000000",
}
STROKE = "1.75"

USED: dict[str, tuple[str, ...]] = {
    "a-large-small": ("brand",),
    "accessibility": ("brand",),
    "arrow-big-up": ("ink",),
    "arrow-left": ("brand",),
    "arrow-right": ("white",),
    "banknote": (
        "action",
        "brand",
        "warm",
    ),
    "building-2": ("brand",),
    "bus": ("brand",),
    "calendar-days": ("brand",),
    "check": (
        "action",
        "white",
    ),
    "chevron-left": ("brand",),
    "chevron-right": ("brand",),
    "circle-alert": (
        "amber",
        "brand",
        "stop",
    ),
    "clock": (
        "brand",
        "white",
    ),
    "coins": ("brand",),
    "contrast": ("brand",),
    "credit-card": ("brand",),
    "delete": ("ink",),
    "file-text": ("brand",),
    "gamepad-2": ("brand",),
    "graduation-cap": ("brand",),
    "hand": (
        "brand",
        "white",
    ),
    "hand-coins": ("brand",),
    "heart-handshake": ("brand",),
    "hourglass": ("brand",),
    "house": ("brand",),
    "info": (
        "amber",
        "brand",
    ),
    "landmark": ("brand",),
    "languages": ("brand",),
    "layout-grid": ("brand",),
    "map-pin": ("brand",),
    "phone": ("brand",),
    "printer": ("action", "brand"),
    "printer-x": ("amber",),
    "receipt-text": (
        "action",
        "brand",
    ),
    "repeat": ("brand",),
    "search": ("brand", "white"),
    "shield-check": ("brand",),
    "shopping-bag": ("brand",),
    "smartphone": ("brand",),
    "space": ("ink",),
    "undo-2": ("amber",),
    "wallet": (
        "brand",
        "white",
    ),
    "wifi": ("brand",),
    "wifi-off": ("amber",),
    "wrench": ("white",),
    "x": ("white",),
}
"""Which icon is shown in which tones; every other combination is not shipped."""


ON_COLOUR = frozenset({"white", "warm"})
"""Tones that stand on a coloured ground."""


def tones_of(name: str) -> tuple[str, ...]:
    """The tones of one icon. High contrast knows two: black for what stands on a coloured ground
    otherwise, yellow on black for all the rest.
    """
    tones = USED[name]
    night = ("night",) if ON_COLOUR.intersection(tones) else ()
    sun = ("sun",) if set(tones) - ON_COLOUR else ()
    return (*tones, *night, *sun)


def painted(source: str, tone: str) -> str:
    """Return the SVG text of one icon in one tone, with the house's stroke."""
    return source.replace("currentColor", TONES[tone]).replace(
        'stroke-width="2"', f'stroke-width="{STROKE}"'
    )


def copies() -> dict[Path, str]:
    """Return every coloured copy: its path and its text."""
    return {
        ICONS / tone / f"{name}.svg": painted(
            (SOURCE / f"{name}.svg").read_text(encoding="utf-8"), tone
        )
        for name in USED
        for tone in tones_of(name)
    }


def main() -> None:
    """Write all coloured copies."""
    for path, text in copies().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
