"""`kiosk printer status`, `test` and `models`: a receipt printer without a terminal.

A terminal that runs has the port for itself; then these commands say so and touch nothing. They must
never write the journal or take a receipt number.
"""

import json
import queue
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Final
from zoneinfo import ZoneInfo

import typer

from config.settings import Settings, load_settings
from drivers.printers.contract import (
    PrinterChanged,
    PrinterEvent,
    PrinterState,
    SlipFailed,
    SlipPrinted,
)
from drivers.printers.models import PrinterModel, find_model, load_models
from drivers.printers.open_printer import open_printer_port
from drivers.printers.thread import PrinterThread
from drivers.transports import TransportError
from kiosk.cli.acceptor_watch import Language
from kiosk.cli.failures import fail, told_plainly
from kiosk.cli.printer_words import facts, words
from kiosk.exit_codes import ExitCode
from kiosk.logs import set_up_logs

Events = queue.SimpleQueue[PrinterEvent]

_STATE_S: Final = 5.0
"""How long the first look may take: the line is opened, and asked twice."""
_TEST_S: Final = 60.0
_LOOK_S: Final = 0.2
_WRONG_MAKE: Final = (
    " Check the model in the settings: another make does not understand the question."
)

Port = Annotated[
    str | None,
    typer.Option(
        help="Serial port, /dev/usb/lp0 or tcp://host:9100. Default: the settings' printer."
    ),
]
Model = Annotated[
    str | None,
    typer.Option(help="See `kiosk printer models`. Default: the settings' model."),
]
Baud = Annotated[int | None, typer.Option(help="Speed of a serial port. Default: the settings'.")]
Config = Annotated[
    Path | None, typer.Option(help="Settings file of the terminal. Default: a demo terminal.")
]
Words = Annotated[Language, typer.Option(help="Of the advice.")]


