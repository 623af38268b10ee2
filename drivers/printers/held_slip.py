"""The slip that lies in the presenter: taken, or removed when nobody takes it.

Pure: told of every look, it answers with events and with the one order that is due. It must never
push out or pull in a slip before its time, and never order it again and again.
"""

from dataclasses import dataclass
from typing import Final

from drivers.printers.contract import (
    Presenter,
    PrinterEvent,
    Removal,
    SlipNotTaken,
    SlipTaken,
)
from drivers.printers.models import PrinterModel

_MOST_ORDERS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Bytes that remove the slip, and what they do."""

    data: bytes
    removal: Removal


def removal_order(model: PrinterModel, wanted: Removal | None) -> Order | None:
    """The order of this model for what is wanted; the other way where it has only that. None when
    slips are to be left, or the model has no order.
    """
    if wanted is None:
        return None
    orders = {Removal.RETRACTED: model.retract, Removal.EJECTED: model.eject}
    ways = sorted(orders, key=lambda removal: removal is not wanted)
    found = next((way for way in ways if orders[way]), None)
    return None if found is None else Order(data=orders[found], removal=found)


class HeldSlip:
    """Follows one slip at a time through the presenter."""

    def __init__(self, order: Order | None, untaken_s: float) -> None:
        self._order = order
        self._untaken_s = untaken_s
        self._slip: int | None = None
        self._since = 0.0
        self._ordered = 0

    @property
    def waits(self) -> bool:
        """True while a slip of ours lies there as far as is known."""
        return self._slip is not None

    def printed(self, slip: int, now: float) -> None:
        """A slip was held out."""
        self._slip, self._since, self._ordered = slip, now, 0

    def seen(self, presenter: Presenter) -> list[PrinterEvent]:
        """What a look says of the presenter."""
        if self._slip is None or presenter is not Presenter.EMPTY:
            return []
        slip, self._slip = self._slip, None
        if self._ordered and self._order is not None:
            return [SlipNotTaken(slip=slip, removal=self._order.removal)]
        return [SlipTaken(slip=slip)]

    def due(self, presenter: Presenter, now: float) -> bytes:
        """The order that removes a slip which waited too long; empty when there is nothing to do."""
        waited = self._slip is not None and now - self._since >= self._untaken_s
        if presenter is not Presenter.HOLDING or not waited:
            return b""
        if self._order is None or self._ordered >= _MOST_ORDERS:
            return b""
        self._ordered += 1
        return self._order.data

    def make_room(self, presenter: Presenter) -> tuple[bytes, list[PrinterEvent]]:
        """What goes before the next slip. Without an order of the model the next slip pushes the one
        before it out by itself.
        """
        if presenter is not Presenter.HOLDING:
            return b"", []
        removal = Removal.EJECTED if self._order is None else self._order.removal
        slip, self._slip = self._slip, None
        events: list[PrinterEvent] = []
        if slip is not None:
            events.append(SlipNotTaken(slip=slip, removal=removal))
        return b"" if self._order is None else self._order.data, events
