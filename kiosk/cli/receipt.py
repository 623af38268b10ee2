"""`kiosk receipt render`: a slip of given data as bytes, picture and text, without any printer.

For whoever writes templates or sets up a printer. It must never reach a journal or a device.
"""

import json
from pathlib import Path
from typing import Annotated

import typer

from drivers.printers.models import find_model
from kiosk.cli.failures import fail, told_plainly
from kiosk.cli.receipt_templates import install_bundle, pack_bundle, templates_to_try
from kiosk.exit_codes import ExitCode
from kiosk.receipts.errors import TemplateRefusedError
from kiosk.receipts.finish import SlipData
from kiosk.receipts.model import Receipt, SlipKind
from kiosk.receipts.wording import LANGUAGES, Wording, load_wording

receipt_commands = typer.Typer(
    help="Slips: how they look, and the templates that make them.",
    no_args_is_help=True,
    add_completion=False,
)
receipt_commands.command("pack")(pack_bundle)
receipt_commands.command("install")(install_bundle)

_LIST = "list"


@receipt_commands.command()
def render(
    kind: Annotated[str, typer.Option(help="The kind of slip; `list` names them all.")],
    data: Annotated[
        Path | None, typer.Option(help="TOML file of what it shows. Default: the shipped sample.")
    ] = None,
    model: Annotated[str, typer.Option(help="A model of the printer table.")] = "generic_epson",
    lang: Annotated[str, typer.Option(help=f"{', '.join(LANGUAGES)}.")] = LANGUAGES[0],
    template: Annotated[
        Path | None, typer.Option(help="A folder of templates, or a bundle with its --key.")
    ] = None,
    key: Annotated[str, typer.Option(help="Public key of that bundle, hexadecimal.")] = "",
    service: Annotated[str, typer.Option(help="Provider's code, for its own template.")] = "",
    out: Annotated[Path | None, typer.Option(help="Bytes for the printer.")] = None,
    png: Annotated[Path | None, typer.Option(help="Picture of the slip.")] = None,
    text: Annotated[Path | None, typer.Option(help="Plain text; default: to the screen.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs: JSON.")] = False,
) -> None:
    """Render one slip. Without --out, --png and --text the text goes to standard output.

    Exit code 2: the data or the template cannot be used; the message says why.
    """
    if kind == _LIST:
        names = [one.value for one in SlipKind]
        typer.echo(json.dumps(names) if as_json else "\n".join(names))
        return
    with told_plainly():
        receipt = _receipt(_kind(kind), data, _wording(lang), template, key, service)
        told = _write(receipt, model, out=out, png=png, text=text, quiet=as_json)
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))


def _kind(name: str) -> SlipKind:
    if name not in {one.value for one in SlipKind}:
        fail(f"no kind of slip {name!r}; --kind list names them", ExitCode.BAD_INPUT)
    return SlipKind(name)


def _wording(language: str) -> Wording:
    if language not in LANGUAGES:
        fail(f"no language {language!r}; known: {', '.join(LANGUAGES)}", ExitCode.BAD_INPUT)
    return load_wording(language)


def _receipt(
    kind: SlipKind,
    data: Path | None,
    wording: Wording,
    template: Path | None,
    key: str,
    service: str,
) -> Receipt:
    # Reading data and templates takes half a second to load, and `kiosk run` needs none of it here.
    from kiosk.receipts.slip_files import read_slip, sample_slip
    from kiosk.receipts.writer import SlipWriter

    slip = sample_slip(kind) if data is None else read_slip(kind, data)
    slip.check()
    if template is not None:
        return _by_template(slip, wording, template, key, service)
    return SlipWriter().receipt(slip, wording, service=service)


def _by_template(slip: SlipData, wording: Wording, source: Path, key: str, service: str) -> Receipt:
    """Here a bad template is an error: nobody waits for a slip, somebody waits for the reason."""
    from kiosk.receipts.writer import set_by

    templates = templates_to_try(source, key)
    names = templates.candidates(slip.kind, language=wording.language, service=service)
    name = next(names, None)
    if name is None:
        raise TemplateRefusedError(f"{source} has no template for slips of kind {slip.kind.value}")
    return set_by(templates, name, slip, wording)


def _write(
    receipt: Receipt,
    model_name: str,
    *,
    out: Path | None,
    png: Path | None,
    text: Path | None,
    quiet: bool,
) -> dict[str, object]:
    from kiosk.receipts.escpos_bytes import render_bytes
    from kiosk.receipts.layout import lay_out
    from kiosk.receipts.pages import page_for
    from kiosk.receipts.picture import render_picture
    from kiosk.receipts.text import layout_text
    from simulation.printer.shelf import FONT

    model = find_model(model_name)
    page = page_for(model, receipt.language)
    layout = lay_out(receipt, model.columns, page.name)
    printed = render_bytes(receipt, model)
    if out is not None:
        out.write_bytes(printed)
    if png is not None:
        png.write_bytes(render_picture(receipt, model, FONT))
    if text is not None:
        text.write_text(layout_text(layout), encoding="utf-8")
    elif not quiet and out is None and png is None:
        typer.echo(layout_text(layout), nl=False)
    return {
        "template": receipt.template,
        "model": model.name,
        "page": page.name,
        "columns": model.columns,
        "rows": len(layout.lines),
        "bytes": len(printed),
        "not_on_page": sorted(layout.unknown),
    }
