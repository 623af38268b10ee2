"""Asks the provider about an account before cash is taken, and says which screen follows.

The question travels on a line of its own and moves no money; the customer waits for it no longer
than `answer_s`. Whatever becomes of it, nothing is asked once money may come. It must never tell a
log what was typed or answered, and never let an answer to something else count.
"""

from collections.abc import Callable
from dataclasses import replace

import structlog

from config.catalogue import Provider
from kiosk.clock import Clock
from kiosk.session.provider_answer import UNCHECKED, ProviderAnswer, understood
from kiosk.session.state import Amounts, Confirm, Enquiring, Entry
from kiosk.terminal.health import Health
from kiosk.terminal.ports import Enquirer
from kiosk.terminal.rules import TerminalRules
from kiosk.terminal.snapshot import AccountRefusal
from offline_queue.enquiry.messages import AccountTold
from terminal_api.accounts import AccountQuestion

_log = structlog.get_logger(__name__)

BeforeMoney = Entry | Enquiring | Amounts | Confirm
"""Typed, asked about, its amount chosen, or ready to be confirmed."""


class ProviderDesk:
    """Stands between what was typed and the check before money.

    Args:
        enquirer: asks; None = there is nobody who could.
        clock: for how long an answer is waited for.
        rules: who asks, in which currency, how patiently.
        health: whether the backend is known to be out of reach.
    """

    def __init__(
        self,
        enquirer: Enquirer | None,
        clock: Clock,
        rules: TerminalRules,
        health: Callable[[], Health],
    ) -> None:
        self._enquirer = enquirer
        self._clock = clock
        self._rules = rules
        self._health = health
        self._tickets = 0

    def before_money(self, confirm: Confirm) -> BeforeMoney:
        """What comes next once everything is typed: the question, where it is still open, then the
        amount, where the provider fixes it.
        """
        entry = confirm.entry
        if not entry.provider.online_check or entry.answer is not None:
            return self._amount(entry)
        if self._health().online is False:
            return self._answered(entry, UNCHECKED)
        return self.ask(entry)

    def ask(self, entry: Entry) -> BeforeMoney:
        """Ask now, whatever is known of the line."""
        if self._enquirer is None:
            return self._answered(entry, UNCHECKED)
        self._tickets += 1
        self._enquirer.ask(self._tickets, self._question(entry))
        _log.info("account_asked", provider=entry.provider.code)
        until = self._clock.monotonic() + self._rules.answer_s
        return Enquiring(entry=entry, ticket=self._tickets, until=until)

    def told(self, state: Enquiring, event: AccountTold) -> BeforeMoney:
        """The end of a question; of another one it says nothing about this."""
        if event.ticket != state.ticket or state.given_up:
            return state
        return self._answered(state.entry, understood(state.entry.provider, event.answer))

    def time_passed(self, state: Enquiring) -> BeforeMoney:
        """Nobody waits longer than was promised."""
        late = not state.given_up and self._clock.monotonic() >= state.until
        return self._answered(state.entry, UNCHECKED) if late else state

    def _answered(self, entry: Entry, answer: ProviderAnswer) -> BeforeMoney:
        provider = entry.provider
        _log.info(
            "account_answered",
            provider=provider.code,
            checked=answer.checked,
            refusal=None if answer.refusal is None else answer.refusal.value,
        )
        if answer.refusal is not None:
            return _refused(entry, answer)
        if not answer.checked and provider.check_required:
            return Enquiring(entry=entry, ticket=self._tickets, until=0.0, given_up=True)
        return self._amount(replace(entry, answer=answer))

    def _amount(self, entry: Entry) -> BeforeMoney:
        """The amount, where the provider fixes it: its debt alone, or one of a few."""
        provider = entry.provider
        if entry.amount_minor is not None or not (provider.amounts or provider.debt_only):
            return Confirm(entry=entry)
        answer = entry.answer or UNCHECKED
        if provider.debt_only:
            if not answer.debt_minor:
                return _refused(entry, replace(answer, refusal=AccountRefusal.NOTHING_OWED))
            amounts: tuple[int, ...] = (answer.debt_minor,)
        else:
            amounts = self._made_up(provider)
        if not amounts:
            return _refused(entry, replace(answer, refusal=AccountRefusal.NOT_TAKEN))
        payable = tuple(one for one in amounts if self._rules.payable(provider, one))
        if not payable:
            return _refused(entry, replace(answer, refusal=AccountRefusal.OVER_CEILING))
        if provider.debt_only:
            return Confirm(entry=replace(entry, amount_minor=payable[0]))
        return Amounts(entry=entry, amounts=payable)

    def _made_up(self, provider: Provider) -> tuple[int, ...]:
        """Its amounts without those past which the notes of this terminal would lead: it credits no
        others. The catalogue was checked against ten roubles, and a terminal may begin at fifty.
        """
        rules = self._rules
        past = tuple(
            one
            for one in provider.amounts
            if rules.payable(provider, one) and not rules.payable_exactly(provider, one)
        )
        for amount_minor in past:
            _log.warning(
                "amount_not_offered",
                provider=provider.code,
                amount_minor=amount_minor,
                why="the notes of this terminal do not make it up",
            )
        return tuple(one for one in provider.amounts if one not in past)

    def _question(self, entry: Entry) -> AccountQuestion:
        provider: Provider = entry.provider
        values = {one.field.name: one.value() for one in entry.entries}
        return AccountQuestion(
            terminal_id=self._rules.terminal_id,
            provider_id=provider.id,
            provider_code=provider.code,
            account=values["account"],
            fields=values,
            currency=self._rules.currency,
            amount_minor=provider.fixed_minor or next(iter(provider.amounts), None),
        )


def _refused(entry: Entry, answer: ProviderAnswer) -> Entry:
    return replace(entry, answer=answer, index=_account_index(entry))


def _account_index(entry: Entry) -> int:
    """Where the customer most likely has to change something."""
    names = [one.field.name for one in entry.entries]
    return names.index("account")
