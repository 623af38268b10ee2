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
    "muted": "#44526A",
    "white": "#FFFFFF",
    "brand": "#0B3B5C",
    "action": "#0F6B4F",
    "deep": "#0A4F3A",
    "amber": "#8A4B00",
    "warm": "#FFB84D",
    "stop": "#8C1D18",
}
STROKE = "1.75"


def painted(source: str, tone: str) -> str:
    """Return the SVG text of one icon in one tone, with the house's stroke."""
    return source.replace("currentColor", TONES[tone]).replace(
        'stroke-width="2"', f'stroke-width="{STROKE}"'
    )


def copies() -> dict[Path, str]:
    """Return every coloured copy: its path and its text."""
    return {
        ICONS / tone / source.name: painted(source.read_text(encoding="utf-8"), tone)
        for source in sorted(SOURCE.glob("*.svg"))
        for tone in TONES
    }


def main() -> None:
    """Write all coloured copies."""
    for path, text in copies().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
