"""What a terminal may do with a printer in this state: one table, printer × session.

By law a receipt is due at the moment of payment (facts sheet receipts §3.7), so without a printer no
money is taken; the operator may switch that off, and then the customer is asked before the first
note. Once a note is inside, the payment is finished whatever the printer does. Pure; it must never
look at anything but its arguments.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from drivers.printers.contract import Paper, PrinterState


class Fitness(StrEnum):
    """A printer as the policy sees it."""

    READY = "ready"
    NEAR_END = "near_end"
    PAPER_OUT = "paper_out"
    FAULT = "fault"
    SILENT = "silent"
    UNSEEN = "unseen"


class Stage(StrEnum):
    """Where the present customer is."""

    BROWSING = "browsing"
    MONEY_EMPTY = "money_empty"
    MONEY_INSIDE = "money_inside"
    PAYING = "paying"
    RESULT = "result"


class Ruling(StrEnum):
    """What follows.

    TAKE: money is taken. ASK: only after the customer has agreed to go without a slip. WAIT: not
    yet, the printer has not been looked at. CLOSE: no money is taken, whoever has none inside goes.
    FINISH: a session with money inside goes on until the customer pays or time runs out; it may need
    another note to reach the least sum. GO_ON: the payment is made already; it goes on to its end,
    with numbers and hotline on the screen.
    """

    TAKE = "take"
    ASK = "ask"
    WAIT = "wait"
    CLOSE = "close"
    FINISH = "finish"
    GO_ON = "go_on"


_FIT: Final = frozenset({Fitness.READY, Fitness.NEAR_END})
_AFTER: Final = {Stage.PAYING: Ruling.GO_ON, Stage.RESULT: Ruling.GO_ON}
_FIT_ROW: Final = {
    Stage.BROWSING: Ruling.TAKE,
    Stage.MONEY_EMPTY: Ruling.TAKE,
    Stage.MONEY_INSIDE: Ruling.TAKE,
    **_AFTER,
}
_UNFIT_ROW: Final = {
    Stage.BROWSING: Ruling.CLOSE,
    Stage.MONEY_EMPTY: Ruling.CLOSE,
    Stage.MONEY_INSIDE: Ruling.FINISH,
    **_AFTER,
}
_UNSEEN_ROW: Final = {**_UNFIT_ROW, Stage.BROWSING: Ruling.WAIT}
# Who is at the money screen already has agreed, or sees the notice that has come up since.
_WITHOUT_ROW: Final = {
    Stage.BROWSING: Ruling.ASK,
    Stage.MONEY_EMPTY: Ruling.TAKE,
    Stage.MONEY_INSIDE: Ruling.TAKE,
    **_AFTER,
}


def _row(fitness: Fitness, required: bool) -> Mapping[Stage, Ruling]:
    if fitness in _FIT:
        return _FIT_ROW
    if not required:
        return _WITHOUT_ROW
    return _UNSEEN_ROW if fitness is Fitness.UNSEEN else _UNFIT_ROW


TABLE: Final[Mapping[tuple[Fitness, bool], Mapping[Stage, Ruling]]] = {
    (fitness, required): _row(fitness, required)
    for fitness in Fitness
    for required in (True, False)
}
"""By the printer and whether a slip is required; each row has every stage."""


def ruling(fitness: Fitness, stage: Stage, *, required: bool) -> Ruling:
    """What a terminal may do."""
    return TABLE[fitness, required][stage]


def fitness_of(state: PrinterState | None) -> Fitness:
    """A printer as the policy sees it; None has not been looked at yet."""
    if state is None:
        return Fitness.UNSEEN
    if not state.reachable:
        return Fitness.SILENT
    if state.paper is Paper.OUT:
        return Fitness.PAPER_OUT
    if not state.can_print:
        return Fitness.FAULT
    return Fitness.NEAR_END if state.paper is Paper.NEAR_END else Fitness.READY
