# ruff: noqa: N802, N815 - what QML sees is camelCase
"""The panel's view model: the stand's status as texts, and the buttons as orders to the worker."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Literal, TypedDict

from PySide6.QtCore import Property, QObject, QUrl, Signal, Slot

from ui.panel.controller import (
    COUNTERFEIT,
    NOTES_MINOR,
    PanelController,
    PanelStatus,
    PaymentLine,
)
from ui.panel.worker import PanelWorker
from ui.viewmodels.money_text import brief, exact, face
from ui.viewmodels.qml_decorators import QmlElement, QmlUncreatable

QML_IMPORT_NAME = "ui.panel"
QML_IMPORT_MAJOR_VERSION = 1

PAYMENTS_SHOWN = 4
UNKNOWN = PanelStatus(
    powered=True, network=True, paper=True, acceptor="", cassette_notes=0, cassette_minor=0
)
HUES = {
    1_000: "#8C9A5B",
    5_000: "#5B86C4",
    10_000: "#C48A4A",
    20_000: "#4FA36B",
    50_000: "#9A6BC4",
    100_000: "#3FA6A0",
    200_000: "#4B7FD1",
    500_000: "#D1663F",
}
"""The stripe on a note's button, in the hue people know the note by."""


class NoteButton(TypedDict):
    """A banknote as QML sees it."""

    face: str
    hue: str


class PaymentShown(TypedDict):
    """A payment as QML sees it."""

    number: str
    provider: str
    credited: str
    state: str


@QmlElement
@QmlUncreatable("made by the panel's window")
class PanelViewModel(QObject):
    """What the panel shows and does."""

    changed = Signal()
    paymentsChanged = Signal()
    slipChanged = Signal()
    messageChanged = Signal()

    def __init__(self, controller: PanelController) -> None:
        super().__init__()
        self._controller = controller
        self._status = UNKNOWN
        self._message = ""
        self._slip_stamp = 0
        self._worker = PanelWorker(controller)
        self._worker.told.connect(self._take_status)
        self._worker.failed.connect(self._take_failure)

    def start(self) -> None:
        """Begin to ask the stand."""
        self._worker.start()

    def stop(self) -> None:
        """End the worker."""
        self._worker.stop()

    @Property(list, constant=True)
    def notes(self) -> list[NoteButton]:
        return [NoteButton(face=face(minor), hue=HUES[minor]) for minor in NOTES_MINOR]

    @Property(bool, notify=changed)
    def powered(self) -> bool:
        return self._status.powered

    @Property(bool, notify=changed)
    def network(self) -> bool:
        return self._status.network

    @Property(bool, notify=changed)
    def paper(self) -> bool:
        return self._status.paper

    @Property(str, notify=changed)
    def acceptor(self) -> str:
        return self._status.acceptor

    @Property(str, notify=changed)
    def cassetteNotes(self) -> str:
        return str(self._status.cassette_notes)

    @Property(str, notify=changed)
    def cassetteSum(self) -> str:
        return brief(self._status.cassette_minor)

    @Property(list, notify=paymentsChanged)
    def payments(self) -> list[PaymentShown]:
        return [_payment_shown(line) for line in self._status.payments[:PAYMENTS_SHOWN]]

    @Property(str, notify=slipChanged)
    def slip(self) -> str:
        """The address of the slip's picture; changes whenever the file does."""
        if self._status.slip is None:
            return ""
        url = QUrl.fromLocalFile(str(self._status.slip))
        url.setFragment(str(self._slip_stamp))
        return url.toString()

    @Property(str, notify=messageChanged)
    def message(self) -> str:
        return self._message

    @Slot(int)
    def insert(self, place: int) -> None:
        self._insert(NOTES_MINOR[place])

    @Slot()
    def insertCounterfeit(self) -> None:
        self._insert(COUNTERFEIT)

    @Slot()
    def toggleNetwork(self) -> None:
        cut = self._status.network
        self._order(partial(self._controller.cut_network, cut))
        self._take_status(replace(self._status, network=not cut))

    @Slot()
    def togglePaper(self) -> None:
        loaded = not self._status.paper
        self._order(partial(self._controller.paper, loaded))
        self._take_status(replace(self._status, paper=loaded))

    @Slot()
    def togglePower(self) -> None:
        powered = self._status.powered
        self._order(self._controller.cut_power if powered else self._controller.power_on)
        self._take_status(replace(self._status, powered=not powered))

    def _insert(self, note: int | Literal["counterfeit"]) -> None:
        self._order(partial(self._controller.insert, note))

    def _order(self, order: Callable[[], None]) -> None:
        self._take_failure("")
        self._worker.order(order)

    @Slot(object)
    def _take_status(self, status: PanelStatus) -> None:
        before, self._status = self._status, status
        if before != status:
            self.changed.emit()
        if before.payments != status.payments:
            self.paymentsChanged.emit()
        stamp = _stamp(status)
        if (before.slip, self._slip_stamp) != (status.slip, stamp):
            self._slip_stamp = stamp
            self.slipChanged.emit()

    @Slot(str)
    def _take_failure(self, message: str) -> None:
        if message != self._message:
            self._message = message
            self.messageChanged.emit()


def _stamp(status: PanelStatus) -> int:
    if status.slip is None or not status.slip.exists():
        return 0
    return status.slip.stat().st_mtime_ns


def _payment_shown(line: PaymentLine) -> PaymentShown:
    return PaymentShown(
        number=f"{line.number:06d}",
        provider=line.provider,
        credited=exact(line.credited_minor),
        state=line.state,
    )
