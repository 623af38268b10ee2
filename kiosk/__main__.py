"""Entry point of the command `kiosk`."""

from pathlib import Path

from config.settings import Settings
from kiosk.cli import build_application


def main() -> None:
    """Run the command line."""
    build_application(_run_terminal)()


def _run_terminal(settings: Settings, finger: Path | None) -> bool:
    # Qt and the drivers are loaded for this one command only; `kiosk journal show` needs neither.
    from kiosk.bootstrap import run_terminal

    return run_terminal(settings, finger)


if __name__ == "__main__":
    main()
