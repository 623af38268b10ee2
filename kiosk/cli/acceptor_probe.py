"""`kiosk acceptor probe`: what hangs on which port.

Ports are looked at side by side, each with harmless questions. A port that another program has open
and the printer's port are left alone.
"""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final

import typer

from config.settings import Settings, load_settings
from drivers.acceptors.probe import Finding, Outcome, look_at
from drivers.acceptors.probe.protocols import PROBES
from drivers.acceptors.probe.talk import Probe
from drivers.transports.ports import PortName, serial_ports
from kiosk.cli.acceptor_line import note_in_doubt, same_port
from kiosk.cli.failures import told_plainly
from kiosk.exit_codes import ExitCode

SIDE_BY_SIDE: Final = 8
_ADVICE: Final = {
    Outcome.SILENT: "no answer: check power, cable and the interface switch of the device",
    Outcome.FOREIGN: "something answers that is no acceptor of a known protocol",
    Outcome.ECHO: "only an echo: the adapter is there, no acceptor answers behind it",
}
_IN_DOUBT: Final = (
    "; SSP was not tried: the terminal has a note on this port whose end it does not know, "
    "start the terminal first"
)


def probe(
    port: Annotated[
        list[str] | None,
        typer.Option(help="Look at this port only; may be given again. Default: every port."),
    ] = None,
    protocol: Annotated[
        list[str] | None, typer.Option(help="Try this protocol only: ccnet, id003, ssp.")
    ] = None,
    config: Annotated[
        Path | None, typer.Option(help="Settings file of the terminal. Default: a demo terminal.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs: JSON.")] = False,
) -> None:
    """Find banknote acceptors: protocol, model, firmware, serial number, banknotes.

    Takes some seconds. Exit code 0: at least one was found.
    """
    with told_plainly():
        settings = load_settings(config)
        probes = _chosen(protocol)
        ports = [PortName(name=name, device=name) for name in port or ()] or serial_ports()
        findings = _look(ports, probes, settings)
    if as_json:
        typer.echo(json.dumps([_facts(one) for one in findings], ensure_ascii=False))
    else:
        for finding, where in zip(findings, ports, strict=True):
            typer.echo(f"{finding.port}{f' ({where.what})' if where.what else ''}")
            typer.echo(f"    {_words(finding)}")
        if not findings:
            typer.echo("no serial port on this machine: check the adapter", err=True)
    if not any(one.outcome is Outcome.FOUND for one in findings):
        raise typer.Exit(int(ExitCode.FAILED))


def _chosen(protocols: list[str] | None) -> tuple[Probe, ...]:
    known = {probe.protocol for probe in PROBES}
    if unknown := sorted(set(protocols or ()) - known):
        raise typer.BadParameter(f"{unknown[0]} is none of: {', '.join(sorted(known))}")
    return tuple(probe for probe in PROBES if protocols is None or probe.protocol in protocols)


def _look(
    ports: Sequence[PortName], probes: tuple[Probe, ...], settings: Settings
) -> list[Finding]:
    def look(port: PortName) -> Finding:
        if same_port(port.name, settings.printer.port):
            return Finding(
                port=port.name,
                outcome=Outcome.UNUSABLE,
                problem="left alone: the settings say that it is the printer's",
            )
        if not note_in_doubt(settings, port.name):
            return look_at(port.name, probes)
        harmless = tuple(probe for probe in probes if probe.protocol != "ssp")
        found = look_at(port.name, harmless)
        return found if found.outcome is Outcome.FOUND else replace(found, problem=_IN_DOUBT)

    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        return list(pool.map(look, ports))


def _words(finding: Finding) -> str:
    device = finding.device
    if device is None:
        return _ADVICE.get(finding.outcome, "") + finding.problem
    who = device.identity
    parts = [f"{who.protocol} at {finding.baud} baud"]
    parts += [f"model {who.model}"] if who.model else []
    parts += [f"firmware {who.firmware}"] if who.firmware else []
    parts += [f"serial number {who.serial}"] if who.serial else []
    parts += ["at work: stop the terminal to learn more"] if device.is_busy else []
    if device.notes:
        parts.append("notes " + ", ".join(str(note) for note in device.notes))
    return "; ".join(parts)


def _facts(finding: Finding) -> dict[str, object]:
    facts: dict[str, object] = {"port": finding.port, "outcome": finding.outcome}
    if finding.problem:
        facts["problem"] = finding.problem.removeprefix("; ")
    if finding.device is not None:
        who = finding.device.identity
        facts |= {
            "protocol": who.protocol,
            "baud": finding.baud,
            "model": who.model,
            "firmware": who.firmware,
            "serial": who.serial,
            "at_work": finding.device.is_busy,
            "notes": [[note.minor, note.currency] for note in finding.device.notes],
        }
    return facts