def models(
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """List the models of printers that are known, and what is verified of them."""
    if as_json:
        typer.echo(json.dumps([_model_facts(one) for one in load_models().values()]))
        return
    for one in load_models().values():
        page = f"page {one.code_page} {one.encoding}"
        verified = "verified" if one.verified else "not verified on a device"
        width = f"{one.columns} columns, {one.dots} dots, {page}"
        typer.echo(f"{one.name:20} {one.title}\n{'':20} {width}, QR {one.qr.value}, {verified}")
        typer.echo(f"{'':20} states: {one.dialect.value}; {one.source}")


def status(
    port: Port = None,
    model: Model = None,
    baud: Baud = None,
    watch: Annotated[bool, typer.Option("--watch", help="Tell every change until Ctrl-C.")] = False,
    language: Words = Language.RU,
    config: Config = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs: JSON lines.")] = False,
) -> None:
    """Say how the printer is: in words, in its own bytes, with advice. Prints nothing."""
    with told_plainly():
        settings = load_settings(config)
        with _printer(settings, port, model, baud) as (_, events):
            state = _first_state(events)
            _show(state, language, as_json=as_json)
            try:
                while watch:
                    state = _next_state(events) or state
                    _show(state, language, as_json=as_json)
            except KeyboardInterrupt:
                return
        if not state.can_print:
            raise typer.Exit(int(ExitCode.FAILED))


def print_test(
    port: Port = None,
    model: Model = None,
    baud: Baud = None,
    language: Words = Language.RU,
    config: Config = None,
) -> None:
    """Print a test slip (every sign of the page, ruler, QR code, cut) and say whether it came out."""
    with told_plainly():
        settings = load_settings(config)
        chosen = find_model(model or settings.printer.model)
        data = _test_slip(settings, chosen)
        with _printer(settings, port, model, baud) as (printer, events):
            state = _first_state(events)
            _show(state, language, as_json=False)
            if not state.can_print:
                fail("nothing was printed", ExitCode.FAILED)
            printer.print_slip(0, data)
            done, state = _end_of_slip(events, state, language)
        if isinstance(done, SlipPrinted):
            typer.echo("the printer has confirmed the whole slip; look at it:")
            typer.echo("- every line of the ruler ends at the edge, no line is broken in two")
            typer.echo("- Russian letters are right; if not, the page number is another one")
            typer.echo("- the QR code can be read with a telephone; the slip was cut off")
            return
        why = "it took no bytes" if done is None else done.why.value.replace("_", " ")
        some = done is None or done.sent
        fail(
            f"the slip is not confirmed: {why}. "
            + ("Part of it may have come out." if some else "Nothing came out.")
            + (_WRONG_MAKE if state.can_print else " See the advice above."),
            ExitCode.FAILED,
        )


@contextmanager
def _printer(
    settings: Settings, port: str | None, model: str | None, baud: int | None
) -> Iterator[tuple[PrinterThread, Events]]:
    set_up_logs(level="ERROR", path=None)  # what goes wrong is told by the command itself
    name, speed = port or settings.printer.port, baud or settings.printer.baud
    chosen = find_model(model or settings.printer.model)
    try:
        open_printer_port(name, speed).close()
    except TransportError as error:
        fail(str(error), ExitCode.FAILED)
    events: Events = queue.SimpleQueue()
    printer = PrinterThread(
        partial(open_printer_port, name, speed),
        events.put,
        model=chosen,
    )
    printer.start()
    try:
        yield printer, events
    finally:
        printer.stop()


def _first_state(events: Events) -> PrinterState:
    deadline = time.monotonic() + _STATE_S
    while time.monotonic() < deadline:
        if (state := _next_state(events)) is not None:
            return state
    return PrinterState(reachable=False)


def _next_state(events: Events) -> PrinterState | None:
    try:
        event = events.get(timeout=_LOOK_S)
    except queue.Empty:
        return None
    return event.state if isinstance(event, PrinterChanged) else None


def _end_of_slip(
    events: Events, state: PrinterState, language: Language
) -> tuple[SlipPrinted | SlipFailed | None, PrinterState]:
    """What became of the slip, and the state that was told last."""
    deadline = time.monotonic() + _TEST_S
    while time.monotonic() < deadline:
        try:
            event = events.get(timeout=_LOOK_S)
        except queue.Empty:
            continue
        match event:
            case SlipPrinted() | SlipFailed():
                return event, state
            case PrinterChanged():
                state = event.state
                _show(state, language, as_json=False)
            case _:
                pass
    return None, state


def _show(state: PrinterState, language: Language, *, as_json: bool) -> None:
    if as_json:
        now = datetime.now().astimezone().isoformat(timespec="milliseconds")
        typer.echo(json.dumps({"at": now} | facts(state, language.value), ensure_ascii=False))
    else:
        typer.echo("\n".join(words(state, language.value)))


def _model_facts(model: PrinterModel) -> dict[str, object]:
    return {
        "name": model.name,
        "title": model.title,
        "columns": model.columns,
        "dots": model.dots,
        "pages": [{"number": page.number, "name": page.name} for page in model.pages],
        "dialect": model.dialect.value,
        "qr": model.qr.value,
        "verified": model.verified,
        "source": model.source,
    }


def _test_slip(settings: Settings, model: PrinterModel) -> bytes:
    # The byte builder costs a third of a second to import; `status` does not need it.
    from kiosk.receipts.device_page import device_page
    from kiosk.receipts.escpos_bytes import render_bytes
    from kiosk.receipts.issuer import SlipHead, SlipIssuer
    from kiosk.receipts.service_slips import TestSlipData
    from kiosk.receipts.wording import load_wording
    from kiosk.receipts.writer import SlipWriter

    terminal = settings.terminal
    issuer = SlipIssuer(
        agent_name=terminal.agent_name,
        inn=terminal.agent_inn,
        agent_address=terminal.agent_address,
        terminal_id=terminal.id,
        terminal_address=terminal.address,
        hotlines=settings.hotline.numbers,
        demo=terminal.demo,
    )
    now = datetime.now(ZoneInfo(terminal.timezone))
    data = TestSlipData(
        head=SlipHead(issuer=issuer, receipt_number=0, printed_at=now),
        printer=model.title,
        columns=model.columns,
        page=f"{model.code_page} {model.encoding}",
    )
    slip = SlipWriter().receipt(data, load_wording("ru"))
    page = device_page(model, f"terminal {terminal.id} {now:%Y-%m-%d %H:%M:%S}")
    return page + render_bytes(slip, model)
