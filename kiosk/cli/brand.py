"""`kiosk brand check`: an operator's brand is looked through before it is given to a terminal.

It reads the brand's file and pictures, and shows nothing.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from config.settings import load_settings
from kiosk.cli.failures import fail, told_plainly
from kiosk.exit_codes import ExitCode

brand_commands = typer.Typer(
    help="The operator's name, logo, colours and slides.",
    no_args_is_help=True,
    add_completion=False,
)


@brand_commands.callback()
def brand() -> None:
    """The operator's name, logo, colours and slides."""


@brand_commands.command()
def check(
    file: Annotated[Path, typer.Argument(help="The brand's TOML file; see docs/brand.md.")],
    config: Annotated[
        Path | None,
        typer.Option(help="Settings of the terminal, whose support numbers it must agree with."),
    ] = None,
) -> None:
    """Check file, pictures and contrast as a start does. Exit code 2: refused, one line a problem."""
    with told_plainly():
        hotlines = load_settings(config).hotline.numbers if config else None
    typer.echo(f"the brand is good: {good_brand(file, hotlines)}")


def good_brand(file: Path, hotlines: Sequence[str] | None) -> str:
    """Say what a brand holds; leave with exit code 2 when a terminal would refuse it."""
    # Qt reads the pictures; no other command of this kind needs it.
    from ui.brand.brand_file import BrandError, load_brand

    try:
        found = load_brand(file, hotlines=hotlines)
    except BrandError as error:
        fail(str(error), ExitCode.BAD_INPUT)
        raise
    slides = "1 slide" if len(found.slides) == 1 else f"{len(found.slides)} slides"
    colours = "own colours" if found.colours else "the house's colours"
    logo = "a logo" if found.logo else "no logo"
    return f"{logo}, {colours}, {slides}"
