"""`kiosk simulate`: whole terminals under simulated time against a hostile world."""

from typing import Annotated

import typer

from kiosk.cli.failures import fail
from kiosk.exit_codes import ExitCode
from simulation.proof.plan import DiskKind, FaultKind, Mutant, Plan

ALL = "all"


def simulate(
    runs: Annotated[int, typer.Option(min=1, help="How many runs.")] = 100,
    seed: Annotated[int, typer.Option(help="Seed of the first run; the next ones count up.")] = 1,
    customers: Annotated[int, typer.Option(min=1, max=80, help="Customers in each run.")] = 5,
    replay: Annotated[
        int | None, typer.Option(help="Play this one seed and print its whole history.")
    ] = None,
    without: Annotated[
        list[FaultKind] | None, typer.Option(help="Leave out a kind of faults (repeatable).")
    ] = None,
    skip: Annotated[
        list[int] | None, typer.Option(help="Let this customer stay away (repeatable).")
    ] = None,
    protocol: Annotated[
        str,
        typer.Option(help="What the acceptor speaks; 'all' shares the seeds out."),
    ] = ALL,
    disk: Annotated[
        DiskKind, typer.Option(help="What the terminal's disk has after a power cut.")
    ] = DiskKind.HONEST,
    jobs: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
    mutant: Annotated[
        Mutant | None, typer.Option(help="Plant a deliberate bug, to see it caught.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs: JSON.")] = False,
    no_shrink: Annotated[
        bool, typer.Option("--no-shrink", help="Print a failing run as it was.")
    ] = False,
) -> None:
    """Prove that no note is lost and none credited twice, or find the run that shows otherwise.

    Exit code 0: no law was broken. 1: one was; the shortest history of the first such run follows.
    """
    # Here and not above: nothing of the simulated world is loaded with a running terminal.
    from simulation.acceptor.protocols import ProtocolName
    from simulation.power_cut.sqlite_library import NoSqliteLibraryError, library
    from simulation.proof import report

    if disk is DiskKind.LOSSY:
        try:
            library()
        except NoSqliteLibraryError as error:
            fail(str(error), ExitCode.FAILED)
    known = tuple(str(one) for one in ProtocolName)
    if protocol not in (ALL, *known):
        fail(f"--protocol {protocol}: choose one of {', '.join((ALL, *known))}", ExitCode.BAD_INPUT)
    spoken = known if protocol == ALL else (protocol,)
    seeds = range(seed, seed + runs) if replay is None else (replay,)
    plans = [
        Plan(
            seed=one,
            customers=customers,
            faults=frozenset(FaultKind) - frozenset(without or ()),
            skip=frozenset(skip or ()),
            protocol=spoken[one % len(spoken)],
            disk=disk,
            mutant=mutant,
        )
        for one in seeds
    ]
    if replay is not None:
        well = report.replay(plans[0], as_json=as_json)
    else:
        well = report.play_all(plans, jobs=jobs, as_json=as_json, shrinks=not no_shrink)
    if not well:
        raise typer.Exit(int(ExitCode.FAILED))
