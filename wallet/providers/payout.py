"""A payout as a value, and what a worker does with one that is due. Pure.

`step` is the whole policy: nothing is sent for a payout that is too old, has no provider, or does not
fit its provider; a check goes first only while no pay has left.
"""

from dataclasses import dataclass
from datetime import datetime

from wallet.providers.payout_states import PayoutState
from wallet.providers.profile import Phases, Profile
from wallet.providers.requests import Command, Order, RequestImpossibleError, parameters
from wallet.providers.schedule import is_over


@dataclass(frozen=True, slots=True, kw_only=True)
class Payout:
    """One payout as it is stored; its identity is (terminal id, number)."""

    terminal_id: str
    number: int
    provider_code: str
    state: PayoutState
    tries: int
    since: datetime
    order: Order | None
    """None where the payment's number is beyond the provider's key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveUp:
    """Not to be sent: a person has to look; `reason` says why."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What to ask the provider next."""

    command: Command
    order: Order
    profile: Profile


def step(payout: Payout, profile: Profile | None, now: datetime) -> GiveUp | Ask:
    """What to do with a payout that is due."""
    if profile is None:
        return GiveUp(reason="no profile for this provider")
    order = payout.order
    if order is None:
        return GiveUp(reason="the payment's number is too large for the provider's key")
    if order.sum_minor == 0:
        return GiveUp(reason="nothing to pay")
    if is_over(now, payout.since):
        return GiveUp(reason="no final answer in 24 hours")
    try:
        parameters(profile, Command.PAY, order)
    except RequestImpossibleError as error:
        return GiveUp(reason=str(error))
    checks = profile.phases is Phases.CHECK_FIRST and payout.state is PayoutState.WAITING
    return Ask(command=Command.CHECK if checks else Command.PAY, order=order, profile=profile)
