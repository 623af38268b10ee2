"""Looks an account up at its provider before cash is taken. Nothing is kept of it, nothing is paid.

Only a code that speaks about the account decides; whatever else comes back, or nothing in time, is
"unknown", and the catalogue says whether the terminal goes on. It must never raise for what a
provider does.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from terminal_api.accounts import AccountAnswer, AccountQuestion, AccountVerdict
from wallet.providers.answers import Answer, Unreadable
from wallet.providers.client import NotSent, ProviderClient
from wallet.providers.codes import Weight, gloss_of
from wallet.providers.profile import AccountQuestion as Question
from wallet.providers.profile import Profile
from wallet.providers.requests import Command, Order, RequestImpossibleError
from wallet.providers.verdicts import weight_of

_SILENT_ABOUT_ACCOUNTS: Final = frozenset({8, 32, 243, 251, 300})
"""Fatal for a payment, but no word about the account: trouble of the provider's own."""

_FIRST_QUESTION_ID: Final = 10**18
"""Above every number of a payment (eighteen digits), below 2**63."""
QUESTION_IDS: Final = 8 * 10**18


class AccountChecker:
    """Asks providers about accounts. Belongs to one event loop.

    Args:
        profiles: by provider code.
        client: asks.
        clock: aware UTC time.
        draw: a random integer from 0 to below its argument.
    """

    def __init__(
        self,
        profiles: Mapping[str, Profile],
        client: ProviderClient,
        clock: Callable[[], datetime],
        draw: Callable[[int], int],
    ) -> None:
        self._profiles = profiles
        self._client = client
        self._clock = clock
        self._draw = draw

    async def check(self, question: AccountQuestion) -> AccountAnswer:
        """The provider's answer, within its short time-out."""
        code = question.provider_code
        profile = self._profiles.get(code)
        if profile is None or profile.account_question is Question.NONE:
            return _answer(question, AccountVerdict.UNKNOWN, message="this provider is not asked")
        command = Command(profile.account_question.value)
        if command is Command.CHECK and not question.amount_minor:
            return _answer(question, AccountVerdict.UNKNOWN, message="no sum to ask with")
        if not profile.accepts_account(question.account):
            return _answer(question, AccountVerdict.BAD, message="not in the provider's form")
        try:
            told = await self._client.ask(code, profile, command, self._order(question))
        except RequestImpossibleError as error:
            return _answer(question, AccountVerdict.UNKNOWN, message=str(error))
        return _judged(question, profile, told)

    def _order(self, question: AccountQuestion) -> Order:
        return Order(
            txn_id=_FIRST_QUESTION_ID + self._draw(QUESTION_IDS),
            txn_at=self._clock(),
            account=question.account,
            fields=question.fields,
            sum_minor=question.amount_minor or 0,
            currency=question.currency,
        )


def _judged(
    question: AccountQuestion, profile: Profile, told: Answer | Unreadable | NotSent
) -> AccountAnswer:
    if not isinstance(told, Answer):
        return _answer(question, AccountVerdict.UNKNOWN, message=told.reason)
    weight = weight_of(profile, told.result)
    verdict = AccountVerdict.UNKNOWN
    if weight is Weight.DONE:
        verdict = AccountVerdict.GOOD
    elif weight is Weight.FATAL and told.result not in _SILENT_ABOUT_ACCOUNTS:
        verdict = AccountVerdict.BAD
    return AccountAnswer(
        terminal_id=question.terminal_id,
        verdict=verdict,
        code=told.result,
        message=gloss_of(told.result),
        fields=dict(told.fields),
    )


def _answer(question: AccountQuestion, verdict: AccountVerdict, message: str) -> AccountAnswer:
    return AccountAnswer(terminal_id=question.terminal_id, verdict=verdict, message=message)
