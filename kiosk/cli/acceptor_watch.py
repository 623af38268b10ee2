"""`kiosk acceptor watch`: an acceptor's states, events and codes as they happen, with advice.

It must never open the journal for writing and never credit anything.
"""

import json
import queue
import secrets
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated, Final

import typer

from config.settings import Settings, load_settings
from drivers.acceptors.contract import AcceptorEvent
from drivers.acceptors.open_acceptor import AcceptorProtocol, explainer_of, open_acceptor
from drivers.acceptors.options import AcceptorOptions
from drivers.acceptors.probe import look_at
from drivers.acceptors.probe.protocols import PROBES
from drivers.acceptors.state_tap import StateTap
from drivers.acceptors.watch import Seen, Watch
from kiosk.cli.acceptor_line import note_in_doubt
from kiosk.cli.failures import fail, told_plainly
from kiosk.exit_codes import ExitCode
from kiosk.logs import set_up_logs

Heard = queue.SimpleQueue[AcceptorEvent | str]
"""Events of the driver, and states in the words of the protocol."""

REST_S: Final = 20.0
"""How long a note may take to leave the machine once the watch is to end."""
_LOOK_S: Final = 0.2


class Language(StrEnum):
    """Languages of what is told."""

    RU = "ru"
    EN = "en"
    KK = "kk"


def watch(
    port: Annotated[
        str | None, typer.Option(help="Device name or URL. Default: the settings' acceptor.")
    ] = None,
    protocol: Annotated[
        str, typer.Option(help="ccnet, id003, ssp, or auto: ask the device.")
    ] = "auto",
    baud: Annotated[int, typer.Option(help="Speed, where the protocol is given.")] = 9600,
    accept: Annotated[
        bool,
        typer.Option("--accept", help="Stack notes, crediting NOBODY. Default: give them back."),
    ] = False,
    language: Annotated[Language, typer.Option(help="Of what is told.")] = Language.RU,
    seconds: Annotated[
        float | None, typer.Option(help="End after this long. Default: Ctrl-C.")
    ] = None,
    config: Annotated[
        Path | None, typer.Option(help="Settings file of the terminal. Default: a demo terminal.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs: JSON lines.")] = False,
) -> None:
    """Watch a banknote acceptor while no terminal uses it. Nothing is ever credited."""
    with told_plainly():
        settings = load_settings(config)
        where = port or settings.acceptor.port
        if note_in_doubt(settings, where):
            fail(
                f"{where}: the terminal has a note here whose end it does not know; "
                "start the terminal first",
                ExitCode.FAILED,
            )
        # A lost line is told by the watch itself.
        set_up_logs(level="ERROR", path=None)
        speaks, speed = _found(where, protocol, baud)
        if accept:
            typer.echo("NOTES ARE STACKED AND CREDITED TO NOBODY", err=True)
        events: Heard = queue.SimpleQueue()
        tap = StateTap(explainer_of(speaks), events.put)
        options = _options(settings, where, speed)
        acceptor = open_acceptor(speaks, options, events.put, tap=tap)
        watched = Watch(
            acceptor,
            stacks=accept,
            language=language,
            show=partial(_show, as_json=as_json),
        )
        acceptor.start()
        try:
            _watch(events, watched, seconds)
        finally:
            acceptor.stop_thread()
        if not watched.was_ready:
            fail(f"{where}: the acceptor did not become ready", ExitCode.FAILED)


def _found(port: str, protocol: str, baud: int) -> tuple[AcceptorProtocol, int]:
    """What the device speaks, and how fast."""
    if protocol != "auto":
        try:
            return AcceptorProtocol(protocol), baud
        except ValueError:
            known = ", ".join(AcceptorProtocol)
            raise typer.BadParameter(f"{protocol} is none of: auto, {known}") from None
    finding = look_at(port, PROBES)
    if finding.device is None:
        why = finding.problem or f"no acceptor was found on it ({finding.outcome})"
        fail(f"{port}: {why}", ExitCode.FAILED)
    assert finding.device is not None
    return AcceptorProtocol(finding.device.identity.protocol), finding.baud


def _options(settings: Settings, port: str, baud: int) -> AcceptorOptions:
    # Cycles are named after the boot: those of a watch must be nobody else's.
    boot = f"watch-{secrets.token_hex(4)}"
    return AcceptorOptions(
        boot=boot, port=port, baud=baud, currency=settings.acceptor.currency, memory=None
    )


def _watch(events: Heard, watched: Watch, seconds: float | None) -> None:
    """Tell what happens until it is enough, then let the note inside out."""
    began = time.monotonic()
    with _asked_to_end() as asked:
        while not asked.is_set() and (seconds is None or time.monotonic() < began + seconds):
            _take_one(events, watched)
    watched.end()
    rest_by = time.monotonic() + REST_S
    while time.monotonic() < rest_by and not watched.is_at_rest:
        _take_one(events, watched)
    if not watched.is_at_rest:
        fail("the acceptor did not come to rest; a note may be inside", ExitCode.FAILED)


def _take_one(events: Heard, watched: Watch) -> None:
    try:
        heard = events.get(timeout=_LOOK_S)
    except queue.Empty:
        return
    if isinstance(heard, str):
        watched.says(heard)
    else:
        watched.take(heard)


@contextmanager
def _asked_to_end() -> Iterator[threading.Event]:
    """Set by Ctrl-C or a polite kill; a second Ctrl-C is not waited out."""
    asked = threading.Event()
    before = {
        number: signal.signal(number, lambda *_: asked.set())
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _show(seen: Seen, *, as_json: bool) -> None:
    now = datetime.now().astimezone()
    if as_json:
        typer.echo(json.dumps({"at": now.isoformat(timespec="milliseconds")} | seen.facts))
    else:
        typer.echo(f"{now:%H:%M:%S}.{now.microsecond // 1000:03d}  {seen.words}")
