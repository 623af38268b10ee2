"""Everything about terminals put together on one database: keys, gate, register, shadow.

It only joins parts. One desk for a database in a process, over the turns that its other users share.
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from terminal_api.accounts import AccountAnswer, AccountQuestion, AccountVerdict
from wallet.storage.turns import Turns
from wallet.terminals.gate import SignedGate
from wallet.terminals.heartbeats import Heartbeats, HeartbeatsOnPostgres, HeartbeatsOnSqlite
from wallet.terminals.keyring import KeyRing
from wallet.terminals.rates import Rate, RateLimits
from wallet.terminals.register import Register
from wallet.terminals.replay import MemoryGuard, ReplayGuard, TableGuard
from wallet.terminals.shadow import Shadow
from wallet.terminals.tokens import TOKEN_BYTES

AccountCheck = Callable[[AccountQuestion], AccountAnswer]
"""Asks a provider about an account, within a short time; blocks, and never raises for the provider's
sake: what settles nothing is `unknown`."""


NEWCOMERS: Final = Rate(per_s=2.0, burst=60)
"""Enrolments that fail, of all who try together: whoever enrols has no number yet. One that
succeeds takes no permit, so that a fleet may be enrolled as quickly as it comes."""
EVERYBODY: Final = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The parts. `clock` gives aware UTC time; `newcomers` counts under `EVERYBODY`."""

    keys: KeyRing
    gate: SignedGate
    register: Register
    heartbeats: Heartbeats
    newcomers: RateLimits
    shadow: Shadow
    clock: Callable[[], datetime]

    def new_token(self, terminal_id: str, valid: timedelta) -> str:
        """A fresh enrolment token; see `KeyRing.new_token`."""
        return self.keys.new_token(terminal_id, secrets.token_bytes(TOKEN_BYTES), valid=valid)


def open_desk(
    turns: Turns,
    clock: Callable[[], datetime],
    *,
    window: timedelta,
    rate: Rate,
) -> Desk:
    """The desk on a database.

    Args:
        turns: of the database, shared by all its users.
        clock: aware UTC time.
        window: how far the time of signing may be from here, either way.
        rate: of requests of one terminal.
    """
    keys = KeyRing(turns, clock)
    with turns.read() as connection:
        alone = connection.dialect.name == "sqlite"
    guard: ReplayGuard
    heartbeats: Heartbeats
    if alone:
        guard = in_memory = MemoryGuard(window, clock())
        heartbeats = HeartbeatsOnSqlite(turns, in_memory)
    else:
        guard = in_table = TableGuard(turns, window)
        heartbeats = HeartbeatsOnPostgres(turns, in_table)
    limits = RateLimits(rate, time.monotonic)
    return Desk(
        keys=keys,
        gate=SignedGate(keys, guard, limits, window=window, clock=clock),
        register=Register(turns, clock),
        heartbeats=heartbeats,
        newcomers=RateLimits(NEWCOMERS, time.monotonic),
        shadow=Shadow(turns),
        clock=clock,
    )


def nobody_can_say(question: AccountQuestion) -> AccountAnswer:
    """The account check of a backend without providers."""
    return AccountAnswer(
        terminal_id=question.terminal_id,
        verdict=AccountVerdict.UNKNOWN,
        message="no provider is asked here",
    )
