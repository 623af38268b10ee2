"""Sample money screens: nothing inside, notes in every state, too little, too much."""

from dataclasses import replace

from kiosk.terminal.snapshot import (
    MoneyView,
    NoteLine,
    NoteProblem,
    NoteState,
)
from ui.gallery.catalogue import (
    MOBILE_BANDS,
    MTS,
    ONE_BAND,
    ORGANISATION,
    band,
)

DENOMINATIONS = (1_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000)


def accepted(*minors: int) -> tuple[NoteLine, ...]:
    """Return accepted notes."""
    return tuple(NoteLine(minor=minor, state=NoteState.ACCEPTED) for minor in minors)


MONEY = MoneyView(
    provider=MTS,
    account="+7 916 123-45-67",
    inserted_minor=65_000,
    fee_minor=3_250,
    credited_minor=61_750,
    bands=MOBILE_BANDS,
    min_minor=1_000,
    max_minor=1_500_000,
    missing_minor=0,
    room_minor=1_435_000,
    notes=(
        *accepted(50_000, 10_000, 5_000),
        NoteLine(minor=None, state=NoteState.RETURNED, problem=NoteProblem.UNRECOGNISED),
    ),
    denominations=DENOMINATIONS,
    refused=(),
    accepting=True,
    can_pay=True,
    can_leave=False,
    leaving=False,
)
MONEY_EMPTY = replace(
    MONEY,
    inserted_minor=0,
    fee_minor=0,
    credited_minor=0,
    bands=ONE_BAND,
    missing_minor=1_000,
    room_minor=1_500_000,
    notes=(),
    can_pay=False,
    can_leave=True,
)
MONEY_CHECKING = replace(
    MONEY,
    notes=(*accepted(50_000, 10_000), NoteLine(minor=5_000, state=NoteState.CHECKING)),
    refused=(500_000,),
    denominations=DENOMINATIONS[:-1],
    accepting=False,
    can_pay=False,
)
MONEY_MISSING = replace(
    MONEY,
    inserted_minor=1_000,
    fee_minor=300,
    credited_minor=700,
    min_minor=5_000,
    missing_minor=4_000,
    room_minor=1_499_000,
    bands=ONE_BAND,
    notes=accepted(1_000),
    can_pay=False,
)
MONEY_OVER = replace(
    MONEY,
    provider=ORGANISATION,
    account="40702 8100 3825 0123456",
    inserted_minor=1_490_000,
    fee_minor=29_800,
    credited_minor=1_460_200,
    room_minor=10_000,
    bands=(band(0, None, 200, min_minor=5_000, current=True),),
    notes=(
        *accepted(200_000, 50_000, 10_000),
        NoteLine(minor=200_000, state=NoteState.DISPUTED),
        NoteLine(minor=500_000, state=NoteState.RETURNED, problem=NoteProblem.OVER_MAXIMUM),
    ),
    denominations=(1_000, 5_000, 10_000),
    refused=DENOMINATIONS[3:],
)
MONEY_FULL = replace(
    MONEY_OVER,
    inserted_minor=1_500_000,
    fee_minor=30_000,
    credited_minor=1_470_000,
    room_minor=0,
    accepting=False,
    notes=accepted(500_000, 500_000, 500_000),
    denominations=(),
    refused=DENOMINATIONS,
)
MONEY_LEAVING = replace(MONEY_CHECKING, leaving=True)
MONEY_DEBT = replace(MONEY, debt_minor=1_234_567)
