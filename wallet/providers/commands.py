"""`wallet pay` and `wallet payouts`: paying providers, and what people decide about payouts.

Exit code 0 on success, 1 when there is nothing of that kind, 2 when a command cannot even begin. No
command here shows a customer's account whole.
"""

import os
import secrets
import signal
import uuid
from datetime import UTC, datetime
from typing import Annotated

import typer

from wallet.command_line import (
    DatabaseOption,
    JsonOption,
    failing_early,
    print_json,
    reading,
    writing,
)
from wallet.logs import log_json
from wallet.payments.outcomes import EndedOtherwiseError
from wallet.providers.client import profiles_to_pay_by
from wallet.providers.manual_queue import PayoutLine, decide, list_payouts, show_payout
from wallet.providers.payout_rows import NoSuchPayoutError
from wallet.providers.payout_states import (
    IN_MANUAL_QUEUE,
    PayoutEvent,
    PayoutEventError,
    PayoutState,
)
from wallet.providers.payout_store import PayoutStore
from wallet.providers.registry_commands import ProvidersOption, money, refused
from wallet.providers.service import ProviderService
from wallet.storage.turns import turns_of

payouts_app = typer.Typer(
    help="Payouts to providers, and the queue of those that people decide about.",
    no_args_is_help=True,
)

TerminalArgument = Annotated[str, typer.Argument(help="The terminal's eight digits.")]
NumberArgument = Annotated[int, typer.Argument(help="The payment's number on its receipt.")]
OperatorOption = Annotated[str, typer.Option(help="Who decides; it is journalled.")]
ReasonOption = Annotated[str, typer.Option(help="Why; it is journalled.")]


def pay_command(database: DatabaseOption, providers: ProvidersOption) -> None:
    """Pay providers in a process of its own, until stopped; beside `wallet serve --no-worker`.

    Several may run on one PostgreSQL database: none pays what another one has in its hands.
    """
    os.umask(0o077)
    with failing_early(), writing(database) as engine:
        profiles = profiles_to_pay_by(providers)
        log_json()
        turns = turns_of(engine)
        payouts = PayoutStore(lambda: turns.write(None), _now, lambda: uuid.uuid4().hex)
        service = ProviderService(payouts, profiles, _now, secrets.randbelow)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: service.leave())
        typer.echo(f"paying {len(profiles)} providers")
        service.run()


@payouts_app.command("list")
def list_command(
    database: DatabaseOption,
    state: Annotated[
        list[PayoutState] | None, typer.Option(help="Default: those in the manual queue.")
    ] = None,
    provider: Annotated[str | None, typer.Option(help="Only of this provider.")] = None,
    limit: Annotated[int, typer.Option(help="At most so many.", min=1)] = 100,
    as_json: JsonOption = False,
) -> None:
    """Payouts, the longest waiting first."""
    with reading(database) as engine, engine.connect() as connection:
        wanted = state or sorted(IN_MANUAL_QUEUE)
        lines = list_payouts(connection, wanted, provider_code=provider, limit=limit)
    if as_json:
        print_json(lines)
        return
    for line in lines:
        typer.echo(_told(line))


@payouts_app.command("show")
def show_command(
    terminal: TerminalArgument,
    number: NumberArgument,
    database: DatabaseOption,
    as_json: JsonOption = False,
) -> None:
    """One payout and everything that happened to it. Exit code 1 when there is none."""
    with reading(database) as engine, engine.connect() as connection:
        try:
            line, events = show_payout(connection, terminal, number)
        except NoSuchPayoutError as error:
            refused(error)
    if as_json:
        print_json({"payout": line, "events": events})
        return
    typer.echo(_told(line))
    for event in events:
        who = f" by {event.operator}" if event.operator else ""
        code = "" if event.code is None else f" code {event.code}"
        typer.echo(
            f"  {event.at:%Y-%m-%d %H:%M:%S} {event.event:<17} -> {event.state:<9}"
            f"{code} {event.reason}{who}"
        )


@payouts_app.command("retry")
def retry_command(
    terminal: TerminalArgument,
    number: NumberArgument,
    database: DatabaseOption,
    operator: OperatorOption,
    reason: ReasonOption,
) -> None:
    """Try it again under the same number, for another 24 hours."""
    _decide(database, terminal, number, PayoutEvent.OPERATOR_RETRY, operator, reason)


@payouts_app.command("refuse")
def refuse_command(
    terminal: TerminalArgument,
    number: NumberArgument,
    database: DatabaseOption,
    operator: OperatorOption,
    reason: ReasonOption,
) -> None:
    """The provider has confirmed that it was not paid and will not be: owed to the customer."""
    _decide(database, terminal, number, PayoutEvent.OPERATOR_REFUSED, operator, reason)


@payouts_app.command("paid")
def paid_command(
    terminal: TerminalArgument,
    number: NumberArgument,
    database: DatabaseOption,
    operator: OperatorOption,
    reason: ReasonOption,
    prv_txn: Annotated[str | None, typer.Option(help="The provider's own number.")] = None,
) -> None:
    """The provider has confirmed that it was paid."""
    _decide(database, terminal, number, PayoutEvent.OPERATOR_PAID, operator, reason, prv_txn)


def _decide(
    database: str,
    terminal: str,
    number: int,
    event: PayoutEvent,
    operator: str,
    reason: str,
    prv_txn: str | None = None,
) -> None:
    with writing(database) as engine, turns_of(engine).write(None) as connection:
        try:
            state = decide(
                connection,
                terminal,
                number,
                event,
                operator=operator,
                reason=reason,
                now=_now(),
                prv_txn=prv_txn,
            )
        except (NoSuchPayoutError, PayoutEventError, EndedOtherwiseError, ValueError) as error:
            refused(error)
    typer.echo(f"{terminal} {number} is {state}")


def _told(line: PayoutLine) -> str:
    code = "" if line.code is None else f"code {line.code} ({line.meaning}) "
    return (
        f"{line.terminal_id} {line.number:>6} {line.state:<9} {line.provider_code:<16} "
        f"{line.account:<12} {money(line.sum_minor):>10} {line.currency} "
        f"since {line.since:%Y-%m-%d %H:%M} tries {line.tries} {code}{line.reason}"
    )


def _now() -> datetime:
    return datetime.now(UTC)
