"""`wallet registry` and `wallet reconcile`: a provider's daily file, and one laid beside our day.

Exit code 0 on success, 1 when two sides differ or a file cannot be written, 2 when a command cannot
even begin. Nothing here changes money. The registry holds accounts whole: it is the provider's file.
"""

import os
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from wallet.command_line import DatabaseOption, JsonOption, failing_early, print_json, reading
from wallet.providers.payout_days import paid_on, states_of
from wallet.providers.profile import Profile, load_profiles
from wallet.providers.reconciliation import reconcile
from wallet.providers.registry import (
    RegistryError,
    day_of_name,
    read_registry,
    registry_name,
    write_registry,
)

ProvidersOption = Annotated[
    Path, typer.Option(help="TOML file of provider profiles.", dir_okay=False)
]
ProviderOption = Annotated[str, typer.Option(help="The provider's code in that file.")]
DayOption = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="The provider's day. Default: yesterday."),
]


def registry_command(
    database: DatabaseOption,
    providers: ProvidersOption,
    provider: ProviderOption,
    out: Annotated[Path, typer.Option(help="Folder for the file.", file_okay=False)],
    day: DayOption = None,
) -> None:
    """Write the registry of what was paid to one provider on one day; never over another file."""
    with failing_early(), reading(database) as engine, engine.connect() as connection:
        profile = _profile(providers, provider)
        wanted = _day(profile, day)
        try:
            content = write_registry(profile, paid_on(connection, provider, profile, wanted))
        except RegistryError as error:
            refused(error)
        typer.echo(_new_file(out, profile, wanted, content))


def reconcile_command(
    database: DatabaseOption,
    providers: ProvidersOption,
    provider: ProviderOption,
    file: Annotated[Path, typer.Option(help="The provider's registry.", dir_okay=False)],
    day: DayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Lay a provider's registry beside our own day. Changes nothing; exit code 1 when they differ.

    The day is told by `--day` or by the name of the file, else it is yesterday.
    """
    with failing_early(), reading(database) as engine, engine.connect() as connection:
        profile = _profile(providers, provider)
        named = day_of_name(file.name) if day is None else None
        wanted = named or _day(profile, day)
        try:
            theirs = read_registry(file.read_bytes())
        except RegistryError as error:
            refused(error, code=2)
        ours = paid_on(connection, provider, profile, wanted)
        states = states_of(connection, provider, {line.txn_id for line in theirs})
    done = reconcile(ours, theirs, states)
    if as_json:
        print_json({"day": str(wanted), "provider": provider, "result": done})
    else:
        typer.echo(f"{wanted}: {done.matched} agree, over {money(done.matched_minor)}")
        for it in done.findings:
            typer.echo(
                f"{it.difference:<14} {it.txn_id} ours {money(it.ours_minor)} "
                f"theirs {money(it.theirs_minor)} with us {it.our_state or 'unknown'}"
            )
    if done.findings:
        raise typer.Exit(1)


def _new_file(folder: Path, profile: Profile, day: date, content: bytes) -> Path:
    """The registry under the next free number, there whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".registry-", delete=False) as written:
        written.write(content)
        written.flush()
        os.fsync(written.fileno())
    temporary = Path(written.name)
    try:
        n = 1
        while True:
            target = folder / registry_name(profile, day, n)
            try:
                os.link(temporary, target)
            except FileExistsError:
                n += 1
            else:
                return target
    finally:
        temporary.unlink()


def _profile(path: Path, code: str) -> Profile:
    profiles = load_profiles(path)
    if code not in profiles:
        refused(LookupError(f"{path}: no provider {code!r}"), code=2)
    return profiles[code]


def _day(profile: Profile, day: datetime | None) -> date:
    if day is not None:
        return day.date()
    return datetime.now(UTC).astimezone(profile.zone).date() - timedelta(days=1)


def money(minor: int | None) -> str:
    """An amount of minor units, for people."""
    return "-" if minor is None else f"{minor // 100}.{minor % 100:02}"


def refused(error: Exception, code: int = 1) -> NoReturn:
    """One plain line, and the end."""
    typer.echo(f"wallet: {error}", err=True)
    raise typer.Exit(code) from None
