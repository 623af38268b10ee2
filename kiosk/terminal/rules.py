"""The numbers a terminal works by: limits in kopecks, patience in seconds."""

from dataclasses import dataclass

from config.catalogue import Provider
from config.settings import Settings
from kiosk.catalogue.room import (
    credited_by_notes_minor,
    limits_for_amount_minor,
    limits_minor,
)
from kiosk.session.money import MoneyRules
from kiosk.terminal.snapshot import Language

STACK_PATIENCE_S = 35.0
"""Longer than any device may take to stack or return a note (30 s, facts sheet ccnet 8.2)."""

SETTLE_PATIENCE_S = 120.0
"""How long the acceptor may stay silent after a start before open notes are disputed."""

DAMAGE_STANDS_S = 30.0
"""So long the journal must be found damaged before the terminal ends, to be started anew."""
STORAGE_RETRY_S = 2.0
SPACE_LOOK_S = 10.0
FINAL_STATUS_LOOK_S = 30.0
FIRST_FINAL_STATUS_LOOK_S = 2.0
DISPUTES_LOOK_S = 86_400.0
COLLECT_PATIENCE_S = 60.0
"""How long a collector waits for the present session: longer than a note may take."""

RESULT_COUNTDOWN_S = 10.0
"""So long before the last screen ends it begins to say so."""

SHORTEST_PROCESSING_S = 0.7
"""The processing screen is never a flash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalRules:
    """What is configured of the terminal's behaviour."""

    terminal_id: str
    currency: str
    denominations: frozenset[int]
    cash_max_minor: int
    language: Language
    answer_s: float
    idle_s: float
    ask_s: float
    attract_s: float
    money_idle_s: float
    money_ask_s: float
    processing_s: float
    result_s: float
    receipt_trouble_s: float
    min_free_mb: int
    printer_required: bool
    collection_hold_s: float
    clock_jump_s: float

    def payable(self, provider: Provider, amount_minor: int) -> bool:
        """True when cash can credit this amount here: the ceiling leaves room for it, and whatever
        was inserted on the way, a note leads on.
        """
        return self._for_amount(provider, amount_minor) is not None

    def payable_exactly(self, provider: Provider, amount_minor: int) -> bool:
        """True when notes of this terminal credit this amount to the kopeck, where they reach it."""
        credited_minor = credited_by_notes_minor(
            provider, amount_minor, self.denominations, self.cash_max_minor
        )
        return credited_minor == amount_minor

    def _for_amount(self, provider: Provider, amount_minor: int) -> tuple[int, int] | None:
        return limits_for_amount_minor(
            provider, amount_minor, self.denominations, self.cash_max_minor
        )

    def of(self, provider: Provider, amount_minor: int | None = None) -> MoneyRules:
        """The limits of a payment to this provider; of this amount, where it fixes amounts."""
        limits = None if amount_minor is None else self._for_amount(provider, amount_minor)
        least, most = limits or limits_minor(provider, self.cash_max_minor)
        return MoneyRules(
            min_minor=least,
            max_minor=most,
            denominations=self.denominations,
            idle_s=self.money_idle_s,
            leave_s=STACK_PATIENCE_S,
        )


def rules_of(settings: Settings) -> TerminalRules:
    """The rules that the settings ask for."""
    return TerminalRules(
        terminal_id=settings.terminal.id,
        currency=settings.acceptor.currency,
        denominations=frozenset(settings.acceptor.denominations_minor),
        cash_max_minor=settings.limits.cash_max_minor,
        language=Language(settings.display.language),
        answer_s=settings.session.answer_s,
        idle_s=settings.session.idle_s,
        ask_s=settings.session.ask_s,
        attract_s=settings.session.attract_s,
        money_idle_s=settings.session.money_idle_s,
        money_ask_s=settings.session.money_ask_s,
        processing_s=settings.session.processing_s,
        result_s=settings.session.result_s,
        receipt_trouble_s=settings.session.receipt_trouble_s,
        min_free_mb=settings.journal.min_free_mb,
        printer_required=settings.printer.required,
        collection_hold_s=settings.collection.hold_s,
        clock_jump_s=settings.clock.jump_s,
    )
